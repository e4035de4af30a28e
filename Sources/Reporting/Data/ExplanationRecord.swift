import ExceptionDetection
import Tables
import TimeSeries

/// The evidence of a verdict as JSON. Periods in the style of the data; numbers with seven digits; what is not known is
/// left out.
struct ExplanationRecord: Encodable {
  struct Window: Encodable {
    let from: String
    let periods: Int
    let observed: Double
    let expected: Double
  }

  struct Baseline: Encodable {
    let from: String
    let through: String
    let periodsUsed: Int
    let downWeighted: [String]
    let model: String
    /// Size of the negative binomial; none is Poisson.
    let size: Double?
  }

  struct Break: Encodable {
    let from: String
    /// None for a lasting change.
    let through: String?
    let label: String
  }

  let text: String
  let sentences: [String]
  let period: String
  let observed: Double?
  let expected: Double?
  let lower: Double?
  let upper: Double?
  let excess: Double?
  let kind: String
  let rule: String
  let alpha: Double
  let window: Window?
  let pValue: Double?
  let pLow: Double?
  let qValue: Double?
  let qLow: Double?
  let fdr: Double?
  let baseline: Baseline?
  let reason: String?
  let knownBreaks: [Break]
  let doubts: [String]

  init(_ evidence: Evidence, explanation: Explanation, style: PeriodStyle) {
    let test = evidence.test
    text = explanation.text
    sentences = [explanation.expectation, explanation.reason]
    period = style.format(test.period)
    observed = test.observed
    expected = known(test.expected)
    lower = known(test.lower)
    upper = known(test.upper)
    excess = known(test.excess)
    kind = test.kind.rawValue
    rule = evidence.rule
    alpha = evidence.alpha
    window = test.window.map {
      Window(
        from: style.format(test.period - ($0.periods - 1)), periods: $0.periods, observed: $0.observed,
        expected: significant($0.expected))
    }
    pValue = known(test.pValue)
    pLow = known(test.pLow)
    qValue = known(test.qValue)
    qLow = known(test.qLow)
    fdr = known(evidence.rate)
    baseline = test.baseline.map {
      Baseline(
        from: style.format($0.span.lowerBound), through: style.format($0.span.upperBound), periodsUsed: $0.periods,
        downWeighted: $0.downWeighted.map(style.format), model: $0.model, size: known($0.size))
    }
    reason = test.reason
    knownBreaks = evidence.breaks.map { item in
      var through: Period?
      if case .window(let end) = item.effect { through = end }
      return Break(from: style.format(item.start), through: through.map(style.format), label: item.label)
    }
    doubts = evidence.doubts
  }
}
