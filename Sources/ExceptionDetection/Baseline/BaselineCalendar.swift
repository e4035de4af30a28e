import NumericCore
import TimeSeries

/// What the baselines of all series of a panel share: the season, the days and the forgetting of every period.
struct BaselineCalendar: Sendable {
  let frequency: Frequency
  let perYear: Double
  /// Log of the days in the period over those of a mean period, from the first period on; 0 where periods are equally long.
  let logDays: [Double]
  /// Its exponential.
  let exposures: [Double]
  /// Cosines and sines of each of the settings' cycles: `waves[cycle]` has two arrays a pair of harmonics.
  let waves: [[[Double]]]
  /// 2 to the (years since a first period / half-life), by the periods since then.
  let growth: [Double]
  /// Whether periods differ in their days.
  let dayAdjusted: Bool
  private let first: Int

  /// - Parameter ordinals: the periods covered.
  init(frequency: Frequency, ordinals: ClosedRange<Int>, settings: BaselineSettings) {
    self.frequency = frequency
    perYear = 365.2425 / nominalDays(frequency)
    let halfLife = settings.halfLifeYears(frequency) * perYear
    first = ordinals.lowerBound
    let dayAdjusted = frequency == .monthly || frequency == .quarterly
    let logDays = ordinals.map { ordinal in
      dayAdjusted
        ? logarithm(Double(Period(frequency: frequency, ordinal: ordinal).days) / nominalDays(frequency)) : 0
    }
    self.logDays = logDays
    self.dayAdjusted = dayAdjusted
    exposures = logDays.map { exponential($0) }
    waves = settings.cycles(frequency).map { cycle in
      (1...cycle.pairs).flatMap { pair in
        let pace = 2 * Double.pi * Double(pair) / cycle.length
        return [ordinals.map { cosine(pace * Double($0)) }, ordinals.map { sine(pace * Double($0)) }]
      }
    }
    growth = (0..<ordinals.count).map { power(2, Double($0) / halfLife) }
  }

  /// Where the arrays hold a period.
  func index(_ ordinal: Int) -> Int { ordinal - first }

  /// What ``growth`` since one period is multiplied by to give the weights at a later one: 1/2 per half-life.
  func scale(from origin: Int, at tested: Int) -> Double { 1 / growth[tested - origin] }
}
