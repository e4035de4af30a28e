/// Two counts set beside each other: is the difference more than chance explains?
public enum TwoCounts {
  /// The exact conditional test of two Poisson counts (Przyborowski and Wilenski 1940, *Biometrika* 31, 313-323): given their sum
  /// the first is binomial with the share that its exposure is of both. Twice the smaller tail, at most 1.
  ///
  /// - Parameters:
  ///   - a: the first count, a whole number of at least 0.
  ///   - b: the second count.
  ///   - share: part of the exposure that is the first one's, strictly between 0 and 1.
  /// - Returns: the two-sided p-value; 1 if both counts are 0, NaN if a count is negative or not finite.
  public static func exactProbability(_ a: Double, _ b: Double, share: Double = 0.5) -> Double {
    guard a >= 0, b >= 0, a.isFinite, b.isFinite, share > 0, share < 1 else { return .nan }
    guard a + b > 0 else { return 1 }
    // P(X <= a) and P(X >= a) of X ~ Bin(a + b, share).
    let atMost = b == 0 ? 1 : incompleteBetaTails(share, a: a + 1, b: b).upper
    let atLeast = a == 0 ? 1 : incompleteBetaTails(share, a: a, b: b + 1).lower
    return min(1, 2 * min(atMost, atLeast))
  }

  /// The two-sided p-value of one rate behind counts of paired periods, such as the months of two years.
  ///
  /// The larger of two: the exact conditional test of the totals, which takes the events for independent, and the
  /// quasi-Poisson regression of the counts on the pair and the year (McCullagh and Nelder 1989, chapter 6.2), whose
  /// dispersion is Pearson's over the pairs less one: crimes come in runs, and a test that takes them for independent calls
  /// chance a change. Pairs in which nothing was counted say nothing of it.
  ///
  /// - Parameters:
  ///   - first: counts of the one window.
  ///   - second: counts of the other, of the same length.
  ///   - share: part of the exposure that is the first window's.
  /// - Returns: NaN if the windows differ in length, are empty, or hold what is no count.
  public static func probability(_ first: [Double], _ second: [Double], share: Double = 0.5) -> Double {
    guard first.count == second.count, !first.isEmpty else { return .nan }
    let (a, b) = (first.reduce(0, +), second.reduce(0, +))
    let exact = exactProbability(a, b, share: share)
    guard exact.isFinite, a > 0, b > 0 else { return exact }
    guard let (dispersion, freedom) = dispersion(first, second), dispersion > 0 else { return exact }
    let error = (dispersion * (1 / a + 1 / b)).squareRoot()
    let t = (logarithm(a / b) - logarithm(share / (1 - share))).magnitude / error
    return max(exact, min(1, 2 * StudentT.tails(t, degreesOfFreedom: freedom).upper))
  }
  /// Pearson's dispersion of paired counts about the ratio of their totals: 1 is what independent events scatter by.
  ///
  /// - Parameters:
  ///   - first: counts of the one window.
  ///   - second: counts of the other, of the same periods one by one.
  /// - Returns: the statistic over its degrees of freedom, which are the pairs in which anything was counted less one, and those; nil of
  ///   fewer than two such pairs, of windows that differ in length, or where one of them holds nothing.
  public static func dispersion(_ first: [Double], _ second: [Double]) -> (value: Double, degreesOfFreedom: Double)? {
    let (a, b) = (first.reduce(0, +), second.reduce(0, +))
    guard first.count == second.count, a > 0, b > 0 else { return nil }
    let part = a / (a + b)
    var (pearson, pairs) = (0.0, 0)
    for (x, y) in zip(first, second) where x + y > 0 {
      let (expectedX, expectedY) = ((x + y) * part, (x + y) * (1 - part))
      pearson += (x - expectedX) * (x - expectedX) / expectedX + (y - expectedY) * (y - expectedY) / expectedY
      pairs += 1
    }
    return pairs > 1 ? (pearson / Double(pairs - 1), Double(pairs - 1)) : nil
  }
}
