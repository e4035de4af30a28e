import CommunitySafety
import NumericCore
import Tables
import TimeSeries
import Wording

/// A month in the layout of data.police.uk's street-level files: invented rows, as many of each type and district as the
/// counts say, and some without a location beyond them.
enum StreetFile {
  /// The columns of data.police.uk, whose fixed decimals are its own: rows are written as text, under these names.
  static let table = Table<Never>(
    "police-uk", title: "Street-level files",
    "One row a record, in the layout of data.police.uk's street-level files; two months of invented rows."
  ) {
    Column("Crime ID", .text, "The record's own number; blank for anti-social behaviour.") { (_: Never) -> String? in }
    Column("Month", .month, "Month.") { (_: Never) -> String in }
    Column("Reported by", .text, "Force that gave the record.") { (_: Never) -> String in }
    Column("Falls within", .text, "Force whose area it is in.") { (_: Never) -> String in }
    Column("Longitude", .number, unit: "degrees", "Of the point it is snapped to.") { (_: Never) -> Double? in }
    Column("Latitude", .number, unit: "degrees", "Of the point it is snapped to.") { (_: Never) -> Double? in }
    Column("Location", .text, "The point's name, or No Location.") { (_: Never) -> String in }
    Column("LSOA code", .text, "Of the LSOA the point is in.") { (_: Never) -> String? in }
    Column("LSOA name", .text, "Name of that LSOA: its district and a number.") { (_: Never) -> String? in }
    Column("Crime type", .choice(CrimeType.self), "What was recorded.") { (_: Never) -> CrimeType in }
    Column("Last outcome category", .text, "What became of it; blank for anti-social behaviour.") {
      (_: Never) -> String? in
    }
    Column("Context", .text, "Always blank.") { (_: Never) -> String? in }
  }

  /// Where a month's file is in the dataset.
  static func path(_ month: Period) -> String {
    let name = PeriodStyle.yearMonth.format(month)
    return "police-uk/\(name)/\(name)-thames-valley-street.csv"
  }

  /// Share of rows without a location, about that of Thames Valley in 2025 (4,000 of 177,000).
  private static let unlocatedShare = 0.023

  static func text(seed: UInt64, panel: Panel, month: Period) -> String {
    let name = PeriodStyle.yearMonth.format(month)
    var rows: [String] = []
    for district in MeasuredLevels.districts {
      let places = (0..<MeasuredLevels.lsoaCount).map { Place(seed: seed, district: district, lsoa: $0) }
      // By LSOA, then type, as the rows of real files lie close together by place.
      var byPlace = [[String]](repeating: [], count: places.count)
      for type in CrimeType.allCases {
        let key = SeriesKey(area: district.name, measure: type.rawValue)
        let count = Int(panel[key]?[month] ?? 0)
        var random = RandomSource(seed: seed, stream: "street|\(name)|\(key.uniqueID)")
        for _ in 0..<count {
          // The square puts more into the first LSOAs: crime clusters.
          let u = random.uniform()
          let lsoa = Int(u * u * Double(places.count))
          let point = places[lsoa].points[Int(random.uniform() * Double(places[lsoa].points.count))]
          byPlace[lsoa].append(row(type, month: name, place: "\(point),\(places[lsoa].codeAndName)", &random))
        }
      }
      for part in byPlace { rows += part }
    }
    var random = RandomSource(seed: seed, stream: "street|\(name)|unlocated")
    let types = CrimeType.allCases.filter { $0 != .antiSocialBehaviour }
    let unlocated = Int(random.negativeBinomial(mean: unlocatedShare * Double(rows.count), size: 50))
    for _ in 0..<unlocated {
      let type = types[Int(random.uniform() * Double(types.count))]
      rows.append(row(type, month: name, place: ",,No Location,,", &random))
    }
    return table.schema.header + "\n" + rows.joined(separator: "\n") + "\n"
  }

