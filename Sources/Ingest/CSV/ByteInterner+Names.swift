import CommunitySafety
import Diagnostics

extension ByteInterner {
  /// The number of a name that stands in a field of a row.
  ///
  /// - Parameter limit: most distinct names; `remedy` is what to do if there are more.
  /// - Throws: `HorizonError` of kind data with file, line and column for a name that is not UTF-8, or one too many.
  @inline(__always)
  mutating func name(
    _ name: UnsafeBufferPointer<UInt8>, of record: CSVRecord, column: Int, file: String, limit: Int, remedy: String
  ) throws -> Int {
    let (index, isNew) = intern(name)
    if isNew { try check(name, index, .init(file: file, line: record.line, column: column + 1), limit, remedy) }
    return index
  }

  private func check(
    _ name: UnsafeBufferPointer<UInt8>, _ index: Int, _ place: HorizonError.Location, _ limit: Int, _ remedy: String
  ) throws {
    guard name.validText != nil else {
      throw HorizonError(.data, "the field is not UTF-8 text", at: place, remedy: "Save the file as CSV UTF-8")
    }
    guard index < limit else {
      throw HorizonError(.data, "the column has more than \(limit) distinct values", at: place, remedy: remedy)
    }
  }
}
