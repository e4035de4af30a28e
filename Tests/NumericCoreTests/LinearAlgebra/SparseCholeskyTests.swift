import Testing

@testable import NumericCore

@Suite struct SparseCholeskyTests {
  /// A random sparse positive definite matrix with its dense twin.
  private func matrix(_ order: Int, seed: UInt64, density: Double) throws -> (SparseSymmetric, Matrix) {
    var random = RandomSource(seed: seed)
    var sparse = try SparseSymmetric(order: order)
    var dense = try Matrix(rows: order, columns: order)
    for i in 0..<order {
      for j in 0..<i where random.uniform() < density {
        // Twice at one place: they are added up.
        for value in [random.normal(), 0.25] {
          sparse.add(value, at: i, j)
          dense[i, j] += value
          dense[j, i] += value
        }
      }
      sparse.add(Double(order), at: i, i)
      dense[i, i] += Double(order)
    }
    return (sparse, dense)
  }

  @Test(arguments: [0.0, 0.05, 0.3, 1.0], [1, 2, 3, 17, 60]) func solves(density: Double, order: Int) throws {
    let (sparse, dense) = try matrix(order, seed: UInt64(order), density: density)
    var random = RandomSource(seed: 9)
    let right = (0..<(order * 3)).map { _ in random.normal() }
    var own = right
    try SparseCholesky(sparse).solve(&own, width: 3)
    for c in 0..<3 {
      let product = try dense.times((0..<order).map { own[$0 * 3 + c] })
      for i in 0..<order { #expect(abs(product[i] - right[i * 3 + c]) < 1e-10) }
    }
  }

  /// A star whose middle comes first fills in nothing, eliminated from its ends.
  @Test func aTreeFillsInNothing() throws {
    let order = 200
    var star = try SparseSymmetric(order: order)
    for i in 0..<order { star.add(Double(order), at: i, i) }
    for i in 1..<order { star.add(1, at: 0, i) }
    #expect(try SparseCholesky(star).fill == order - 1)
  }

  /// Margins of a table: the many rows first, the few left are one full block.
  @Test func crossedMarginsLeaveASmallBlock() throws {
    let (many, few) = (300, 5)
    var table = try SparseSymmetric(order: many + few)
    for i in 0..<(many + few) { table.add(1000, at: i, i) }
    for i in 0..<many { for j in 0..<few { table.add(1, at: i, many + j) } }
    #expect(try SparseCholesky(table).fill == many * few + few * (few - 1) / 2)
  }

  @Test func whatHasNoFactorIsNamed() throws {
    var zero = try SparseSymmetric(order: 3)
    for i in 0..<3 { zero.add(i == 1 ? 0 : 1, at: i, i) }
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 2)) { _ = try SparseCholesky(zero) }
    var hanging = try SparseSymmetric(order: 2)
    for (i, j) in [(0, 0), (1, 1), (0, 1)] { hanging.add(3, at: i, j) }
    #expect(throws: LinearAlgebraError.self) { _ = try SparseCholesky(hanging) }
    var unknown = try SparseSymmetric(order: 2)
    unknown.add(.nan, at: 0, 1)
    #expect(throws: LinearAlgebraError.notFinite) { _ = try SparseCholesky(unknown) }
    var short = [1.0]
    let one = try SparseCholesky(try SparseSymmetric(order: 0))
    #expect(throws: LinearAlgebraError.self) { try one.solve(&short, width: 1) }
  }

  @Test func symmetricProducts() throws {
    let x = (0..<21).map { Double($0 % 5) - 1.5 }
    let own = try symmetricProduct(x, x, rows: 7, width: 3)
    for i in 0..<3 {
      for j in 0..<3 {
        let sum = (0..<7).reduce(0.0) { $0 + x[$1 * 3 + i] * x[$1 * 3 + j] }
        #expect(abs(own[i, j] - sum) < 1e-12)
      }
    }
    #expect(throws: LinearAlgebraError.self) { _ = try symmetricProduct(x, x, rows: 6, width: 3) }
  }
}
