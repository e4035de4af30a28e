import CommunitySafety
import ExceptionDetection
import Forecasting
import RiskRanking
import TimeSeries

/// How an assessment is run. Written whole into the manifest.
public struct AssessmentConfiguration: Sendable, Hashable {
  /// Periods to forecast.
  public var horizon = 12
  /// Interval levels in per cent.
  public var levels: [Double] = [80, 95]
  /// Latest periods judged for exceptions.
  public var judgedPeriods = 3
  /// One-sided significance level of a single test.
  public var alpha = 0.01
  /// False-discovery rate over the series of one period: an exception is shown only if its q-value is at or below it.
  public var falseDiscoveryRate = 0.10
  /// Joint draws per series behind totals and probabilities.
  public var pathCount = 1000
  /// What brings forecasts of parts and totals to add up. Bottom-up leaves the forecast of each place and type alone: a ranking looks
  /// for what is particular to one of them, which totals' forecasts even out.
  public var reconciliation = Reconciliation.bottomUp
  /// Seed of the draws.
  public var seed: UInt64 = 20_260_401
  /// Use only what was known at the end of this period.
  public var asOf: Period?
  /// Id of the footprint that figures are told by; nil for the areas of the inputs.
  public var footprint: String?
  /// Id of the footprint that is set beside it; nil for none.
  public var beside: String?
  /// Identifiers of break-calendar entries to ignore.
  public var withoutBreaks: [String] = []
  /// Name of the harm weights.
  public var harmWeights = "cchi-2026"
  /// Identifier of the scoring profile that files show; nil for the first.
  public var scoringProfile: String?
  /// Thresholds of ranking and advice.
  public var profile = ScoringProfile()
  /// Name of the partnership or area the pack is about, for its title; nil names it from the data.
  public var title: String?
  /// Security marking printed on every page.
  public var marking = "OFFICIAL"
  /// Whom the outputs are for.
  public var audience = SourceRegister.Audience.partners
  /// Date the data was extracted, as given by the user; nil says "not stated".
  public var extractionDate: String?

  /// The defaults.
  public init() {}

  /// What counts as an exception, wherever one is shown.
  public var exceptionRule: ExceptionRule { ExceptionRule(falseDiscoveryRate: falseDiscoveryRate) }
}
