import NumericCore
import Parallelism
import TimeSeries

/// Looks back over every series of counts for the periods in which its level changed.
///
/// Retrospective: all of the history is used, later periods too, unlike ``ExceptionDetector``. Counts are negative binomial
/// around a level times season and length of the period (``CountSegmentCost``); the best cut into stretches of one level is found by
/// ``pelt(_:penalty:minimumLength:)`` with a penalty that is calibrated by simulation, so that a change is found in `falseRate` of
/// independent series without one. Season and segments are found in turns. A trend has no term: a steady rise appears as
/// several steps.
public struct ChangePointDetector: Sendable {
  /// Share of series without any change in which one is found nevertheless.
  public var falseRate = 0.05
  /// Simulated series for each kind of series.
  public var simulations = 399
  /// Seed of the simulations.
  public var seed: UInt64 = 1
  /// Worker threads; results do not depend on it.
  public var threads = 1
  /// The interventions that concern a series.
  public var interventions: Interventions
  var settings = BaselineSettings()

  /// A detector.
  public init(interventions: Interventions = Interventions()) {
    self.interventions = interventions
  }

  /// Shortest stretch: a quarter of months, four weeks, a week of days, two quarters, three years.
  static func minimumLength(_ frequency: Frequency) -> Int {
    switch frequency {
    case .daily: 7
    case .weekly: 4
    case .monthly, .yearly, .financialYearly: 3
    case .quarterly: 2
    }
  }

  /// The changes of every series, in panel order.
  public func run(_ panel: Panel) async throws -> [SeriesChanges] {
    let (interventions, settings, frequency) = (self.interventions, self.settings, panel.frequency)
    let series = panel.series
    let known = series.map { s in interventions[s.key].filter { $0.start.frequency == frequency } }
    let plain = zip(series, known).map { ExposedCounts.read($0, interventions: $1) }
    let first = try await parallelMap(count: series.count, threads: threads, grain: 4) { i -> SeasonFit in
      guard case .success(let counts) = plain[i] else { return .none }
      return SeasonFit(
        counts, frequency: frequency, stretch: yearly(counts.ordinals, frequency), prior: nil, settings: settings)
    }
    let pools = pooledSeasons(series.map(\.key), first)
    let shortest = ChangePointDetector.minimumLength(frequency)
    var seasons = zip(series, first).map { pools[$0.key.measure ?? ""] ?? $1 }
    var found: [Found?] = []
    // Twice: the season again once segments are known, and the segments with it.
    for round in 0..<2 {
      let (given, previous) = (seasons, found)
      if round > 0 {
        seasons = try await parallelMap(count: series.count, threads: threads, grain: 4) { i in
          guard case .success(let counts) = plain[i], let before = previous[i] else { return given[i] }
          return SeasonFit(
            counts, frequency: frequency, stretch: before.stretches, prior: pools[series[i].key.measure ?? ""],
            settings: settings)
        }
      }
      let prepared = zip(plain, seasons).map { counts, season -> Prepared? in
        guard case .success(let counts) = counts else { return nil }
        return Prepared(counts, season, frequency, settings, minimumLength: shortest)
      }
      let penalties = try await calibrated(prepared.compactMap { $0?.null })
      found = try await parallelMap(count: series.count, threads: threads, grain: 4) { i in
        prepared[i].map { Found($0, penalty: penalties[$0.null] ?? .infinity, minimumLength: shortest) }
      }
    }
    return series.indices.map { i in
      switch (plain[i], found[i]) {
      case (.success, let found?): found.changes(of: series[i].key, frequency: frequency, known: known[i])
      case (.failure(let failure), _):
        SeriesChanges(key: series[i].key, segments: [], penalty: .nan, reason: failure.reason)
      default: SeriesChanges(key: series[i].key, segments: [], penalty: .nan, reason: "it could not be read")
      }
    }
  }

  /// The penalty of each kind of series that occurs.
  private func calibrated(_ kinds: [NullSeries]) async throws -> [NullSeries: Double] {
    let distinct = Set(kinds).sorted()
    let (falseRate, simulations, seed) = (self.falseRate, self.simulations, self.seed)
    let penalties = try await parallelMap(count: distinct.count, threads: threads) {
      distinct[$0].penalty(falseRate: falseRate, simulations: simulations, seed: seed)
    }
    return Dictionary(uniqueKeysWithValues: zip(distinct, penalties))
  }
}

/// The seasons that the series of a measure share, by measure. Members are added up in the order of their keys.
private func pooledSeasons(_ keys: [SeriesKey], _ fits: [SeasonFit]) -> [String: SeasonFit] {
  var members: [String: [SeasonFit]] = [:]
  for index in keys.indices.sorted(by: { (keys[$0], $0) < (keys[$1], $1) }) {
    if let measure = keys[index].measure { members[measure, default: []].append(fits[index]) }
  }
  return members.compactMapValues(SeasonFit.pooled)
}

/// Numbers of the years of periods, counted from the first; a last year of less than half is part of the one before.
private func yearly(_ ordinals: [Int], _ frequency: Frequency) -> [Int] {
  guard let first = ordinals.first, let last = ordinals.last else { return [] }
  let year = frequency.periodsPerYear
  let count = max(1, Int((Double(last - first + 1) / Double(year)).rounded()))
  var numbers: [Int] = []
  var previous = -1
  var number = -1
  for ordinal in ordinals {
    let block = min((ordinal - first) / year, count - 1)
    // A year without a figure has no number.
    if block != previous { number += 1 }
    previous = block
    numbers.append(number)
  }
  return numbers
}

