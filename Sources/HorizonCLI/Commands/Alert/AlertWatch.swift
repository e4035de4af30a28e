import Alerting
import Assessment
import Diagnostics
import ExceptionDetection
import Session
import TimeSeries
import Wording

/// The detector as the main job sets it, for alerts.
struct AlertWatch {
  private let session: Session
  private let finder: EpisodeFinder
  private let panel: Panel
  /// Whether messages say how likely the periods ahead are to be exceptions.
  var looksAhead = true

  /// - Parameter period: the last one to use, as a run at its end would have; nil for all.
  init(_ session: Session, through period: Period? = nil, threads: Int, caution: Int, totalName: String?) {
    self.session = session
    panel = period.map(session.panel.asOf) ?? session.panel
    let configuration = session.configuration
    var detector = ExceptionDetector(
      alpha: configuration.alpha, last: 1, threads: threads,
      interventions: period.map(session.interventions.begun) ?? session.interventions)
    detector.caution = caution
    detector.completeness = session.completeness
    finder = EpisodeFinder(
      detector, rule: configuration.exceptionRule, totalName: totalName)
  }

  /// What counts as an exception.
  var rule: ExceptionRule { finder.rule }

  /// Periods that must be as expected before an episode is over.
  var quietPeriods: Int { finder.quietPeriods(panel.frequency) }

  /// Measure and place as people see them.
  func names(_ key: SeriesKey) -> (label: String, place: String) {
    guard let measure = key.measure else { return ("Counts", key.area) }
    return (
      session.reference.measures.measure(named: measure)?.label ?? measure,
      key.area == Assessor.wholeAreaName ? "all areas" : key.area
    )
  }

  /// Judges by every rule of a configuration; rules that ask for the same exceptions share a survey.
  ///
  /// - Throws: `HorizonError` (data) where a rule names an area or measure that the data does not have.
  func rounds(_ configuration: AlertConfiguration, _ memory: AlertRun.Memory, file: String) async throws -> [AlertRound]
  {
    var surveys: [ExceptionRule: AlertSurvey] = [:]
    var rounds: [AlertRound] = []
    for rule in configuration.rules {
      try check(rule, file: file)
      let exception = rule.exception(panel.frequency)
      if surveys[exception] == nil { surveys[exception] = try await survey(memory, rule: exception) }
      guard let survey = surveys[exception] else { continue }
      let channels = rule.channels.isEmpty ? configuration.channels.map(\.name) : rule.channels
      var round = AlertRound(rule.name, survey, channels: channels)
      round.policy = rule.policy
      round.isDigest = rule.isDigest
      round.owner = rule.owner
      round.severity = rule.severity
      round.shapes = rule.shapes
      let (areas, measures) = (Set(rule.areas), Set(rule.measures))
      let labels = Dictionary(
        panel.measures.map { ($0, names(SeriesKey(area: "", measure: $0)).label) },
        uniquingKeysWith: { first, _ in first })
      round.selects = { key in
        (areas.isEmpty || areas.contains(key.area))
          && (measures.isEmpty
            || key.measure.map { measures.contains($0) || measures.contains(labels[$0] ?? $0) } ?? false)
      }
      rounds.append(round)
    }
    return rounds
  }

  /// A rule about a name that is nowhere would be silent by accident.
  private func check(_ rule: AlertConfiguration.Rule, file: String) throws {
    let areas = panel.areas + [Assessor.wholeAreaName]
    let measures = panel.measures.flatMap { [$0, names(SeriesKey(area: "", measure: $0)).label] }
    for (what, wanted, known) in [("area", rule.areas, areas), ("measure", rule.measures, measures)] {
      for name in wanted where !known.contains(name) {
        let near = NearestName.nearest(to: name, among: known).map { "Perhaps '\($0)' was meant" }
        throw HorizonError(
          .data, "the rule '\(rule.name)' is about the \(what) '\(name)', which the data does not have",
          at: .init(file: file), remedy: near ?? "See `horizon series` for its names")
      }
    }
  }

  /// Judges the newest period, and as many before it as the episodes of open alerts need.
  func survey(_ memory: AlertRun.Memory, rule: ExceptionRule? = nil) async throws -> AlertSurvey? {
    guard let span = panel.span else { return nil }
    var finder = finder
    if let rule { finder.rule = rule }
    let wanted = memory.earliest.map { span.upperBound - $0 + 1 } ?? 1
    finder.detector.last = min(max(1, wanted), 36, span.count)
    let known = finder.detector.interventions
    let steps = Dictionary(grouping: memory.rebased, by: \.series)
    if !steps.isEmpty {
      finder.detector.interventions = Interventions(
        everywhere: known.everywhere,
        (panel.series.map(\.key) + panel.measures.map { SeriesKey(area: Assessor.wholeAreaName, measure: $0) }).map {
          key in
          let own = (steps[key] ?? []).map {
            Intervention(start: $0.start, effect: .step, note: "a level that was declared normal")
          }
          return (key, known[key] + own)
        })
    }
    let kinds = Dictionary(panel.series.map { ($0.key.measure, $0.kind) }, uniquingKeysWith: { first, _ in first })
    // Rates over all measures need all of them at once.
    let hasRates = finder.rule.falseDiscoveryRate != nil
    let report =
      hasRates ? try await finder.run(panel) : try await finder.runApart(panel, watched: memory.open)
    var survey = AlertSurvey(
      report, panel: panel, judgedFrom: span.upperBound - (finder.detector.last - 1), hasRates: hasRates
    ) { key in
      guard let measure = key.measure else { return true }
      let known = session.reference.measures.measure(measure, kind: kinds[measure] ?? .count)
      return known.polarity != .higherIsBetter
    }
    let told = looksAhead ? survey?.openEpisodes(memory.open) ?? [] : []
    // More than these are told as a digest, which has no such figures.
    guard told.count <= AlertWatch.mostLookedAhead else { return survey }
    let outlook = ExceptionOutlook(alpha: finder.detector.alpha)
    for (episode, trace) in told {
      survey?.chances[episode.key] = try await outlook.chance(
        trace.series, from: episode.onset, isHigher: episode.isHigher, through: span.upperBound)
    }
    return survey
  }

  /// Open episodes up to which what is ahead of each is worked out.
  private static let mostLookedAhead = 100
}

extension ClosedRange where Bound == Period {
  /// Periods in the range.
  fileprivate var count: Int { upperBound - lowerBound + 1 }
}
