import NumericCore
import Testing

struct MatrixTests {
  @Test func storesColumnAfterColumn() throws {
    let matrix = try Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6])
    #expect(matrix[1, 0] == 2)
    #expect(matrix[0, 2] == 5)
    #expect(matrix.row(1) == [2, 4, 6])
    #expect(try matrix.times([1, 0, 1]) == [6, 8])
    #expect(try Matrix(columns: [[1, 2], [3, 4], [5, 6]]) == matrix)
  }

  @Test func refusesWrongShapes() {
    #expect(throws: LinearAlgebraError.self) { try Matrix(rows: 2, columns: 2, elements: [1, 2, 3]) }
    #expect(throws: LinearAlgebraError.self) { try Matrix(rows: -1, columns: 2, elements: []) }
    #expect(throws: LinearAlgebraError.self) { try Matrix(columns: [[1], [1, 2]]) }
    #expect(throws: LinearAlgebraError.tooLarge) { try Matrix(rows: Int(Int32.max) + 1, columns: 0, elements: []) }
    #expect(throws: LinearAlgebraError.self) { try Matrix(rows: .max, columns: 2) }
    #expect(throws: LinearAlgebraError.self) { try Matrix(rows: 2, columns: 2).times([1]) }
  }
}
