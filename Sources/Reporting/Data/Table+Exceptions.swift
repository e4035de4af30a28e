import ExceptionDetection
import TimeSeries

extension Table {
  /// `unique_id,ds,observed,expected,lower,upper,p_value,q_value,kind,flagged`, one row per judged period.
  ///
  /// - Parameters:
  ///   - rates: one a test: adds `fdr`, the smallest false-discovery rate over measures and areas at which it is an
  ///     exception, and `exception`, whether it is one of this run.
  ///   - explain: adds an `explanation` column.
  public static func exceptions(
    _ tests: [PeriodTest], style: PeriodStyle, rates: [(fdr: Double, isException: Bool)]? = nil,
    explain: ((PeriodTest) -> String)? = nil
  ) -> Table {
    var table = Table(
      columns: [
        "unique_id", "ds", "observed", "expected", "lower", "upper", "p_value", "q_value", "kind", "flagged",
      ] + (rates == nil ? [] : ["fdr", "exception"]) + (explain == nil ? [] : ["explanation"]))
    for (index, test) in tests.enumerated() {
      var row: [Cell] = [
        .text(test.key.uniqueID), .text(style.format(test.period)), .number(test.observed), .number(test.expected),
        .number(test.lower), .number(test.upper), .number(test.pValue), .number(test.qValue), .text(test.kind.rawValue),
        .integer(test.flagged ? 1 : 0),
      ]
      if let rates { row += [.number(rates[index].fdr), .integer(rates[index].isException ? 1 : 0)] }
      if let explain { row.append(.text(explain(test))) }
      table.append(row)
    }
    return table
  }
}

extension PeriodTest {
  /// Its explanation in plain sentences, under the names of the data.
  public var explanation: String { explanationParts.text }

  var explanationParts: Explanation { explanation(label: key.measure ?? "The count", area: key.area) }
}
