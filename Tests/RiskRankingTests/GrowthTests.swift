import RiskRanking
import Testing
import TimeSeries

@Suite struct GrowthTests {
  private func growth(_ values: [Double]) throws -> Growth? {
    let series = Series(key: SeriesKey(area: "A", measure: "M"), start: .month(2023, 1), values: values)
    let comparison = try #require(WindowComparison(series, (series.end - 11)...series.end, yearsBack: 1))
    return Growth(comparison, of: series)
  }

  /// 240 after 120, every month alike: a ratio of two whose interval is that of two Poisson counts with t of 11 degrees:
  /// in R, `2 * exp(c(-1, 1) * qt(.975, 11) * sqrt(1 / 240 + 1 / 120))` gives 1.563538 and 2.558301.
  @Test func theIntervalIsThatOfTwoCounts() throws {
    let found = try #require(try growth([Double](repeating: 10, count: 12) + [Double](repeating: 20, count: 12)))
    #expect(found.ratio == 2 && found.dispersion == 1 && found.isReal)
    #expect((found.lower95 - 1.563538).magnitude < 0.002 && (found.upper95 - 2.558301).magnitude < 0.003)
  }

  /// Counts that come in runs say less: the same totals, wider, and no longer more than chance.
  @Test func runsWidenIt() throws {
    let runs = (0..<12).map { $0 % 2 == 0 ? 40.0 : 0 } + (0..<12).map { $0 % 2 == 0 ? 0.0 : 44 }
    let even = [Double](repeating: 20, count: 12) + [Double](repeating: 22, count: 12)
    let (a, b) = (try #require(try growth(runs)), try #require(try growth(even)))
    #expect(a.ratio == b.ratio && a.dispersion > 10 && a.upper95 - a.lower95 > 3 * (b.upper95 - b.lower95))
    #expect(!a.isReal && !b.isReal)
  }

  @Test func ofNothingThereIsNone() throws {
    #expect(try growth([Double](repeating: 0, count: 12) + [Double](repeating: 5, count: 12)) == nil)
  }
  /// All of a year in one month and one offence in another month of the next: an interval without end, and not written as one.
  @Test func ofTwoMonthsAloneThereIsNone() throws {
    var values = [Double](repeating: 0, count: 24)
    (values[4], values[14]) = (10_000, 1)
    #expect(try growth(values) == nil)
  }
}
