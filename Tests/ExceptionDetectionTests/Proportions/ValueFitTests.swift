import NumericCore
import TimeSeries
import Testing

@testable import ExceptionDetection

struct ValueFitTests {
  private let start = Period.month(2018, 1)

  private func fitted(_ values: [Double], seasonal: Bool = false, settings: BaselineSettings = .init()) -> ValueFit? {
    let rows = values.enumerated().map { (ordinal: (start + $0).ordinal, value: $1) }
    return ValueFit(
      rows: rows, terms: .init(trend: false, cycles: seasonal ? [0] : [], steps: []), tested: start + values.count + 6,
      settings: settings)
  }

  @Test func withALevelOnlyItIsTheClosedFormOfTheWeightedMean() throws {
    // No value is far enough out to be given less weight.
    let values = (0..<24).map { 50 + Double([1, -2, 2, 0, -1, 1.5, -1.5, 0.5][$0 % 8]) }
    let fit = try #require(fitted(values))
    let weights = (0..<24).map { power(2, -Double(30 - $0) / 36) }
    let total = weights.reduce(0, +)
    let squares = weights.reduce(0) { $0 + $1 * $1 }
    let mean = zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 } / total
    #expect(abs(fit.mean - mean) < 1e-9)
    let freedom = total - squares / total
    let variance = zip(weights, values).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) } / freedom
    let expected = (variance / singleOutlierConsistency + variance * squares / (total * total)).squareRoot()
    #expect(abs(fit.deviation / expected - 1) < 1e-6)
    #expect(abs(fit.degreesOfFreedom - freedom * total / squares) < 1e-6)
    #expect(abs(fit.tails(fit.quantile(0.99)).upper - 0.01) < 1e-9)
  }

  @Test func aSeasonIsExpectedAndAnOutlierSetsNothing() throws {
    var random = RandomSource(seed: 12)
    var values = (0..<72).map { 80 + 5 * cosine(2 * .pi * Double(($0)) / 12) + random.normal() }
    let clean = try #require(fitted(values, seasonal: true))
    // The tested month is the 79th, July: the trough.
    #expect(abs(clean.mean - (80 + 5 * cosine(2 * .pi * 78 / 12))) < 1.2)
    #expect(clean.deviation < 1.6)
    values[60] = 200
    let dirty = try #require(fitted(values, seasonal: true))
    #expect(abs(dirty.mean - clean.mean) < 0.5 && dirty.deviation < 1.5 * clean.deviation)
    #expect(dirty.downWeighted == [start + 60])
  }

  @Test func unitsDoNotMatter() throws {
    var random = RandomSource(seed: 13)
    let values = (0..<60).map { _ in 3 + random.normal() }
    let one = try #require(fitted(values, seasonal: true))
    let other = try #require(fitted(values.map { 1000 * $0 - 500 }, seasonal: true))
    #expect(abs(one.tails(5).upper - other.tails(4500).upper) < 1e-6)
  }

  @Test func constantValuesAreFitted() throws {
    let fit = try #require(fitted([Double](repeating: 7, count: 30)))
    #expect(abs(fit.mean - 7) < 1e-9 && fit.deviation.isFinite && fit.tails(8).upper < 1e-6)
  }
}
