/// A record that outlives the scanner's buffer.
struct OwnedRecord: Sendable {
  private let bytes: [UInt8]
  private let bounds: [Int32]
  /// Line on which it starts, from 1.
  let line: Int
  private let isUnterminated: Bool
  private let separator: UInt8

  /// A copy of a record.
  init(_ record: CSVRecord) {
    var bytes: [UInt8] = []
    var bounds: [Int32] = []
    for field in 0..<record.count {
      bounds.append(Int32(truncatingIfNeeded: bytes.count))
      bytes.append(contentsOf: record[field])
      bounds.append(Int32(truncatingIfNeeded: bytes.count))
    }
    self.bytes = bytes
    self.bounds = bounds
    line = record.line
    isUnterminated = record.isUnterminated
    separator = record.separator
  }

  /// The record with blank fields at its end, so that it has at least `count`.
  func filledUp(to count: Int) -> OwnedRecord {
    guard self.count < count else { return self }
    let end = Int32(truncatingIfNeeded: bytes.count)
    return OwnedRecord(
      bytes: bytes, bounds: bounds + [Int32](repeating: end, count: 2 * (count - self.count)), line: line,
      isUnterminated: isUnterminated, separator: separator)
  }

  private init(bytes: [UInt8], bounds: [Int32], line: Int, isUnterminated: Bool, separator: UInt8) {
    self.bytes = bytes
    self.bounds = bounds
    self.line = line
    self.isUnterminated = isUnterminated
    self.separator = separator
  }

  /// Number of fields.
  var count: Int { bounds.count / 2 }

  /// Hands over the record.
  func withRecord<Result>(_ body: (CSVRecord) throws -> Result) rethrows -> Result {
    try bytes.withUnsafeBufferPointer { bytes in
      try bounds.withUnsafeBufferPointer { bounds in
        // A record without any text has no memory of its own, and no field reaches into it.
        guard let base = bytes.baseAddress ?? UnsafePointer(bitPattern: 1), let pairs = bounds.baseAddress else {
          preconditionFailure("a record has at least one field")
        }
        return try body(
          CSVRecord(
            base: base, bounds: pairs, count: count, line: line, isUnterminated: isUnterminated, separator: separator))
      }
    }
  }

  /// A field as text without blanks around it; `index` must be below `count`.
  func text(_ index: Int) -> String {
    String(decoding: bytes[Int(bounds[2 * index])..<Int(bounds[2 * index + 1])], as: UTF8.self).trimmedOfBlanks
  }

  /// All fields as text.
  var texts: [String] { (0..<count).map(text) }
}

extension String {
  /// Without blanks of any kind at either end.
  var trimmedOfBlanks: String {
    guard let first = first, let last = last, first.isWhitespace || last.isWhitespace else { return self }
    return String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
