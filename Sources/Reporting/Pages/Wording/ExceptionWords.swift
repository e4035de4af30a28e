import Charts
import ExceptionDetection
import TimeSeries

/// A flagged period in plain words.
struct ExceptionWords {
  let test: PeriodTest
  let label: String
  let area: String

  var isHigher: Bool { test.kind.isHigher }
  var kind: String { isHigher ? "higher than expected" : "lower than expected" }

  /// "245 against 180 expected: 65 more".
  var difference: String {
    guard let observed = test.observed else { return "missing" }
    return Wording.change(from: test.expected, to: observed)
  }

  /// Two sentences on what was expected and seen, and why it is flagged.
  var explanation: String { test.explanation(label: label, area: area).text }
}
