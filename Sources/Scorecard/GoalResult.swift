import Assessment
import CommunitySafety
import ControlCharts
import Diagnostics
import Forecasting
import NumericCore
import RiskRanking
import TimeSeries

/// Where a target stands: what has been recorded of its stretch, what the rest may bring, and with what probability it is met.
///
/// The rest is of the joint draws of the forecast, which add up over places and measures: the year to date is added to every draw, and
/// the probability is the part of the draws that meet the target. Nothing recorded is brought to another level: a target counts what is
/// recorded; its baseline, where that is an earlier year, is brought to today's way of recording.
public struct GoalResult: Sendable {
  /// A reading of the target: which side of the figure meets it.
  public struct Reading: Hashable, Sendable {
    /// At most or at least.
    public let side: MeasureGoal.Side
    /// Part of the draws that meet it; 0 or 1 where nothing that can still be recorded matters.
    public let probability: Double
    /// Whether a process that goes on like this meets the target, by its control chart; nil where that cannot be said.
    public let assurance: SPCAssurance?
    /// Whether it is met or missed whatever comes; nil where it is open.
    public let settled: Bool?
  }

  /// The target.
  public let goal: MeasureGoal
  /// The series it is of.
  public let series: AssessedSeries
  /// First and last period of its stretch.
  public let periods: ClosedRange<Period>
  /// Periods of it that are known.
  public let knownPeriods: Int
  /// Periods of it that are to come.
  public let remainingPeriods: Int
  /// Level of what is known: a total, a pooled share, a mean; nil before its first period.
  public let known: Double?
  /// The figure in the measure's own unit: of a count the most, or least, that the whole stretch may have.
  public let threshold: Double
  /// The level that a change is measured from, like for like.
  public let base: Double?
  /// Mean, median and central 80 % interval of the level of the whole stretch.
  public let mean: Double
  /// Median.
  public let median: Double
  /// Lower end of the interval.
  public let lower: Double
  /// Upper end of it.
  public let upper: Double
  /// Of a count, what each of the remaining periods may have on average for the target to be just met; nil of what is no count, and
  /// with none remaining.
  public let neededRate: Double?
  /// Of a count, what each of the known periods had on average.
  public let runRate: Double?
  /// Of a share, the periods to come of which the whole is not known of the year before either: they weigh as the latest year's known
  /// wholes do on average.
  public let assumedWholes: [Period]
  /// The readings: one, or both where the wording leaves the side open.
  public let readings: [Reading]
  /// Of a target that is a position among peers who they are and how many, the place one of them; levels are ranks then.
  public let standing: Standing?

  /// Whom a position is among.
  public struct Standing: Hashable, Sendable {
    /// Who they are.
    public let peers: PeerSet
    /// How many places are ranked.
    public let places: Int
  }

  /// Where a target stands.
  ///
  /// - Throws: `HorizonError` of kind data: a measure or place that the data has not, a figure that does not fit the measure, a
  ///   denominator that is not known, a stretch beyond the forecast, or of which a past period is missing, a baseline that is not known.
  init(_ goal: MeasureGoal, _ assessment: StrategicAssessment, _ windows: ScorecardWindows, file: String) throws {
    func error(_ message: String, _ remedy: String) -> HorizonError {
      HorizonError(.data, message, at: .init(file: file, line: goal.line), remedy: remedy)
    }
    let series = try GoalResult.series(goal, assessment, error)
    let observed = series.observed
    let frequency = observed.start.frequency
    let text = PeriodText(frequency: frequency)
    guard let periods = goal.periods(frequency) else {
      throw error("\(goal.by) cuts through the quarters of the data", "Name a stretch of whole quarters")
    }
    let end = windows.end
    guard periods.lowerBound <= end else {
      throw error(
        "\(goal.by) begins after the data ends in \(text.label(end))",
        "Take the target out until its first \(frequency.noun) is recorded")
    }
    let past = (0...(min(end, periods.upperBound) - periods.lowerBound)).map { periods.lowerBound + $0 }
    let missing = past.filter { observed[$0] == nil || observed.isPartial($0) }
    guard missing.isEmpty else {
      throw error(
        "\(PeriodText.ranges(missing)) of \(goal.measure) \(missing.count == 1 ? "is" : "are") not known, so that nothing is known of the whole",
        "Give the missing figures, or set the target on a stretch without them")
    }
    let remaining = max(0, periods.upperBound - end)
    guard let forecast = series.forecast, remaining == 0 || (forecast.paths?.horizon ?? 0) >= remaining else {
      throw error(
        "\(goal.by) reaches further ahead than the \(text.count(frequency.periodsPerYear)) that are forecast",
        "Set the target on a stretch that ends sooner")
    }
    let stretch = Stretch(goal: goal, series: series, periods: periods, past: past, remaining: remaining)
    guard !goal.figure.isStanding else {
      try self.init(stretch, GoalResult.standing(stretch, assessment, end: end, error), error)
      return
    }
    guard let level = StretchLevel(observed, past: past, remaining: remaining, forecast: forecast) else {
      throw error(
        "of how many \(goal.measure) is a share is not known over \(PeriodText.ranges(past)), nor over the year before",
        "Give the denominators, or set the target on a stretch that has them")
    }
    let base = try GoalResult.base(goal, series, periods, error)
    let factor = try GoalResult.scale(goal, series, base, error)
    let threshold = goal.figure == .change ? (1 + goal.value) * factor : goal.value * factor
    self.init(stretch, level, base: base, threshold: threshold)
  }

