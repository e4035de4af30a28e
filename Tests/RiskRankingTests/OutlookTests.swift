import Forecasting
import Testing
import TimeSeries

@testable import RiskRanking

/// A forecast whose draws are given and whose means are theirs, over the adjusted history `adjusted`.
func forecast(of adjusted: Series, paths: [[Double]]) -> SeriesForecast {
  let horizon = paths.first?.count ?? 0
  let means = (0..<horizon).map { step in paths.reduce(0) { $0 + $1[step] } / Double(paths.count) }
  return SeriesForecast(
    forecast: Forecast(
      key: adjusted.key, model: "given", start: adjusted.end + 1, mean: means, median: means, intervals: []),
    fitted: [], fallbackReason: nil, choice: nil,
    paths: SamplePaths(horizon: horizon, count: paths.count, values: paths.flatMap { $0 }), adjusted: adjusted,
    adjustments: [])
}

func monthly(_ values: [Double], area: String = "A", measure: String = "Burglary") -> Series {
  Series(key: SeriesKey(area: area, measure: measure), start: .month(2023, 1), values: values)
}

@Suite struct OutlookTests {
  @Test func comparesYearTotals() throws {
    let series = monthly([Double](repeating: 10, count: 24))
    // Totals 108, 120, 132, 144 against 120.
    let paths = [9.0, 10, 11, 12].map { [Double](repeating: $0, count: 12) }
    let outlook = try #require(Outlook(observed: series, forecast: forecast(of: series, paths: paths)))
    #expect(outlook.lastYear == 120)
    #expect(outlook.mean == 126)
    #expect(outlook.expectedChange == 6)
    #expect(outlook.probabilityOfRise == 0.5)  // 132 is exactly 10 % more and counts
    #expect(outlook.probabilityOfFall == 0.25)  // 108 is exactly 10 % less
    #expect(outlook.lower80 == 108 && outlook.upper80 == 144)
  }

  /// Draws scatter about the forecast, whose own means add up to what is told.
  @Test func theMeanIsTheForecasts() throws {
    let series = monthly([Double](repeating: 10, count: 24))
    let given = forecast(of: series, paths: [9.0, 10.5, 12].map { [Double](repeating: $0, count: 12) })
    let known = SeriesForecast(
      forecast: Forecast(
        key: series.key, model: "given", start: series.end + 1, mean: [Double](repeating: 11, count: 12),
        median: [Double](repeating: 10, count: 12), intervals: []),
      fitted: [], fallbackReason: nil, choice: nil, paths: given.paths, adjusted: series, adjustments: [])
    let outlook = try #require(Outlook(observed: series, forecast: known))
    #expect(outlook.mean == 132 && outlook.median == 126)
  }

  /// What came of an outlook is told of years that were wholly recorded, and typical.
  @Test func theYearAfterIsComparedWhereItIsTypical() throws {
    let series = monthly([Double](repeating: 10, count: 24))
    let made = forecast(of: series, paths: [[Double](repeating: 10, count: 12)])
    let compared = try #require(ComparedYear(series, made, profile: ScoringProfile()))
    let values = [Double](repeating: 10, count: 24) + [Double](repeating: 12, count: 12)
    #expect(compared.next(in: monthly(values), []) == 144)
    func closed(_ from: Period) -> Intervention {
      Intervention(start: from, effect: .window(through: from + 1), kind: .covidRestriction, note: "closed")
    }
    #expect(compared.next(in: monthly(values), [closed(.month(2025, 3))]) == nil)
    #expect(compared.next(in: monthly(values), [closed(.month(2024, 3))]) == 144)
    #expect(compared.next(in: monthly(values.dropLast() + [.nan]), []) == nil)
  }

  @Test func monthsKnownInPartDropOutOfBothYears() throws {
    let values = [Double](repeating: 10, count: 23) + [1]
    let series = Series(
      key: SeriesKey(area: "A", measure: "Burglary"), start: .month(2023, 1), values: values, partial: [23])
    let paths = [9.0, 10, 11, 12].map { [Double](repeating: $0, count: 12) }
    // Models learn from what is trusted, so that the adjusted history has no value there.
    let outlook = try #require(Outlook(observed: series, forecast: forecast(of: series.trusted, paths: paths)))
    #expect(outlook.matchedPeriods == 11 && outlook.lastYear == 110 && outlook.mean == 115.5)
  }

