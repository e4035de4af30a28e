import NumericCore
import Testing

struct CholeskyTests {
  private let symmetric = [4, 2, 0.6, 2, 5, 1, 0.6, 1, 3]

  @Test func solvesAndInvertsAsR() throws {
    let fixture = try RegressionFixture()
    let factor = try Cholesky(Matrix(rows: 3, columns: 3, elements: symmetric))
    for (i, x) in try factor.solve([1, 2, 3]).enumerated() {
      #expect(agree(x, try fixture.value("solve/x\(i)"), 1e-12))
    }
    for (i, x) in try factor.inverse().elements.enumerated() {
      #expect(agree(x, try fixture.value("solve/i\(i)"), 1e-12))
    }
  }

  @Test func readsOnlyTheLowerTriangle() throws {
    var lower = try Matrix(rows: 3, columns: 3, elements: symmetric)
    lower[0, 1] = .nan
    let full = try Cholesky(Matrix(rows: 3, columns: 3, elements: symmetric))
    #expect(try Cholesky(lower).inverse() == full.inverse())
  }

  @Test func refusesWhatHasNoFactor() throws {
    let indefinite = try Matrix(rows: 2, columns: 2, elements: [1, 2, 2, 1])
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 2)) { try Cholesky(indefinite) }
    let oblong = try Matrix(rows: 2, columns: 1)
    #expect(throws: LinearAlgebraError.self) { try Cholesky(oblong) }
    let undefined = try Matrix(rows: 1, columns: 1, elements: [.nan])
    #expect(throws: LinearAlgebraError.notFinite) { try Cholesky(undefined) }
    let one = try Cholesky(Matrix.identity(2))
    #expect(throws: LinearAlgebraError.self) { try one.solve([1, 2, 3]) }
  }

  @Test func emptyMatrixHasTheEmptyFactor() throws {
    let factor = try Cholesky(Matrix(rows: 0, columns: 0))
    #expect(factor.order == 0)
    #expect(try factor.inverse().elements.isEmpty)
    #expect(try factor.solve([]).isEmpty)
  }
}
