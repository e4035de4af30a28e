import NumericCore
import TimeSeries

/// Joins the verdicts on the periods of a panel into episodes and stories.
public struct EpisodeFinder: Sendable {
  /// Judges the periods; its `last` is the number of periods reported on.
  public var detector: ExceptionDetector
  /// An episode opens only with a verdict that is an exception by this rule.
  public var rule: ExceptionRule
  /// The area name under which each measure's total over all areas is judged too; nil if the areas do not add up to a whole.
  public var totalName: String?
  /// What is known of the areas: totals do without an area before it began and after it ended.
  public var areas = HierarchyDimension()
  /// How flags are joined.
  var settings = EpisodeSettings()

  /// A finder.
  public init(
    _ detector: ExceptionDetector, rule: ExceptionRule = ExceptionRule(), totalName: String? = nil
  ) {
    self.detector = detector
    self.rule = rule
    self.totalName = totalName
  }
}

extension EpisodeFinder {
  /// Judged periods in a row that must be as expected before an episode is over.
  public func quietPeriods(_ frequency: Frequency) -> Int { settings.quietPeriods(frequency) }
}

extension PeriodTest {
  /// How many more (below 0: fewer) than expected, in the period or in the window that stands out; nil without a verdict.
  public var excess: Double? {
    if let window { return window.observed - window.expected }
    guard kind != .notTested, let observed else { return nil }
    return observed - expected
  }
}

/// What a run found, told as episodes and stories.
public struct EpisodeReport: Sendable {
  /// The verdicts on the reported periods, as ``ExceptionDetector/run(_:)`` gives them, their rates over the totals too.
  public let tests: [PeriodTest]
  /// The same of the totals.
  public let totals: [PeriodTest]
  /// Episodes open in, or closed by, a reported period: of the areas in panel order, then of the totals.
  public let episodes: [Episode]
  /// The same, each event once: wide stories first, then by series in panel order.
  public let stories: [Story]
  /// The series with episodes, areas' and totals', and the verdicts on them that know of episodes.
  public let traces: [SeriesKey: Trace]
  /// What would have been found in each series of the panel, in its order; empty if nobody asked.
  public let detectability: [Detectability]

  /// A series and its verdicts.
  public struct Trace: Sendable {
    /// The series.
    public let series: Series
    /// Oldest first, from well before the reported periods.
    public let tests: [PeriodTest]
  }

  static let empty = EpisodeReport(
    tests: [], totals: [], episodes: [], stories: [], traces: [:], detectability: [])
}

extension EpisodeFinder {
  /// Judges a panel and joins the verdicts, month after month, as a job that runs every period would.
  ///
  /// From the second period of an episode on, the series is judged again with the episode's periods left out of its
  /// baseline; once a test against the level of the episode itself no longer finds anything, after a year, that level is
  /// what later periods are compared with. Each verdict uses data up to and including its period. Verdicts in the report's
  /// `tests` are those of the detector, which know nothing of episodes.
  ///
  /// - Parameter estimator: says how small a rise in each series of the panel would be found by the finder's detector, from
  ///   the same verdicts; nil for no such answer.
  public func run(_ panel: Panel, detectability estimator: DetectabilityEstimator? = nil) async throws -> EpisodeReport
  {
    guard let end = panel.span?.upperBound else { return .empty }
    let totals = totalName.map { MeasureTotals(panel, name: $0, known: areas).totals } ?? []
    var deep = detector
    deep.last = detector.last + settings.lookBack(panel.frequency)
    var judgement = try await deep.judge(panel, keeping: estimator == nil ? .episodes : .all)
    var detectability: [Detectability] = []
    if var estimator {
      estimator.detector = detector
      detectability =
        deep.last >= estimator.depth(panel.frequency)
        ? try await estimator.run(panel, judgement) : try await estimator.run(panel)
    }
    if !totals.isEmpty {
      let wide = Panel(frequency: panel.frequency, style: panel.style, series: totals.map(\.series))
      judgement.append(try await deep.judge(wide, keeping: estimator == nil ? .episodes : .all))
    }
    var pass = EpisodePass(
      finder: self, frequency: panel.frequency, series: panel.series + totals.map(\.series), judgement: judgement,
      areas: panel.series.count, families: FamilySelection.families(panel.series + totals.map(\.series)))
    for p in judgement.periods.indices { try await pass.advance(p) }

    let shown = max(0, judgement.periods.count - detector.last)
    func reported<T>(_ rows: ArraySlice<[T]>) -> [T] { rows.flatMap { $0[shown...] } }
    let count = panel.series.count
    let first = end - (detector.last - 1)
    let current = pass.tracks.map { tracks in
      tracks.flatMap(\.episodes).filter { $0.closed.map { $0 >= first } ?? true }.map { $0.asOf(end) }
        .sorted { ($0.opened, $0.isHigher ? 0 : 1) < ($1.opened, $1.isHigher ? 0 : 1) }
    }
    let stories = Story.tell(
      areas: Array(current[..<count]),
      totals: zip(totals, current[count...]).map { (parts: $0.parts, episodes: $1) },
      slack: settings.quietPeriods(panel.frequency)
    ) { index, episode in pass.contribution(of: index, to: episode) }
    return EpisodeReport(
      tests: reported(pass.judgement.tests[..<count]), totals: reported(pass.judgement.tests[count...]),
      episodes: current.flatMap { $0 }, stories: stories,
      traces: Dictionary(
        current.indices.filter { !current[$0].isEmpty }.map {
          (pass.series[$0].key, EpisodeReport.Trace(series: pass.series[$0], tests: pass.tests[$0]))
        }, uniquingKeysWith: { first, _ in first }), detectability: detectability)
  }
}

extension Episode {
  /// As it stands at a later period: new only in the period that opened it.
  fileprivate func asOf(_ end: Period) -> Episode {
    var episode = self
    if state.isOpen { episode.state = opened == end ? .new : .continuing }
    return episode
  }
}
