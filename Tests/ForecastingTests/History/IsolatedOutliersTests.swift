import NumericCore
import Testing
import TimeSeries

@testable import Forecasting

/// One wrong count is no season and no level; what is high every year and what stays is.
struct IsolatedOutliersTests {
  static let start = Period.month(2016, 1)

  private static func poisson(_ name: String, mean: Double = 60, months: Int = 96) -> Series {
    var random = RandomSource(seed: 20, stream: name)
    return Series(
      key: SeriesKey(area: name, measure: "Burglary"), start: start,
      values: (0..<months).map { _ in random.poisson(mean: mean) })
  }

  private static func found(_ counts: [Double], year: Int = 12) -> [Int] {
    IsolatedOutliers(counts, year: year)?.found(in: 0..<counts.count).map(\.offset) ?? []
  }

  @Test(arguments: [600.0, 6000, 150, 5, 0])
  func aWrongCountIsFoundWhereverItStands(_ wrong: Double) {
    let right = Self.poisson("one").values
    for place in [20, 57, 94, 95] {
      var counts = right
      counts[place] = wrong
      #expect(Self.found(counts) == [place])
      let held = withoutIsolatedOutliers(Series(key: SeriesKey(uniqueID: "x"), start: Self.start, values: counts))
      #expect(held.outliers.count == 1 && held.outliers[0].period == Self.start + place)
      #expect(held.outliers[0].counted == wrong && abs(held.outliers[0].typical - 60) < 12)
      // The newest may be a new level: it is followed as far as the bound.
      if place == 95 {
        #expect(abs(held.series.values[place] - 60) < 60 && held.series.values[place].isFinite)
      } else {
        #expect(held.series.values[place].isNaN)
      }
      for t in counts.indices where t != place { #expect(held.series.values[t] == counts[t]) }
    }
  }

  @Test func chanceIsHardlyEverOne() {
    // Poisson and overdispersed counts, with a season and a wandering level: in 200 x 96 counts.
    var total = 0
    for index in 0..<200 {
      var random = RandomSource(seed: 21, stream: "chance \(index)")
      var level = 3.0 + Double(index % 4)
      let counts = (0..<96).map { t -> Double in
        level += 0.05 * random.normal()
        return random.negativeBinomial(mean: exponential(level + 0.3 * (t % 12 == 6 ? 1 : 0)), size: 30)
      }
      total += Self.found(counts).count
    }
    #expect(total <= 8, "\(total)")
  }

  /// A season can begin late: a peak that came back is no mistake, whether the first, a middle one or the newest is looked at.
  @Test(arguments: [2, 3, 5]) func aSeasonThatIsNewIsLearnt(_ peaks: Int) {
    var counts = Self.poisson("late season", mean: 3, months: 144).values
    let months = (0..<peaks).map { 139 - 12 * $0 }
    for (number, t) in months.enumerated() { counts[t] = 80 + Double(number % 3) }
    #expect(Self.found(counts).isEmpty)
    // As it was known in the month of the second.
    #expect(!Self.found(Array(counts[...months[peaks - 2]])).contains(months[peaks - 2]))
    // A single one is a mistake still, beside a season of other months and where the year before only chance was high.
    var single = counts
    for t in months.dropFirst() { single[t] = 3 }
    single[127] = 6
    #expect(Self.found(single) == [139])
    // Nor do mistakes in different months, or of different signs, make a season of each other.
    var apart = Self.poisson("apart", mean: 60, months: 96).values
    (apart[50], apart[63], apart[75]) = (400, 400, 1)
    #expect(Self.found(apart) == [50, 63, 75])
  }

  @Test func whatIsHighEveryYearAndWhatStaysIsLearnt() {
    var counts = Self.poisson("season").values
    for t in stride(from: 7, to: 96, by: 12) { counts[t] = 200 }
    #expect(Self.found(counts).isEmpty)
    counts[67] = 600
    #expect(Self.found(counts) == [67])
    var risen = Self.poisson("risen").values
    for t in 60..<96 { risen[t] *= 3 }
    #expect(Self.found(risen).isEmpty)
    var twice = Self.poisson("twice").values
    twice[94] = 200
    twice[95] = 190
    #expect(Self.found(twice).isEmpty)
    // With one year nobody can tell.
    #expect(Self.found(Array(counts[..<11])).isEmpty)
  }

  /// Fifteen where one is usual is as far out as twenty-five, and no keying error: small counts do jump.
  @Test func amongSmallCountsNothingIsOne() {
    var counts = [Double](repeating: 1, count: 96)
    counts[60] = 25
    #expect(Self.found(counts) == [60])
    counts[30] = 15
    #expect(Self.found(counts) == [60])
    counts[30] = 20
    #expect(Self.found(counts) == [30, 60])
  }

  @Test func valuesProportionsAndCorrectionsAreLeftAlone() {
    var values = Self.poisson("value").values
    values[40] = 6000
    let value = Series(key: SeriesKey(uniqueID: "v"), start: Self.start, values: values, kind: .value)
    #expect(withoutIsolatedOutliers(value).outliers.isEmpty)
    values[10] = -3
    #expect(
      withoutIsolatedOutliers(Series(key: SeriesKey(uniqueID: "c"), start: Self.start, values: values)).outliers
        .isEmpty)
    #expect(IsolatedOutliers([], year: 12) == nil)
    #expect(IsolatedOutliers([.nan, .nan, 3], year: 12) == nil)
    #expect(Self.found([Double](repeating: 0, count: 40) + [9] + [Double](repeating: 0, count: 9)).isEmpty)
  }

  @Test(arguments: [ModelName.counts, .autoETS, .auto])
  func aWrongCountDoesNotMoveForecastsAndIsNamed(_ model: ModelName) async throws {
    let right = (0..<4).map { Self.poisson("area \($0)") }
    var wrong = right
    wrong[0] = right[0].replacing(values: right[0].values.enumerated().map { $0 == 76 ? 10 * $1 : $1 })
    let engine = ForecastEngine(model: model, horizon: 12)
    let panel = { (series: [Series]) in Panel(frequency: .monthly, style: .yearMonth, series: series) }
    let (plain, spoilt) = (try await engine.run(panel(right)), try await engine.run(panel(wrong)))
    for (one, other) in zip(plain, spoilt) {
      for (a, b) in zip(one.forecast.mean, other.forecast.mean) { #expect(abs(b / a - 1) < 0.03, "\(a) \(b)") }
    }
    #expect(spoilt[0].outliers.map(\.period) == [Self.start + 76] && spoilt[1].outliers.isEmpty)
    #expect(plain.allSatisfy { $0.outliers.isEmpty })
  }
}