  @Test func missingMonthsDropOutOfBothYears() throws {
    var values = [Double](repeating: 10, count: 24)
    values[23] = .nan  // last December
    let series = monthly(values)
    let path = [Double](repeating: 10, count: 11) + [1000]
    let outlook = try #require(Outlook(observed: series, forecast: forecast(of: series, paths: [path])))
    #expect(outlook.matchedPeriods == 11)
    #expect(outlook.lastYear == 110)
    #expect(outlook.mean == 110)
    #expect(outlook.probabilityOfRise == 0)
  }

  @Test func aCountFarOutOfLineIsComparedAsWhatIsTypical() async throws {
    var right: [Double] = []
    for t in 0..<60 { right.append(Double(55 + t * 7 % 11)) }
    for place in [52, 59] {
      var wrong = right
      wrong[place] *= 10
      let series = [monthly(wrong), monthly(right)]
      let engine = ForecastEngine(horizon: 12, pathCount: 300)
      let made = try await engine.run(Panel(frequency: .monthly, style: .yearMonth, series: series))
      let outlooks = try zip(series, made).map { try #require(Outlook(observed: $0, forecast: $1)) }
      let recorded = wrong.suffix(12).reduce(0, +)
      #expect(made[0].outliers.map { $0.counted } == [wrong[place]])
      #expect(outlooks[0].lastYear < recorded - 400 && abs(outlooks[0].lastYear / outlooks[1].lastYear - 1) < 0.05)
      #expect(outlooks[0].probabilityOfFall < 0.5, "a keying error is no improvement to come")
    }
  }

  @Test func fewerThanHalfAYearCannotBeCompared() {
    let values = [Double](repeating: 10, count: 12) + [Double](repeating: .nan, count: 7) + [10, 10, 10, 10, 10]
    let series = monthly(values)
    let paths = [[Double](repeating: 10, count: 12)]
    #expect(Outlook(observed: series, forecast: forecast(of: series, paths: paths)) == nil)
  }

  @Test func aKnownStepIsOnBothSides() throws {
    // Recorded 10 a month, brought to the later level of 13: 13 a month ahead is no rise.
    let series = monthly([Double](repeating: 10, count: 24))
    let adjusted = series.replacing(values: [Double](repeating: 13, count: 24))
    let paths = [[Double](repeating: 13, count: 12)]
    let outlook = try #require(Outlook(observed: series, forecast: forecast(of: adjusted, paths: paths)))
    #expect(outlook.expectedChange == 0)
    #expect(outlook.probabilityOfRise == 0)
  }

  @Test func fromNothingToNothingIsNoRise() throws {
    let series = monthly([Double](repeating: 0, count: 24))
    let zero = [Double](repeating: 0, count: 12)
    let one = [1.0] + [Double](repeating: 0, count: 11)
    let outlook = try #require(
      Outlook(observed: series, forecast: forecast(of: series, paths: [zero, zero, zero, one])))
    #expect(outlook.probabilityOfRise == 0.25)
    #expect(outlook.probabilityOfFall == 0)
  }

