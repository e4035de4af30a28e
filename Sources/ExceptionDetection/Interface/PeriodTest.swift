import TimeSeries

/// The verdict on one period of one series, from data up to and including that period.
public struct PeriodTest: Sendable {
  /// What the period looked like.
  public enum Kind: String, Hashable, Sendable {
    /// Within what was expected.
    case expected
    /// Higher than expected in one period.
    case spike
    /// Lower than expected in one period.
    case drop
    /// No verdict: the period is missing or masked, or the history too short. `reason` says which.
    case notTested = "not tested"
  }

  /// How the expectation was come by.
  public struct Baseline: Hashable, Sendable {
    /// First and last period of the history used.
    public let span: ClosedRange<Period>
    /// Periods used (observed, not masked, outside the guard gap).
    public let periods: Int
    /// Past periods given less weight because they were themselves unusual.
    public let downWeighted: [Period]
    /// Estimated size of the negative binomial; infinite is Poisson.
    public let size: Double
    /// The regression's terms in words: "trend and two seasonal harmonics".
    public let model: String

    /// A baseline.
    public init(span: ClosedRange<Period>, periods: Int, downWeighted: [Period], size: Double, model: String) {
      self.span = span
      self.periods = periods
      self.downWeighted = downWeighted
      self.size = size
      self.model = model
    }
  }

  /// The series.
  public let key: SeriesKey
  /// The period judged.
  public let period: Period
  /// What was observed; nil if missing.
  public let observed: Double?
  /// What was expected (the predictive mean); NaN if not tested.
  public let expected: Double
  /// Central 1 - 2 alpha predictive interval, so that `observed > upper` is about the same as `p_value < alpha`.
  public let lower: Double
  /// Upper end of that interval.
  public let upper: Double
  /// Upper-tail p-value: how often a count this high or higher would come up by chance.
  public let pValue: Double
  /// Lower-tail p-value.
  public let pLow: Double
  /// Benjamini-Hochberg of the upper tail over the series of this period; NaN if not tested.
  public var qValue: Double
  /// Benjamini-Hochberg of the lower tail over the series of this period; NaN if not tested.
  public var qLow: Double
  /// What it looks like.
  public let kind: Kind
  /// Exactly `pValue < alpha`.
  public let flagged: Bool
  /// How the expectation was come by; nil if not tested.
  public let baseline: Baseline?
  /// Why there is no verdict; nil if there is one.
  public let reason: String?

  /// A verdict.
  public init(
    key: SeriesKey, period: Period, observed: Double?, expected: Double, lower: Double, upper: Double, pValue: Double,
    pLow: Double, qValue: Double, qLow: Double, kind: Kind, flagged: Bool, baseline: Baseline?, reason: String?
  ) {
    self.key = key
    self.period = period
    self.observed = observed
    self.expected = expected
    self.lower = lower
    self.upper = upper
    self.pValue = pValue
    self.pLow = pLow
    self.qValue = qValue
    self.qLow = qLow
    self.kind = kind
    self.flagged = flagged
    self.baseline = baseline
    self.reason = reason
  }

  /// Whether it stands out, in its own direction, at a false-discovery rate over the series of its period.
  public func isException(falseDiscoveryRate: Double) -> Bool {
    switch kind {
    case .spike: qValue <= falseDiscoveryRate
    case .drop: qLow <= falseDiscoveryRate
    case .expected, .notTested: false
    }
  }

  /// The same verdict under another key.
  public func renamed(_ key: SeriesKey) -> PeriodTest {
    PeriodTest(
      key: key, period: period, observed: observed, expected: expected, lower: lower, upper: upper, pValue: pValue,
      pLow: pLow, qValue: qValue, qLow: qLow, kind: kind, flagged: flagged, baseline: baseline, reason: reason)
  }
}
