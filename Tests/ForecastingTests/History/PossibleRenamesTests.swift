import NumericCore
import Testing
import TimeSeries

@testable import Forecasting

/// One measure ends where another begins.
@Suite struct PossibleRenamesTests {
  private static let start = Period.month(2018, 1)

  /// A measure in areas, with a mean between two offsets and zeros elsewhere.
  private static func measure(
    _ name: String, mean: Double, from: Int = 0, through: Int = 59, areas: Range<Int> = 0..<4
  ) -> [Series] {
    areas.map { a in
      var random = RandomSource(seed: 30, stream: "\(name) \(a)")
      return Series(
        key: SeriesKey(area: "Area \(a)", measure: name), start: start,
        values: (0..<60).map { (from...through).contains($0) ? max(1, random.poisson(mean: mean)) : 0 })
    }
  }

  private static func found(_ series: [Series]) -> [PossibleRename] {
    PossibleRename.found(in: Panel(frequency: .monthly, style: .yearMonth, series: series))
  }

  @Test func aRenamedMeasureIsProposed() throws {
    let other = Self.measure("Robbery", mean: 15)
    let found = Self.found(
      Self.measure("Old", mean: 45, through: 40) + other + Self.measure("New", mean: 45, from: 41))
    let one = try #require(found.first)
    #expect(found.count == 1 && one.old == "Old" && one.new == "New")
    #expect(one.ended == Self.start + 40 && one.began == Self.start + 41)
    #expect(one.areas == 4 && one.areasEither == 4)
    #expect(abs(one.before - 45) < 4 && abs(one.after - 45) < 4)
  }

  @Test(arguments: [
    // Another level, another month, the wrong way round, too few areas, no end.
    (mean: 75.0, from: 41, areas: 0..<4), (25, 41, 0..<4), (45, 44, 0..<4), (45, 39, 0..<4), (45, 41, 2..<3),
    (45, 0, 0..<4),
  ])
  func whatIsNoRenamingIsNotProposed(mean: Double, from: Int, areas: Range<Int>) {
    #expect(
      Self.found(
        Self.measure("Old", mean: 45, through: 40) + Self.measure("New", mean: mean, from: from, areas: areas)
      ).isEmpty)
  }

  @Test func theMonthOfTheChangeMayHaveBoth() {
    let found = Self.found(Self.measure("Old", mean: 45, through: 40) + Self.measure("New", mean: 45, from: 40))
    #expect(found.map(\.began) == [Self.start + 40] && found.map(\.ended) == [Self.start + 40])
  }

  @Test func ofSeveralTheNearestIsTaken() {
    let found = Self.found(
      Self.measure("Old", mean: 45, through: 40) + Self.measure("Far", mean: 60, from: 41)
        + Self.measure("Near", mean: 46, from: 41))
    #expect(found.map(\.new) == ["Near"])
  }

  @Test func theOrderOfSeriesMakesNoDifference() {
    let series = Self.measure("Old", mean: 45, through: 40) + Self.measure("New", mean: 45, from: 41)
    #expect(Self.found(series).map(\.old) == Self.found(series.reversed()).map(\.old))
  }
}
