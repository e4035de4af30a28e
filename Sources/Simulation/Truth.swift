import CommunitySafety
import Tables
import TimeSeries
import Wording

/// `truth.csv`: everything planted, one row a thing.
enum Truth {
  static let path = "truth.csv"

  /// Its columns. Sizes are written with three decimals each: rows are written as text, under these names.
  static let table = Table<Never>("truth", title: "Truth", "One row a thing that was planted.") {
    Column("kind", .text, "What was planted.") { (_: Never) -> String in }
    Column("area", .text, "District; blank for all five.") { (_: Never) -> String? in }
    Column("measure", .text, "Crime type; blank for all.") { (_: Never) -> String? in }
    Column("from", .month, "First month.") { (_: Never) -> String in }
    Column("through", .month, "Last month; blank where it lasts.") { (_: Never) -> String? in }
    Column("size", .number, "What it measures is in the note.") { (_: Never) -> Double in }
    Column("note", .text, "What the size is, in words.") { (_: Never) -> String in }
  }

  static func text() -> String {
    var rows = [table.schema.header]
    func add(
      _ kind: String, _ area: String, _ measure: CrimeType?, _ from: Period, _ through: Period?, _ size: Double,
      _ note: String
    ) {
      let style = PeriodStyle.yearMonth
      rows.append(
        [
          kind, area, measure?.rawValue ?? "", style.format(from), through.map(style.format) ?? "",
          NumberText.fixed(size, decimals: 3), note,
        ].joined(separator: ","))
    }
    let (first, last) = (OxfordshireSimulation.first, OxfordshireSimulation.last)
    add(
      "rise", "West Oxfordshire", .vehicleCrime, PlantedEffects.riseStart, nil, PlantedEffects.rise,
      "relative rise reached in the last month by equal monthly steps; still rising")
    add(
      "spike", "Oxford", .shoplifting, PlantedEffects.spikeMonth, PlantedEffects.spikeMonth, PlantedEffects.spike,
      "relative excess in this month only")
    for district in PlantedEffects.repeatDistricts {
      add(
        "repeat reports", district, .antiSocialBehaviour, PlantedEffects.repeatStart, nil,
        PlantedEffects.repeatShareAfter - PlantedEffects.repeatShareBefore,
        "rise of the share of repeat reports in the partner extract; the counts do not change")
    }
    for district in MeasuredLevels.districts {
      add(
        "recording step", district.name, .violenceAndSexualOffences, PlantedEffects.stepStart, nil, PlantedEffects.step,
        "relative step in what is recorded; not more violence")
    }
    for (from, through) in [(2020, 4, 2020, 6), (2020, 11, 2020, 11), (2021, 1, 2021, 3)].map({
      (Period.month($0.0, $0.1), Period.month($0.2, $0.3))
    }) {
      for type in CrimeType.allCases {
        let deepest = (0...(through - from)).map { PlantedEffects.restriction(from + $0) }.max() ?? 0
        let month = (0...(through - from)).map { from + $0 }.first { PlantedEffects.restriction($0) == deepest } ?? from
        add(
          "COVID restriction", "", type, from, through, PlantedEffects.restrictionSize(type, month),
          "relative change in the month it reached furthest")
      }
    }
    for type in CrimeType.allCases {
      let character = TypeCharacter.of(type)
      add(
        "seasonality", "", type, first, last, character.amplitude,
        "amplitude of a yearly cosine on the log scale; peak in month \(character.peak)")
    }
    for type in CrimeType.allCases {
      add(
        "overdispersion", "", type, first, last, TypeCharacter.of(type).size,
        "negative binomial size: variance = mean + mean^2 / size")
    }
    add(
      "reporting noise", "", nil, first, last, PlantedEffects.reportingNoise,
      "standard deviation on the log scale; shared by the districts in a month and type")
    return rows.joined(separator: "\n") + "\n"
  }
}
