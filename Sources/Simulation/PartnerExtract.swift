import CommunitySafety
import NumericCore
import TimeSeries
import Wording

/// Reports of anti-social behaviour to the district councils, as a partner would send them: pseudonyms only.
///
/// The councils hear of about a third of the incidents, so the extract does not add up to the counts.
enum PartnerExtract {
  static let header =
    "source,incident_ref,date_reported,date_occurred,category,qualifier,area_code,person_pseudonym,location_pseudonym"
  /// First month of the extract; it ends with the simulation.
  static let first = Period.month(2024, 1)
  private static let reportedShare = 0.35
  private static let repeatReporters = 12

  static func text(seed: UInt64, panel: Panel) -> String {
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
    let style = PeriodStyle.date(.offset(0), suffix: "")
    func date(_ day: Int) -> String { style.format(Period(frequency: .daily, ordinal: day)) }
    var text = header + "\n"
    for (index, report) in reports.enumerated() {
      text +=
        "district councils,SIM-\(NumberText.padded(index + 1, 6)),\(date(report.reported)),\(date(report.occurred)),"
      text += "Anti-social behaviour,\(report.qualifier),\(MeasuredLevels.districts[report.district].code),"
      text += "\(report.person),\(report.home)\n"
    }
    return text
  }

  private struct Report {
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

  /// Repeat reports are mostly personal, others mostly nuisance.
  private static func qualifier(isRepeat: Bool, _ u: Double) -> String {
    let personal = isRepeat ? 0.6 : 0.2
    return u < personal ? "personal" : u < personal + (1 - personal) * 0.8 ? "nuisance" : "environmental"
  }
}
