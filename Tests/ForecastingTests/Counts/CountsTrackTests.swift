import NumericCore
import TimeSeries
import Testing

@testable import Forecasting

struct CountsTrackTests {
  private func series(_ name: String, months: Int = 90, level: Double = 40, drift: Double = 0.03) -> Series {
    var random = RandomSource(seed: 41, stream: name)
    var walk = 0.0
    let start = Period.month(2014, 1)
    let values = (0..<months).map { t in
      walk += drift * random.normal()
      let mean = level * exponential(walk + 0.2 * cosine(2 * .pi * Double(t) / 12))
      return random.negativeBinomial(mean: mean, size: mean / 0.6)
    }
    return Series(key: SeriesKey(area: name, measure: "Theft"), start: start, values: values)
  }

  private func tracks(_ all: [Series], _ periods: ClosedRange<Period>) async throws -> [[CountsTrack?]] {
    try await CountsTrack.tracks(all.count, periods, threads: 1) { i, _ in all[i] }
  }

  private func moments(_ parts: [CountsTrack.Part]) -> (mean: Double, variance: Double) {
    let mean = parts.reduce(0) { $0 + $1.weight * $1.mean }
    return (mean, parts.reduce(0) { $0 + $1.weight * ($1.variance + $1.mean * $1.mean) } - mean * mean)
  }

  /// The first month of a year is what the forecaster itself predicts one step ahead of the months before it.
  @Test func theFirstMonthOfAYearIsTheForecastMadeBeforeIt() async throws {
    let all = (0..<5).map { series("area \($0)", level: [3, 20, 60, 200, 900][$0]) }
    let january = Period.month(2021, 1)
    let found = try await tracks(all, january...january)
    let models = try await CountsFitting.fit(all.map { $0.through(january - 1) }, sharesLevel: false, threads: 1)
    for (s, model) in models.enumerated() {
      let track = try #require(found[s][0])
      let parts = try #require(track.foresee(all[s].values, [january.ordinal]).first)
      let mixture = model.mixtures(horizon: 1)[0]
      let mean = mixture.mean
      let variance = mixture.components.reduce(0) { $0 + $1.weight * ($1.variance + $1.mean * $1.mean) } - mean * mean
      let own = moments(parts)
      #expect(abs(own.mean / mean - 1) < 1e-9 && abs(own.variance / variance - 1) < 1e-9)
      #expect(abs(parts.reduce(0) { $0 + $1.weight } - 1) < 1e-9 && parts.count <= 4)
    }
  }

  /// A filter written out by hand: a steady level moves by its Kalman gain times the error of the deseasonalised count.
  @Test func aProcessFollowsTheCountsOfTheYear() {
    let values = series("alone", months: 40).values
    let input = FilterInput(
      values: values, scale: values.indices.map { 1 + 0.1 * cosine(Double($0)) }, initialLevel: 30, unseenVariance: 0)
    let run = CandidateRun(own: input, pooled: nil)
    for (place, process) in LevelProcess.grid.enumerated() where process.reversion == 1 && process.trendGain == 0 {
      var (level, variance) = (30.0, 0.25)
      for t in values.indices {
        #expect(abs(run.expectation(of: place, at: t) / (level * input.scale[t]) - 1) < 1e-9)
        variance += process.gain * process.gain / (1 - process.gain)
        variance /= variance + 1
        level += variance * (values[t] / input.scale[t] - level)
      }
    }
  }

  @Test func nothingOfAMonthOrAfterItIsUsed() async throws {
    let all = (0..<3).map { series("area \($0)") }
    let periods = Period.month(2020, 3)...Period.month(2020, 11)
    let ordinals = Array(periods.lowerBound.ordinal...periods.upperBound.ordinal)
    let july = Period.month(2020, 7)
    let changed = all.map { one in
      one.replacing(values: one.values.enumerated().map { one.start + $0 >= july ? 5 * $1 + 7 : $1 })
    }
    let (a, b) = (try await tracks(all, periods), try await tracks(changed, periods))
    for s in all.indices {
      let own = try #require(a[s][0]).foresee(all[s].values, ordinals)
      let other = try #require(b[s][0]).foresee(changed[s].values, ordinals)
      for (k, ordinal) in ordinals.enumerated() {
        #expect((moments(own[k]).mean == moments(other[k]).mean) == (ordinal <= july.ordinal))
      }
    }
  }

  @Test func monthsThatAreNotSeenMakeWhatIsForeseenLessSure() async throws {
    let one = series("gap", drift: 0.06)
    let september = Period.month(2020, 9)
    let track = try #require(try await tracks([one], september...september)[0][0])
    var values = one.values
    for offset in (september - one.start - 6)..<(september - one.start) { values[offset] = .nan }
    let seen = moments(track.foresee(one.values, [september.ordinal])[0])
    let unseen = moments(track.foresee(values, [september.ordinal])[0])
    #expect(unseen.variance / (unseen.mean * unseen.mean) > 1.1 * seen.variance / (seen.mean * seen.mean))
  }

  @Test func mergingKeepsMeanAndVariance() {
    let parts = (0..<19).map { k in
      CountsTrack.Part(weight: 1 / 19, mean: 10 + Double(k % 7), variance: 30 + Double(k))
    }
    let merged = CountsTrack.merged(parts)
    #expect(merged.count == 4)
    let (a, b) = (moments(parts), moments(merged))
    #expect(abs(a.mean - b.mean) < 1e-9 && abs(a.variance - b.variance) < 1e-9)
  }
}
