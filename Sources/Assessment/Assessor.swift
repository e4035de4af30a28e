import CommunitySafety
import Diagnostics
import ExceptionDetection
import Forecasting
import Ingest
import NumericCore
import Parallelism
import RiskRanking
import TimeSeries

/// Runs the main job: from what was read to everything a strategic assessment says.
public struct Assessor: Sendable {
  /// A step of the job, for progress.
  public enum Step: String, Sendable {
    case forecasting = "Forecasting"
    case lookingBack = "Looking back at past forecasts"
    case detecting = "Looking for exceptions"
    case ranking = "Ranking risks"
  }

  /// What a job makes beside forecasts, verdicts and ranks.
  public struct Parts: OptionSet, Sendable {
    /// The set as bits.
    public let rawValue: Int
    /// A set of parts.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// One-step expectations over the history of each series.
    public static let fitted = Parts(rawValue: 1)
    /// Events joined from verdicts.
    public static let stories = Parts(rawValue: 4)
    /// How small a rise would be found.
    public static let detectability = Parts(rawValue: 8)
    /// Joint draws kept with the forecasts, for what sums of future periods are made of; part of ``all`` they are not.
    public static let draws = Parts(rawValue: 16)
    /// Everything but the draws.
    public static let all: Parts = [.fitted, .stories, .detectability]
  }

  /// Name of the area that adds up everything in a run.
  public static let wholeAreaName = "All areas"

  /// How it is run.
  public var configuration: AssessmentConfiguration
  /// The files under `Models/`, or their replacements.
  public var reference: ReferenceData
  /// Worker threads; results do not depend on it.
  public var threads: Int
  /// What it makes beside forecasts, verdicts and ranks, none of which depends on it.
  public var parts = Parts.all
  /// Whether past forecasts are looked back at: of what nobody reads the record of, it is half of the work.
  public var looksBack = true
  /// Names, labels or ids of the measures whose peers are forecast too (``StrategicAssessment/peerFutures``); with ``Parts/draws``.
  public var peersAhead: Set<String> = []
  /// Called as each step begins.
  public var progress: @Sendable (Step) -> Void

  /// An assessor.
  public init(
    configuration: AssessmentConfiguration, reference: ReferenceData, threads: Int = 1,
    progress: @escaping @Sendable (Step) -> Void = { _ in }
  ) {
    self.configuration = configuration
    self.reference = reference
    self.threads = threads
    self.progress = progress
  }

