import CommunitySafety
import TimeSeries
import Wording

/// `truth.csv`: everything planted, one row a thing.
enum Truth {
  static func text() -> String {
    var rows = ["kind,area,measure,from,through,size,note"]
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
