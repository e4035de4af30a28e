import Assessment
import CommunitySafety
import ExceptionDetection
import NumericCore
import Parallelism
import RiskRanking
import TimeSeries

/// What a partnership's board reads of a quarter: every measure in every place, and which of them are exceptions.
///
/// An exception is one of two things, by one rule (``ExceptionDetection/ExceptionRule``): a period of the quarter that the exceptions
/// engine calls one, or a direction of travel (``DirectionOfTravel``) that is clear at its own level and still found at the rule's
/// false-discovery rate over all directions of the scorecard (Benjamini and Hochberg 1995). Icons of control charts stand beside them,
/// and are no grounds: they know nothing of season.
public struct Scorecard: Sendable {
  /// The windows.
  public let windows: ScorecardWindows
  /// The rule.
  public let rule: ExceptionRule
  /// Groups, then measures as in the data; of each the widest place first.
  public let rows: [ScorecardRow]
  /// Measures of success of which there is no data, in the order of the register.
  public let withoutData: [Measure]
  /// Number of small areas (wards, LSOAs) that are left out.
  public let smallAreas: Int
  /// The targets, in the order of their file.
  public let goals: [GoalResult]
  /// Figures that are not published; empty of a scorecard for partners.
  public let withheld: [Withheld]
  /// How many targets are not published, being of figures that are not.
  public let withheldGoals: Int

  /// The levels of a scorecard, the widest first.
  static let levels: [AreaLevel] = [.whole, .authority, .force, .csp, .district, .unclassified]

  /// The scorecard of an assessment.
  ///
  /// - Parameters:
  ///   - assessment: made as known at the end of `windows`, with draws where there are goals (``Assessor/Parts/draws``).
  ///   - goals: the targets.
  ///   - threads: results do not depend on it.
  /// - Throws: `HorizonError` of kind data for a goal of a measure or place that the data has not, or that cannot be measured.
  public init(
    _ assessment: StrategicAssessment, windows: ScorecardWindows, goals: [MeasureGoal] = [], goalsFile: String = "",
    threads: Int = 1
  ) async throws {
    self.windows = windows
    let rule = assessment.configuration.exceptionRule
    self.rule = rule
    let order = Scorecard.order(assessment)
    let shown = assessment.series.filter { Scorecard.level(of: $0, assessment) != nil }
      .sorted { a, b in
        let (i, j) = (order[a.measure.id] ?? 0, order[b.measure.id] ?? 0)
        if i != j { return i < j }
        let (k, l) = (Scorecard.level(of: a, assessment) ?? 0, Scorecard.level(of: b, assessment) ?? 0)
        if k != l { return k < l }
        return a.observed.key < b.observed.key
      }
    var rows = try await parallelMap(count: shown.count, threads: threads, grain: 16) {
      ScorecardRow(shown[$0], windows, rule: rule)
    }
    let rates = benjaminiHochberg(rows.map(\.direction.probability))
    for i in rows.indices {
      rows[i].rate = rates[i]
      let isClear = rows[i].direction.way == .up || rows[i].direction.way == .down
      rows[i].isDirectionExceptional = isClear && (rule.falseDiscoveryRate.map { rates[i] <= $0 } ?? true)
    }
    self.rows = rows
    let met = Set(assessment.series.map(\.measure.id))
    withoutData = assessment.reference.measures.measures.filter {
      !$0.registration.isRetired && $0.registration.owner != nil && !met.contains($0.id)
    }
    smallAreas =
      Set(
        assessment.series.filter { [.ward, .lsoa].contains($0.area.level) }.map(\.area.name)
      ).count
    self.goals = try goals.map { try GoalResult($0, assessment, windows, file: goalsFile) }
    withheld = []
    withheldGoals = 0
  }

