import NumericCore
import Testing
import TimeSeries

@testable import Forecasting

/// Zeros that the level beside them makes impossible are outside a series' life; zeros of sparse counts are within it.
@Suite struct LifespanTests {
  private static let start = Period.month(2016, 1)

  private static func series(
    _ values: [Double], kind: MeasureKind = .count, frequency: Frequency = .monthly
  ) -> Series {
    Series(
      key: SeriesKey(area: "a", measure: "b"),
      start: frequency == .monthly ? start : Period(frequency: frequency, ordinal: 2000),
      values: values, kind: kind)
  }

  private static func zeros(_ n: Int) -> [Double] { [Double](repeating: 0, count: n) }

  private static func counts(_ name: String, mean: Double, size: Double = 20, months: Int) -> [Double] {
    var random = RandomSource(seed: 29, stream: name)
    return (0..<months).map { _ in random.negativeBinomial(mean: mean, size: size) }
  }

  @Test func theBoundIsThatOfTheClosedForm() {
    // Twelve periods of 6 beside n zeros: the chance that 72 Poisson events of 12 + n periods all fall in the 12 is (12 / (12 + n))^72,
    // 1e-8 at n = 3.5.
    let steady = [6.0] + [Double](repeating: 6, count: 12)
    #expect(Self.series(Self.zeros(3) + steady).lifespan.began == nil)
    #expect(Self.series(Self.zeros(4) + steady).lifespan.began == Self.start + 4)
    // Half a season of zeros is the least that an end takes.
    #expect(Self.series(steady + Self.zeros(5)).lifespan.ended == nil)
    #expect(Self.series(steady + Self.zeros(6)).lifespan.ended == Self.start + 12)
    // 0 and 12 in turn have the mean 6 and the dispersion 72 x 6 / 11 / 6 = 6.55: the run must be exp(18.4 / (12 x 2.03)) - 1 = 1.13
    // times as long, 14 months.
    let uneven = [12.0] + (0..<12).map { $0 % 2 == 0 ? 0 : 12 }
    #expect(Self.series(Self.zeros(13) + uneven).lifespan.began == nil)
    #expect(Self.series(Self.zeros(14) + uneven).lifespan.began == Self.start + 14)
  }

  @Test func whatBeganAndWhatEndedIsFound() {
    let life = Self.counts("one", mean: 45, months: 40)
    let whole = Self.series(Self.zeros(30) + life + Self.zeros(12))
    #expect(whole.lifespan.began == Self.start + 30)
    #expect(whole.lifespan.ended == Self.start + 69)
    #expect(whole.lifespan.silence == nil)
    let within = whole.within(whole.lifespan)
    #expect(within.observedCount == 40 && within[Self.start + 30] == life[0] && within[Self.start + 69] == life[39])
    // Nothing is known of a level after two counts.
    #expect(Self.series(Self.zeros(60) + [40, 45, 50]).lifespan.began == nil)
    #expect(Self.series(Self.zeros(60) + [40, 45, 50, 44]).lifespan.began == Self.start + 60)
    // Missing periods are no zeros.
    let missing = [Double](repeating: .nan, count: 30)
    #expect(Self.series(missing + life + missing).lifespan == Lifespan())
  }

  /// A level that stays has no beginning and no end, however sparse and however uneven.
  @Test(arguments: [0.05, 0.3, 1, 3, 20], [0.5, 3, 1000])
  func whatGoesOnIsLeftAlone(mean: Double, size: Double) {
    for index in 0..<300 {
      let series = Self.series(Self.counts("on \(mean) \(size) \(index)", mean: mean, size: size, months: 120))
      #expect(series.lifespan.began == nil && series.lifespan.ended == nil, "\(index)")
    }
  }

  @Test func aBurstAndASeasonAreNoBeginning() {
    #expect(Self.series(Self.zeros(60) + [9, 14, 6, 1] + Self.zeros(20)).lifespan.began == nil)
    // Two months of each year, from the second year on.
    let feast = (0..<48).map { $0 % 12 >= 10 && $0 >= 12 ? 40.0 : 0 }
    #expect(Self.series(feast).lifespan == Lifespan())
  }

  @Test func zerosReadBackwardsAreTheSame() {
    for index in 0..<100 {
      let values =
        Self.zeros(index % 30) + Self.counts("back \(index)", mean: Double(1 + index % 7), months: 50)
        + Self.zeros(index / 4)
      let (forth, back) = (
        Lifespan(Self.series(values), leastZeros: 1), Lifespan(Self.series(values.reversed()), leastZeros: 1)
      )
      #expect(forth.began.map { $0 - Self.start } == back.ended.map { values.count - 1 - ($0 - Self.start) })
      #expect(forth.ended.map { $0 - Self.start } == back.began.map { values.count - 1 - ($0 - Self.start) })
    }
  }

  @Test func silenceIsWhereNobodyCanTell() {
    func silence(_ values: [Double], kind: MeasureKind = .count, frequency: Frequency = .monthly) -> Int? {
      Self.series(values, kind: kind, frequency: frequency).lifespan.silence
    }
    #expect(silence([1, 0, 3] + Self.zeros(24)) == 24)
    #expect(silence([1, 0, 3] + Self.zeros(23)) == nil)
    #expect(silence([1, 0, 3] + Self.zeros(24) + [1]) == nil)
    // A missing month is none without an event.
    #expect(silence([3] + Self.zeros(24) + [.nan, 0]) == 25)
    #expect(silence([3] + [Double](repeating: .nan, count: 30)) == nil)
    #expect(silence(Self.zeros(60)) == nil && silence([]) == nil)
    #expect(silence([1] + Self.zeros(60), kind: .value) == nil)
    #expect(silence([1] + Self.zeros(60), frequency: .weekly) == nil)
    #expect(silence([1] + Self.zeros(60), frequency: .quarterly) == 60)
    // What is known to have ended is not said to perhaps have.
    #expect(silence(Self.counts("ended", mean: 20, months: 30) + Self.zeros(30)) == nil)
  }

  @Test func onlyCountsBeginAndEnd() {
    let values = Self.zeros(20) + [Double](repeating: 30, count: 30) + Self.zeros(20)
    #expect(Self.series(values, kind: .value).lifespan == Lifespan())
    #expect(Self.series(values.map { $0 - 1 }).lifespan == Lifespan())
  }
}
