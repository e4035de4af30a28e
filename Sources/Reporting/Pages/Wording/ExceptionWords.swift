import Charts
import ExceptionDetection
import TimeSeries

/// Two plain sentences on why a period was flagged: what was expected and seen, and how unusual that is.
struct ExceptionWords {
  let test: PeriodTest
  let label: String
  let area: String
  let periods: PeriodWords
  let falseDiscoveryRate: Double

  var isHigher: Bool { test.kind == .spike }
  var kind: String { isHigher ? "higher than expected" : "lower than expected" }

  /// "245 against 180 expected: 65 more".
  var difference: String {
    guard let observed = test.observed else { return "missing" }
    return Wording.change(from: test.expected, to: observed)
  }

  var expectation: String {
    let observed = test.observed.map(Wording.count) ?? "None"
    var text =
      "\(observed) recorded, where about \(Wording.count(test.expected)) would be expected "
      + "(range \(Wording.interval(test.lower, test.upper)))"
    if let baseline = test.baseline {
      text += ", judging by \(periods.count(baseline.periods)) of history"
      if !baseline.model.isEmpty { text += " (\(baseline.model))" }
    }
    return text + "."
  }

  var reason: String {
    let p = isHigher ? test.pValue : test.pLow
    let how = "A count this \(isHigher ? "high or higher" : "low or lower") would come up by chance \(rarity(p))"
    if isHigher, test.qValue.isFinite {
      return how + ", and it stands up to the check for many tests at once (q = "
        + "\(NumberText.grouped(test.qValue, decimals: 3)), limit \(NumberText.grouped(falseDiscoveryRate, decimals: 2)))."
    }
    return how + "."
  }

  /// "about once in 250 such months".
  private func rarity(_ p: Double) -> String {
    guard p.isFinite, p >= 0 else { return "seldom" }
    guard p > 1e-6 else { return "less than once in a million such \(periods.frequency.noun)s" }
    let every = 1 / p
    let power = every >= 1000 ? 100.0 : every >= 100 ? 10.0 : 1.0
    return "about once in \(NumberText.grouped((every / power).rounded() * power)) such \(periods.frequency.noun)s"
  }
}
