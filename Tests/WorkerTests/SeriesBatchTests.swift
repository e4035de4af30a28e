import Diagnostics
import Testing
import TimeSeries

@testable import Worker

@Suite struct SeriesBatchTests {
  private func batch(_ series: [(id: String, rows: [(day: Int, value: Double)])]) throws -> SeriesBatch {
    try SeriesBatch(Wire.batch(series), frequency: .monthly, through: .month(2020, 1))
  }

  @Test func rowsInAnyOrderMakeASeriesWithItsGaps() throws {
    let read = try batch([("Oxford|Theft|Cycle", [(Wire.month(3), 4), (Wire.month(0), 1), (Wire.month(1), .nan)])])
    let series = try #require(read.series.first)
    #expect(series.key == SeriesKey(area: "Oxford", measure: "Theft|Cycle"))
    #expect(series.start == .month(2015, 1))
    #expect(series == Series(key: series.key, start: series.start, values: [1, .nan, .nan, 4]))
    #expect(read.statuses == [.ok] && read.errors == [""])
  }

  @Test func wholeNumbersAreCountsAndOthersValues() throws {
    let read = try batch([("a", [(0, 2)]), ("b", [(0, 2.5)]), ("c", [(0, 1e16)]), ("d", [(0, .nan)])])
    #expect(read.series.map(\.kind) == [.count, .value, .value, .count])
  }

  @Test func oneBadSeriesIsNoneOfTheOthersBusiness() throws {
    let far = SeriesBatch.spanLimit * 31
    let read = try batch([
      ("good", [(0, 1)]), ("", [(0, 1)]), ("good", [(0, 1)]), ("none", []), ("date", [(Int(Int32.min), 1)]),
      ("twice", [(Wire.month(0), 1), (Wire.month(0) + 8, 2)]), ("long", [(0, 1), (far, 2)]),
      ("endless", [(0, .infinity)]),
      ("minus", [(0, -1)]), ("late", [(Wire.month(61), 1)]), (String(repeating: "x", count: 4097), [(0, 1)]),
      ("fine", [(0, 1)]),
    ])
    #expect(
      read.statuses == [
        .ok, .badIdentifier, .repeatedIdentifier, .noRows, .badDate, .duplicatePeriod, .badDate, .notFinite, .negative,
        .afterThrough, .badIdentifier, .ok,
      ])
    #expect(read.series.map(\.key.area) == ["good", "fine"])
    #expect(read.positions == [0, 11])
    #expect(read.errors[5] == "it has two rows for the month of 2015-01-09: add them up, or leave one out")
    #expect(zip(read.statuses, read.errors).allSatisfy { ($0 == .ok) == $1.isEmpty })
  }

  @Test func aSpanBeyondTheLimitIsTooLong() throws {
    let read = try SeriesBatch(
      Wire.batch([("long", [(0, 1), (SeriesBatch.spanLimit, 2)]), ("just", [(0, 1), (SeriesBatch.spanLimit - 1, 2)])]),
      frequency: .daily)
    #expect(read.statuses == [.tooLong, .ok])
  }

  @Test func identifiersThatAreNoTextAreRefusedAlone() throws {
    var body = Wire.batch([("ab", [(0, 1)]), ("cd", [(0, 1)])])
    body[body.count - 1] = 0xFF
    let read = try SeriesBatch(body, frequency: .monthly)
    #expect(read.statuses == [.ok, .badIdentifier])
  }

  @Test func everyBodyThatIsCutIsRefused() throws {
    let body = Wire.batch([("ab", [(0, 1), (40, 2)]), ("cd", [(0, 1)])])
    for length in 0..<body.count {
      #expect(throws: HorizonError.self) { try SeriesBatch(Array(body.prefix(length)), frequency: .monthly) }
    }
    #expect(throws: HorizonError.self) { try SeriesBatch(body + [0], frequency: .monthly) }
  }

  @Test func offsetsThatFallAndCountsBeyondWhatThereIsAreRefused() throws {
    var body = Wire.batch([("ab", [(0, 1)]), ("cd", [(0, 1)])])
    body.replaceSubrange(12..<16, with: Wire.number(9))
    #expect(throws: HorizonError.self) { try SeriesBatch(body, frequency: .monthly) }
    for place in [0, 4] {
      var huge = Wire.batch([("ab", [(0, 1)])])
      huge.replaceSubrange(place..<place + 4, with: [255, 255, 255, 255])
      #expect(throws: HorizonError.self) { try SeriesBatch(huge, frequency: .monthly) }
    }
  }

  @Test func datesComeBackAsTheyStandInTheirPeriods() {
    let february = Period.month(2024, 2)
    let first = february.firstDay.daysSinceEpoch
    #expect(DateAnchor(day: first, of: february).day(of: .month(2024, 3)) == Int32(first + 29))
    #expect(DateAnchor(day: first + 28, of: february).day(of: .month(2024, 3)) == Int32(first + 29 + 30))
    #expect(DateAnchor(day: first + 14, of: february).day(of: .month(2024, 3)) == Int32(first + 29 + 14))
  }
}