  /// Forecasts, judges and ranks every series, using what was known at the end of the configuration's `asOf`.
  ///
  /// - Throws: ``HorizonError`` if the configuration names a break or harm weights that do not exist, the areas do not add
  ///   up, or nothing is left to assess.
  public func assess(_ everything: IngestedData) async throws -> StrategicAssessment {
    let ground = try Groundwork(everything, self)
    let (data, panels, reference, interventions) = (ground.data, ground.panels, ground.reference, ground.interventions)

    progress(.forecasting)
    // Of each series' draws the outlook is all that is read, but of those that totals are made of: kept to the end they would
    // outweigh everything else.
    var forecasts: [[LayerForecast]] = []
    let profile = configuration.profile
    let keepsDraws = parts.contains(.draws)
    let sums = CoherentLayers(panels, configuration: configuration, threads: threads, keepsDraws: keepsDraws)
    let relatives = ground.relatives
    for layer in panels.layers {
      let isRanked = Assessor.isRanked(layer.level)
      let engine = engine(
        interventions, data.panel.frequency, withDraws: isRanked || !sums.isEmpty, relatives: relatives)
      let steps = engine.pathHorizon ?? engine.horizon
      forecasts.append(
        try await engine.run(layer.panel) { i, forecast in
          let observed = layer.panel.series[i]
          return LayerForecast(
            forecast: keepsDraws ? forecast : forecast.withoutPaths,
            outlook: isRanked ? Outlook(observed: observed, forecast: forecast, profile: profile) : nil,
            paths: sums.needsDraws(observed.key) ? forecast.paths?.first(sums.keptDraws(steps: steps)) : nil,
            foreseen: sums.isEmpty ? nil : forecast.paths.map { CoherentDraws.Own($0, window: steps) })
        })
    }
    do {
      try await sums.reconcile(&forecasts, panels) { Assessor.isRanked(panels.layers[$0].level) }
    } catch let error as ReconciliationError {
      throw HorizonError(.data, "the forecasts do not add up: \(error)", remedy: "Leave the series out with --areas")
    }

    if looksBack { progress(.lookingBack) }
    let (record, outlooks) =
      looksBack
      ? try await lookBack(panels, interventions, units: data.units)
      : (.notPossible(reason: "it was not looked into"), OutlookRecord(origins: [], cases: []))

    progress(.detecting)
    // Layer after layer, and in each the same number a series.
    var tests: [PeriodTest] = []
    var firstTests: [Int] = []
    var stories: [Story] = []
    var detectability: [Detectability] = []
    let home = ground.home
    for layer in panels.layers {
      firstTests.append(tests.count)
      guard parts.contains(.stories), home.contains(layer.level), !layer.isGroup else {
        tests += try await detector(interventions).run(ground.renames.judged(layer.panel))
        continue
      }
      // Areas of several levels may lie within each other: they add up to nothing.
      let isSmall = parts.contains(.detectability) && layer.panel.series.count <= Assessor.detectabilityLimit
      let report = try await finder(interventions, panels, withTotals: home.count == 1).run(
        ground.renames.judged(layer.panel), detectability: isSmall ? estimator(interventions) : nil)
      tests += report.tests
      stories += report.stories
      detectability += report.detectability
    }

    progress(.ranking)
    let areasByLayer = Dictionary(grouping: panels.places.all, by: \.level)
    var assessed: [AssessedSeries] = []
    for (index, layer) in panels.layers.enumerated() {
      let areas = Dictionary((areasByLayer[layer.level] ?? []).map { ($0.name, $0) }, uniquingKeysWith: { a, _ in a })
      let first = firstTests[index]
      let end = index + 1 < firstTests.count ? firstTests[index + 1] : tests.count
      let each = (end - first) / max(1, layer.panel.series.count)
      for (place, (series, made)) in zip(layer.panel.series, forecasts[index]).enumerated() {
        guard let area = areas[series.key.area] else { continue }
        let found = ground.assessed(
          series, in: area, forecast: made.forecast, outlook: made.outlook,
          tests: Array(tests[(first + place * each)..<(first + (place + 1) * each)]))
        assessed.append(found)
      }
      forecasts[index] = []
    }
    let builder = ground.builder(Set(assessed.map(\.measure.id)), outlooks)
    let series = assessed
    let placed = series.indices.filter { Assessor.isRanked(series[$0].area.level) }
    let own = try await parallelMap(count: placed.count, threads: threads, grain: 16) {
      builder.risk(series[placed[$0]])
    }
    let geocoding =
      ground.choice.map { GeocodingComparisons(choice: $0, drifts: data.geocodingDrifts).comparisons(panels) } ?? []
    let risks = try await withStability(ranked(own + underOtherNames(own, panels.places)), ground.weights)
    var assessment = StrategicAssessment(
      configuration: configuration, data: data, series: series, areas: panels.places.all, risks: risks,
      tests: tests, themes: sharedThemes(risks, profile: configuration.profile),
      limitations: limitations(
        data: data, series: series, risks: own, areas: panels.limitations + sums.limitations, geocoding: geocoding,
        reference: reference,
        profile: configuration.profile),
      reference: reference,
      trackRecord: record, outlookRecord: outlooks, stories: stories, detectability: detectability,
      hierarchy: panels.hierarchy,
      geocoding: geocoding)
    let peers = PeerComparison(assessment)
    let overdue = assessment.overduePriorities.map { "\($0.priority.name) (\($0.place))" }
    if !overdue.isEmpty { assessment.limitations.append(.prioritiesOverdue(overdue)) }
    if !peers.shortGroups.isEmpty {
      assessment.limitations.append(.peerGroupsShort(peers.shortGroups, needed: PeerRanks.leastPeers))
    }
    assessment.peers = try await parallelMap(count: peers.count, threads: threads) { peers.standings($0) }.flatMap {
      $0
    }
    if !peersAhead.isEmpty, keepsDraws { assessment.peerFutures = try await futures(peers, assessment) }
    return assessment
  }

