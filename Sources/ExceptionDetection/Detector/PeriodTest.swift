import TimeSeries

/// The verdict on one period of one series, from data up to and including that period.
public struct PeriodTest: Sendable {
  /// What the period looked like.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Within what was expected.
    case expected
    /// Higher than expected, by what the period shows alone.
    case spike
    /// Higher than expected together with the one or two periods before it: too few to tell a new level from a bad patch.
    case run
    /// Higher than expected together with three or more periods before it, at about the same height.
    case shift
    /// The same, growing towards the tested period.
    case ramp
    /// Lower than expected, alone or together with the periods before it.
    case drop
    /// No verdict: the period is missing or masked, or the history too short. `reason` says which.
    case notTested = "not tested"

    /// Whether it is a kind of rise.
    public var isHigher: Bool {
      switch self {
      case .spike, .run, .shift, .ramp: true
      case .expected, .drop, .notTested: false
      }
    }
  }

  /// The last periods, the tested one included, that stand out together.
  public struct Window: Hashable, Sendable {
    /// How many periods it spans.
    public let periods: Int
    /// How many of them are known and judged: the others are missing or masked.
    public let known: Int
    /// Their counts' sum and its expectation; periods missing or masked are in neither.
    public let observed: Double
    /// The sum expected.
    public let expected: Double

    /// A window; `known` is all of its periods unless given.
    public init(periods: Int, known: Int? = nil, observed: Double, expected: Double) {
      self.periods = periods
      self.known = known ?? periods
      self.observed = observed
      self.expected = expected
    }
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
  /// Central 1 - 2 alpha predictive interval of the period alone. A count within it can be flagged for its window.
  public let lower: Double
  /// Upper end of that interval.
  public let upper: Double
  /// Upper-tail p-value of the period alone and of windows that end in it, combined: how often something that stands out
  /// as much would come up by chance. Mid-p, so that it is right on average for small counts.
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
  /// The window that stands out, where that weighs more than the period alone; otherwise nil.
  public let window: Window?
  /// How the expectation was come by; nil if not tested.
  public let baseline: Baseline?
  /// Why there is no verdict; nil if there is one.
  public let reason: String?
  /// What kind of number `observed`, `expected`, `lower` and `upper` are.
  public var figure = Figure.count
  /// The smallest false-discovery rate over the measures and areas of its period at which it is an exception in its own
  /// direction (see ``ExceptionRule``); NaN without a verdict.
  public var rate = Double.nan
  /// How complete `observed` is taken to be.
  public var reporting = Reporting.complete

  /// Whether it says that something is out of the ordinary, on either side.
  public var standsOut: Bool { kind.isHigher || kind == .drop }

  /// A verdict.
  public init(
    key: SeriesKey, period: Period, observed: Double?, expected: Double, lower: Double, upper: Double, pValue: Double,
    pLow: Double, qValue: Double, qLow: Double, kind: Kind, flagged: Bool, window: Window? = nil,
    baseline: Baseline?, reason: String?
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
    self.window = window
    self.baseline = baseline
    self.reason = reason
  }
}
