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
  private let calm: [Double]
  private let exposures: [Double]
  private let monthsPerPeriod: Double

  init(_ counts: ExposedCounts, _ season: SeasonFit, _ frequency: Frequency, _ settings: BaselineSettings) {
    exposures = season.exposures(counts, frequency: frequency, settings: settings)
    calm = withoutSpikes(counts.counts, exposures: exposures)
    monthsPerPeriod = 12 / Double(frequency.periodsPerYear)
    let shortest = ChangePointDetector.minimumLength(frequency)
    size = pairedSize(counts: calm, exposures: exposures)
    ordinals = counts.ordinals
    cost = CountSegmentCost(counts: calm, exposures: exposures, size: size)
    rates = WorkingRates(
      ordinals: counts.ordinals, counts: calm, exposures: exposures, size: size,
      monthsPerPeriod: monthsPerPeriod)
    shapes = LevelShapes(rates, wander: .prior, minimumLength: shortest)
    null = NullSeries(
      length: calm.count, level: cost.level(0..<calm.count), size: size, minimumLength: shortest)
  }

  private init(_ other: PreparedCounts, rates: WorkingRates, shapes: LevelShapes) {
    (ordinals, cost, size, null) = (other.ordinals, other.cost, other.size, other.null)
    (calm, exposures, monthsPerPeriod) = (other.calm, other.exposures, other.monthsPerPeriod)
    (self.rates, self.shapes) = (rates, shapes)
  }

  /// The same series under other beliefs of how much levels wander.
  func with(_ wander: LevelWander) -> PreparedCounts {
    PreparedCounts(self, rates: rates, shapes: shapes.with(wander))
  }

  /// The same series linearised about levels that change at these places.
  func linearised(about steps: [Int]) -> PreparedCounts {
    let rates = WorkingRates(
      ordinals: ordinals, counts: calm, exposures: exposures, size: size, monthsPerPeriod: monthsPerPeriod,
      steps: steps)
    return PreparedCounts(
      self, rates: rates,
      shapes: LevelShapes(rates, wander: shapes.wander, minimumLength: shapes.minimumLength))
  }

  /// A shape without the steps that too few counts bear out: on one side of a step at least the minimum length of counts must
  /// lie beyond the level of the other. Zeros beside zeros, and one count at the end of zeros, are no step.
  func supported(_ shape: LevelShape) -> LevelShape {
    var kept = shape
    var position = 0
    while position < kept.steps.count {
      let step = kept.steps[position]
      let before = (position > 0 ? kept.steps[position - 1] : 0)..<step
      let after = step..<(position + 1 < kept.steps.count ? kept.steps[position + 1] : cost.count)
      if isStep(before, after, hasTrend: shape.hasTrend) {
        position += 1
      } else {
        kept.steps.remove(at: position)
        // What is left is compared with other neighbours.
        position = max(0, position - 1)
      }
    }
    return kept
  }

  private func isStep(_ before: Range<Int>, _ after: Range<Int>, hasTrend: Bool) -> Bool {
    let (old, new) = (cost.level(before), cost.level(after))
    if cost.total(before) == 0 && cost.total(after) == 0 { return false }
    // Beside a trend the levels of whole segments say little of the step between them.
    if hasTrend { return true }
    let beyond = { (range: Range<Int>, level: Double, isAbove: Bool) in
      range.count { isAbove ? calm[$0] > level * exposures[$0] : calm[$0] < level * exposures[$0] }
    }
    let needed = shapes.minimumLength
    return beyond(after, old, new > old) >= needed && beyond(before, new, new < old) >= needed
  }

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
