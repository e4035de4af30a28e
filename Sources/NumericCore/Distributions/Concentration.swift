/// How unevenly events fall on places: how few places hold half of them, beside what chance alone would make of it.
public struct Concentration: Hashable, Sendable {
  /// Places, those without events too.
  public let places: Int
  /// Events on all of them.
  public let events: Double
  /// The fewest places that hold half of the events.
  public let placesOfHalf: Int
  /// How many would hold half if every place were as likely, on average.
  public let placesOfHalfByChance: Double
  /// 0 where events are spread as evenly as their number allows, near 1 where all fall on one place: the Gini coefficient, which
  /// allows for there being fewer events than places (Bernasco & Steenbeek 2017, Journal of Quantitative Criminology 33, 451-467).
  public let gini: Double
  /// The chance of so uneven a spread or more if every place were as likely: the index of dispersion, about a chi-square with
  /// places - 1 degrees of freedom (Fisher 1950, Biometrics 6, 17-24).
  public let chance: Double

  /// Of the events on each place, none negative. Nil of fewer than two places, or without events.
  ///
  /// Costs a sort.
  public init?(_ counts: [Double]) {
    let total = counts.reduce(0, +)
    guard counts.count > 1, total > 0, counts.allSatisfy({ $0 >= 0 && $0.isFinite }) else { return nil }
    let n = Double(counts.count)
    let rising = counts.sorted()
    var (held, half) = (0.0, 0)
    for count in rising.reversed() where held < total / 2 {
      held += count
      half += 1
    }
    let ranked = rising.enumerated().reduce(0.0) { $0 + Double($1.offset + 1) * $1.element } / total
    let mean = total / n
    let dispersion = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / mean }
    places = counts.count
    events = total
    placesOfHalf = half
    placesOfHalfByChance = n * Concentration.shareOfPlacesWithHalf(mean: mean)
    gini = max(1 / total, 1 / n) * (2 * ranked - n - 1) - max(n / total, 1) + 1
    chance = incompleteGammaTails((n - 1) / 2, dispersion / 2).upper
  }

  /// The share of places that hold half of the events where counts are Poisson with this mean: those with the largest counts, of the
  /// places of one count as many as are needed. Of a Poisson count X, places with at least k events hold P(X >= k - 1) of them.
  static func shareOfPlacesWithHalf(mean: Double) -> Double {
    /// P(X >= k).
    func atLeast(_ k: Int) -> Double { k <= 0 ? 1 : incompleteGammaTails(Double(k), mean).lower }
    // The largest k whose places and those above still hold half: it lies within one of the mean.
    var k = Int(mean) + 2
    while k > 1, atLeast(k - 1) < 0.5 { k -= 1 }
    let above = atLeast(k)
    return atLeast(k + 1) + max(0, 0.5 - above) * mean / Double(k)
  }
}
