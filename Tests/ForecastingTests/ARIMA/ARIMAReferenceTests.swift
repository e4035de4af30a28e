import Foundation
import NumericCore
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

/// ARIMA models against R's stats::arima and forecast::auto.arima (`Fixtures/arima.R`).
@Suite struct ARIMAReferenceTests {
  static let reference = read()
  static let series = reference.keys.filter { !$0.contains("/") }.sorted()
  static let given = reference.keys.filter { $0.contains("/") }.sorted()

  /// Numbers by case and quantity; NA is missing.
  static func read() -> [String: [String: [Double]]] {
    var all: [String: [String: [Double]]] = [:]
    for row in (try? Fixture.table("arima.csv", target: "ForecastingTests")) ?? [] {
      guard let c = row["case"], let q = row["quantity"], let v = row["value"] else { continue }
      all[c, default: [:]][q, default: []].append(Double(v) ?? .nan)
    }
    return all
  }

  @Test func thereAreCases() { #expect(Self.series.count == 14 && Self.given.count == 16) }

  static func y(_ name: String) throws -> (values: [Double], m: Int) {
    let data = try #require(reference[name.split(separator: "/").first.map(String.init) ?? ""])
    return (try #require(data["y"]), Int(try #require(data["m"]?.first)))
  }

  /// The model of a case with its coefficients as they are, not as variables.
  static func run(_ name: String) throws -> (run: ARIMARun, q: [String: [Double]]) {
    let (y, m) = try y(name)
    let q = try #require(reference[name])
    let o = try #require(q["order"]).map { Int($0) }
    let order = ARIMAOrder(
      arma: ARMAOrder(ar: o[0], ma: o[2], seasonalAR: o[3], seasonalMA: o[5], season: m), differences: o[1],
      seasonalDifferences: o[4])
    let constant = q["constant"]?.first ?? 0
    let missing = y.indices.filter { y[$0].isNaN }
    let bridged = ObservedStretch.bridged(y).map { $0 - constant }
    return (
      ARIMARun(DifferencedSeries(bridged, missing: missing, order), bridged, try #require(q["coefficients"])), q
    )
  }

  /// The likelihood at given coefficients. Where a value is missing among those that differences begin from, R leaves out
  /// what does not depend on the coefficients.
  @Test(arguments: given) func likelihoodAtGivenCoefficients(name: String) throws {
    let (run, q) = try Self.run(name)
    let n = Double(run.series.observed)
    let own = -0.5 * (n * (logarithm(2 * .pi * run.squares / n) + 1) + run.determinant)
    let theirs = try #require(q["loglik"]?.first)
    if name == "simulated_gaps/c" {
      let other = try Self.run("simulated_gaps/d")
      let ownOther = -0.5 * (n * (logarithm(2 * .pi * other.run.squares / n) + 1) + other.run.determinant)
      let theirsOther = try #require(other.q["loglik"]?.first)
      #expect(abs(own - ownOther - (theirs - theirsOther)) < 1e-5)
    } else if name != "simulated_gaps/d" {
      #expect(abs(own - theirs) < 1e-6 * abs(theirs), "\(own) against \(theirs)")
    }
    let sigma2 = try #require(q["sigma2"]?.first)
    #expect(abs(run.squares / n - sigma2) < 1e-5 * sigma2)
  }

  @Test(arguments: given) func forecastsAtGivenCoefficients(name: String) throws {
    let (run, q) = try Self.run(name)
    let constant = q["constant"]?.first ?? 0
    let (mean, covariance) = run.ahead(24)
    let (means, errors) = (try #require(q["mean"]), try #require(q["se"]))
    let sigma2 = run.squares / Double(run.series.observed)
    for h in 0..<24 {
      #expect(abs(mean[h] + constant - means[h]) < 1e-5 * max(1, abs(means[h])), "step \(h + 1)")
      let own = (sigma2 * covariance[h * 24 + h]).squareRoot()
      #expect(abs(own - errors[h]) < 1e-5 * errors[h], "step \(h + 1): \(own) against \(errors[h])")
    }
  }

  /// What vectors say of a point is what the plain recursions say.
  @Test(arguments: given) func lanesAgreeWithThePlainFilter(name: String) throws {
    let (y, m) = try Self.y(name)
    let o = try #require(Self.reference[name]?["order"]).map { Int($0) }
    let arma = ARMAOrder(ar: o[0], ma: o[2], seasonalAR: o[3], seasonalMA: o[5], season: m)
    let missing = y.indices.filter { y[$0].isNaN }
    let bridged = ObservedStretch.bridged(y)
    for hasConstant in [false, true] where !hasConstant || o[1] + o[4] < 2 {
      let order = ARIMAOrder(arma: arma, differences: o[1], seasonalDifferences: o[4], hasConstant: hasConstant)
      let series = DifferencedSeries(bridged, missing: missing, order)
      let likelihood = ARMALikelihood(series, greatest: arma)
      var random = RandomSource(seed: 3)
      for _ in 0..<3 {
        let x = (0..<arma.count).map { _ in 0.7 * random.normal() }
        var slopes = [Double](repeating: 0, count: arma.count)
        let value = x.withUnsafeBufferPointer { x in
          slopes.withUnsafeMutableBufferPointer { g in
            likelihood.criterion(arma, x.baseAddress.unsafelyUnwrapped, gradient: g.baseAddress.unsafelyUnwrapped)
          }
        }
        func plain(_ x: [Double]) -> Double {
          let run = ARIMARun(series, bridged, ARIMAEstimator.coefficients(arma, x))
          let n = Double(series.observed)
          return n * (logarithm(2 * .pi * run.squares / n) + 1) + run.determinant
        }
        #expect(abs(value - plain(x)) < 1e-7 * abs(value))
        #expect(likelihood.criteria(arma, [x, x])[1] == value)
        for i in x.indices {
          var (up, down) = (x, x)
          up[i] += 1e-4
          down[i] -= 1e-4
          let slope = (plain(up) - plain(down)) / 2e-4
          #expect(abs(slopes[i] - slope) < 1e-3 * (1 + abs(slope)), "slope \(i): \(slopes[i]) against \(slope)")
        }
      }
    }
  }

  /// Tests for differences.
  @Test(arguments: series) func differences(name: String) throws {
    let (y, m) = try Self.y(name)
    let q = try #require(Self.reference[name])
    let level = DifferencingTests.levelStatistic(y.filter { !$0.isNaN })
    let (theirs, count) = (try #require(q["level"]?.first), try #require(q["differences"]?.first))
    #expect(abs(level - theirs) < 1e-9)
    #expect(DifferencingTests.differences(y) == Int(count))
    guard let strength = q["strength"]?.first else { return }
    #expect(abs(DifferencingTests.seasonalStrength(y, m: m) - strength) < 1e-6)
  }

  static func model(_ name: String) throws -> ARIMAModel {
    let (y, m) = try y(name)
    let start: Period =
      switch m {
      case 12: .month(2000, 1)
      case 4: Period(.quarterly, containing: CivilDate(daysSinceEpoch: 10_000))
      default: Period(.yearly, containing: CivilDate(daysSinceEpoch: 10_000))
      }
    let series = Series(key: SeriesKey(area: name, measure: nil), start: start, values: y, kind: .value)
    return try #require(try AutoARIMA().fit(series) as? ARIMAModel)
  }

  /// The same differences, and a criterion at least as good but where R's search came to a model that this one calls unfit.
  @Test(arguments: series) func theSearchReachesTheReference(name: String) throws {
    let model = try Self.model(name)
    let q = try #require(Self.reference[name])
    let theirs = try #require(q["auto"]).map { Int($0) }
    #expect(model.order.differences == theirs[1] && model.order.seasonalDifferences == theirs[4])
    let aicc = try #require(q["auto_aicc"]?.first)
    #expect(model.aicc < aicc + 0.01, "\(model.name) \(model.aicc) against \(aicc)")
  }
}
