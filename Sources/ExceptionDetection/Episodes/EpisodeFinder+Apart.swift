import TimeSeries

extension EpisodeFinder {
  /// Series that are judged together, as few whole measures as hold so many.
  static let apart = 2048

  /// The same as ``run(_:detectability:)`` for a rule without a false-discovery rate, in little memory however many series there are:
  /// a few whole measures are judged at a time, and of most of them no more is kept than the verdict on the newest period.
  ///
  /// There are no rates and no q-values: they would be over the measures that were judged together, and say nothing.
  ///
  /// - Parameter watched: series all of whose reported verdicts are kept.
  public func runApart(_ panel: Panel, watched: Set<SeriesKey> = []) async throws -> EpisodeReport {
    guard let span = panel.span else { return .empty }
    var finder = self
    finder.detector.ranks = rule.falseDiscoveryRate != nil
    var report = EpisodeReport.empty
    for batch in EpisodeFinder.batches(panel) {
      // A measure that has stopped is still judged in the newest period of all.
      let series = batch.map { panel.series[$0].reaching(span.upperBound) }
      report.add(
        try await finder.run(Panel(frequency: panel.frequency, style: panel.style, series: series)),
        through: span.upperBound,
        watched: watched)
    }
    return report
  }

  private static func batches(_ panel: Panel) -> [[Int]] {
    var order: [String: Int] = [:]
    var groups: [[Int]] = []
    for (index, series) in panel.series.enumerated() {
      if let measure = series.key.measure, let place = order[measure] {
        groups[place].append(index)
      } else {
        if let measure = series.key.measure { order[measure] = groups.count }
        groups.append([index])
      }
    }
    var batches: [[Int]] = []
    for group in groups {
      if let last = batches.last, last.count + group.count <= apart {
        batches[batches.count - 1] += group
      } else {
        batches.append(group)
      }
    }
    return batches
  }
}

extension EpisodeReport {
  /// Takes in what was found in other measures.
  fileprivate mutating func add(_ other: EpisodeReport, through newest: Period, watched: Set<SeriesKey>) {
    let keeps = { (test: PeriodTest) in test.period == newest || watched.contains(test.key) }
    self = EpisodeReport(
      tests: tests + other.tests.filter(keeps), totals: totals + other.totals.filter(keeps),
      episodes: episodes + other.episodes, stories: stories + other.stories,
      traces: traces.merging(other.traces) { first, _ in first }, detectability: [])
  }
}

extension Series {
  /// With missing values up to a period.
  fileprivate func reaching(_ last: Period) -> Series {
    guard count > 0, end < last else { return self }
    let missing = [Double](repeating: .nan, count: last - end)
    return Series(
      key: key, start: start, values: values + missing, kind: kind, denominators: denominators.map { $0 + missing },
      partial: partial)
  }
}
