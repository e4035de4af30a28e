import RiskRanking

extension Outlook {
  /// An outlook of a count with given chances, to test words with.
  static func given(
    lastYear: Double, median: Double, lower80: Double = 0, upper80: Double = 0, sharedLoading: Double = 0, rise: Double,
    fall: Double
  ) -> Outlook {
    Outlook(
      matchedPeriods: 12, periodsInYear: 12, lastYear: lastYear, mean: median, median: median, lower80: lower80,
      upper80: upper80, lower95: lower80 / 2, upper95: upper80 * 2,
      rise: Event(direction: .rise, size: .share(0.1), horizon: 12, base: lastYear),
      probabilityOfRise: rise, probabilityOfFall: fall, model: "m", sharedLoading: sharedLoading)
  }
}
