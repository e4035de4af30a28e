import Foundation
import NumericCore
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

/// Exponential smoothing against R's forecast::ets (`Fixtures/ets.R`).
@Suite struct ETSReferenceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let series, model: String
    let q: [String: [Double]]
    let y: [Double]
    let m: Int
    var testDescription: String { "\(series) \(model)" }

    var form: ETSForm {
      let letters = Array(model)
      return ETSForm(
        error: letters[0] == "A" ? .additive : .multiplicative,
        trend: letters.count == 4 ? .damped : letters[1] == "A" ? .additive : .none,
        season: letters.last == "A" ? .additive : letters.last == "M" ? .multiplicative : .none)
    }
    var parameters: ETSParameters {
      let s = q["smoothing"] ?? []
      return ETSParameters(
        alpha: s[0], beta: s[1], gamma: s[2], phi: s[3], level: q["level"]?.first ?? 0, trend: q["trend"]?.first ?? 0,
        season: q["season"] ?? [])
    }
    func same(_ name: String) -> [Double] { q[name] ?? [] }
  }

  static let quantities: [String: [String: [Double]]] = {
    var all: [String: [String: [Double]]] = [:]
    for row in (try? Fixture.table("ets.csv", target: "ForecastingTests")) ?? [] {
      guard let s = row["series"], let m = row["model"], let q = row["quantity"],
        let v = row["value"].flatMap(Double.init)
      else { continue }
      all["\(s)/\(m)", default: [:]][q, default: []].append(v)
    }
    return all
  }()

  static let cases: [Case] = quantities.keys.sorted().compactMap { name in
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts[1] != "", let own = quantities[name], let data = quantities["\(parts[0])/"], let y = data["y"],
      let m = data["m"]?.first
    else { return nil }
    return Case(series: parts[0], model: parts[1], q: own, y: y, m: Int(m))
  }

  @Test func thereAreCases() { #expect(Self.cases.count == 17) }

  /// Criterion of the kernel, with missing values as NaN, and the gradient if asked for.
  static func criterion(_ form: ETSForm, _ p: ETSParameters, _ y: [Double], gradient: Bool = false) -> (
    Double, [Double]
  ) {
    let m = max(1, p.season.count)
    var vector = [p.alpha, p.beta, p.gamma, p.phi, p.level, p.trend] + (p.season.isEmpty ? [0] : p.season)
    var slope = vector
    var work = [Double](repeating: 0, count: ETSKernel.workSize(n: y.count, m: m))
    let observed = Double(y.filter { !$0.isNaN }.count)
    let value = y.withUnsafeBufferPointer { y in
      work.withUnsafeMutableBufferPointer { work in
        vector.withUnsafeMutableBufferPointer { p in
          slope.withUnsafeMutableBufferPointer { g in
            guard let yBase = y.baseAddress, let workBase = work.baseAddress, let pBase = p.baseAddress else {
              return Double.nan
            }
            return ETSKernel(n: y.count, m: m, observed: observed, y: yBase, work: workBase)
              .criterion(form, pBase, gradient: gradient ? g.baseAddress : nil)
          }
        }
      }
    }
    return (value, slope)
  }

  @Test(arguments: cases) func likelihoodAtRsParameters(_ c: Case) {
    let (value, _) = Self.criterion(c.form, c.parameters, c.y)
    #expect(abs(-0.5 * value - c.same("loglik")[0]) < 1e-8)
    let aicc = ETSEstimator.aicc(
      value, parameters: c.form.parameterCount(c.form.season == .none ? 1 : c.m), observed: c.y.count)
    #expect(abs(aicc - c.same("aicc")[0]) < 1e-7)
  }

  @Test(arguments: cases) func fittedValuesAndForecastsAtRsParameters(_ c: Case) {
    var state = ETSState(c.parameters)
    for (t, y) in c.y.enumerated() {
      let mu = state.expectation(c.form)
      #expect(abs(mu - c.same("fitted")[t]) < 1e-7 * max(1, abs(mu)))
      state.update(c.form, c.parameters, error: y - mu)
    }
    guard c.q["mean"] != nil else { return }
    let moments = ETSMoments(form: c.form, state: state.parameters(c.parameters), sigma2: c.same("sigma2")[0]).steps(30)
    for h in 0..<30 {
      let mean = moments.mean[h]
      let sd = moments.variance[h].squareRoot()
      #expect(abs(mean - c.same("mean")[h]) < 1e-7 * abs(mean), "step \(h + 1)")
      guard c.q["upper80"] != nil else { continue }
      #expect(abs(mean + sd * Normal.quantile(0.9) - c.same("upper80")[h]) < 1e-6 * abs(mean), "step \(h + 1)")
      #expect(abs(mean - sd * Normal.quantile(0.975) - c.same("lower95")[h]) < 1e-6 * abs(mean), "step \(h + 1)")
    }
  }

  /// The reverse pass against central differences, with a missing value among the observations.
  @Test(arguments: cases) func gradientMatchesDifferences(_ c: Case) {
    var y = c.y
    y[y.count / 3] = .nan
    let p = c.parameters
    let (_, slope) = Self.criterion(c.form, p, y, gradient: true)
    func shifted(_ i: Int, _ by: Double) -> ETSParameters {
      var q = p
      switch i {
      case 0: q.alpha += by
      case 1: q.beta += by
      case 2: q.gamma += by
      case 3: q.phi += by
      case 4: q.level += by
      case 5: q.trend += by
      default: q.season[i - 6] += by
      }
      return q
    }
    for i in 0..<(6 + p.season.count) {
      let large = i == 4 || i == 5 || (i > 5 && c.form.season == .additive)
      let step = large ? 1e-4 * max(1, abs(p.level)) * 0.1 : 1e-6
      let up = Self.criterion(c.form, shifted(i, step), y).0
      let down = Self.criterion(c.form, shifted(i, -step), y).0
      let difference = (up - down) / (2 * step)
      // Without a trend (or season) the entry is not a parameter of the model.
      if (c.form.trend == .none && [1, 3, 5].contains(i)) || (c.form.season == .none && i == 2) { continue }
      #expect(abs(slope[i] - difference) < 1e-3 * max(abs(difference), 0.01 / step * 1e-5), "entry \(i)")
    }
  }

  @Test(arguments: cases) func searchReachesRsCriterion(_ c: Case) throws {
    let scale = c.y.reduce(0, +) / Double(c.y.count)
    let estimator = ETSEstimator(values: c.y.map { $0 / scale }, m: c.m)
    let estimate = try #require(estimator.fit(c.form))
    let reached = estimate.criterion + 2 * Double(c.y.count) * logarithm(scale)
    #expect(reached < -2 * c.same("loglik")[0] + 0.05, "\(reached) against R's \(-2 * c.same("loglik")[0])")
  }

  /// AICc, on the scale of the data, of the model selected among all that R's ets considers (those with an undamped trend
  /// too, which `auto-ets` leaves out).
  static func selected(_ y: [Double], m: Int) throws -> (name: String, aicc: Double) {
    let scale = y.reduce(0) { $0 + abs($1) } / Double(y.count)
    let forms = ETSForm.candidates(
      seasonal: m > 1 && y.count >= 2 * m, positive: y.allSatisfy { $0 > 0 }, trends: [.none, .additive, .damped])
    let best = try #require(ETSEstimator(values: y.map { $0 / scale }, m: m).select(among: forms))
    return (best.form.name, best.aicc + 2 * Double(y.count) * logarithm(scale))
  }

  @Test(arguments: ["air", "deaths", "gas", "nile"]) func selectionIsAtLeastAsGoodAsRs(_ name: String) throws {
    let data = try #require(Self.quantities["\(name)/"])
    let model = try Self.selected(data["y"] ?? [], m: Int(data["m"]?.first ?? 1))
    #expect(model.aicc < (data["best_aicc"]?.first ?? 0) + 0.05, "\(model.name)")
  }

  @Test(.enabled(if: Fixture.sharedData != nil, "real data not beside the checkout"))
  func criterionOnCompetitionSeries() throws {
    let reference = try Fixture.table("ets_m3.csv", target: "ForecastingTests")
    let wanted = Dictionary(
      uniqueKeysWithValues: reference.map { ($0["unique_id"] ?? "", Double($0["aicc"] ?? "") ?? 0) })
    let url = try #require(Fixture.sharedData).appendingPathComponent("forecasting/m3_train.csv")
    var values: [String: [Double]] = [:]
    for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst() {
      let fields = line.split(separator: ",")
      if wanted[String(fields[0])] != nil { values[String(fields[0]), default: []].append(Double(fields[2]) ?? .nan) }
    }
    var good = 0
    for (id, y) in values.sorted(by: { $0.key < $1.key }) {
      let model = try Self.selected(y, m: 12)
      let r = try #require(wanted[id])
      if model.aicc < r + 0.1 { good += 1 } else { print("\(id): \(model.name) \(model.aicc), R \(r)") }
      #expect(model.aicc < r + 2, "\(id): \(model.name) \(model.aicc), R \(r)")
    }
    #expect(values.count == 20)
    #expect(good >= 19)
  }

  /// The race gives up only what could not win: it ends where separate fits of every model end.
  @Test(arguments: ["air", "deaths", "gas", "nile"]) func raceFindsTheBestOfAll(_ name: String) throws {
    let data = try #require(Self.quantities["\(name)/"])
    let (y, m) = (data["y"] ?? [], Int(data["m"]?.first ?? 1))
    let scale = y.reduce(0) { $0 + abs($1) } / Double(y.count)
    let estimator = ETSEstimator(values: y.map { $0 / scale }, m: m)
    let forms = ETSForm.candidates(seasonal: m > 1, positive: y.allSatisfy { $0 > 0 })
    let alone = forms.compactMap { estimator.fit($0)?.aicc }.min() ?? .nan
    let raced = try #require(estimator.select(among: forms))
    #expect(raced.aicc < alone + 1e-3, "\(raced.form.name)")
    #expect(forms.allSatisfy { $0.trend != .additive })
  }

  /// The approximate second derivatives against products of the expectations' differences.
  @Test(arguments: cases) func curvatureIsThatOfTheExpectations(_ c: Case) {
    let p = c.parameters
    let m = max(1, p.season.count)
    let count = 6 + p.season.count
    func expectations(_ p: ETSParameters) -> [Double] {
      var state = ETSState(p)
      return c.y.enumerated().map { t, y in
        let mu = state.expectation(c.form)
        state.update(c.form, p, error: t == c.y.count / 3 ? 0 : y - mu)
        return mu
      }
    }
    let base = expectations(p)
    let seen = c.y.indices.filter { $0 != c.y.count / 3 }
    let unit = base.map { c.form.error == .multiplicative ? $0 : 1 }
    let squares = seen.reduce(0) { $0 + (c.y[$1] - base[$1]) * (c.y[$1] - base[$1]) / (unit[$1] * unit[$1]) }
    let slopes = (0..<count).map { i -> [Double] in
      func at(_ sign: Double) -> ([Double], Double) {
        var q = p
        let size = max(
          abs([p.alpha, p.beta, p.gamma, p.phi, p.level, p.trend].dropFirst(i).first ?? p.season[max(0, i - 6)]), 0.01)
        let step = 1e-6 * size
        switch i {
        case 0: q.alpha += sign * step
        case 1: q.beta += sign * step
        case 2: q.gamma += sign * step
        case 3: q.phi += sign * step
        case 4: q.level += sign * step
        case 5: q.trend += sign * step
        default: q.season[i - 6] += sign * step
        }
        return (expectations(q), step)
      }
      let (up, step) = at(1)
      let (down, _) = at(-1)
      return zip(up, down).map { ($0 - $1) / (2 * step) }
    }
    var y = c.y
    y[y.count / 3] = .nan
    let stride = 4 * ETSKernel.blocks(m: p.season.count)
    var found = [Double](repeating: 0, count: stride * stride)
    var vector = [p.alpha, p.beta, p.gamma, p.phi, p.level, p.trend] + (p.season.isEmpty ? [0] : p.season)
    var work = [Double](repeating: 0, count: ETSKernel.workSize(n: y.count, m: m))
    var space = [SIMD4<Double>](repeating: .zero, count: ETSKernel.curvatureSize(m: m))
    y.withUnsafeBufferPointer { y in
      work.withUnsafeMutableBufferPointer { work in
        vector.withUnsafeMutableBufferPointer { p in
          space.withUnsafeMutableBufferPointer { space in
            let kernel = ETSKernel(
              n: y.count, m: m, observed: Double(seen.count), y: y.baseAddress!, work: work.baseAddress!)
            _ = kernel.criterion(c.form, p.baseAddress!, gradient: nil)
            kernel.curvature(c.form, p.baseAddress!, space.baseAddress!)
            for i in 0..<stride * stride { found[i] = space[i / 4][i % 4] }
          }
        }
      }
    }
    for i in 0..<count {
      for k in i..<count {
        let wanted =
          2 * Double(seen.count) / squares
          * seen.reduce(0) {
            $0 + slopes[i][$1] * slopes[k][$1] / (unit[$1] * unit[$1])
          }
        // Without a trend (or season) the entry is not a parameter of the model.
        let idle = (c.form.trend == .none ? [1, 3, 5] : []) + (c.form.season == .none ? [2] : [])
        if idle.contains(i) || idle.contains(k) { continue }
        let size = (found[i * stride + i] * found[k * stride + k]).squareRoot()
        #expect(abs(found[i * stride + k] - wanted) < 1e-4 * size, "\(i), \(k)")
      }
    }
  }
}
