import Hashing
import NumericCore

/// What this machine makes of functions that another may round otherwise: those of the C library, which chooses among several by the
/// processor, and of LAPACK. Workers whose fingerprints are the same give the same bytes.
public enum NumericsFingerprint {
  /// The fingerprint: 16 hexadecimal digits.
  ///
  /// - Throws: `HorizonError` if the digest cannot be taken.
  public static func current() throws -> String {
    var bytes = ByteWriter()
    // Arguments over many binades, none of them special: a function that is rounded otherwise in one of some thousand is found.
    var x = 0.731
    for i in 0..<1024 {
      x = x * 1.7320508075688772 - Double(Int(x * 1.7320508075688772 / 40)) * 40 + 1e-9
      let small = x / 40
      for value in [
        logarithm(x + 1e-12), logarithm1p(small), exponential(x - 20), power(x + 0.5, small), sine(x), cosine(x),
        arctangent(x),
        complementaryErrorFunction(small * 3), logGamma(x + 0.1), x.squareRoot(),
      ] { bytes.add(value) }
      bytes.add(UInt32(i))
    }
    let order = 24
    let elements = (0..<order * order).map { k -> Double in
      let (i, j) = (k / order, k % order)
      return 1 / Double(i + j + 1) + (i == j ? 1.5 + Double(i) / 7 : 0)
    }
    if let factor = try? Cholesky(Matrix(rows: order, columns: order, elements: elements)),
      let solution = try? factor.solve((0..<order).map { 1 / Double($0 + 3) })
    {
      for value in solution { bytes.add(value) }
    }
    return String(try SHA256.hexadecimal(of: bytes.bytes).prefix(16))
  }
}
