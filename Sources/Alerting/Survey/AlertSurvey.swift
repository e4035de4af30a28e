import ExceptionDetection
import Tables
import TimeSeries

/// What one run of the detector says of every series, in the terms of alerts. It judges nothing: what is an exception, when it
/// is over and which event is told of which area was decided by ``EpisodeFinder``.
public struct AlertSurvey: Sendable {
  /// The newest period of the data.
  public let period: Period
  /// The first period whose verdicts the run could see.
  public let judgedFrom: Period
  /// Series with a verdict on the newest period, and without.
  public let judged: Int
  /// Series of the panel that have none: their newest figure is missing or partial, or their history too short.
  public let unjudged: [SeriesKey]
  private let panel: Panel
  private let report: EpisodeReport
  private let newest: [SeriesKey: PeriodTest]
  private let episodes: [SeriesKey: [Episode]]
  private let stories: [SeriesKey: Story]
  /// Whether false-discovery rates are over all measures, and mean something.
  private let hasRates: Bool

  /// Reads a report on the panel it was made of; nil for a panel without a period.
  ///
  /// - Parameters:
  ///   - judgedFrom: the first of the report's periods.
  ///   - hasRates: whether false-discovery rates are over all measures (``EpisodeFinder/runApart(_:watched:)``).
  ///   - isBadWhenHigher: which way a series is told: up, or down for measures of which more is better.
  public init?(
    _ report: EpisodeReport, panel: Panel, judgedFrom: Period, hasRates: Bool = true,
    isBadWhenHigher: (SeriesKey) -> Bool
  ) {
    guard let period = panel.span?.upperBound else { return nil }
    self.period = period
    self.judgedFrom = judgedFrom
    self.hasRates = hasRates
    self.panel = panel
    self.report = report
    newest = Dictionary(
      (report.tests + report.totals).filter { $0.period == period }.map { ($0.key, $0) },
      uniquingKeysWith: { first, _ in first })
    let told = report.episodes.filter { $0.isHigher == isBadWhenHigher($0.key) }
    episodes = Dictionary(grouping: told, by: \.key)
    stories = Dictionary(
      report.stories.filter { $0.lead.isHigher == isBadWhenHigher($0.lead.key) && $0.lead.state.isOpen }
        .map { ($0.lead.key, $0) }, uniquingKeysWith: { $0.lead.opened >= $1.lead.opened ? $0 : $1 })
    let joined = stories.values.filter(\.isWide).flatMap { story in
      story.within.filter { $0.state.isOpen && $0.opened > story.lead.opened && $0.key != story.lead.key }.map(\.key)
    }
    openings = Set(Array(stories.keys) + joined).sorted()
    var unjudged: [SeriesKey] = []
    for series in panel.series where AlertSurvey.doubt(newest[series.key], series, period) != nil {
      unjudged.append(series.key)
    }
    self.unjudged = unjudged
    judged = panel.series.count - unjudged.count
  }

  /// Series that may fire: those whose open episode leads a story, and areas whose own opened after the rise of all areas that
  /// it is part of. Whoever was told of that rise was told which areas made it then, and not of those that joined later.
  public let openings: [SeriesKey]

  /// The chance that any of the periods ahead is an exception too, of series that somebody may be told of.
  public var chances: [SeriesKey: Double] = [:]

  /// Open episodes with their series' verdicts, of series that may fire and of others that an alert is open on.
  public func openEpisodes(_ alerts: Set<SeriesKey> = []) -> [(episode: Episode, trace: EpisodeReport.Trace)] {
    Set(openings).union(alerts).sorted().compactMap { key in
      guard let episode = episodes[key]?.last(where: { $0.state.isOpen }), let trace = report.traces[key] else {
        return nil
      }
      return (episode, trace)
    }
  }

  /// The shape of the open episode of a series; nil without one.
  func shape(_ key: SeriesKey) -> String? { episodes[key]?.last { $0.state.isOpen }?.shape.rawValue }

  /// Series whose newest figure is missing although the one before it is there.
  public var stopped: [SeriesKey] {
    panel.series.filter { $0[period] == nil && $0[period - 1] != nil }.map(\.key)
  }

  /// Whether the newest figure is there and whole: one within a known break is, although nothing is judged of it.
  func hasFigure(_ key: SeriesKey) -> Bool {
    guard let series = panel[key] else { return newest[key]?.observed != nil }
    return series[period] != nil && !series.isPartial(period)
  }

  /// How many of these series have a verdict on the newest period, totals among them.
  func tested(_ includes: (SeriesKey) -> Bool) -> Int { newest.count { $1.kind != .notTested && includes($0) } }

  /// The verdict on a series.
  ///
  /// - Parameter known: the periods of the episode that the alert knows; nil for none.
  public func verdict(_ key: SeriesKey, known: EpisodeMark?) -> AlertVerdict {
    if let doubt = AlertSurvey.doubt(newest[key], panel[key], period) { return .unknown(reason: doubt) }
    let own = episodes[key] ?? []
    if let open = own.last(where: { $0.state.isOpen }) { return .exception(open.mark) }
    guard let known, let closed = own.last(where: { $0.mark.continues(known) }) else { return .ordinary }
    return closed.state == .newNormal ? .newNormal(closed.mark) : .over(closed.mark)
  }

  /// What is recorded and expected of a period now, as a sentence; nil where it was not judged.
  func figure(_ key: SeriesKey, of period: Period) -> String? {
    guard let test = (report.tests + report.totals).first(where: { $0.key == key && $0.period == period }),
      test.kind != .notTested, let observed = test.observed
    else { return nil }
    return "The figure of \(PeriodText.label(of: period)) is now \(AlertMessage.number(known(observed))), where "
      + "\(AlertMessage.number(known(test.expected.rounded()))) is expected and up to \(AlertMessage.number(known(test.upper))) usual."
  }

  /// Why there is no verdict that may be relied on; nil if there is one.
  private static func doubt(_ test: PeriodTest?, _ series: Series?, _ period: Period) -> String? {
    guard let test else { return "the series is no longer in the data" }
    if series?.isPartial(period) ?? false { return "the newest figure covers only part of its period" }
    guard test.kind == .notTested else { return nil }
    return test.reason ?? "there is no baseline"
  }

  /// What a message says of a series with an episode; nil without one.
  ///
  /// - Parameter quietPeriods: periods in a row that must be as expected before an episode is over.
  public func facts(_ key: SeriesKey, label: String, place: String, quietPeriods: Int) -> AlertFacts? {
    guard let episode = episodes[key]?.last else { return nil }
    let story = stories[key]
    return AlertFacts(
      episode, story: story, test: newest[key], trace: report.traces[key], label: label, place: place, newest: period,
      quietPeriods: quietPeriods, chanceAhead: chances[key], hasRate: hasRates)
  }
}

extension Episode {
  /// Its periods.
  public var mark: EpisodeMark { EpisodeMark(onset: onset, opened: opened, last: last) }
}