extension ExposedCounts {
  /// The counts of a series with the lengths of their periods as exposures, or why they cannot be used.
  static func read(_ series: Series, interventions: [Intervention]) -> Result<ExposedCounts, NotTested> {
    guard series.kind == .count else { return .failure(NotTested("it is not a count")) }
    guard !series.values.contains(where: { $0 < 0 || $0 > 0x1p53 }) else {
      return .failure(NotTested("it holds values that are not counts"))
    }
    let history = BaselineHistory(series.trusted, interventions: interventions, through: series.end)
    let needed = 4 * ChangePointDetector.minimumLength(series.start.frequency)
    guard history.ordinals.count >= needed else {
      return .failure(
        NotTested("it has \(history.ordinals.count) usable \(series.start.frequency.noun)s, and this needs \(needed)"))
    }
    let frequency = series.start.frequency
    let dayAdjusted = frequency == .monthly || frequency == .quarterly
    return .success(
      ExposedCounts(
        ordinals: history.ordinals, counts: history.counts,
        exposures: history.ordinals.map {
          dayAdjusted ? Double(Period(frequency: frequency, ordinal: $0).days) : 1
        }))
  }
}

/// A series ready to be cut.
private struct Prepared: Sendable {
  let ordinals: [Int]
  let cost: CountSegmentCost
  let size: Double
  let null: NullSeries

  init(
    _ counts: ExposedCounts, _ season: SeasonFit, _ frequency: Frequency, _ settings: BaselineSettings,
    minimumLength: Int
  ) {
    let exposures = season.exposures(counts, frequency: frequency, settings: settings)
    let calm = withoutSpikes(counts.counts, exposures: exposures)
    size = pairedSize(counts: calm, exposures: exposures)
    ordinals = counts.ordinals
    cost = CountSegmentCost(counts: calm, exposures: exposures, size: size)
    null = NullSeries(
      length: calm.count, level: cost.level(0..<calm.count), size: size, minimumLength: minimumLength)
  }
}

/// A series cut into segments.
private struct Found: Sendable {
  let prepared: Prepared
  let penalty: Double
  let segmentation: Segmentation

  init(_ prepared: Prepared, penalty: Double, minimumLength: Int) {
    self.prepared = prepared
    self.penalty = penalty
    segmentation = pelt(prepared.cost, penalty: penalty, minimumLength: minimumLength)
  }

  /// The segments as ranges of observations.
  var ranges: [Range<Int>] {
    let bounds = [0] + segmentation.changes + [prepared.cost.count]
    return zip(bounds, bounds.dropFirst()).map { $0..<$1 }
  }

  /// The number of the segment of every observation.
  var stretches: [Int] { ranges.enumerated().flatMap { number, range in range.map { _ in number } } }

  func changes(of key: SeriesKey, frequency: Frequency, known: [Intervention]) -> SeriesChanges {
    let period = { (index: Int) in Period(frequency: frequency, ordinal: prepared.ordinals[index]) }
    let ranges = self.ranges
    let segments = ranges.indices.map { s in
      let range = ranges[s]
      let change = s == 0 ? nil : change(from: ranges[s - 1], to: range, period: period, known: known)
      return SeriesChanges.Segment(
        start: period(range.lowerBound), end: period(range.upperBound - 1), periods: range.count,
        level: prepared.cost.level(range), change: change)
    }
    return SeriesChanges(key: key, segments: segments, penalty: penalty, reason: nil)
  }

  private func change(
    from before: Range<Int>, to after: Range<Int>, period: (Int) -> Period, known: [Intervention]
  ) -> SeriesChanges.Change {
    let cost = prepared.cost
    let (old, new) = (cost.level(before), cost.level(after))
    // Half a count either side keeps the interval of a level of 0 finite; variance of a log rate by the delta method.
    let variance = [before, after].reduce(0.0) { sum, range in
      sum + (1 + cost.level(range) / prepared.size) / (cost.total(range) + 0.5)
    }
    let centre = logarithm(rate(after) / rate(before))
    let reach = 1.959963984540054 * variance.squareRoot()
    let onset = plausibleCuts(before.lowerBound..<after.upperBound)
    let range = period(onset.lowerBound)...period(onset.upperBound)
    let reason = known.first { range.contains($0.start) || $0.masks(period(after.lowerBound) - 1) }?.label
    return SeriesChanges.Change(
      ratio: old > 0 ? new / old : .infinity,
      ratioInterval: exponential(centre - reach)...exponential(centre + reach), onset: range, knownReason: reason)
  }

  /// The level of a segment, half a count added to one that has none.
  private func rate(_ range: Range<Int>) -> Double {
    let total = prepared.cost.total(range)
    return total > 0 ? prepared.cost.level(range) : 0.5 / prepared.cost.exposure(range)
  }

  /// Where within two neighbouring segments the cut may lie: the cuts that weigh most, until they hold 95 %.
  private func plausibleCuts(_ range: Range<Int>) -> ClosedRange<Int> {
    let cuts = (range.lowerBound + 1)..<range.upperBound
    let costs = cuts.map { prepared.cost(range.lowerBound..<$0) + prepared.cost($0..<range.upperBound) }
    let least = costs.min() ?? 0
    let weights = costs.map { exponential((least - $0) / 2) }
    let total = weights.reduce(0, +)
    var held = 0.0
    var kept: [Int] = []
    for index in weights.indices.sorted(by: { (weights[$1], $0) < (weights[$0], $1) }) where held < 0.95 * total {
      held += weights[index]
      kept.append(cuts.lowerBound + index)
    }
    let earliest = kept.min() ?? cuts.lowerBound
    return earliest...(kept.max() ?? earliest)
  }
}
