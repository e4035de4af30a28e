import TimeSeries

extension PastComparison {
  /// Recorded totals of the last year and of the same calendar periods one and two years before.
  public init(_ series: Series) {
    let year = series.start.frequency.periodsPerYear
    let periods = (0..<year).map { series.end - $0 }.filter { series[$0] != nil }
    func total(yearsBack: Int) -> Double? {
      var sum = 0.0
      for period in periods {
        guard let value = series[period - yearsBack * year] else { return nil }
        sum += value
      }
      return periods.isEmpty ? nil : sum
    }
    self.init(
      lastYear: total(yearsBack: 0) ?? 0, lastYearPeriods: periods.count, yearBefore: total(yearsBack: 1),
      twoYearsBefore: total(yearsBack: 2))
  }
}