  /// Names of partnerships, each once: those that areas say they belong to.
  static func partnerships(_ areas: [Area]) -> [String] {
    var seen = Set<String>()
    return areas.compactMap { $0.level == .csp ? $0.csp ?? $0.name : $0.csp }.filter { seen.insert($0).inserted }
  }

  /// Records without a place are forecast, but no risk of any place.
  static func isRanked(_ level: AreaLevel) -> Bool { level != .residual }

  /// Joint draws are for the ranking and for what totals are made of.
  func engine(
    _ interventions: Interventions, _ frequency: Frequency, withDraws: Bool, relatives: [Series]
  ) -> ForecastEngine {
    var engine = ForecastEngine(
      model: .auto, horizon: configuration.horizon, levels: configuration.levels,
      pathCount: withDraws ? configuration.pathCount : 0, seed: configuration.seed, threads: threads,
      interventions: interventions)
    // The ranking compares a year, and is the same however far is forecast.
    engine.pathHorizon = min(configuration.horizon, frequency.periodsPerYear)
    engine.relatives = relatives
    engine.keepsFitted = parts.contains(.fitted)
    return engine
  }

  func detector(_ interventions: Interventions) -> ExceptionDetector {
    ExceptionDetector(
      alpha: configuration.alpha, last: configuration.judgedPeriods, threads: threads, interventions: interventions)
  }

  private func finder(
    _ interventions: Interventions, _ panels: AggregatedPanels, withTotals: Bool
  ) -> EpisodeFinder {
    var finder = EpisodeFinder(
      detector(interventions), rule: configuration.exceptionRule,
      totalName: withTotals ? Assessor.wholeAreaName : nil)
    finder.areas = panels.hierarchy.areas
    return finder
  }

  /// Most series of a level for which the smallest rise that would be found is simulated: it takes longer than the rest.
  static let detectabilityLimit = 100

  /// Fifty draws a series put the smallest rise within some seven per cent, which is enough for a page.
  private func estimator(_ interventions: Interventions) -> DetectabilityEstimator {
    DetectabilityEstimator(detector(interventions), draws: 50, seed: configuration.seed)
  }

  func harmWeights() throws -> HarmWeights {
    guard let weights = reference.harmWeights.first(where: { $0.name == configuration.harmWeights }) else {
      throw HorizonError(
        .usage, "there are no harm weights named \"\(configuration.harmWeights)\"",
        remedy: "Use one of: \(reference.harmWeights.map(\.name).joined(separator: ", "))")
    }
    return weights
  }

  /// The scoring schemes, the one that was asked for first.
  func scoringSchemes() throws -> [ScoringScheme] {
    let all = reference.scoringSchemes
    guard let id = configuration.scoringProfile else { return all }
    guard let chosen = all.first(where: { $0.id == id }) else {
      throw HorizonError(
        .usage, "there is no scoring profile named \"\(id)\"",
        remedy: "Use one of: \(all.map(\.id).joined(separator: ", "))")
    }
    return [chosen] + all.filter { $0.id != id }
  }

  /// The rows that places have in the rankings of other levels: a partnership of one district is ranked among partnerships
  /// as what it is among districts. What was found about it is the same.
  func underOtherNames(_ risks: [Risk], _ places: RunPlaces) -> [Risk] {
    let byArea = Dictionary(grouping: risks, by: \.area.memberName)
    return places.otherNames.flatMap { name, place in (byArea[place.memberName] ?? []).map { $0.placed(in: name) } }
  }
}
