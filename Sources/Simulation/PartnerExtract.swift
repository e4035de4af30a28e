import CommunitySafety
import NumericCore
import Tables
import TimeSeries
import Wording

/// Reports of anti-social behaviour to the district councils, as a partner would send them: pseudonyms only.
///
/// The councils hear of about a third of the incidents, so the extract does not add up to the counts.
enum PartnerExtract {
  static let path = "asb-partner-extract.csv"

  static let table = Table<Report>(
    "asb-partner-extract", title: "Reports to the councils",
    "One row a report of anti-social behaviour to the district councils, 2024 and 2025; simulated persons and places."
  ) {
    Column("source", .text, "Who sends it.") { _ in "district councils" }
    Column("incident_ref", .text, "The report's own number.") { "SIM-\(NumberText.padded($0.number, 6))" }
    Column("date_reported", .date, "When it was reported.") { date($0.reported) }
    Column("date_occurred", .date, "When it happened.") { date($0.occurred) }
    Column("category", .text, "What it is about.") { _ in CrimeType.antiSocialBehaviour.rawValue }
    Column("qualifier", .choice(qualifiers), "What kind of anti-social behaviour.") { $0.qualifier }
    Column("area_code", .text, "ONS code of the district.") { MeasuredLevels.districts[$0.district].code }
    Column("person_pseudonym", .text, "Who reported; blank where nobody said.") { (report: Report) -> String? in
      report.person.isEmpty ? nil : report.person
    }
    Column("location_pseudonym", .text, "Where it happened.") { $0.home }
  }

  /// First month of the extract; it ends with the simulation.
  static let first = Period.month(2024, 1)
  private static let reportedShare = 0.35
  private static let repeatReporters = 12

  /// The reports in order of the days they were reported on.
  static func sheet(seed: UInt64, panel: Panel) -> Sheet {
    var reports: [Report] = []
    for (place, district) in MeasuredLevels.districts.enumerated() {
      var random = RandomSource(seed: seed, stream: "partner|\(district.name)")
      let repeaters = (0..<repeatReporters).map { _ in (person: pseudonym("P", &random), home: pseudonym("L", &random))
      }
      let places = (0..<300).map { _ in pseudonym("L", &random) }
      let counts = panel[SeriesKey(area: district.name, measure: CrimeType.antiSocialBehaviour.rawValue)]
      for month in (0...(OxfordshireSimulation.last - first)).map({ first + $0 }) {
        let share = PlantedEffects.repeatShare(district: district.name, month, last: OxfordshireSimulation.last)
        let number = Int(random.poisson(mean: reportedShare * (counts?[month] ?? 0)))
        for _ in 0..<number {
          let day = month.firstDay.daysSinceEpoch + Int(random.uniform() * Double(month.days))
          // Six in ten on the day, the others up to six days later, none after the end of the extract.
          let delay = random.uniform() < 0.6 ? 0 : 1 + Int(random.uniform() * 6)
          let lastDay = (OxfordshireSimulation.last + 1).firstDay.daysSinceEpoch - 1
          let isRepeat = random.uniform() < share
          // The square makes some of them report more than others.
          let u = random.uniform()
          let repeater = repeaters[Int(u * u * Double(repeatReporters))]
          let other = pseudonym("P", &random)
          let person = random.uniform() < 0.15 ? "" : other
          let home = places[Int(random.uniform() * Double(places.count))]
          reports.append(
            Report(
              reported: min(day + delay, lastDay), occurred: day, district: place, order: reports.count,
              qualifier: qualifier(isRepeat: isRepeat, random.uniform()),
              person: isRepeat ? repeater.person : person, home: isRepeat ? repeater.home : home))
        }
      }
    }
    reports.sort { ($0.reported, $0.district, $0.order) < ($1.reported, $1.district, $1.order) }
    for index in reports.indices { reports[index].number = index + 1 }
    return Sheet(table, rows: reports)
  }

  /// A day, counted from 1970-01-01, as partners write it.
  private static func date(_ day: Int) -> String {
    PeriodStyle.date(.offset(0), suffix: "").format(Period(frequency: .daily, ordinal: day))
  }

  /// One report.
  struct Report {
    /// Its place in the extract, from 1.
    var number = 0
    /// Days since 1970-01-01.
    let reported: Int
    let occurred: Int
    let district: Int
    let order: Int
    let qualifier: String
    let person: String
    let home: String
  }

  private static func pseudonym(_ kind: String, _ random: inout RandomSource) -> String {
    kind + NumberText.hexadecimal(random.next()).suffix(10)
  }

  private static let qualifiers = ["personal", "nuisance", "environmental"]

  /// Repeat reports are mostly personal, others mostly nuisance.
  private static func qualifier(isRepeat: Bool, _ u: Double) -> String {
    let personal = isRepeat ? 0.6 : 0.2
    return qualifiers[u < personal ? 0 : u < personal + (1 - personal) * 0.8 ? 1 : 2]
  }
}
