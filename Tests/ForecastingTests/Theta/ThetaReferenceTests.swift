import TestSupport
import Testing

@testable import Forecasting

/// The dynamic optimised theta model against statsforecast (`Fixtures/theta.py`).
@Suite struct ThetaReferenceTests {
  static let reference = (try? Fixture.numbers("theta.csv", target: "ForecastingTests")) ?? [:]
  static let series = reference.keys.filter { reference["\($0)/0"] != nil }.sorted()

  @Test func thereAreSeries() { #expect(Self.series.count == 5) }

  @Test(arguments: series, 0..<3) func errorsAndForecastsAtGivenParameters(name: String, k: Int) throws {
    let y = try #require(Self.reference[name]?["y"])
    let given = try #require(Self.reference["\(name)/\(k)"])
    let p = try #require(given["parameters"])
    let dynamics = ThetaDynamics(alpha: p[1], omega: 1 - 1 / p[2])
    let history = ThetaHistory(y)
    let coefficients = dynamics.coefficients(from: 1, count: y.count + 29)
    var state = ThetaDynamics.State(level: p[0], mean: 0, slope: 0)
    for t in y.indices {
      let c = t > 0 ? coefficients[t - 1] : .init(onMean: 0, onSlope: 0, meanGain: 1, slopeKept: 0, slopeGain: 0)
      if t > 0 {
        let error = y[t] - dynamics.expectation(state, c)
        #expect(abs(error - given["errors", default: []][t]) < 1e-9 * max(1, abs(y[t])), "period \(t + 1)")
      }
      dynamics.advance(&state, c, by: y[t])
      #expect(abs(state.mean - history.mean[t]) < 1e-9 && abs(state.slope - history.slope[t]) < 1e-9)
    }
    let means = dynamics.means(from: state, Array(coefficients.suffix(30)))
    for (own, theirs) in zip(means, try #require(given["mean"])) {
      #expect(abs(own - theirs) < 1e-8 * max(1, abs(own)))
    }
  }

  /// Never worse than the reference's search, which may stop early.
  @Test(arguments: series) func theSearchReachesTheReference(name: String) throws {
    let y = try #require(Self.reference[name]?["y"])
    let theirs = try #require(Self.reference[name]?["squares"]?.first)
    let estimate = ThetaEstimator(history: ThetaHistory(y)).fit()
    #expect(estimate.squares < theirs * (1 + 1e-5), "\(estimate) against \(theirs)")
    #expect((0.1...0.99).contains(estimate.alpha) && (0...1).contains(estimate.omega))
    // The profile's sum of squares is what the recursion gives.
    let dynamics = ThetaDynamics(alpha: estimate.alpha, omega: estimate.omega)
    let coefficients = dynamics.coefficients(from: 1, count: y.count)
    var level = estimate.initialLevel
    let history = ThetaHistory(y)
    var squares = 0.0
    for t in y.indices {
      if t >= 3 {
        let s = ThetaDynamics.State(level: level, mean: history.mean[t - 1], slope: history.slope[t - 1])
        let e = y[t] - dynamics.expectation(s, coefficients[t - 1])
        squares += e * e
      }
      level += estimate.alpha * (y[t] - level)
    }
    #expect(abs(squares - estimate.squares) < 1e-6 * squares)
  }

  /// With missing values the closed form still gives the least squares: no pair nearby does better.
  @Test(arguments: series) func theProfileIsAMinimumWithGaps(name: String) throws {
    var y = try #require(Self.reference[name]?["y"])
    y[4] = .nan
    y[y.count / 2] = .nan
    y[y.count / 2 + 1] = .nan
    let history = ThetaHistory(y)
    let estimator = ThetaEstimator(history: history)
    func squares(_ alpha: Double, _ omega: Double, _ initial: Double) -> Double {
      let dynamics = ThetaDynamics(alpha: alpha, omega: omega)
      let coefficients = dynamics.coefficients(from: 1, count: y.count)
      var level = initial
      var sum = 0.0
      for t in y.indices {
        var mu = y[t]
        if t > 0 {
          mu = dynamics.expectation(
            .init(level: level, mean: history.mean[t - 1], slope: history.slope[t - 1]), coefficients[t - 1])
        }
        if !y[t].isNaN, t >= 3 { sum += (y[t] - mu) * (y[t] - mu) }
        level += alpha * ((y[t].isNaN ? mu : y[t]) - level)
      }
      return sum
    }
    for e in estimator.profile([0.15, 0.4, 0.6, 0.95]) {
      let least = squares(e.alpha, e.omega, e.initialLevel)
      #expect(abs(least - e.squares) < 1e-6 * least)
      for step in [-1e-3, 1e-3] {
        #expect(squares(e.alpha, e.omega, e.initialLevel + step) >= least * (1 - 1e-9))
        let omega = min(max(e.omega + step, 0), 1)
        #expect(squares(e.alpha, omega, e.initialLevel) >= least * (1 - 1e-9))
      }
    }
  }
}
