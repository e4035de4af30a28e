import NumericCore
import TimeSeries
import Wording

/// The terms of a baseline regression: which columns its design has.
struct BaselineTerms: Hashable, Sendable {
  let trend: Bool
  /// Which of the settings' seasonal cycles the history is long enough for.
  let cycles: [Int]
  /// First periods of known steps that lie in the history.
  let steps: [Period]
}

/// The rows and columns that the baseline regressions of one series share: every period observed and not masked, oldest
/// first. The regression of a tested period learns from a prefix of them. It is large and goes from hand to hand: a class.
final class BaselineDesign: Sendable {
  let calendar: BaselineCalendar
  let terms: BaselineTerms
  let ordinals: [Int]
  let counts: [Double]
  /// Log of the days in the period over those of a mean period.
  let offsets: [Double]
  /// 2 to the (years since the first row / half-life): weights, up to a factor that the tested period sets.
  let growth: [Double]
  /// Columns: 1, years since the first row (if there is a trend), cosine and sine pairs, steps (1 before), log days.
  let columns: Int
  /// The columns one after the other, each ``stride`` long: rows past the last are 0, so that lanes may read them.
  let elements: [Double]
  /// Rows, rounded up to whole lanes.
  let stride: Int
  let priorMeans: [Double]
  let priorPrecisions: [Double]
  /// Columns whose priors share a variance that the data may say is smaller: the trend, each pair of harmonics.
  let groups: [Range<Int>]
  /// The terms in words.
  let model: String
  var frequency: Frequency { calendar.frequency }
  /// Sums of growth x count and growth x exposure of the first i rows.
  private let weightedCounts: [Double]
  private let weightedExposure: [Double]

  init(history: BaselineHistory, calendar: BaselineCalendar, terms: BaselineTerms, settings: BaselineSettings) {
    let ordinals = history.ordinals
    let rows = ordinals.count
    let stride = (rows + 3) / 4 * 4
    let padding = [Double](repeating: 0, count: stride - rows)
    self.calendar = calendar
    self.terms = terms
    self.ordinals = ordinals
    self.stride = stride
    counts = history.counts + padding
    offsets = ordinals.map { calendar.logDays[calendar.index($0)] } + padding
    let origin = ordinals.first ?? 0
    growth = ordinals.map { calendar.growth[$0 - origin] } + padding
    var weightedCounts = [0.0]
    var weightedExposure = [0.0]
    weightedCounts.reserveCapacity(rows + 1)
    weightedExposure.reserveCapacity(rows + 1)
    for i in 0..<rows {
      weightedCounts.append(weightedCounts[i] + growth[i] * counts[i])
      weightedExposure.append(weightedExposure[i] + growth[i] * calendar.exposures[calendar.index(ordinals[i])])
    }
    self.weightedCounts = weightedCounts
    self.weightedExposure = weightedExposure

    // Where there is more than a level: the offset is the prior mean of the exponent, this what it differs by.
    let dayAdjusted = !terms.cycles.isEmpty && calendar.dayAdjusted
    var elements = [Double](repeating: 1, count: rows) + padding
    var priors: [CountRegression.Prior] = [.init(precision: settings.interceptPrecision)]
    var words: [String] = []
    var groups: [Range<Int>] = []
    if terms.trend {
      groups.append(1..<2)
      elements += ordinals.map { Double($0 - origin) / calendar.perYear } + padding
      priors.append(.init(standardDeviation: settings.trendDeviation))
      words.append("trend")
    }
    var pairs = 0
    for cycle in terms.cycles {
      for (k, wave) in calendar.waves[cycle].enumerated() {
        elements += ordinals.map { wave[calendar.index($0)] } + padding
        let deviation = settings.harmonicDeviations[min(k / 2, settings.harmonicDeviations.count - 1)]
        if k % 2 == 0 { groups.append(priors.count..<(priors.count + 2)) }
        priors.append(.init(standardDeviation: deviation))
      }
      pairs += calendar.waves[cycle].count / 2
    }
    if pairs > 0 {
      words.append(pairs == 1 ? "a seasonal harmonic" : "\(NumberText.spelled(pairs)) seasonal harmonics")
    }
    for step in terms.steps {
      // 1 before the step, so that the intercept is the level after it.
      elements += ordinals.map { $0 < step.ordinal ? 1 : 0 } + padding
      priors.append(.init(standardDeviation: settings.stepDeviation))
      words.append("a step in \(PeriodStyle.monthName.format(step))")
    }
    if dayAdjusted {
      elements += ordinals.map { calendar.logDays[calendar.index($0)] } + padding
      priors.append(.init(standardDeviation: settings.daysDeviation))
    }
    columns = priors.count
    self.groups = groups
    self.elements = elements
    priorMeans = priors.map(\.mean)
    priorPrecisions = priors.map(\.precision)
    model = words.isEmpty ? "level only (short history)" : ListText.joined(words)
  }

  /// Periods in a quarter of a year, at least 1.
  var quarter: Int { max(1, frequency.periodsPerYear / 4) }
  /// Quarters from the first row's period to the last one's.
  var quarters: Int { ordinals.isEmpty ? 0 : (ordinals[ordinals.count - 1] - ordinals[0]) / quarter + 1 }

