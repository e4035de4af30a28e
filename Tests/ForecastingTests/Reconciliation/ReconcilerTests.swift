import NumericCore
import Testing

@testable import Forecasting

@Suite struct ReconcilerTests {
  /// All -> A (a, b), B (c).
  static let names = ["All", "A", "B", "a", "b", "c"]
  static func structure() throws -> SummingStructure {
    try SummingStructure(
      names: names, levels: ["top", "group", "group", "leaf", "leaf", "leaf"],
      sums: [(total: 0, parts: [1, 2]), (total: 1, parts: [3, 4]), (total: 2, parts: [5])])
  }
  static let base = [[20.0], [9], [8], [5], [6], [7]]

  private func residuals(_ periods: Int, seed: UInt64 = 3) -> [[Double]] {
    var random = RandomSource(seed: seed)
    return Self.names.map { _ in (0..<periods).map { _ in random.normal() } }
  }

  @Test(arguments: ReconciliationMethod.allCases) func totalsAreTheSumsOfTheirParts(method: ReconciliationMethod) throws
  {
    let structure = try Self.structure()
    let history = (0..<6).map { (node: Int) -> [Double] in (1...24).map { Double((node + 1) * $0) } }
    let own = try Reconciler(structure, method, residuals: residuals(24), history: history, middle: "group")
      .reconcile(Self.base, nonNegative: true)
    #expect(own[0][0] == own[1][0] + own[2][0])
    #expect(own[1][0] == own[3][0] + own[4][0])
    #expect(own[2][0] == own[5][0])
  }

