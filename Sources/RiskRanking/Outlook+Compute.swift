import Forecasting
import TimeSeries

extension Outlook {
  /// A share of the year's periods below which two years are not compared: half.
  static let minimumShareOfYear = 0.5
  /// A change smaller than this share of last year's total is no rise or fall worth the name (`domain`: 10 %).
  static let materialShare = 0.10

  /// Compares the next year with the last over the periods that were observed last year, from joint draws.
  ///
  /// Last year's values come from the forecast's adjusted history, so that a known recording step is on both sides of
  /// the comparison and drops out of it; values inside a masked window are taken as recorded.
  ///
  /// - Returns: nil if fewer than half of last year's periods were observed, the forecast has no draws, or its horizon
  ///   is shorter than a year.
  public init?(observed: Series, forecast: SeriesForecast) {
    let year = observed.start.frequency.periodsPerYear
    guard let paths = forecast.paths, paths.horizon >= year, paths.count > 0, observed.count > 0 else { return nil }
    var lastYear = 0.0
    var matched = [Bool](repeating: false, count: year)
    for step in 0..<year {
      let period = observed.end - (year - 1) + step
      guard let value = forecast.adjusted[period] ?? observed[period] else { continue }
      lastYear += value
      matched[step] = true
    }
    let matchedPeriods = matched.count(where: { $0 })
    guard matchedPeriods > 0, Double(matchedPeriods) >= Outlook.minimumShareOfYear * Double(year) else { return nil }

    let totals = paths.totals { $0 < year && matched[$0] }
    guard totals.allSatisfy(\.isFinite) else { return nil }
    let sorted = totals.sorted()
    let draws = Double(totals.count)
    // A rise is also at least one more: from nothing to nothing is no rise of 10 %.
    let rises = totals.count { $0 >= (1 + Outlook.materialShare) * lastYear && $0 > lastYear }
    let falls = totals.count { $0 <= (1 - Outlook.materialShare) * lastYear && $0 < lastYear }
    self.init(
      matchedPeriods: matchedPeriods, periodsInYear: year, lastYear: lastYear,
      mean: totals.reduce(0, +) / draws, median: quantile(sorted, 0.5),
      lower80: quantile(sorted, 0.1), upper80: quantile(sorted, 0.9),
      probabilityOfRise: Double(rises) / draws, probabilityOfFall: Double(falls) / draws,
      model: forecast.forecast.model)
  }
}

/// The smallest drawn value with at least a share `p` of the draws at or below it.
private func quantile(_ sorted: [Double], _ p: Double) -> Double {
  sorted[min(sorted.count - 1, max(0, Int((p * Double(sorted.count)).rounded(.up)) - 1))]
}
