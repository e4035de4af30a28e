import NumericCore
import TestSupport
import Testing

@testable import Forecasting

/// Decomposition by loess against R's stl and forecast::mstl (`Fixtures/stl.R`).
@Suite struct STLTests {
  static let reference = (try? Fixture.numbers("stl.csv", target: "ForecastingTests")) ?? [:]

  static func stl(_ name: String) -> STL {
    switch name {
    case "long degree 1": STL(period: 12, seasonalDegree: 1)
    case "outlier robust": STL(period: 12).robust
    case "short": STL(period: 4)
    case "cycles": STL(period: 12, seasonalWindow: 7)
    case "week": STL(period: 7, seasonalWindow: 13, trendWindow: 9)
    case "mstl weekly": STL(period: 52)
    default: STL(period: 12)
    }
  }

  @Test func thereAreCases() { #expect(Self.reference.count == 8) }

  @Test(arguments: reference.keys.sorted()) func agreesWithR(name: String) throws {
    let r = try #require(Self.reference[name])
    let parts = Self.stl(name).decompose(try #require(r["y"]))
    for t in parts.trend.indices {
      #expect(abs(parts.seasonal[t] - r["seasonal", default: []][t]) < 1e-9, "season \(t + 1)")
      #expect(abs(parts.trend[t] - r["trend", default: []][t]) < 1e-9, "trend \(t + 1)")
    }
  }

  /// Weights of 1 given as such make the same fit as those worked out beforehand.
  @Test(arguments: [(40, 7, 1, 1), (40, 13, 1, 2), (5, 11, 0, 2), (9, 9, 1, 1)])
  func weightsBeforehandAreTheSame(n: Int, window: Int, degree: Int, jump: Int) {
    var random = RandomSource(seed: 2)
    let y = (0..<n).map { Double($0) + random.normal() }
    let loess = Loess(n: n, window: window, degree: degree, jump: jump, beyond: true)
    var scratch = [Double](repeating: 0, count: window)
    let ones = [Double](repeating: 1, count: n)
    func smoothed(_ own: UnsafePointer<Double>?) -> [Double] {
      var out = [Double](repeating: 0, count: n + 2)
      loess.smooth(y, own: own, stride: 1, scratch: &scratch, into: &out)
      return out
    }
    let results = [smoothed(nil), ones.withUnsafeBufferPointer { smoothed($0.baseAddress) }]
    for (a, b) in zip(results[0], results[1]) { #expect(abs(a - b) < 1e-11) }
    #expect(results[0].contains { $0 != 0 })
  }

  /// A value that is not there tells nothing: whatever stands around it decides, and the parts stay near the truth.
  @Test func missingValuesHaveNoWeight() {
    let truth = (0..<96).map { (t: Int) -> (season: Double, trend: Double) in
      (10 * sine(Double(t) * .pi / 6), 50 + 0.2 * Double(t))
    }
    var y = truth.map { $0.season + $0.trend }
    for t in [5, 30, 31, 32, 33, 34, 70] { y[t] = .nan }
    let parts = STL(period: 12).decompose(y)
    for t in y.indices {
      #expect(abs(parts.seasonal[t] - truth[t].season) < 0.5, "\(t)")
      #expect(abs(parts.trend[t] - truth[t].trend) < 0.5, "\(t)")
    }
  }

  @Test func anOutlierDoesNotReachARobustSeason() throws {
    let y = try #require(Self.reference["outlier robust"]?["y"])
    let clean = try #require(Self.reference["long"]?["seasonal"])
    let robust = STL(period: 12).robust.decompose(y).seasonal
    let plain = STL(period: 12).decompose(y).seasonal
    #expect(abs(robust[39] - clean[39]) < 5)
    #expect(abs(plain[39] - clean[39]) > 50)
  }
}
