import NumericCore
import Testing

struct LeastSquaresTests {
  @Test func agreesWithR() throws {
    let fixture = try RegressionFixture()
    let coefficients = try leastSquares(fixture.design, fixture.column("nb_count"))
    for (i, b) in coefficients.enumerated() { #expect(agree(b, try fixture.value("qr/b\(i)"), 1e-11)) }
  }

  @Test func refusesWhatHasNoUniqueAnswer() throws {
    let dependent = try Matrix(columns: [[1, 1, 1], [0.1, 0.2, 0.3], [1.1, 1.2, 1.3]])
    #expect(throws: LinearAlgebraError.rankDeficient(column: 3)) { try leastSquares(dependent, [1, 2, 3]) }
    let wide = try Matrix(rows: 1, columns: 2, elements: [1, 2])
    #expect(throws: LinearAlgebraError.self) { try leastSquares(wide, [1]) }
    let tall = try Matrix(rows: 2, columns: 1, elements: [1, 2])
    #expect(throws: LinearAlgebraError.self) { try leastSquares(tall, [1]) }
    #expect(throws: LinearAlgebraError.notFinite) { try leastSquares(tall, [1, .nan]) }
  }

  @Test func noColumnsNeedNoCoefficients() throws {
    #expect(try leastSquares(Matrix(rows: 3, columns: 0), [1, 2, 3]).isEmpty)
    #expect(try leastSquares(Matrix(rows: 0, columns: 0), []).isEmpty)
  }
}
