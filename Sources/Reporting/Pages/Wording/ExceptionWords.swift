import Charts
import ExceptionDetection
import TimeSeries
import Wording

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
    guard test.figure == .count else { return "\(figure(observed)) against \(figure(test.expected)) expected" }
    return Wording.change(from: test.expected, to: observed)
  }

  /// A count, a share in per cent, or a value.
  func figure(_ x: Double) -> String {
    switch test.figure {
    case .count: Wording.count(x)
    case .share: NumberText.percent(x, decimals: 1)
    case .value: NumberText.grouped(x, decimals: 1)
    }
  }

  /// The range that was expected.
  var range: String {
    test.figure == .count
      ? Wording.interval(test.lower, test.upper) : "\(figure(test.lower)) to \(figure(test.upper))"
  }

  /// Two sentences on what was expected and seen, and why it is flagged.
  var explanation: String { test.explanation(label: label, area: area).text }
}
