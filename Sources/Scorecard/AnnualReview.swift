import Assessment
import CommunitySafety
import Diagnostics
import ExceptionDetection
import RiskRanking
import TimeSeries

/// A year looked back on: what was forecast of it and what came, what became of the priorities, and what may come next.
///
/// The forecasts are those that would have been made on the day before the year began, of the same inputs and nothing later.
public struct AnnualReview: Sendable {
  /// A forecast of the year and what was recorded.
  public struct Scored: Sendable {
    /// The series, as it is known now.
    public let series: AssessedSeries
    /// What was said: the year against the one before.
    public let outlook: Outlook
    /// What was recorded over the same periods.
    public let actual: Double

    /// Whether it came within the interval that was to hold 80 of 100.
    public var isHit: Bool { outlook.lower80 <= actual && actual <= outlook.upper80 }
    /// Whether more came than the interval holds; false for less, and for a hit.
    public var isAbove: Bool { actual > outlook.upper80 }
    /// How far the mean was off.
    public var error: Double { (actual - outlook.mean).magnitude }
    /// How far the year before was off, said again.
    public var naiveError: Double { (actual - outlook.lastYear).magnitude }
    /// Whether the material rise came, of which a probability was given.
    public var rose: Bool { outlook.rise.happens(at: actual) }
  }

  /// What became of a priority.
  public enum Outcome: String, CaseIterable, Hashable, Sendable {
    /// All of its measures that moved went the better way.
    case better = "got better"
    /// All of its measures that moved went the worse way.
    case worse = "got worse"
    /// Some went one way and some the other.
    case mixed = "went both ways"
    /// None moved by more than chance explains.
    case unclear = "no clear change"
    /// Nothing here says anything of it.
    case unknown = "cannot be said"
  }

  /// A priority of a partnership, with the figures that speak to it.
  public struct PriorityResult: Sendable {
    /// The partnership.
    public let partnership: String
    /// The priority.
    public let priority: LocalPriorities.Priority
    /// Its figures of the year.
    public let rows: [ScorecardRow]
    /// What they come to.
    public let outcome: Outcome
  }

  /// The scorecard of the year's last quarter: its year is the whole year.
  public let scorecard: Scorecard
  /// The year's name.
  public let yearName: String
  /// Its periods.
  public let periods: ClosedRange<Period>
  /// Forecasts of every place and measure of the scorecard that could be scored, in its order.
  public let scored: [Scored]
  /// Rows of the scorecard of which no forecast could be scored.
  public let notScored: Int
  /// The priorities, partnership by partnership.
  public let priorities: [PriorityResult]
  /// What may get worse over the next year, likeliest first.
  public let ahead: [Risk]
  /// Known changes of recording, boundaries or circumstances after the year, earliest first.
  public let changes: [BreakCalendar.Entry]
  /// Footprints that begin after it, earliest first.
  public let footprints: [Footprint]

  /// A review.
  ///
  /// - Parameters:
  ///   - scorecard: of the year's last quarter, made from `now`; for the public its published form.
  ///   - now: the assessment at the end of the year.
  ///   - then: the assessment at the end of the year before.
  public init(_ scorecard: Scorecard, now: StrategicAssessment, then: StrategicAssessment) {
    self.scorecard = scorecard
    yearName = scorecard.windows.quarter.yearName
    periods = scorecard.windows.year
    let profile = now.configuration.profile
    var scored: [Scored] = []
    for row in scorecard.rows {
      guard let before = then.series(row.series.observed.key), let outlook = before.outlook,
        let forecast = before.forecast, forecast.lifespan.ended == nil,
        let compared = ComparedYear(before.observed.within(forecast.lifespan), forecast, profile: profile),
        let actual = compared.next(in: row.series.observed, row.series.interventions)
      else { continue }
      scored.append(Scored(series: row.series, outlook: outlook, actual: actual))
    }
    self.scored = scored
    notScored = scorecard.rows.count - scored.count
    let byArea = Dictionary(grouping: scorecard.rows, by: \.area.name)
    let priorities = now.reference.priorities.byPartnership
    let end = (periods.upperBound + 1).firstDay
    // Judged is what was a priority in the year: not what may become one, was one before, or became one after it.
    func wasPriority(_ priority: LocalPriorities.Priority) -> Bool {
      priority.status == .current && (priority.from.map { $0 < end } ?? true)
    }
    var seen = Set<String>()
    let partnerships = now.areas.filter { [.csp, .authority, .district].contains($0.level) }.map { $0.csp ?? $0.name }
      .filter { priorities[$0] != nil && seen.insert($0).inserted }
    self.priorities = partnerships.flatMap { name -> [PriorityResult] in
      let places = [name] + now.names(of: name).map(\.name)
      let own = places.lazy.compactMap { byArea[$0] }.first ?? []
      return (priorities[name] ?? []).filter { wasPriority($0) }.map { priority in
        let rows = own.filter { priority.measures.contains($0.measure.id) }
        return PriorityResult(
          partnership: name, priority: priority, rows: rows, outcome: AnnualReview.outcome(rows))
      }
    }
    let shown = Set(scorecard.rows.map(\.series.observed.key))
    ahead = Array(
      now.risks(level: now.headlineLevel, groups: false).filter { risk in
        guard risk.isLikelyToGetWorse(profile), let series = now.series(risk.key) else { return false }
        return shown.contains(series.observed.key)
      }.sorted { a, b in
        let (p, q) = (a.chances?.worse ?? 0, b.chances?.worse ?? 0)
        return p != q ? p > q : a.key < b.key
      }.prefix(8))
    changes = now.reference.breaks.entries.filter { $0.from >= end }.sorted { ($0.from, $0.id) < ($1.from, $1.id) }
    let names = Set(now.areas.compactMap(\.code))
    footprints = now.reference.footprints.footprints.filter { footprint in
      guard let from = footprint.from, from >= end else { return false }
      return footprint.areas.contains { part in part.districts.contains(where: names.contains) }
        || footprint.areas.contains(where: \.needsList)
    }.sorted { ($0.from ?? end, $0.id) < ($1.from ?? end, $1.id) }
  }

  private static func outcome(_ rows: [ScorecardRow]) -> Outcome {
    let judged = rows.filter { $0.direction.way != .notJudged }
    guard !judged.isEmpty else { return .unknown }
    let worse = judged.compactMap { $0.direction.isForTheWorse($0.measure.polarity) }
    guard let first = worse.first else { return .unclear }
    guard worse.allSatisfy({ $0 == first }) else { return .mixed }
    return first ? .worse : .better
  }

  /// Mean of how far forecasts were off, as a part of how far the year before said again was: below 1 they were better. Of counts.
  public var relativeError: Double? {
    let counts = scored.filter { $0.series.measure.kind == .count && !$0.series.isGroup }
    let naive = counts.reduce(0) { $0 + $1.naiveError }
    return counts.isEmpty || naive <= 0 ? nil : counts.reduce(0) { $0 + $1.error } / naive
  }
}
