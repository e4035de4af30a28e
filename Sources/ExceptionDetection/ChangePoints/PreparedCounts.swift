import NumericCore
import TimeSeries

/// A series with season and lengths of periods taken out, ready for the shapes of its level to be compared.
struct PreparedCounts: Sendable {
  let ordinals: [Int]
  let cost: CountSegmentCost
  let rates: WorkingRates
  let shapes: LevelShapes
  let size: Double
  let null: NullSeries

  init(_ counts: ExposedCounts, _ season: SeasonFit, _ frequency: Frequency, _ settings: BaselineSettings) {
    let exposures = season.exposures(counts, frequency: frequency, settings: settings)
    let calm = withoutSpikes(counts.counts, exposures: exposures)
    let shortest = ChangePointDetector.minimumLength(frequency)
    size = pairedSize(counts: calm, exposures: exposures)
    ordinals = counts.ordinals
    cost = CountSegmentCost(counts: calm, exposures: exposures, size: size)
    rates = WorkingRates(
      ordinals: counts.ordinals, counts: calm, exposures: exposures, size: size,
      monthsPerPeriod: 12 / Double(frequency.periodsPerYear))
    shapes = LevelShapes(rates, wander: .prior, minimumLength: shortest)
    null = NullSeries(
      length: calm.count, level: cost.level(0..<calm.count), size: size, minimumLength: shortest)
  }

  private init(_ other: PreparedCounts, wander: LevelWander) {
    (ordinals, cost, rates, size, null) = (other.ordinals, other.cost, other.rates, other.size, other.null)
    shapes = other.shapes.with(wander)
  }

  /// The same series under other beliefs of how much levels wander.
  func with(_ wander: LevelWander) -> PreparedCounts { PreparedCounts(self, wander: wander) }

  /// The shape at the wander that it makes most likely, and that wander's weights.
  func fit(_ shape: LevelShape) -> (likeliest: WanderingLevel.Fit, wander: [Double]) {
    let fits = shapes.fits(shape)
    let weights = shapes.wander.posterior(fits.map(\.deviance))
    let likeliest = weights.indices.max { (weights[$0], $1) < (weights[$1], $0) } ?? 0
    return (fits[likeliest], weights)
  }

  /// What counts of these exposures would be but for the season, to a factor: exposures times the trend and steps of a shape.
  func expected(of shape: LevelShape, exposures: [Double]) -> [Double] {
    let coefficients = fit(shape).likeliest.coefficients
    let jumps = coefficients.dropFirst(shape.hasTrend ? 2 : 1)
    return exposures.indices.map { t in
      var eta = shape.hasTrend ? coefficients[1] * rates.years[t] : 0
      for (step, jump) in zip(shape.steps, jumps) where t >= step { eta += jump }
      return exposures[t] * exponential(min(max(eta, -20), 20))
    }
  }
}