  /// The columns, offsets, counts and growth in memory, each array ``stride`` rows long.
  func withPointers(
    _ body: (
      _ x: UnsafeRawPointer, _ offsets: UnsafeRawPointer, _ counts: UnsafeRawPointer, _ growth: UnsafeRawPointer
    ) -> Void
  ) {
    elements.withUnsafeBytes { x in
      offsets.withUnsafeBytes { offsets in
        counts.withUnsafeBytes { counts in
          growth.withUnsafeBytes { growth in
            // Without a row there is nothing to do.
            guard let x = x.baseAddress, let offsets = offsets.baseAddress, let counts = counts.baseAddress,
              let growth = growth.baseAddress
            else { return }
            body(x, offsets, counts, growth)
          }
        }
      }
    }
  }

  /// Rows up to and including this ordinal.
  func rows(through ordinal: Int) -> Int { ordinals.partitioningIndex { $0 > ordinal } }

  /// What ``growth`` is multiplied by to give the weights at a tested period: 1/2 per half-life before it.
  func weightScale(tested: Int) -> Double { calendar.scale(from: ordinals.first ?? tested, at: tested) }

  /// Years from the first row.
  func years(_ ordinal: Int) -> Double { Double(ordinal - (ordinals.first ?? 0)) / calendar.perYear }

  /// Log of the weighted mean count of a period of nominal length, half a count added: where the level's prior is centred.
  func levelPrior(rows: Int, scale: Double) -> Double {
    logarithm((0.5 + scale * weightedCounts[rows]) / (scale * weightedExposure[rows]))
  }
}

/// The observed, unmasked past of a series.
struct BaselineHistory: Sendable {
  let frequency: Frequency
  let ordinals: [Int]
  let counts: [Double]

  init(_ series: Series, interventions: [Intervention], through end: Period) {
    var ordinals: [Int] = []
    var counts: [Double] = []
    let masks = interventions.contains { $0.effect != .step }
    for (i, value) in series.values.enumerated() where value.isFinite {
      let period = series.start + i
      if period > end { break }
      if masks && interventions.contains(where: { $0.masks(period) }) { continue }
      ordinals.append(period.ordinal)
      counts.append(value)
    }
    frequency = end.frequency
    self.ordinals = ordinals
    self.counts = counts
  }

  /// The terms a regression for `tested` has, or why it cannot be judged.
  func terms(
    tested: Period, interventions: [Intervention], settings: BaselineSettings
  ) -> Result<BaselineTerms, NotTested> {
    let last = tested.ordinal - settings.guardPeriods(frequency) - 1
    let rows = ordinals.partitioningIndex { $0 > last }
    guard rows >= max(1, settings.minimumPeriods) else {
      return .failure(
        NotTested(
          "\(rows) \(frequency.noun)\(rows == 1 ? " is" : "s are") known up to \(tested.ordinal - last) \(frequency.noun)s before the one that is judged, "
            + "and a test needs \(settings.minimumPeriods)"))
    }
    let steps = interventions.filter {
      $0.effect == .step && $0.start <= tested && $0.start.ordinal > ordinals[0]
    }
    for step in steps {
      let after = ordinals[..<rows].count { $0 >= step.start.ordinal }
      if after < settings.minimumPeriodsAfterStep {
        return .failure(
          NotTested("it is too soon after a known change to know the new level (\(step.label))"))
      }
    }
    let span = tested.ordinal - ordinals[0]
    let season = frequency.seasonLength
    let seasons = rows >= 2 * season && span >= 2 * season
    let years = Double(span) * nominalDays(frequency) / 365.2425
    return .success(
      BaselineTerms(
        trend: seasons && years >= 3 && rows >= 24 || frequency.periodsPerYear == 1,
        cycles: seasons
          ? settings.cycles(frequency).enumerated().filter { Double(span) >= 2 * $1.length }.map(\.offset) : [],
        steps: steps.map(\.start)))
  }
}

extension Array {
  /// The first index whose element satisfies a predicate that is false before it and true from there on.
  fileprivate func partitioningIndex(_ holds: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// Why a period has no verdict, as a clause after "because".
struct NotTested: Error, Sendable {
  let reason: String
  init(_ reason: String) { self.reason = reason }

  /// What speaks against a verdict on a period whatever its baseline: it is masked, missing or partial. Nil for nothing.
  init?(_ series: Series, _ period: Period, _ interventions: [Intervention]) {
    if let mask = interventions.first(where: { $0.masks(period) }) {
      self.init("it lies in a period known not to be typical (\(mask.label))")
    } else if series[period] == nil {
      self.init("there is no figure for it")
    } else if series.isPartial(period) {
      self.init("its figure seems to cover only part of it")
    } else {
      return nil
    }
  }
}

extension PeriodTest {
  /// No verdict on a period, for the reason that it has no baseline, or no figure.
  init<Baseline>(_ series: Series, _ period: Period, _ baseline: Result<Baseline, NotTested>) {
    var reason = "there is no figure for it"
    if case .failure(let failure) = baseline { reason = failure.reason }
    self.init(
      key: series.key, period: period, observed: series[period], expected: .nan, lower: .nan, upper: .nan, pValue: .nan,
      pLow: .nan, qValue: .nan, qLow: .nan, kind: .notTested, flagged: false, baseline: nil, reason: reason)
  }
}

/// Mean length of a period in days.
func nominalDays(_ frequency: Frequency) -> Double {
  switch frequency {
  case .daily: 1
  case .weekly: 7
  case .monthly: 365.2425 / 12
  case .quarterly: 365.2425 / 4
  case .yearly, .financialYearly: 365.2425
  }
}
