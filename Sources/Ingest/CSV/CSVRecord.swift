/// One record of a CSV file: views of its fields in the scanner's buffer, valid only while the record is handled.
struct CSVRecord {
  let base: UnsafePointer<UInt8>
  /// Start and end of each field, in pairs, as offsets from `base`.
  let bounds: UnsafePointer<Int32>
  /// Number of fields.
  let count: Int
  /// Line on which the record starts, from 1.
  let line: Int
  /// Whether the file ends in it, without a line end.
  let isUnterminated: Bool
  /// What stands between fields in the file.
  var separator = UInt8(ascii: ",")

  /// The bytes of a field, without enclosing quotes; `index` must be below `count`.
  @inline(__always)
  subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = Int(bounds[2 &* index])
    return UnsafeBufferPointer(start: base + start, count: Int(bounds[2 &* index &+ 1]) &- start)
  }

  /// Bytes from the first field to the last.
  var byteCount: Int { Int(bounds[2 * count - 1] - bounds[0]) }

  /// Whether every field is empty: such a record is a blank line.
  var isBlank: Bool { (0..<count).allSatisfy { self[$0].trimmed.isEmpty } }

  /// A field as text, with what is not UTF-8 replaced: for headers and messages.
  func text(_ index: Int) -> String { String(decoding: self[index].trimmed, as: UTF8.self) }
}

extension UnsafeBufferPointer<UInt8> {
  /// The bytes without spaces and tabs at either end.
  @inline(__always)
  var trimmed: UnsafeBufferPointer<UInt8> {
    guard let base = baseAddress else { return self }
    var first = 0
    var last = count
    while first < last, base[first] == 32 || base[first] == 9 { first &+= 1 }
    while last > first, base[last &- 1] == 32 || base[last &- 1] == 9 { last &-= 1 }
    return UnsafeBufferPointer(start: base + first, count: last &- first)
  }

  /// The bytes as text if they are UTF-8 without a NUL.
  var validText: String? {
    contains(0) ? nil : String(validating: self, as: UTF8.self)
  }
}
