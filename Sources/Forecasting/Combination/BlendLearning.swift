import NumericCore
import Parallelism
import TimeSeries

/// Learns blends from the last periods of the history: members are fitted to what came before, and the shares and
/// stretch that would have served a measure's series of one band of size (a cell) are drawn towards the defaults.
///
/// A cell is a pool: a series of another measure changes nothing, and nor does the order of series. Nothing after the
/// series' own last period is used.
enum BlendLearning {
  /// Fewest series a cell learns from.
  static let leastSeries = 10
  /// Series that the default share is worth.
  static let shareWeight = 40.0
  /// Series that intervals as they are are worth: more, since the periods held out are one draw of what the areas have in
  /// common (a mild winter is mild everywhere), which moves all their errors together.
  static let stretchWeight = 100.0
  /// Shares of the classical members that are tried.
  static let shares = [0, 0.25, 0.5, 0.75, 1]
  /// Bounds of a stretch before it is drawn to 1.
  static let stretches = 0.5...2.0

  /// Blends of count series in their order, from their last ``HeldOutForecasts/periods``. How far ahead is asked for makes no
  /// difference: a forecast of six months is the first half of that of a year.
  static func blends(_ series: [Series], threads: Int) async throws -> [Blend] {
    let periods = HeldOutForecasts.periods
    var blends = series.map { CountHistory($0).isShort ? Blend(classical: 0) : Blend(mean: $0.observedMean) }
    let splits = try await parallelMap(count: series.count, threads: threads, grain: 16) { i in
      series[i].key.measure == nil ? nil : HeldOutForecasts.split(series[i], periods: periods)
    }
    let cells = cells(series, means: splits.map { $0?.history.observedMean })
    guard !cells.isEmpty else { return blends }
    // The counts model pools: it is fitted to all series of the measures concerned, cut alike.
    let measures = Set(cells.flatMap { $0 }.compactMap { series[$0].key.measure })
    let cut = series.indices.filter { series[$0].key.measure.map(measures.contains) ?? false }
    let models = try await CountsFitting.fit(
      cut.map { series[$0].replacing(values: Array(series[$0].values.dropLast(periods))) }, threads: threads)
    var modelOf = [CountsModel?](repeating: nil, count: series.count)
    for (k, i) in cut.enumerated() { modelOf[i] = models[k] }
    let known = modelOf
    let within = max(1, threads / cells.count)
    let learnt = try await parallelMap(count: cells.count, threads: threads) { c in
      let members = cells[c].compactMap { i -> (index: Int, forecasts: HeldOutForecasts)? in
        guard let split = splits[i], let model = known[i],
          let forecasts = HeldOutForecasts(
            history: split.history, actual: split.actual, scale: split.scale, model: model)
        else { return nil }
        return (i, forecasts)
      }
      return (indices: members.map(\.index), learnt: learn(SharedMembers(members.map(\.forecasts), threads: within)))
    }
    for cell in learnt {
      guard let found = cell.learnt else { continue }
      // The series' own size today sets the default that is refined.
      for i in cell.indices { blends[i] = found.blend(mean: series[i].observedMean) }
    }
    return blends
  }

  /// What a cell's series have taught.
  struct Learnt: Codable, Sendable {
    /// Share of the classical members that would have served best.
    let favoured: Double
    /// Factor on intervals.
    var stretch = 1.0
    /// Series it was learnt from.
    let evidence: Int

    /// The blend for a series of this mean.
    func blend(mean: Double) -> Blend {
      let n = Double(evidence)
      let share = (n * favoured + shareWeight * Blend(mean: mean).classical) / (n + shareWeight)
      return share < Blend.leastShare
        ? Blend(classical: 0, evidence: evidence) : Blend(classical: share, stretch: stretch, evidence: evidence)
    }
  }

  /// What the series of a cell have taught; nil where they are too few.
  static func learn(_ members: some PoolMembers<HeldOutForecasts>) -> Learnt? {
    let (count, losses) = members.gather(BlendLosses()).finished()
    guard count >= leastSeries, let favoured = zip(shares, losses).min(by: { $0.1 < $1.1 })?.0 else { return nil }
    var learnt = Learnt(favoured: favoured, evidence: count)
    learnt.stretch = members.gather(ConformalScores(learnt: learnt)).finished()
    return learnt
  }

  /// Indices of the series of each cell by ascending key; cells of too few series are left out.
  private static func cells(_ series: [Series], means: [Double?]) -> [[Int]] {
    SeriesPools(series).members.flatMap { pool in
      (0...CountBand.edges.count).map { band in pool.filter { means[$0].map(CountBand.index) == band } }
    }.filter { $0.count >= leastSeries }
  }
}
