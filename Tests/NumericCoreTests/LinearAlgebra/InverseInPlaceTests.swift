import NumericCore
import Testing

@Suite struct InverseInPlaceTests {
  /// The inverse of a Hilbert matrix is known in whole numbers.
  @Test func hilbert() {
    var a = [Double](repeating: 0, count: 16)
    for i in 0..<4 { for j in 0..<4 { a[4 * i + j] = 1 / Double(i + j + 1) } }
    let inverse: [Double] = [
      16, -120, 240, -140, -120, 1200, -2700, 1680, 240, -2700, 6480, -4200, -140, 1680, -4200, 2800,
    ]
    let done = a.withUnsafeMutableBufferPointer { invertInPlace($0.baseAddress!, order: 4) }
    #expect(done)
    for i in 0..<16 { #expect(abs(a[i] - inverse[i]) < 1e-8) }
  }

  @Test func refusesWhatIsNotPositiveDefinite() {
    for matrix in [[1.0, 2, 2, 1], [0, 0, 0, 1], [.nan, 0, 0, 1]] {
      var a = matrix
      let done = a.withUnsafeMutableBufferPointer { invertInPlace($0.baseAddress!, order: 2) }
      #expect(!done)
    }
  }
}
