import ExceptionDetection
import TimeSeries

extension Table {
  /// One row an event, an area's or, where several areas share in it, all areas'.
  ///
  /// - Parameter explain: adds an `explanation` column.
  public static func stories(_ stories: [Story], style: PeriodStyle, explain: Bool = false) -> Table {
    var table = Table(
      columns: [
        "unique_id", "onset", "opened", "last", "closed", "state", "direction", "shape", "periods", "flags", "observed",
        "expected", "excess", "excess_percent", "p_value", "q_value", "fdr", "contributions",
      ] + (explain ? ["explanation"] : []))
    for story in stories {
      let lead = story.lead
      let opening = lead.opening
      var row: [Cell] = [
        .text(lead.key.uniqueID), .text(style.format(lead.onset)), .text(style.format(lead.opened)),
        .text(style.format(lead.last)), .text(lead.closed.map(style.format) ?? ""), .text(lead.state.rawValue),
        .text(lead.isHigher ? "higher" : "lower"), .text(lead.shape.rawValue), .integer(lead.periods),
        .integer(lead.flags), .number(lead.observed), .number(lead.expected), .number(lead.excess),
        .number(lead.excessPercent), .number(lead.isHigher ? opening.pValue : opening.pLow),
        .number(lead.isHigher ? opening.qValue : opening.qLow), .number(lead.openingQ),
        .text(story.contributions.map { "\($0.area) \(signedTenths($0.excess))" }.joined(separator: "; ")),
      ]
      if explain { row.append(.text(story.explanation.text)) }
      table.append(row)
    }
    return table
  }
}

extension Story {
  /// Its explanation in plain sentences, under the names of the data.
  public var explanation: Explanation {
    explanation(label: lead.key.measure ?? "The count", area: isWide ? "all areas together" : lead.key.area)
  }
}

extension Episode {
  /// Its excess in per cent of what was expected; nil where nothing was.
  public var excessPercent: Double? { expected > 0 ? 100 * excess / expected : nil }
}

/// "+12.3", "-4".
private func signedTenths(_ x: Double) -> String {
  let tenths = (x * 10).rounded() / 10
  return (tenths >= 0 ? "+" : "") + plainNumber(tenths)
}
