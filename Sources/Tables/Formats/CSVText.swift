/// The fields of a CSV file (RFC 4180, UTF-8, LF line ends).
enum CSVText {
  static let comma = UInt8(ascii: ",")
  private static let quote = UInt8(ascii: "\"")

  /// Adds a text field, quoted where it must be.
  ///
  /// With `guardsFormulas`, a text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, tab or
  /// return and is no number) is written after an apostrophe: for files people open, not for those that tools join by
  /// their identifiers.
  static func append(_ text: String, guardsFormulas: Bool, to bytes: inout [UInt8]) {
    let needsGuard = guardsFormulas && looksLikeFormula(text)
    let needsQuotes = text.utf8.withContiguousStorageIfAvailable(needsQuotes) ?? needsQuotes(text.utf8)
    if needsQuotes { bytes.append(quote) }
    if needsGuard { bytes.append(UInt8(ascii: "'")) }
    guard needsQuotes else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    for byte in text.utf8 {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }

  /// Adds a value; nothing for a blank and for a number that is not finite.
  static func append(_ cell: Cell, guardsFormulas: Bool, to bytes: inout [UInt8]) {
    switch cell {
    case .text(let text): append(text, guardsFormulas: guardsFormulas, to: &bytes)
    case .integer(let number): bytes.append(contentsOf: String(number).utf8)
    case .number(let number) where number.isFinite: bytes.append(contentsOf: plainNumber(significant(number)).utf8)
    case .number, .blank: break
    }
  }

  @inline(__always)
  private static func needsQuotes(_ bytes: some Collection<UInt8>) -> Bool {
    for byte in bytes where byte == comma || byte == quote || byte == 10 || byte == 13 { return true }
    return false
  }

  private static func looksLikeFormula(_ text: String) -> Bool {
    switch text.utf8.first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 9, 13: Double(text) == nil
    default: false
    }
  }
}
