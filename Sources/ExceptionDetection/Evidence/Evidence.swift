import TimeSeries
import Wording

/// Everything behind one verdict: the figures, the rule, the history used, and what speaks against relying on it.
public struct Evidence: Sendable {
  /// The verdict.
  public let test: PeriodTest
  /// Significance level of a single test.
  public let alpha: Double
  /// Smallest false-discovery rate over the measures and areas of the period at which it is an exception; nil if that was
  /// not asked for, NaN without a verdict.
  public let rate: Double?
  /// Known breaks that lie near enough to bear on it, oldest first.
  public let breaks: [Intervention]
  /// Doubts about the completeness of the figures it rests on, as plain sentences.
  public let doubts: [String]

  /// The evidence of a verdict.
  ///
  /// - Parameters:
  ///   - series: the series judged.
  ///   - interventions: those that concern it.
  ///   - last: the last period of the data.
  public init(
    _ test: PeriodTest, alpha: Double, rate: Double? = nil, series: Series?, interventions: [Intervention], last: Period
  ) {
    self.test = test
    self.alpha = alpha
    self.rate = rate
    breaks = interventions.filter { $0.isNear(test.period) }.sorted { ($0.start, $0.label) < ($1.start, $1.label) }
    doubts = series.map { completenessDoubts(test, $0, last: last) } ?? []
  }

  /// The rule that flagged the period, or did not, in the terms of the detector.
  public var rule: String {
    let noun = test.period.frequency.noun
    let stretch =
      test.window.map { "the last \(NumberText.spelled($0.periods)) \(noun)s together" } ?? "the \(noun) alone"
    switch test.kind {
    case .spike, .run, .shift, .ramp: return "p_value below \(alpha); \(stretch) weighed most"
    case .drop: return "p_low below \(alpha); \(stretch) weighed most"
    case .expected: return "p_value and p_low both at or above \(alpha)"
    case .notTested: return "not judged"
    }
  }
}

extension Intervention {
  /// Whether it began in the two years up to a period, or masks part of the year up to it.
  fileprivate func isNear(_ period: Period) -> Bool {
    guard start.frequency == period.frequency, start <= period else { return false }
    let year = period.frequency.periodsPerYear
    switch effect {
    case .step: return start > period - 2 * year
    case .window(let through): return through > period - year
    }
  }
}

/// What may be missing from, or unfinished in, the figures behind a verdict.
private func completenessDoubts(_ test: PeriodTest, _ series: Series, last: Period) -> [String] {
  let period = test.period
  let noun = period.frequency.noun
  let name = { (period: Period) in PeriodStyle.monthName.format(period) }
  var doubts: [String] = []
  if series[period] == nil { doubts.append("No figure has been recorded for \(name(period)).") }
  if series.isPartial(period) { doubts.append("The figure of \(name(period)) seems to cover only part of it.") }
  let year = max(1, period.frequency.periodsPerYear)
  let before = (1...max(year, test.window?.periods ?? 1)).map { period - $0 }.filter { $0 >= series.start }
  let missing = before.filter { series[$0] == nil }
  if !missing.isEmpty {
    doubts.append(
      "\(missing.count == 1 ? "One \(noun)" : "\(SentenceText.capitalised(NumberText.spelled(missing.count))) \(noun)s") of the year before "
        + "\(missing.count == 1 ? "is" : "are") missing"
        + (missing.count <= 3 ? " (\(ListText.joined(missing.reversed().map(name))))." : "."))
  }
  let partial = before.filter { series.isPartial($0) }
  if !partial.isEmpty {
    doubts.append(
      "\(ListText.joined(partial.reversed().map(name))) \(partial.count == 1 ? "seems" : "seem") to be only partly recorded and "
        + "\(partial.count == 1 ? "was" : "were") not learnt from.")
  }
  if test.kind == .drop && period == last {
    doubts.append("It is the latest \(noun) of the data: records that come in late would raise it.")
  }
  if let baseline = test.baseline, baseline.periods < 3 * year {
    doubts.append("The history before it is short: \(baseline.periods) \(noun)s could be used.")
  }
  return doubts
}
