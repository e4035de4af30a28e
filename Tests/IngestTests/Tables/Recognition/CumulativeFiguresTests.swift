import CommunitySafety
import Diagnostics
import NumericCore
import Testing
import TimeSeries

@testable import Ingest

@Suite struct CumulativeFiguresTests {
  private static func counts(_ periods: Int, mean: Double, seed: UInt64, season: Int = 12) -> [Double] {
    var random = RandomSource(seed: seed)
    return (0..<periods).map { index in
      let level = mean * (index % season == season - 1 ? 1.4 : 1)
      // About Poisson: as large a spread as a count of this size has.
      let noise = (0..<12).reduce(0.0) { sum, _ in sum + Double(random.next() % 1000) / 1000 } - 6
      return max(0, (level + noise * level.squareRoot()).rounded())
    }
  }

  private static func series(_ values: [Double], _ name: String, start: Period = .month(2015, 4)) -> Series {
    Series(key: .init(area: name, measure: "Theft"), start: start, values: values)
  }

  private static func rolling(_ values: [Double], _ season: Int = 12) -> [Double] {
    (season - 1..<values.count).map { values[($0 - season + 1)...$0].reduce(0, +) }
  }

  private static func yearToDate(_ values: [Double], start: Period, from month: Int) -> [Double] {
    var sum = 0.0
    return values.enumerated().map { offset, value in
      sum = (start + offset).firstDay.month == month ? value : sum + value
      return sum
    }
  }

  @Test(arguments: [12.0, 60, 200, 1000]) func sumsOverTheLastYear(mean: Double) {
    let found = (1...3).map { seed in
      Self.series(Self.rolling(Self.counts(96, mean: mean, seed: UInt64(seed))), "A\(seed)")
    }
    #expect(CumulativeFigures(found, .monthly).kinds["Theft"] == .rollingYear)
  }

  @Test func sumsOverTheLastFourQuarters() {
    let start = Period(frequency: .quarterly, ordinal: 2005 * 4)
    let found = (1...4).map { seed in
      Self.series(
        Self.rolling(Self.counts(60, mean: 300, seed: UInt64(seed), season: 4), 4), "A\(seed)", start: start)
    }
    #expect(CumulativeFigures(found, .quarterly).kinds["Theft"] == .rollingYear)
  }

  @Test(arguments: [1, 4, 7, 10]) func sumsOfTheYearSoFar(month: Int) {
    let start = Period.month(2018, 7)
    let counts = Self.counts(60, mean: 40, seed: 3)
    let series = Self.series(Self.yearToDate(counts, start: start, from: month), "A", start: start)
    #expect(CumulativeFigures([series], .monthly).kinds["Theft"] == .yearToDate(firstMonth: month))
    let apart = CumulativeFigures.apart(series, .yearToDate(firstMonth: month))
    // Before the year begins nothing is known of the first month.
    let isKnown = month == start.firstDay.month
    #expect(apart.lost == (isKnown ? 0 : 1) && apart.series.values[0].isNaN != isKnown)
    #expect(Array(apart.series.values.dropFirst()) == Array(counts.dropFirst()))
  }

  /// Whatever the first year was, sums over a year stay what they were and no count is below nought.
  @Test(arguments: 1...20) func whatWasTakenApartAddsUpAgain(seed: Int) {
    let sums = Self.rolling(Self.counts(90, mean: seed % 2 == 0 ? 3 : 80, seed: UInt64(seed)))
    let apart = CumulativeFigures.apart(Self.series(sums, "A"), .rollingYear)
    #expect(apart.lost == 0 && apart.series.values.allSatisfy { $0 >= 0 && $0 == $0.rounded() })
    #expect(Self.rolling(apart.series.values) == Array(sums.dropFirst(11)))
  }

  /// Counts, trends, levels that hardly move, yearly figures and short series are what they are.
  @Test func whatIsNotCumulative() {
    for seed in 1...60 as ClosedRange<UInt64> {
      let counts = Self.series(Self.counts(96, mean: Double(30 + 20 * seed), seed: seed), "A")
      #expect(CumulativeFigures([counts], .monthly).kinds.isEmpty)
      // A stock that comes and goes a little: differences are small and no year is in them.
      var random = RandomSource(seed: seed)
      var stock = 5000.0
      let stocks = (0..<120).map { _ -> Double in
        stock += Double(random.next() % 41) - 20
        return stock
      }
      #expect(CumulativeFigures([Self.series(stocks, "A")], .monthly).kinds.isEmpty)
    }
    let line = Self.series((0..<60).map { 100 + Double($0) }, "A")
    #expect(CumulativeFigures([line], .monthly).kinds.isEmpty)
    let short = Self.series(Self.rolling(Self.counts(30, mean: 80, seed: 1)), "A")
    #expect(CumulativeFigures([short], .monthly).kinds.isEmpty)
    // One such series among counts makes no table of them.
    let mixed =
      [Self.series(Self.rolling(Self.counts(96, mean: 80, seed: 1)), "A")]
      + (1...5).map { Self.series(Self.counts(90, mean: 80, seed: UInt64($0)), "B\($0)") }
    #expect(CumulativeFigures(mixed, .monthly).kinds.isEmpty)
  }

