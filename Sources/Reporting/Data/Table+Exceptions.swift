import ExceptionDetection
import TimeSeries

extension Table {
  /// `unique_id,ds,observed,expected,lower,upper,p_value,q_value,kind,flagged`, one row per judged period.
  ///
  /// - Parameter explain: adds an `explanation` column.
  public static func exceptions(
    _ tests: [PeriodTest], style: PeriodStyle, explain: ((PeriodTest) -> String)? = nil
  ) -> Table {
    var table = Table(
      columns: [
        "unique_id", "ds", "observed", "expected", "lower", "upper", "p_value", "q_value", "kind", "flagged",
      ] + (explain == nil ? [] : ["explanation"]))
    for test in tests {
      var row: [Cell] = [
        .text(test.key.uniqueID), .text(style.format(test.period)), .number(test.observed), .number(test.expected),
        .number(test.lower), .number(test.upper), .number(test.pValue), .number(test.qValue), .text(test.kind.rawValue),
        .integer(test.flagged ? 1 : 0),
      ]
      if let explain { row.append(.text(explain(test))) }
      table.append(row)
    }
    return table
  }
}

extension PeriodTest {
  /// Its explanation in plain sentences, under the names of the data.
  public var explanation: String { explanation(label: key.measure ?? "The count", area: key.area).text }
}