  /// The stretch of a target: what is known of it and what is to come.
  struct Stretch {
    let goal: MeasureGoal
    let series: AssessedSeries
    let periods: ClosedRange<Period>
    /// Its known periods, and how many are to come.
    let past: [Period], remaining: Int
  }

  /// Where a target stands that is a level.
  private init(_ stretch: Stretch, _ level: StretchLevel, base: Double?, threshold: Double) {
    let (goal, series, past, remaining) = (stretch.goal, stretch.series, stretch.past, stretch.remaining)
    self.goal = goal
    self.series = series
    periods = stretch.periods
    self.base = base
    self.threshold = threshold
    knownPeriods = past.count
    remainingPeriods = remaining
    known = level.known
    assumedWholes = level.assumedWholes
    (mean, median, lower, upper) = (level.mean, level.quantile(0.5), level.quantile(0.1), level.quantile(0.9))
    let isCount = series.observed.kind == .count
    neededRate = isCount && remaining > 0 ? (threshold - (level.known ?? 0)) / Double(remaining) : nil
    runRate = isCount ? level.known.map { $0 / Double(past.count) } : nil
    let sides: [MeasureGoal.Side] = goal.side == .ask ? [.atMost, .atLeast] : [goal.side]
    let perPeriod = isCount ? threshold / Double(past.count + remaining) : threshold
    readings = sides.map { side in
      // What arithmetic alone may have made is no miss: 110 is within 1.1 x 100.
      let slack = 1e-9 * max(1, threshold.magnitude)
      let met = { (x: Double) in side == .atMost ? x <= threshold + slack : x >= threshold - slack }
      let chart = series.controlChart(target: perPeriod, direction: side == .atMost ? .lower : .higher)
      var settled: Bool?
      if remaining == 0 {
        settled = met(level.known ?? .nan)
      } else if isCount, let recorded = level.known {
        // A total does not go down again.
        if side == .atMost, recorded > threshold + slack { settled = false }
        if side == .atLeast, recorded >= threshold - slack { settled = true }
      }
      let part = Double(level.draws.count(where: met)) / Double(max(1, level.draws.count))
      return Reading(
        side: side, probability: settled.map { $0 ? 1 : 0 } ?? part, assurance: chart.assurance, settled: settled)
    }
    standing = nil
  }

  private static func series(
    _ goal: MeasureGoal, _ assessment: StrategicAssessment, _ error: (String, String) -> HorizonError
  ) throws -> AssessedSeries {
    let named = assessment.series.filter { one in
      [one.measure.name, one.measure.label, one.measure.id.rawValue].contains(goal.measure)
    }
    guard let measure = named.first?.measure else {
      throw error(
        "the data has no measure '\(goal.measure)'",
        "Name one of those that `horizon series` lists, or take the target out until there is data")
    }
    guard let area = goal.area else {
      guard let widest = assessment.widest(measure) else {
        throw error("the data has no place for '\(goal.measure)'", "Name a place with area:")
      }
      return widest
    }
    let names = Set(assessment.names(of: area).map(\.name) + [area])
    guard let found = named.first(where: { names.contains($0.area.name) && $0.area.level != .residual }) else {
      throw error("'\(goal.measure)' has no figures of a place '\(area)'", "Name one of the places of the data")
    }
    return found
  }