  @Test func tablesOfThem() async throws {
    let space = try Workspace()
    let sums = Self.rolling(Self.counts(96, mean: 50, seed: 9))
    let rows = sums.enumerated().map { offset, sum in
      "A,x,\(PeriodStyle.yearMonth.format(.month(2018, 1) + offset)),\(Int(sum))"
    }
    let lines = ["area,measure,period,count"] + rows
    let error = try #require(try await space.tableError(lines))
    #expect(error.kind == .data && error.remedy?.contains("--cumulative") == true)
    let apart = try await space.table(lines) { $0.cumulative = true }
    #expect(
      apart.note("cumulative-figures") == .table(.takenApart(.rollingYear, measures: [], lost: 0))
        && apart.accounting.balances)
    let plain = try await space.table(lines) { $0.cumulative = false }
    #expect(plain.values("A", "x") == sums)
    let date = Self.yearToDate(Self.counts(40, mean: 50, seed: 4), start: .month(2018, 6), from: 4)
    let years = date.enumerated().map { offset, sum in
      "A,x,\(PeriodStyle.yearMonth.format(.month(2018, 6) + offset)),\(Int(sum))"
    }
    let data = try await space.table(["area,measure,period,count"] + years) { $0.cumulative = true }
    #expect(data.accounting.setAside == ["cumulative value without the one before": 1] && data.accounting.balances)
  }

  /// Asked to take apart what cannot be told to be sums, it does not pass monthly figures off as taken apart.
  @Test func whatCannotBeTakenApartIsRefused() async throws {
    let rows = (0..<24).map { "A,x,\(PeriodStyle.yearMonth.format(.month(2019, 1) + $0)),\(5 + $0 % 4)" }
    let space = try Workspace()
    let error = try await space.tableError(["area,measure,period,count"] + rows) { $0.cumulative = true }
    #expect(error?.kind == .data && error?.message.contains("sums over a year") == true)
  }

  /// A measure of sums beside one of single months: the one is taken apart and the other left.
  @Test func measuresAreJudgedEachByItself() async throws {
    let space = try Workspace()
    let sums = Self.rolling(Self.counts(96, mean: 50, seed: 9))
    let months = Self.counts(sums.count, mean: 50, seed: 10)
    let rows = sums.indices.flatMap { offset in
      let month = PeriodStyle.yearMonth.format(.month(2018, 1) + offset)
      return [
        "A,Over the year,\(month),\(Int(sums[offset]))", "A,In the month,\(month),\(Int(months[offset]))",
        "A,Rare,\(month),\(offset % 3)",
      ]
    }
    let lines = ["area,measure,period,count"] + rows
    let error = try #require(try await space.tableError(lines))
    #expect(error.message.contains("\"Over the year\"") && error.remedy?.contains("--cumulative") == true)
    let data = try await space.table(lines) { $0.cumulative = true }
    #expect(data.values("A", "In the month") == months)
    #expect(Self.rolling(try #require(data.values("A", "Over the year"))) == Array(sums.dropFirst(11)))
    #expect(
      data.note("cumulative-figures") == .table(.takenApart(.rollingYear, measures: ["Over the year"], lost: 0)))
    #expect(data.note("cumulative-not-judged") == .table(.notJudgedCumulative(measures: ["Rare"])))
  }

  /// Beside sums alone, what is too small to be judged is sums too.
  @Test func smallMeasuresAreAsTheOthers() {
    let large = Self.series(Self.rolling(Self.counts(96, mean: 50, seed: 9)), "A")
    let small = Series(
      key: .init(area: "A", measure: "Rare"), start: .month(2015, 4), values: [Double](repeating: 3, count: 85))
    let found = CumulativeFigures([large, small], .monthly)
    #expect(found.kinds == ["Theft": .rollingYear, "Rare": .rollingYear] && found.unjudged.isEmpty)
  }

  /// Behind a gap all later sums over a year are right again; what the gap held is missing, and nothing else is.
  @Test(arguments: [1, 3]) func aGapCostsItsPeriodsOnly(length: Int) {
    let counts = Self.counts(90, mean: 80, seed: 5)
    var sums = Self.rolling(counts)
    let whole = sums
    for index in 30..<30 + length { sums[index] = .nan }
    let apart = CumulativeFigures.apart(Self.series(sums, "A"), .rollingYear)
    let values = apart.series.values
    #expect(values.indices.filter { values[$0].isNaN } == Array(30...30 + length))
    // The value behind the gap was known as a sum and is lost.
    #expect(apart.lost == 1)
    let later = 30 + length + 12
    #expect(Array(Self.rolling(values)[(later - 11)...]) == Array(whole[later...]))
  }

  /// Of a table of sums every measure is told, and of one with a measure of sums that one, however few its series are.
  @Test(arguments: 1...20) func everyMeasureOfSumsIsTold(seed: Int) {
    func sums(_ measure: String, _ offset: Int, mean: Double) -> [Series] {
      (0..<5).map { area in
        Series(
          key: .init(area: "A\(area)", measure: measure), start: .month(2020, 4),
          values: Self.rolling(Self.counts(60, mean: mean, seed: UInt64(seed * 100 + offset + area))))
      }
    }
    let all = sums("Burglary", 0, mean: 40) + sums("Robbery", 10, mean: 12) + sums("Shoplifting", 20, mean: 80)
    #expect(
      CumulativeFigures(all, .monthly).kinds
        == ["Burglary": .rollingYear, "Robbery": .rollingYear, "Shoplifting": .rollingYear])
    let months = (0..<10).map { index in
      Series(
        key: .init(area: "A\(index % 5)", measure: index < 5 ? "Theft" : "Arson"), start: .month(2020, 4),
        values: Self.counts(49, mean: 60, seed: UInt64(seed * 100 + 30 + index)))
    }
    #expect(CumulativeFigures(months + sums("Burglary", 0, mean: 40), .monthly).kinds == ["Burglary": .rollingYear])
  }
}
