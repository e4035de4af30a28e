import Assessment
import CommunitySafety
import RiskRanking
import TimeSeries

extension Table {
  /// The priorities of page one as a sheet a workshop can fill in: blank columns for owner, response and review date.
  /// `forecast_12` is the median that the pages show; `expected_change` is `forecast_12_mean` less `last_12_comparable`.
  public static func priorities(_ risks: [Risk], frequency: Frequency) -> Table {
    var table = Table(
      columns: [
        "rank", "problem", "place", "recommendation", "recorded_last_12", "last_12_comparable", "forecast_12",
        "forecast_lo-80", "forecast_hi-80", "forecast_12_mean", "matched_periods", "expected_change",
        "chance_of_10pct_rise_percent",
        "chance_of_10pct_rise_term", "harm_per_offence", "harm_rank", "confidence", "confidence_reasons",
        "current_priority", "exceptions", "doubts", "owner", "response", "review_date", "measure_kind", "polarity",
        "event",
        "event_probability", "current_priority_note",
      ])
    for risk in risks {
      let outlook = risk.outlook
      let words = RiskWords(risk: risk, periods: PeriodWords(frequency: frequency))
      // Ten per cent is a change of a count; shares and values have events of their own.
      let rise = risk.evidence.kind == .count ? outlook?.probabilityOfRise : nil
      table.append([
        .integer(risk.rank), .text(risk.label), .text(risk.area.name), .text(risk.recommendation.rawValue),
        .number(risk.past.lastYear), .number(outlook?.lastYear), .number(outlook?.median),
        .number(outlook?.lower80), .number(outlook?.upper80), .number(outlook.map { words.rounded($0.mean) }),
        .integer(outlook?.matchedPeriods),
        .number(outlook.map { words.rounded($0.expectedChange) }), .number(rise.map { ($0 * 100).rounded() }),
        .text(rise.map { ProbabilityYardstick(probability: $0).rawValue } ?? ""),
        .number(risk.harmPerOffence), .integer(risk.harmRank), .text(risk.confidence.rating.rawValue),
        .text(risk.confidence.words(frequency).joined(separator: "; ")), .text(risk.priority?.name ?? ""),
        .integer(risk.exceptions.count), .text(words.doubts.joined(separator: " ")), .text(""), .text(""), .text(""),
        .text(risk.evidence.kind.rawValue), .text(risk.polarity.rawValue), .text(words.eventText ?? ""),
        .number(words.eventProbability), .text(risk.priority?.note ?? ""),
      ])
    }
    return table
  }
}