  @Test func aShareIsPooledAndMovesInPoints() throws {
    // A quarter of 40 in twelve months, and of 400 in one of them a half: 310 of 840.
    let shares = [Double](repeating: 0.25, count: 12) + [Double](repeating: 0.25, count: 11) + [0.5]
    let wholes = [Double](repeating: 40, count: 23) + [400]
    let series = Series(
      key: SeriesKey(area: "A", measure: "Burglary (detected)"), start: .month(2023, 1), values: shares,
      kind: .proportion, denominators: wholes)
    let low = [Double](repeating: 0.25, count: 12)
    let high = [Double](repeating: 0.5, count: 12)
    let outlook = try #require(
      Outlook(observed: series, forecast: forecast(of: series, paths: [low, high, high, high])))
    #expect(abs(outlook.lastYear - 310.0 / 840) < 1e-12)
    #expect(abs(outlook.mean - (0.25 + 3 * 0.5) / 4) < 1e-12)
    #expect(outlook.rise.size == .amount(0.05))
    #expect(outlook.probabilityOfRise == 0.75 && outlook.probabilityOfFall == 0.25)
    let past = PastComparison(series)
    #expect(past.lastYearRatio == .init(numerator: 310, denominator: 840))
    #expect(past.lastYear == 310.0 / 840 && past.yearBefore == 0.25)
  }

  @Test func aValueIsAveragedAndMovesInItsOwnUnit() throws {
    let values = (0..<24).map { $0 % 2 == 0 ? 10.0 : 14 }
    let series = Series(
      key: SeriesKey(area: "A", measure: "Days"), start: .month(2023, 1), values: values, kind: .value)
    let path = [Double](repeating: 14, count: 12)
    let outlook = try #require(Outlook(observed: series, forecast: forecast(of: series, paths: [path])))
    #expect(outlook.lastYear == 12 && abs(outlook.mean - 14) < 1e-12)
    // Half of a standard deviation of 2.04 is about 1.02 days: a mean two days higher is material.
    guard case .amount(let amount) = outlook.rise.size else { return #expect(Bool(false), "a value has no per cent") }
    #expect(amount > 1 && amount < 1.05)
    #expect(outlook.probabilityOfRise == 1)
    #expect(PastComparison(series).yearBefore == 12)
  }
}

@Suite struct EventTests {
  @Test(arguments: [(100.0, 110.0, true), (100, 109, false), (0, 0, false), (0, 1, true)])
  func aRiseOfTenPerCent(base: Double, level: Double, happens: Bool) {
    let rise = Event(direction: .rise, size: .share(0.1), horizon: 12, base: base)
    #expect(rise.happens(at: level) == happens)
  }

  @Test func roundingIsNoMoveOfAConstantValue() {
    let rise = Event(direction: .rise, size: .amount(0), horizon: 12, base: 12.5)
    #expect(!rise.happens(at: 12.5 + 1e-14) && !rise.opposite.happens(at: 12.5 - 1e-14))
    #expect(rise.happens(at: 12.6) && rise.opposite.happens(at: 12.4))
  }

  @Test func theOppositeMirrorsTheEvent() {
    let rise = Event(direction: .rise, size: .amount(0.05), horizon: 12, base: 0.5)
    for level in stride(from: 0.3, through: 0.7, by: 0.01) {
      let mirrored = 1 - level
      // Levels a rounding away from the edge are left out.
      if abs(abs(level - 0.5) - 0.05) > 1e-9 {
        #expect(rise.happens(at: level) == rise.opposite.happens(at: mirrored))
      }
    }
    #expect(rise.opposite.opposite == rise)
  }

  @Test func polarityNamesTheDirectionForTheWorse() {
    #expect(Polarity.lowerIsBetter.worse == .rise)
    #expect(Polarity.higherIsBetter.worse == .fall)
    #expect(Polarity.neither.worse == nil)
  }

  /// The table beside the outlook compares the same months: one that is known in part is in neither.
  @Test func aPartialMonthIsComparedNowhere() throws {
    let values = [Double](repeating: 10, count: 35) + [2]
    let series = Series(
      key: SeriesKey(area: "A", measure: "B"), start: .month(2022, 1), values: values, partial: [35])
    let path = [Double](repeating: 12, count: 12)
    let outlook = try #require(Outlook(observed: series, forecast: forecast(of: series, paths: [path])))
    let past = PastComparison(series)
    #expect(past.lastYear == 110 && past.lastYear == outlook.lastYear && past.lastYearPeriods == outlook.matchedPeriods)
    #expect(past.yearBefore == 110)
    let before = Series(
      key: series.key, start: series.start, values: [Double](repeating: 10, count: 36), partial: [20])
    #expect(PastComparison(before).yearBefore == nil && PastComparison(before).twoYearsBefore == 120)
  }
}
