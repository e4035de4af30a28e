import Assessment
import CommunitySafety
import RiskRanking

extension Table {
  /// The priorities of page one as a sheet a workshop can fill in: blank columns for owner, response and review date.
  /// `forecast_12` is the median that the pages show; `expected_change` is `forecast_12_mean` less `last_12_comparable`.
  public static func priorities(_ risks: [Risk]) -> Table {
    var table = Table(
      columns: [
        "rank", "problem", "place", "recommendation", "recorded_last_12", "last_12_comparable", "forecast_12",
        "forecast_lo-80", "forecast_hi-80", "forecast_12_mean", "matched_periods", "expected_change",
        "chance_of_10pct_rise_percent",
        "chance_of_10pct_rise_term", "harm_per_offence", "harm_rank", "confidence", "confidence_reasons",
        "current_priority", "exceptions", "doubts", "owner", "response", "review_date",
      ])
    for risk in risks {
      let outlook = risk.outlook
      table.append([
        .integer(risk.rank), .text(risk.label), .text(risk.area.name), .text(risk.recommendation.rawValue),
        .number(risk.past.lastYear), .number(outlook?.lastYear), .number(outlook?.median),
        .number(outlook?.lower80), .number(outlook?.upper80), .number(outlook?.mean.rounded()),
        .integer(outlook?.matchedPeriods),
        .number(outlook?.expectedChange.rounded()), .number(outlook.map { ($0.probabilityOfRise * 100).rounded() }),
        .text(outlook.map { ProbabilityYardstick(probability: $0.probabilityOfRise).rawValue } ?? ""),
        .number(risk.harmPerOffence), .integer(risk.harmRank), .text(risk.confidence.rating.rawValue),
        .text(risk.confidence.reasons.joined(separator: "; ")), .text(risk.priority ?? ""),
        .integer(risk.exceptions.count), .text(risk.caveats.joined(separator: " ")), .text(""), .text(""), .text(""),
      ])
    }
    return table
  }
}