  /// What adds up already stays as it is.
  @Test(arguments: [ReconciliationMethod.ols, .wlsStruct, .wlsVar, .mint])
  func coherentForecastsStay(method: ReconciliationMethod) throws {
    let coherent = [[18.0], [11], [7], [5], [6], [7]]
    let own = try Reconciler(try Self.structure(), method, residuals: residuals(30)).reconcile(coherent)
    for (a, b) in zip(own.joined(), coherent.joined()) { #expect(abs(a - b) < 1e-12) }
  }

  /// By hand: one total of two parts, variances 1, 1 and 1: each takes a third of the gap.
  @Test func ordinaryLeastSquaresByHand() throws {
    let structure = try SummingStructure(names: ["t", "a", "b"], sums: [(total: 0, parts: [1, 2])])
    let own = try Reconciler(structure, .ols).reconcile([[12], [4], [5]])
    for (a, b) in zip(own.joined(), [11.0, 5, 6]) { #expect(abs(a - b) < 1e-12) }
  }

  /// A forecast that never erred stays; the others take the whole gap.
  @Test func aWeightOfZeroKeepsItsForecast() throws {
    let structure = try SummingStructure(names: ["t", "a", "b"], sums: [(total: 0, parts: [1, 2])])
    let errors = [[0.0, 0, 0, 0], [1, -1, 1, -1], [2, -2, 2, -2]]
    for method in [ReconciliationMethod.wlsVar, .mint] {
      let own = try Reconciler(structure, method, residuals: errors).reconcile([[12], [4], [5]])
      #expect(abs(own[0][0] - 12) < 1e-6, "\(method)")
    }
  }

  @Test func aTotalWithoutAForecastHasNoSay() throws {
    var base = Self.base
    base[1][0] = .nan
    let structure = try Self.structure()
    let own = try Reconciler(structure, .ols).reconcile(base)
    let flat = try SummingStructure(
      names: ["All", "B", "a", "b", "c"], sums: [(total: 0, parts: [1, 2, 3]), (total: 1, parts: [4])])
    let other = try Reconciler(flat, .ols).reconcile([[20], [8], [5], [6], [7]])
    #expect(abs(own[0][0] - other[0][0]) < 1e-12)
    #expect(own[1][0] == own[3][0] + own[4][0])
  }

  @Test func aNodeWithoutErrorsIsWeightedAsTheMedianNode() throws {
    var errors = residuals(40)
    errors[4] = [Double](repeating: .nan, count: 40)
    let covariance = try ErrorCovariance(meanSquaresOf: errors)
    let known = [0, 1, 2, 3, 5].map { covariance.diagonal[$0] }
    #expect(covariance.diagonal[4] == median(known))
    let shrunk = try ErrorCovariance(shrunk: errors)
    #expect(shrunk.diagonal[4] > 0.1)
    let own = try Reconciler(try Self.structure(), .mint, residuals: errors).reconcile(Self.base)
    #expect(own.allSatisfy { $0.allSatisfy(\.isFinite) })
  }

  /// Ragged errors: own variances, and a covariance that stays one of a matrix.
  @Test func raggedErrorsKeepTheirVariances() throws {
    var errors = residuals(40)
    for t in 0..<25 { errors[3][t] = .nan }
    let covariance = try ErrorCovariance(shrunk: errors)
    let row = covariance.factor[(3 * covariance.rank)..<(4 * covariance.rank)]
    let own = errors[3].suffix(15)
    let mean = own.reduce(0, +) / 15
    let variance = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 14
    #expect(abs(row.reduce(0) { $0 + $1 * $1 } + covariance.diagonal[3] - variance) < 1e-12)
  }

  @Test func oneNodeIsItself() throws {
    let structure = try SummingStructure(names: ["a"], sums: [])
    for method in ReconciliationMethod.allCases {
      let own = try Reconciler(structure, method, residuals: [[1, -1, 2]], history: [[3, 4, 5]], middle: "leaf")
        .reconcile([[3.5]])
      #expect(own == [[3.5]], "\(method)")
    }
  }

  @Test func badStructuresAreNamed() {
    func failure(_ sums: [(total: Int, parts: [Int])]) -> ReconciliationError? {
      do throws(ReconciliationError) {
        _ = try SummingStructure(names: ["x", "y", "z"], sums: sums)
        return nil
      } catch { return error }
    }
    #expect(failure([(0, [1]), (1, [0])]) == .cycle(["x", "y"]))
    #expect(failure([(0, [1, 2]), (1, [2])]) == .countedTwice("z", in: "x"))
    #expect(failure([(0, [])]) == .withoutParts("x"))
    #expect(failure([(0, [3])]) == .shape("a sum names a node that does not exist"))
  }

  @Test func whatLacksIsNamed() throws {
    let structure = try Self.structure()
    var base = Self.base
    base[4][0] = .nan
    #expect(throws: ReconciliationError.noForecast("b")) { try Reconciler(structure, .bottomUp).reconcile(base) }
    #expect(throws: ReconciliationError.noForecast("b")) { try Reconciler(structure, .ols).reconcile(base) }
    #expect(throws: ReconciliationError.noResiduals) { _ = try Reconciler(structure, .mint) }
    #expect(throws: ReconciliationError.noProportions("All")) {
      _ = try Reconciler(structure, .topDown, history: [[Double]](repeating: [0, 0], count: 6))
    }
    let crossed = try SummingStructure(
      names: ["p", "q", "a", "b"], sums: [(total: 0, parts: [2, 3]), (total: 1, parts: [2, 3])])
    #expect(throws: ReconciliationError.noSplit("the totals at the top")) {
      _ = try Reconciler(crossed, .topDown, history: [[Double]](repeating: [1], count: 4))
    }
  }

  /// The estimate by its definition, element by element.
  @Test func theShrunkCovarianceIsItsDefinition() throws {
    let errors = residuals(20)
    let own = try ErrorCovariance(shrunk: errors)
    let T = 20.0
    let centred = errors.map { row in row.map { $0 - row.reduce(0, +) / T } }
    let deviation = centred.map { ($0.reduce(0) { $0 + $1 * $1 } / T).squareRoot() }
    var (scatter, squares) = (0.0, 0.0)
    for i in 0..<6 {
      for j in 0..<i {
        let w = zip(centred[i], centred[j]).map { $0 * $1 / (deviation[i] * deviation[j]) }
        let mean = w.reduce(0, +) / T
        squares += mean * mean
        scatter += w.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (T * (T - 1))
      }
    }
    let lambda = scatter / squares
    #expect(abs(own.shrinkage - lambda) < 1e-6)
    for i in 0..<6 {
      for j in 0..<6 {
        var element = zip(centred[i], centred[j]).reduce(0) { $0 + $1.0 * $1.1 } / (T - 1)
        if i != j { element *= 1 - own.shrinkage }
        var mine = i == j ? own.diagonal[i] : 0
        for k in 0..<own.rank { mine += own.factor[i * own.rank + k] * own.factor[j * own.rank + k] }
        #expect(abs(mine - element) < 1e-12)
      }
    }
  }
}