  init(
    windows: ScorecardWindows, rule: ExceptionRule, rows: [ScorecardRow], withoutData: [Measure], smallAreas: Int,
    goals: [GoalResult], withheld: [Withheld], withheldGoals: Int
  ) {
    self.windows = windows
    self.rule = rule
    self.rows = rows
    self.withoutData = withoutData
    self.smallAreas = smallAreas
    self.goals = goals
    self.withheld = withheld
    self.withheldGoals = withheldGoals
  }

  /// Position of each measure: groups in the order of the registry, then measures as in the data.
  private static func order(_ assessment: StrategicAssessment) -> [MeasureID: Int] {
    var seen = Set<MeasureID>()
    let met = assessment.series.map(\.measure).filter { seen.insert($0.id).inserted }
    let groups = assessment.reference.measures.groups.map(\.id).filter(seen.contains)
    let rest = met.map(\.id).filter { !groups.contains($0) }
    return Dictionary((groups + rest).enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Position among ``levels`` of the widest level that the place of a series has a name at; nil for what a scorecard leaves out.
  private static func level(of series: AssessedSeries, _ assessment: StrategicAssessment) -> Int? {
    guard series.area.level != .residual else { return nil }
    let names = assessment.names(of: series.area.name).map(\.level) + [series.area.level]
    return names.compactMap(levels.firstIndex).min()
  }

  /// The rows of page one, measure by measure: those with an exception for the worse first, then those of which neither way is
  /// worse, then those for the better; within each the largest change of a year first.
  public var findings: [Finding] {
    let byMeasure = Dictionary(grouping: rows.filter(\.isException), by: \.measure.id)
    var seen = Set<MeasureID>()
    let found = rows.filter { seen.insert($0.measure.id).inserted }.compactMap { row in
      byMeasure[row.measure.id].map { Finding(rows: $0) }
    }
    return found.enumerated().sorted { a, b in
      if a.element.rank != b.element.rank { return a.element.rank < b.element.rank }
      if a.element.size != b.element.size { return a.element.size > b.element.size }
      return a.offset < b.offset
    }.map(\.element)
  }

  /// A measure with exceptions, in one place or several.
  public struct Finding: Sendable {
    /// Its exceptional rows, the widest place first; never empty.
    public let rows: [ScorecardRow]
    /// The measure.
    public var measure: Measure { rows[0].measure }
    /// The row that leads: the first of which the direction is exceptional, else the first.
    public var lead: ScorecardRow { rows.first(where: \.isDirectionExceptional) ?? rows[0] }

    /// 0 for the worse, 1 for neither, 2 for the better.
    public var rank: Int {
      let worse = rows.map(\.isForTheWorse)
      return worse.contains(true) ? 0 : worse.contains(false) ? 2 : 1
    }

    /// How far the lead has changed, in parts of what it was.
    var size: Double {
      guard let comparison = lead.comparison else { return 0 }
      let levels = comparison.comparedLevels
      return levels.earlier > 0 ? (levels.later / levels.earlier - 1).magnitude : 0
    }
  }

  /// How many rows came to what.
  public var tally: (judged: Int, exceptions: Int, clearOnly: Int, ordinary: Int, notJudged: Int) {
    let judged = rows.filter(\.isJudged)
    let (exceptions, clear) = (judged.count(where: \.isException), judged.count(where: \.isClearOnly))
    return (judged.count, exceptions, clear, judged.count - exceptions - clear, rows.count - judged.count)
  }
}

extension ScorecardRow {
  /// The comparison that the direction was taken from.
  public var comparison: WindowComparison? { direction.comparison }

  /// For better or worse: by an exceptional direction, else by the latest exception of the quarter; nil for neither.
  public var isForTheWorse: Bool? {
    if isDirectionExceptional { return direction.isForTheWorse(measure.polarity) }
    guard let last = exceptions.last else { return nil }
    switch measure.polarity {
    case .lowerIsBetter: return last.kind.isHigher
    case .higherIsBetter: return !last.kind.isHigher
    case .neither: return nil
    }
  }
}
