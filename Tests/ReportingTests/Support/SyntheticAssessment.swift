import Assessment
import CommunitySafety
import ExceptionDetection
import Forecasting
import Ingest
import NumericCore
import RiskRanking
import TimeSeries

/// A made-up but realistic assessment: five districts in four partnerships, police.uk's 14 types with two groups and
/// all crime, 72 months of which some are missing, exceptions, a recording step, and series that cannot be assessed.
///
/// The numbers are drawn, not modelled: they have the shape of results, so that pages can be judged without a pipeline.
struct SyntheticAssessment {
  var months = 91
  var last = Period.month(2025, 12)
  var missing: [Period] = [.month(2020, 7), .month(2023, 11), .month(2025, 7)]
  /// Replaces the name of the first district and its partnership.
  var firstDistrict = "Cherwell"
  /// Replaces the first crime type.
  var firstMeasure: String?
  /// Leaves every outlook out, as when the latest year is mostly missing.
  var hasOutlooks = true
  var configure: (inout AssessmentConfiguration) -> Void = { $0.title = "Safer Oxfordshire Partnership" }

  static let levels: [(CrimeType, Double)] = [
    (.antiSocialBehaviour, 120), (.bicycleTheft, 18), (.burglary, 38), (.criminalDamageAndArson, 60), (.drugs, 26),
    (.otherCrime, 14), (.otherTheft, 62), (.possessionOfWeapons, 7), (.publicOrder, 55), (.robbery, 6),
    (.shoplifting, 74), (.theftFromThePerson, 9), (.vehicleCrime, 48), (.violenceAndSexualOffences, 240),
  ]
  static let acquisitive = [
    "Bicycle theft", "Burglary", "Other theft", "Robbery", "Shoplifting", "Theft from the person", "Vehicle crime",
  ]
  static let serious = ["Burglary", "Robbery", "Vehicle crime"]

  private var start: Period { last - (months - 1) }

  func build() -> StrategicAssessment {
    let districts = [
      district(firstDistrict, "E07000177", firstDistrict, 161_024),
      district("Oxford", "E07000178", "Oxford City", 162_032),
      district("South Oxfordshire", "E07000179", "South and Vale", 149_092),
      district("Vale of White Horse", "E07000180", "South and Vale", 138_906),
      district("West Oxfordshire", "E07000181", "West Oxfordshire", 114_236),
    ]
    var csps: [Area] = []
    for district in districts where !csps.contains(where: { $0.name == district.csp }) {
      csps.append(Area(name: district.csp ?? "", level: .csp, force: district.force))
    }
    let whole = Area(name: "Oxfordshire", level: .whole, population: 725_290)
    let measures = Self.levels.map { $0.0 == .antiSocialBehaviour ? firstMeasure ?? $0.0.rawValue : $0.0.rawValue }
    let crimes = measures.dropFirst()

    var base: [Series] = []
    for (d, district) in districts.enumerated() {
      for (m, measure) in measures.enumerated() {
        base.append(
          history(district.name, measure, mean: Self.levels[m].1 * [1, 1.7, 0.6, 0.55, 0.5][d], seed: d * 100 + m))
      }
    }
    let groups = [
      ("All crime", Array(crimes)), ("Acquisitive crime", Self.acquisitive),
      ("Serious acquisitive crime", Self.serious),
    ]
    var observed: [(Area, Series, Bool)] = []
    for place in districts + csps + [whole] {
      let members = districts.filter { $0.name == place.name || $0.csp == place.name || place.level == .whole }
      func total(_ names: [String], as name: String) -> Series? {
        Series.sum(
          base.filter { s in members.contains { $0.name == s.key.area } && names.contains(s.key.measure ?? "") },
          key: SeriesKey(area: place.name, measure: name))
      }
      // A partnership of one district shares its series.
      if place.level == .csp, districts.contains(where: { $0.name == place.name }) { continue }
      for measure in measures { total([measure], as: measure).map { observed.append((place, $0, false)) } }
      for (name, names) in groups { total(names, as: name).map { observed.append((place, $0, true)) } }
    }
    let series = observed.map { assess($0.0, $0.1, isGroup: $0.2) }
    var risks: [Risk] = []
    for place in districts + csps + [whole] {
      for one in series where one.area.name == place.name { risks.append(risk(one, at: place)) }
    }
    risks = ranked(risks)
    return StrategicAssessment(
      configuration: configuration(),
      data: data(base, districts: districts), series: series, areas: districts + csps + [whole], risks: risks,
      tests: series.flatMap(\.tests).sorted { ($0.period, $0.key) < ($1.period, $1.key) },
      themes: ["Shoplifting", "Vehicle crime"].map { name in
        SharedTheme(
          measure: Self.reference([]).measures.measure(name, kind: .count), direction: .rise, size: .share(0.1),
          areas: ["Oxford City", "West Oxfordshire"], assessed: 4)
      },
      limitations: [
        .absent([.init(source: "Thames Valley", periods: [.month(2025, 7)])], frequency: .monthly),
        .proxy(label: "Serious acquisitive crime (proxy)", reason: "burglary is not split into dwelling and other"),
        .step(start: .month(2021, 4), kind: .recordingChange, note: "inspections"),
        .smallCounts(series: 3, below: 30), .notAssessable(series: 2), .recordedOnly,
      ], reference: Self.reference(districts))
  }

  private func configuration() -> AssessmentConfiguration {
    var configuration = AssessmentConfiguration()
    configuration.extractionDate = "2026-02-03"
    configure(&configuration)
    return configuration
  }

  private func district(_ name: String, _ code: String, _ csp: String, _ population: Int) -> Area {
    Area(name: name, code: code, level: .district, force: "thames-valley", csp: csp, population: population)
  }

  /// Wave, trend and noise around a mean; a rise in vehicle crime in West Oxfordshire, a fall in burglary, a COVID
  /// trough, a shoplifting spike in Oxford.
  private func history(_ area: String, _ measure: String, mean: Double, seed: Int) -> Series {
    var random = RandomSource(seed: UInt64(seed + 1))
    let shape = [0.92, 0.93, 0.97, 0.99, 1.03, 1.06, 1.1, 1.05, 1.01, 1.02, 0.97, 0.95]
    let values = (0..<months).map { i -> Double in
      let period = start + i
      if missing.contains(period) { return .nan }
      var level = mean * shape[period.seasonIndex]
      if measure == "Vehicle crime", area == "West Oxfordshire" { level *= 1 + Double(max(0, i - months + 30)) / 35 }
      if measure == "Burglary" { level *= 1.5 - 0.8 * Double(i) / Double(months) }
      if measure == "Shoplifting" { level *= 0.8 + 0.5 * Double(i) / Double(months) }
      if period >= .month(2020, 4), period <= .month(2020, 6) { level *= 0.6 }
      if measure == "Shoplifting", area == "Oxford", period == last - 1 { level *= 1.6 }
      let noise = random.uniform() + random.uniform() + random.uniform() - 1.5
      return max(0, (level + noise * 2 * level.squareRoot()).rounded())
    }
    return Series(key: SeriesKey(area: area, measure: measure), start: start, values: values)
  }
}
