import NumericCore
import TimeSeries
import Wording

extension PeriodTest {
  /// What kind of number a test is about.
  public enum Figure: Hashable, Sendable {
    /// A count of events.
    case count
    /// A share of a whole, 0 ... 1; nil for the whole of a period without one.
    case share(of: Double?)
    /// A value with a unit.
    case value
  }

  /// Two plain sentences about a test of a share or a value.
  func figureExplanation(label: String, area: String, style: PeriodStyle) -> Explanation {
    let noun = period.frequency.noun
    guard kind != .notTested, let observed, let baseline else {
      return notJudged(label: label, area: area, style: style, figure: inWords)
    }
    let seen =
      "\(label) in \(area): \(inWords(observed)) in \(period.inWords(style))\(whole), when about \(inWords(expected)) was expected and "
      + "\(inWords(lower)) to \(inWords(upper)) would be usual"
    let history = historyInWords(baseline, noun: noun, style: style)
    let subject = if case .share = figure { "share" } else { "value" }
    switch kind {
    case .expected, .notTested:
      return Explanation(
        expectation: "\(seen).", reason: "It is not flagged: figures like it are ordinary, judging by \(history).")
    case .drop:
      return Explanation(
        expectation: "\(seen): \(difference(observed)) lower than expected.",
        reason:
          "It is marked as low because so low a \(subject) would come up by chance \(rarity(pLow, noun)), judging by "
          + "\(history)\(falseAlarms).")
    case .spike, .run, .shift, .ramp:
      return Explanation(
        expectation: "\(seen): \(difference(observed)) higher than expected.",
        reason:
          "It is flagged because so high a \(subject) would come up by chance \(rarity(pValue, noun)), judging by "
          + "\(history)\(falseAlarms).")
    }
  }

  /// "72 %, when about 66 % was expected"; nil without a figure.
  var seenInWords: String? {
    observed.map { "\(inWords($0)), when about \(inWords(expected)) was expected" }
  }

  /// " (37 of 120)".
  private var whole: String {
    guard case .share(let whole?) = figure, let observed else { return "" }
    return
      " (\(NumberText.fixed((observed * whole).rounded(), decimals: 0)) of \(NumberText.fixed(whole, decimals: 0)))"
  }

  private func difference(_ observed: Double) -> String {
    let gap = abs(observed - expected)
    return if case .share = figure { "\(NumberText.fixed(gap * 100, decimals: 1)) percentage points" } else {
      threeDigits(gap)
    }
  }

  /// "31 %", or a value to three digits.
  private func inWords(_ x: Double) -> String {
    if case .share = figure { return NumberText.percent(x, decimals: x > 0.1 && x < 0.9 ? 0 : 1) }
    return threeDigits(x)
  }
}

/// A number to about three significant digits.
private func threeDigits(_ x: Double) -> String {
  let size = abs(x)
  return NumberText.fixed(x, decimals: size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3)
}
