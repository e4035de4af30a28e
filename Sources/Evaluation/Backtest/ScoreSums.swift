import TimeSeries

/// A mean under way; values that are not finite are left out.
struct RunningMean: Sendable {
  private(set) var sum = 0.0
  private(set) var count = 0

  mutating func add(_ value: Double) {
    guard value.isFinite else { return }
    sum += value
    count += 1
  }

  /// NaN of nothing.
  var mean: Double { sum / Double(count) }
}

/// Scores of many forecasts under way: each case is averaged over its steps first, then the cases.
struct ScoreSums: Sendable {
  private let levels: [Double]
  private var cases = 0
  private var observations = 0
  private var exact = 0
  private var unscaled = 0
  private var percentage = RunningMean()
  private var absoluteScaled = RunningMean()
  private var squaredScaled = RunningMean()
  private var bias = RunningMean()
  private var coverage: [RunningMean]
  private var scaledIntervals: [RunningMean]
  private var scaledPinball = RunningMean()
  private var scaledRanked = RunningMean()
  private var log = RunningMean()
  // Both of the cases that have a scale.
  private var weighing = (percentage: RunningMean(), naivePercentage: RunningMean(), naiveScaled: RunningMean())
  // Of all observations alike.
  private var absolute = (error: 0.0, actual: 0.0, pinball: 0.0)
  private var besideLastYear = (error: 0.0, lastYear: 0.0, count: 0)
  private var histogram = PITHistogram()

  init(levels: [Double]) {
    self.levels = levels
    coverage = levels.map { _ in RunningMean() }
    scaledIntervals = coverage
  }

  /// Adds a case, or some of its steps.
  mutating func add(_ forecast: ForecastCase, steps chosen: Range<Int>) {
    let indices = chosen.clamped(to: 0..<forecast.steps.count).filter { !forecast.steps[$0].actual.isNaN }
    guard !indices.isEmpty else { return }
    let n = Double(indices.count)
    func mean(_ value: (ForecastCase.Step) -> Double) -> Double {
      indices.reduce(0) { $0 + value(forecast.steps[$1]) } / n
    }
    cases += 1
    observations += indices.count
    percentage.add(mean(\.percentage))
    for (l, hits) in forecast.hits.enumerated() { coverage[l].add(indices.reduce(0) { $0 + hits[$1] } / n) }
    log.add(mean(\.log))
    for i in indices {
      let step = forecast.steps[i]
      if step.isExact { exact += 1 }
      histogram.add(below: step.below, upTo: step.upTo)
      absolute.error += step.absolute
      absolute.actual += step.actual.magnitude
      absolute.pinball += step.pinball
      if step.lastYear.isFinite {
        besideLastYear.error += step.absolute
        besideLastYear.lastYear += step.lastYear
        besideLastYear.count += 1
      }
    }
    let scale = forecast.scale
    guard scale.absolute.isFinite else {
      unscaled += 1
      return
    }
    absoluteScaled.add(mean(\.absolute) / scale.absolute)
    squaredScaled.add((mean { $0.bias * $0.bias } / scale.squared).squareRoot())
    bias.add(mean(\.bias) / scale.absolute)
    for (l, scores) in forecast.intervalScores.enumerated() {
      scaledIntervals[l].add(indices.reduce(0) { $0 + scores[$1] } / n / scale.absolute)
    }
    scaledPinball.add(mean(\.pinball) / scale.absolute)
    scaledRanked.add(mean(\.ranked) / scale.absolute)
    weighing.percentage.add(mean(\.percentage))
    weighing.naivePercentage.add(mean(\.naivePercentage))
    weighing.naiveScaled.add(mean(\.naiveAbsolute) / scale.absolute)
  }

  /// The scores so far.
  var scores: Scores {
    Scores(
      forecasts: cases, observations: observations, exactDensities: exact, withoutScale: unscaled,
      mase: absoluteScaled.mean,
      rmsse: squaredScaled.mean, smape: percentage.mean,
      owa: (weighing.percentage.mean / weighing.naivePercentage.mean + absoluteScaled.mean / weighing.naiveScaled.mean)
        / 2,
      bias: bias.mean, coverage: zip(levels, coverage).map { .init(level: $0, value: $1.mean) },
      msis: zip(levels, scaledIntervals).map { .init(level: $0, value: $1.mean) },
      scaledPinball: scaledPinball.mean, weightedQuantileLoss: absolute.pinball / absolute.actual,
      scaledCRPS: scaledRanked.mean, logScore: log.mean, pit: histogram,
      meanAbsoluteError: besideLastYear.error / Double(besideLastYear.count),
      meanAbsoluteErrorOfLastYear: besideLastYear.lastYear / Double(besideLastYear.count))
  }
}
