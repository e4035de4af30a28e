import CommunitySafety
import RiskRanking
import TimeSeries

extension Table {
  /// The ranking, a row per risk: `rank,area,measure,score,probability,expected_change,harm,confidence`, then the
  /// evidence. `probability` is that of a rise of 10 % or more over the next 12 months against the last 12, of a share or
  /// value that of its own material rise; `event` says which event the risk is ranked by and `event_probability` how
  /// probable it is. `expected_change` and `score` are in the measure's unit a year; `harm` is the weight per offence,
  /// blank if there is none.
  public static func risks(_ risks: [Risk], frequency: Frequency) -> Table {
    var table = Table(
      columns: [
        "rank", "area", "measure", "score", "probability", "expected_change", "harm", "confidence", "level", "kind",
        "recommendation", "probability_of_fall", "last_12", "next_12_mean", "next_12_median", "next_12_lo-80",
        "next_12_hi-80", "matched_periods", "recorded_last_12", "recorded_year_before", "recorded_two_years_before",
        "exceptions", "harm_rank", "model", "priority", "confidence_reasons", "caveats", "measure_kind", "polarity",
        "event",
        "event_probability", "recorded_last_12_numerator", "recorded_last_12_denominator",
      ])
    for risk in risks {
      let outlook = risk.outlook
      let words = RiskWords(risk: risk, periods: PeriodWords(frequency: frequency))
      table.append([
        .integer(risk.rank), .text(risk.area.name), .text(risk.label), .number(risk.score?.total),
        .number(outlook?.probabilityOfRise), .number(outlook?.expectedChange), .number(risk.harmPerOffence),
        .text(risk.confidence.rating.rawValue), .text(risk.area.level.rawValue),
        .text(risk.isGroup ? "group" : "measure"),
        .text(risk.recommendation.rawValue), .number(outlook?.probabilityOfFall), .number(outlook?.lastYear),
        .number(outlook?.mean), .number(outlook?.median), .number(outlook?.lower80), .number(outlook?.upper80),
        .integer(outlook?.matchedPeriods), .number(risk.past.lastYear), .number(risk.past.yearBefore),
        .number(risk.past.twoYearsBefore), .integer(risk.exceptions.count), .integer(risk.harmRank),
        .text(outlook?.model ?? ""), .text(risk.priority?.name ?? ""),
        .text(words.confidenceReasons.joined(separator: "; ")),
        .text(words.doubts.joined(separator: " ")), .text(risk.evidence.kind.rawValue), .text(risk.polarity.rawValue),
        .text(words.eventText ?? ""), .number(words.eventProbability), .number(risk.past.lastYearRatio?.numerator),
        .number(risk.past.lastYearRatio?.denominator),
      ])
    }
    return table
  }
}