  /// - Parameter place: longitude, latitude, location, LSOA code and name.
  private static func row(_ type: CrimeType, month: String, place: String, _ random: inout RandomSource) -> String {
    let force = "Thames Valley Police"
    // As in real files, incidents of anti-social behaviour have neither an ID nor an outcome.
    guard type != .antiSocialBehaviour else { return ",\(month),\(force),\(force),\(place),\(type.rawValue),," }
    let id = (0..<4).map { _ in NumberText.hexadecimal(random.next()) }.joined()
    let outcome = outcome(type, random.uniform())
    return "\(id),\(month),\(force),\(force),\(place),\(type.rawValue),\(outcome),"
  }

  private static func outcome(_ type: CrimeType, _ u: Double) -> String {
    var left = u
    for (outcome, share) in outcomes(type) {
      if left < share { return outcome }
      left -= share
    }
    return "Status update unavailable"
  }

  /// Shares of outcomes, roughly as in Thames Valley in late 2025; the rest is "Status update unavailable".
  private static func outcomes(_ type: CrimeType) -> [(String, Double)] {
    let noSuspect = "Investigation complete; no suspect identified"
    let unable = "Unable to prosecute suspect"
    let court = "Awaiting court outcome"
    let local = "Local resolution"
    return switch type {
    case .bicycleTheft, .burglary, .otherTheft, .theftFromThePerson, .vehicleCrime:
      [(noSuspect, 0.75), (unable, 0.15), (court, 0.04)]
    case .criminalDamageAndArson: [(noSuspect, 0.55), (unable, 0.28), (local, 0.05), (court, 0.04)]
    case .drugs: [(local, 0.47), (noSuspect, 0.23), (unable, 0.1), (court, 0.1)]
    case .robbery: [(noSuspect, 0.4), (unable, 0.39), (court, 0.08)]
    case .shoplifting: [(noSuspect, 0.52), (court, 0.2), (unable, 0.12), (local, 0.08)]
    case .antiSocialBehaviour, .otherCrime, .possessionOfWeapons, .publicOrder, .violenceAndSexualOffences:
      [
        (unable, 0.55), (noSuspect, 0.17), (court, 0.06), (local, 0.04),
        ("Action to be taken by another organisation", 0.03),
      ]
    }
  }
}

/// An LSOA with the invented points that rows are snapped to.
private struct Place {
  /// `code,name`.
  let codeAndName: String
  /// `longitude,latitude,location`.
  let points: [String]

  private static let streets = [
    "Abbey", "Beech", "Brook", "Chestnut", "Church", "Elm", "Hawthorn", "Kingfisher", "Lark", "Manor", "Meadow", "Mill",
    "Oak", "Orchard", "Priory", "Quarry", "Spring", "Station", "Willow", "Windmill",
  ]
  private static let kinds = [
    "Avenue", "Close", "Court", "Crescent", "Drive", "Gardens", "Lane", "Road", "Street", "Way",
  ]
  private static let generic = [
    "Nightclub", "Park/Open Space", "Parking Area", "Petrol Station", "Shopping Area", "Sports/Recreation Area",
    "Supermarket",
  ]

  init(seed: UInt64, district: MeasuredLevels.District, lsoa: Int) {
    let letter = ["A", "B", "C", "D"][lsoa % 4]
    codeAndName =
      "E0\(district.firstLSOA + lsoa),\(district.name) \(NumberText.padded(lsoa / 4 + 1, 3))\(letter)"
    var random = RandomSource(seed: seed, stream: "place|\(codeAndName)")
    func pick(_ names: [String]) -> String { names[Int(random.uniform() * Double(names.count))] }
    // The LSOA within 0.06 degrees of the middle of its district, its points within 0.006 of its own.
    func near(_ middle: Int, _ spread: Double) -> Int { middle + Int(spread * (2 * random.uniform() - 1)) }
    let longitude = near(district.longitude, 60_000)
    let latitude = near(district.latitude, 60_000)
    points = (0..<6).map { k in
      let location = k == 0 ? pick(Place.generic) : "\(pick(Place.streets)) \(pick(Place.kinds))"
      let x = NumberText.fixed(near(longitude, 6_000), scale: 1_000_000)
      let y = NumberText.fixed(near(latitude, 6_000), scale: 1_000_000)
      return "\(x),\(y),On or near \(location)"
    }
  }
}
