import TestSupport
import Testing

@testable import Forecasting

/// Reconciled forecasts against hierarchicalforecast 1.5 and scipy (`Fixtures/reconciliation.py`).
@Suite struct ReconcilerReferenceTests {
  static let reference = (try? Fixture.numbers("reconciliation.csv", target: "ForecastingTests")) ?? [:]
  static let cases = reference.keys.sorted()

  /// A case as its numbers make it.
  struct Case {
    let structure: SummingStructure
    let residuals: [[Double]]
    let history: [[Double]]
    let base: [[Double]]
    let given: [String: [Double]]

    init(_ name: String) throws {
      let given = try #require(ReconcilerReferenceTests.reference[name])
      self.given = given
      let size = try #require(given["size"]).map { Int($0) }
      let (n, totals, periods, steps) = (size[0], size[1], size[2], size[3])
      var left = try #require(given["parts"]).map { Int($0) }[...]
      var sums: [(total: Int, parts: [Int])] = []
      for total in 0..<totals {
        let count = try #require(left.first)
        left = left.dropFirst()
        sums.append((total, Array(left.prefix(count))))
        left = left.dropFirst(count)
      }
      // Depths, as the tags of the reference; a part of nothing is at depth 0.
      var depth = [Int](repeating: 0, count: n)
      for sum in sums { for part in sum.parts { depth[part] = max(depth[part], depth[sum.total] + 1) } }
      structure = try SummingStructure(
        names: (0..<n).map { "node \($0)" }, levels: depth.map { "level \($0)" }, sums: sums)
      func rows(_ quantity: String, _ width: Int) throws -> [[Double]] {
        let all = try #require(given[quantity])
        return (0..<n).map { Array(all[($0 * width)..<(($0 + 1) * width)]) }
      }
      history = try rows("y", periods)
      let fitted = try rows("fitted", periods)
      residuals = zip(history, fitted).map { zip($0, $1).map { $0 - $1 } }
      base = try rows("base", steps)
    }
  }

  @Test func thereAreCases() { #expect(Self.cases.count == 5) }

  @Test(arguments: cases, ReconciliationMethod.allCases) func forecasts(name: String, method: ReconciliationMethod)
    throws
  {
    let known = try Case(name)
    guard let theirs = known.given[method.rawValue] else {
      #expect(method.splits && (name == "grouped" || name == "sparse"))
      return
    }
    let own = try Reconciler(
      known.structure, method, residuals: known.residuals, history: known.history, middle: "level 1"
    ).reconcile(known.base)
    for (a, b) in zip(own.joined(), theirs) { #expect(abs(a - b) < 1e-8 * max(1, abs(b)), "\(a) \(b)") }
  }

  @Test(arguments: cases, [ReconciliationMethod.wlsStruct, .mint])
  func nonNegativeForecasts(name: String, method: ReconciliationMethod) throws {
    let known = try Case(name)
    let theirs = try #require(known.given["\(method.rawValue)/non-negative"])
    let own = try Reconciler(known.structure, method, residuals: known.residuals)
      .reconcile(known.base, nonNegative: true)
    for (a, b) in zip(own.joined(), theirs) { #expect(abs(a - b) < 1e-8 * max(1, abs(b)), "\(a) \(b)") }
    #expect(own.allSatisfy { row in row.allSatisfy { $0 >= 0 } })
  }

  /// The case that tests it holds leaves at 0.
  @Test func someForecastsWouldBeNegative() throws {
    let known = try Case("sparse")
    let free = try Reconciler(known.structure, .mint, residuals: known.residuals).reconcile(known.base)
    #expect(free.contains { row in row.contains { $0 < -0.01 } })
  }

  @Test(arguments: cases) func shrinkage(name: String) throws {
    let known = try Case(name)
    let theirs = try #require(known.given["shrinkage"]?.first)
    let own = try ErrorCovariance(shrunk: known.residuals)
    #expect(abs(own.shrinkage - theirs) < 1e-9)
  }
}