  /// The level of the baseline over the same periods, at today's level of recording.
  private static func base(
    _ goal: MeasureGoal, _ series: AssessedSeries, _ periods: ClosedRange<Period>,
    _ error: (String, String) -> HorizonError
  ) throws -> Double? {
    switch goal.baseline {
    case nil: return nil
    case .number(let number):
      guard number > 0 else { throw error("a change is measured from more than nothing", "Give a baseline above 0") }
      return number
    case .year(let year):
      // The stretch begins in the month in which the reporting year does.
      let back = periods.lowerBound.firstDay.year - year
      guard back > 0 else {
        throw error("the baseline is not before \(goal.by)", "Name an earlier year")
      }
      let history = ComparableHistory(series.observed, forecast: series.forecast)
      let distance = back * series.observed.start.frequency.periodsPerYear
      let before = (0...(periods.upperBound - periods.lowerBound)).map { periods.lowerBound + $0 - distance }
      let levels = before.map { history.series[$0].flatMap { $0.isFinite ? $0 : nil } }
      guard levels.allSatisfy({ $0 != nil }), !before.contains(where: series.observed.isPartial) else {
        throw error(
          "the baseline is not known: the data lacks some of \(PeriodText.ranges(before))",
          "Give the agreed number with baseline: instead of a year")
      }
      guard !history.unmeasured.contains(where: { $0 > before[0] && $0 <= periods.upperBound }) else {
        throw error(
          "the recording changed since the baseline, by nobody knows how much",
          "Give the agreed number with baseline: instead of a year")
      }
      let known = levels.compactMap(\.self)
      let total: Double
      switch series.observed.kind {
      case .count: total = known.reduce(0, +)
      case .value: total = known.reduce(0, +) / Double(known.count)
      case .proportion:
        let wholes = before.map { series.observed.denominators?[$0 - series.observed.start] ?? .nan }
        total = zip(known, wholes).reduce(0) { $0 + $1.0 * $1.1 } / wholes.reduce(0, +)
      }
      guard total > 0 else {
        throw error("the baseline is nothing, from which no change is measured", "Set the target as a count")
      }
      return total
    }
  }

  /// What the value of a target is multiplied by to be in the measure's own unit.
  private static func scale(
    _ goal: MeasureGoal, _ series: AssessedSeries, _ base: Double?, _ error: (String, String) -> HorizonError
  ) throws -> Double {
    let kind = series.observed.kind
    switch goal.figure {
    case .change: return base ?? .nan
    case .count:
      guard kind != .proportion else {
        throw error("'\(goal.measure)' is a share, and not a count", "Write figure: share, and 0.1 for 10 %")
      }
      return 1
    // Ranks have a unit of their own.
    case .rank, .quartile: return .nan
    case .share:
      guard kind == .proportion else {
        throw error("'\(goal.measure)' is no share", "Write figure: count, rate or change")
      }
      return 1
    case .rate:
      guard kind == .count else {
        throw error("'\(goal.measure)' is no count, and has no rate per 1,000", "Write figure: share or change")
      }
      guard let residents = series.area.population, residents > 0 else {
        throw error(
          "nobody knows how many people live in \(series.area.name), so that there is no rate",
          "Give --population, or set the target as a count")
      }
      return Double(residents) / 1000
    }
  }
}

/// The level of a stretch of which a part is known and the rest drawn.
private struct StretchLevel {
  let known: Double?
  let draws: [Double]
  let mean: Double
  /// Periods to come of which no whole is known.
  let assumedWholes: [Period]
  private let sorted: [Double]

  /// Nil of a share of which not enough wholes are known to weigh its periods.
  init?(_ observed: Series, past: [Period], remaining: Int, forecast: SeriesForecast) {
    let year = observed.start.frequency.periodsPerYear
    let isCount = observed.kind == .count
    /// The whole that a share is of; nil where it is not known.
    func whole(_ period: Period) -> Double? {
      guard let wholes = observed.denominators, wholes.indices.contains(period - observed.start) else { return nil }
      let known = wholes[period - observed.start]
      return known.isFinite ? known : nil
    }
    // Counts and values weigh alike; a share's period weighs as its whole does, ahead as that of the year before.
    let isShare = observed.kind == .proportion
    let weights = isShare ? past.compactMap(whole) : past.map { _ in 1 }
    guard weights.count == past.count else { return nil }
    let total = zip(past, weights).reduce(0) { $0 + (observed[$1.0] ?? .nan) * $1.1 }
    let sum = weights.reduce(0, +)
    known = past.isEmpty ? nil : isCount ? total : total / sum
    guard remaining > 0, let paths = forecast.paths else {
      guard isCount || sum > 0 else { return nil }
      let level = isCount ? total : total / sum
      (draws, sorted, mean, assumedWholes) = ([level], [level], level, [])
      return
    }
    var ahead = [Double](repeating: 0, count: paths.horizon)
    var assumed: [Period] = []
    let latest = isShare ? (0..<year).compactMap { whole(observed.end - $0) } : []
    for step in 0..<min(remaining, paths.horizon) {
      let period = observed.end + 1 + step
      if !isShare {
        ahead[step] = 1
      } else if let own = whole(period - year) {
        ahead[step] = own
      } else {
        guard !latest.isEmpty else { return nil }
        ahead[step] = latest.reduce(0, +) / Double(latest.count)
        assumed.append(period)
      }
    }
    assumedWholes = assumed
    let divisor = isCount ? 1 : sum + ahead.reduce(0, +)
    guard divisor > 0 else { return nil }
    draws = paths.weightedTotals(ahead).map { (total + $0) / divisor }
    sorted = draws.sorted()
    mean = (total + zip(forecast.forecast.mean, ahead).reduce(0) { $0 + $1.0 * $1.1 }) / divisor
  }

  func quantile(_ p: Double) -> Double { NumericCore.quantile(p, ofSorted: sorted) }
}
