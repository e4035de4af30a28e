import CommunitySafety
import ExceptionDetection
import Forecasting
import TimeSeries

/// One problem in one place, with what next year may bring. A row of the ranking.
public struct Risk: Sendable {
  /// Rank among the risks of the same level and kind (types with types, groups with groups), from 1; nil if the risk
  /// cannot be assessed.
  public var rank: Int?
  /// Rank by expected change times harm per offence, among those that have a weight; nil without one.
  public var harmRank: Int?
  /// The place.
  public let area: Area
  /// The measure or group, as in the data.
  public let measure: String
  /// The name people see; says "(proxy)" where it is one.
  public let label: String
  /// Whether it is a group of measures.
  public let isGroup: Bool
  /// Whether more of it is worse.
  public let polarity: Polarity
  /// The comparison of the next year with the last; nil if the risk cannot be assessed.
  public let outlook: Outlook?
  /// Last year's total and the year before, as recorded.
  public let past: PastComparison
  /// Harm weight per offence; nil where the set has none.
  public let harmPerOffence: Double?
  /// Flagged tests among the latest periods judged, newest first, both directions.
  public let exceptions: [PeriodTest]
  /// How far the evidence carries.
  public let confidence: Confidence
  /// What the partnership is advised to do about it.
  public let recommendation: Recommendation
  /// The score the ranking sorts by, in counts a year (see ``RiskScore``); nil if the risk cannot be assessed.
  public let score: RiskScore?
  /// Current local priority this measure gives evidence on, if any.
  public let priority: String?
  /// Doubts and caveats about this row, as plain sentences.
  public let caveats: [String]

  /// A row.
  public init(
    rank: Int? = nil, harmRank: Int? = nil, area: Area, measure: String, label: String, isGroup: Bool,
    polarity: Polarity, outlook: Outlook?, past: PastComparison, harmPerOffence: Double?, exceptions: [PeriodTest],
    confidence: Confidence, recommendation: Recommendation, score: RiskScore?, priority: String?, caveats: [String]
  ) {
    self.rank = rank
    self.harmRank = harmRank
    self.area = area
    self.measure = measure
    self.label = label
    self.isGroup = isGroup
    self.polarity = polarity
    self.outlook = outlook
    self.past = past
    self.harmPerOffence = harmPerOffence
    self.exceptions = exceptions
    self.confidence = confidence
    self.recommendation = recommendation
    self.score = score
    self.priority = priority
    self.caveats = caveats
  }

  /// The series it rests on.
  public var key: SeriesKey { SeriesKey(area: area.name, measure: measure) }
}

/// The next year against the last, from the joint draws of the forecast, over the calendar periods both years have.
public struct Outlook: Sendable, Hashable {
  /// Periods of the last year that were observed: the comparison is over these and their anniversaries.
  public let matchedPeriods: Int
  /// Periods in a full year.
  public let periodsInYear: Int
  /// Last year's total over the matched periods, brought to today's recording level where a step is known.
  public let lastYear: Double
  /// Next year's total over the matched periods: mean and median of the draws.
  public let mean: Double
  /// Median of the draws.
  public let median: Double
  /// Central 80 % interval of the draws.
  public let lower80: Double
  /// Upper end of the central 80 % interval.
  public let upper80: Double
  /// Probability that next year's total is at least 10 % above last year's.
  public let probabilityOfRise: Double
  /// Probability that it is at least 10 % below.
  public let probabilityOfFall: Double
  /// Model that made the forecast.
  public let model: String

  /// An outlook.
  public init(
    matchedPeriods: Int, periodsInYear: Int, lastYear: Double, mean: Double, median: Double, lower80: Double,
    upper80: Double, probabilityOfRise: Double, probabilityOfFall: Double, model: String
  ) {
    self.matchedPeriods = matchedPeriods
    self.periodsInYear = periodsInYear
    self.lastYear = lastYear
    self.mean = mean
    self.median = median
    self.lower80 = lower80
    self.upper80 = upper80
    self.probabilityOfRise = probabilityOfRise
    self.probabilityOfFall = probabilityOfFall
    self.model = model
  }

  /// Expected change in counts: the predictive mean less last year's total.
  public var expectedChange: Double { mean - lastYear }
}

/// What was recorded, as the spreadsheets show it: shown beside the ranking, never what it sorts by.
public struct PastComparison: Sendable, Hashable {
  /// The last year's recorded total over its observed periods.
  public let lastYear: Double
  /// How many of its periods were observed.
  public let lastYearPeriods: Int
  /// The year before, over the same calendar periods; nil unless all of them were observed.
  public let yearBefore: Double?
  /// Two years before (skips a COVID year), over the same calendar periods; nil unless all were observed.
  public let twoYearsBefore: Double?

  /// A comparison.
  public init(lastYear: Double, lastYearPeriods: Int, yearBefore: Double?, twoYearsBefore: Double?) {
    self.lastYear = lastYear
    self.lastYearPeriods = lastYearPeriods
    self.yearBefore = yearBefore
    self.twoYearsBefore = twoYearsBefore
  }
}

/// The parts of the score. Ranking is by `total`.
public struct RiskScore: Sendable, Hashable {
  /// Expected change in counts, signed so that worse is positive (polarity applied).
  public let expectedChange: Double
  /// Probability of a change for the worse of 10 % or more.
  public let probability: Double
  /// What the ranking sorts by, in counts a year.
  public let total: Double

  /// A score.
  public init(expectedChange: Double, probability: Double, total: Double) {
    self.expectedChange = expectedChange
    self.probability = probability
    self.total = total
  }
}

/// How far the evidence carries: shown beside a probability, never multiplied in.
public struct Confidence: Sendable, Hashable {
  /// The rating.
  public enum Rating: String, Sendable, Hashable {
    case high, moderate, low
  }
  /// The rating.
  public let rating: Rating
  /// Why, in a few plain words each.
  public let reasons: [String]

  /// A rating with its reasons.
  public init(rating: Rating, reasons: [String]) {
    self.rating = rating
    self.reasons = reasons
  }
}

/// What a partnership is advised to do about a problem.
public enum Recommendation: String, Sendable, Hashable, CaseIterable {
  /// A current priority that is likely to get worse.
  case escalate
  /// A current priority without a likely change.
  case `continue`
  /// A current priority that is likely to get better.
  case deEscalate = "de-escalate"
  /// Not a current priority, and likely to get worse.
  case new
  /// Not a current priority, and no likely change: nothing to decide, keep watching.
  case watch
  /// The data cannot say.
  case notAssessable = "not assessable"
}
