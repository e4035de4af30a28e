import CommunitySafety

/// Offences and incidents counted in the street-level files of Thames Valley Police on data.police.uk (Open Government
/// Licence v3.0), by district of the LSOA name: what the levels of the simulation are set from.
enum MeasuredLevels {
  /// A district of Oxfordshire and where its invented places lie.
  struct District: Sendable {
    let name: String
    /// ONS code.
    let code: String
    /// First of ``lsoaCount`` consecutive LSOA codes of the district, the same in 2011 and 2021.
    let firstLSOA: Int
    /// Roughly its middle, in millionths of a degree.
    let longitude: Int
    let latitude: Int
  }

  static let lsoaCount = 24

  static let districts = [
    District(name: "Cherwell", code: "E07000177", firstLSOA: 1_028_480, longitude: -1_300_000, latitude: 51_960_000),
    District(name: "Oxford", code: "E07000178", firstLSOA: 1_028_536, longitude: -1_250_000, latitude: 51_750_000),
    District(
      name: "South Oxfordshire", code: "E07000179", firstLSOA: 1_028_650, longitude: -1_100_000, latitude: 51_610_000),
    District(
      name: "Vale of White Horse", code: "E07000180", firstLSOA: 1_028_689, longitude: -1_420_000, latitude: 51_640_000),
    District(
      name: "West Oxfordshire", code: "E07000181", firstLSOA: 1_028_775, longitude: -1_500_000, latitude: 51_800_000),
  ]

  /// Months of the first sample, as (year, month): those of 2018/19 that were at hand.
  static let earlyMonths = [(2018, 6), (2018, 10), (2018, 11), (2018, 12), (2019, 1), (2019, 2)]
  /// Months of the second sample: 2025 without July, which is absent at the source.
  static let lateMonths = [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12].map { (2025, $0) }

  /// What was counted of one type: totals over each sample, by district in the order of ``districts``.
  struct Totals: Sendable {
    let early: [Int]
    let late: [Int]
  }

  static func totals(_ type: CrimeType) -> Totals {
    switch type {
    case .antiSocialBehaviour: Totals(early: [663, 1042, 351, 333, 330], late: [852, 1328, 726, 931, 663])
    case .bicycleTheft: Totals(early: [64, 888, 50, 42, 32], late: [91, 832, 43, 57, 38])
    case .burglary: Totals(early: [303, 455, 263, 188, 203], late: [394, 492, 294, 276, 203])
    case .criminalDamageAndArson: Totals(early: [536, 715, 370, 328, 267], late: [750, 974, 542, 608, 444])
    case .drugs: Totals(early: [184, 265, 63, 92, 62], late: [298, 676, 148, 209, 123])
    case .otherCrime: Totals(early: [168, 134, 78, 47, 50], late: [206, 239, 169, 147, 98])
    case .otherTheft: Totals(early: [541, 908, 441, 289, 294], late: [850, 1423, 514, 524, 373])
    case .possessionOfWeapons: Totals(early: [36, 68, 17, 15, 12], late: [82, 139, 48, 47, 17])
    case .publicOrder: Totals(early: [183, 399, 88, 117, 84], late: [888, 1276, 493, 627, 404])
    case .robbery: Totals(early: [36, 93, 15, 5, 10], late: [92, 206, 39, 45, 35])
    case .shoplifting: Totals(early: [521, 554, 205, 157, 104], late: [1362, 2122, 477, 481, 373])
    case .theftFromThePerson: Totals(early: [95, 231, 32, 31, 32], late: [70, 352, 35, 40, 23])
    case .vehicleCrime: Totals(early: [346, 505, 346, 216, 143], late: [474, 678, 354, 242, 294])
    case .violenceAndSexualOffences:
      Totals(early: [1458, 2088, 1035, 886, 788], late: [4347, 5286, 2645, 2978, 2467])
    }
  }
}
