import NumericCore
import Parallelism
import TimeSeries

/// Looks back over every series of counts for the periods in which its level changed.
///
/// Retrospective: all of the history is used, later periods too, unlike ``ExceptionDetector``. Counts are negative binomial
/// around a level times season and length of the period. A level may stay, rise or fall steadily, jump, or jump and rise
/// (``LevelShape``); whatever it does, it wanders besides, by as much as the series of the panel show together
/// (``LevelWander``). A step has to save a penalty, which is calibrated by simulation so that one is found in `falseRate` of
/// series that wander as these do, stay or rise by up to a tenth a year and have no step (``NullSeries``). Season and shape are
/// found in turns.
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
    let years = plain.map { counts -> [Int] in
      guard case .success(let counts) = counts else { return [] }
      return yearly(counts.ordinals, frequency)
    }
    let first = try await parallelMap(count: series.count, threads: threads, grain: 4) { i -> SeasonFit in
      guard case .success(let counts) = plain[i] else { return .none }
      return SeasonFit(counts, frequency: frequency, stretch: years[i], prior: nil, settings: settings)
    }
    let pools = pooledSeasons(series.map(\.key), first)
    var seasons = zip(series, first).map { pools[$0.key.measure ?? ""] ?? $1 }
    // The season again once the trend and the steps are known, and the shape with it.
    let rough = try await prepared(plain, seasons, frequency)
    let given = seasons
    seasons = try await parallelMap(count: series.count, threads: threads, grain: 4) { i in
      guard case .success(var counts) = plain[i], let prepared = rough[i] else { return given[i] }
      counts.exposures = prepared.expected(
        of: prepared.shapes.best(charge: ChangePointDetector.roughCharge, suggested: []), exposures: counts.exposures)
      return SeasonFit(
        counts, frequency: frequency, stretch: years[i], prior: pools[series[i].key.measure ?? ""], settings: settings)
    }
    let ready = try await prepared(plain, seasons, frequency)
    let penalties = try await calibrated(
      ready.compactMap { $0?.null }, wander: ready.lazy.compactMap { $0?.shapes.wander }.first ?? .prior, frequency)
    return try await parallelMap(count: series.count, threads: threads, grain: 4) { i in
      switch (plain[i], ready[i]) {
      case (.success, let prepared?):
        ShapedSeries(prepared, penalty: penalties[prepared.null] ?? .infinity)
          .changes(of: series[i].key, frequency: frequency, known: known[i])
      case (.failure(let failure), _): .notLookedAt(series[i].key, failure.reason)
      default: .notLookedAt(series[i].key, "it could not be read")
      }
    }
  }

  /// What a step is charged while only the season is wanted.
  private static let roughCharge = 12.0

  /// Every series with its season taken out, and with what all of them together say of how much levels wander.
  private func prepared(
    _ plain: [Result<ExposedCounts, NotTested>], _ seasons: [SeasonFit], _ frequency: Frequency
  ) async throws -> [PreparedCounts?] {
    let settings = self.settings
    let ready = try await parallelMap(count: plain.count, threads: threads, grain: 4) {
      i -> (counts: PreparedCounts, deviances: [Double])? in
      guard case .success(let counts) = plain[i] else { return nil }
      let prepared = PreparedCounts(counts, seasons[i], frequency, settings)
      return (prepared, prepared.shapes.deviancesByWander)
    }
    // In an order of their own, so that the order of the panel changes no bit.
    let deviances = ready.compactMap { $0?.deviances }.sorted { $0.lexicographicallyPrecedes($1) }
    let wander = LevelWander(learntFrom: deviances)
    return ready.map { $0?.counts.with(wander) }
  }

  /// The penalty of each kind of series that occurs.
  private func calibrated(
    _ kinds: [NullSeries], wander: LevelWander, _ frequency: Frequency
  ) async throws -> [NullSeries: Double] {
    let distinct = Set(kinds).sorted()
    let (falseRate, simulations, seed) = (self.falseRate, self.simulations, self.seed)
    let penalties = try await parallelMap(count: distinct.count, threads: threads) {
      distinct[$0].penalty(
        falseRate: falseRate, simulations: simulations, seed: seed, wander: wander,
        monthsPerPeriod: 12 / Double(frequency.periodsPerYear))
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
