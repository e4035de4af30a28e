import NumericCore
import TimeSeries

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
    let totals = totalName.map { MeasureTotals(panel, name: $0).totals } ?? []
    var deep = detector
    deep.last = detector.last + settings.lookBack(panel.frequency)
    var judgement = try await deep.judge(panel)
    var detectability: [Detectability] = []
    if var estimator {
      estimator.detector = detector
      detectability =
        deep.last >= estimator.depth(panel.frequency)
        ? try await estimator.run(panel, judgement) : try await estimator.run(panel)
    }
    if !totals.isEmpty {
      let wide = Panel(frequency: panel.frequency, style: panel.style, series: totals.map(\.series))
      judgement.append(try await deep.judge(wide))
    }
    var pass = EpisodePass(
      finder: self, frequency: panel.frequency, series: panel.series + totals.map(\.series), judgement: judgement,
      areas: panel.series.count, families: families(panel.series, totals))
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
      tests: reported(judgement.tests[..<count]), rates: reported(pass.plainRates[..<count]),
      totals: reported(judgement.tests[count...]), totalRates: reported(pass.plainRates[count...]),
      episodes: current.flatMap { $0 }, stories: stories,
      traces: Dictionary(
        current.indices.filter { !current[$0].isEmpty }.map {
          (pass.series[$0].key, EpisodeReport.Trace(series: pass.series[$0], tests: pass.tests[$0]))
        }, uniquingKeysWith: { first, _ in first }), detectability: detectability)
  }

  /// A family a measure, with its total last; a series that stands alone is a family of its own.
  private func families(_ series: [Series], _ totals: [MeasureTotals.Total]) -> [[Int]] {
    var families: [[Int]] = []
    var byMeasure: [String: Int] = [:]
    for (index, series) in series.enumerated() {
      if let measure = series.key.measure, let family = byMeasure[measure] {
        families[family].append(index)
      } else {
        if let measure = series.key.measure { byMeasure[measure] = families.count }
        families.append([index])
      }
    }
    for (offset, total) in totals.enumerated() {
      if let measure = total.series.key.measure, let family = byMeasure[measure] {
        families[family].append(series.count + offset)
      }
    }
    return families
  }
}

extension Judgement {
  /// Adds the series of a panel that was judged over the same periods.
  fileprivate mutating func append(_ other: Judgement) {
    baselines += other.baselines
    dispersions += other.dispersions
    tests += other.tests
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
