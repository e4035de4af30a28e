/// Builds a CSV file (RFC 4180, UTF-8, LF line ends) in memory, field by field.
public struct CSVWriter: Sendable {
  /// The file so far.
  public private(set) var bytes: [UInt8] = []
  private var atLineStart = true
  private let guardsFormulas: Bool

  /// A file with this header. With `guardsFormulas`, a text that a spreadsheet would take for a formula (it begins with
  /// `=`, `+`, `-`, `@`, tab or return and is no number) is written after an apostrophe: for files people open, not for
  /// those that tools join by their identifiers.
  public init(header: [String], guardsFormulas: Bool = false) {
    self.guardsFormulas = guardsFormulas
    bytes.reserveCapacity(1 << 16)
    for name in header { field(name) }
    endLine()
  }

  /// Adds a text field, quoted where it must be.
  public mutating func field(_ text: String) {
    separate()
    let needsGuard = guardsFormulas && text.looksLikeFormula
    let needsQuotes =
      text.utf8.withContiguousStorageIfAvailable(CSVWriter.needsQuotes) ?? CSVWriter.needsQuotes(text.utf8)
    if needsQuotes { bytes.append(34) }
    if needsGuard { bytes.append(UInt8(ascii: "'")) }
    guard needsQuotes else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    for byte in text.utf8 {
      if byte == 34 { bytes.append(34) }
      bytes.append(byte)
    }
    bytes.append(34)
  }

  @inline(__always)
  private static func needsQuotes(_ bytes: some Collection<UInt8>) -> Bool {
    for byte in bytes where byte == 44 || byte == 34 || byte == 10 || byte == 13 { return true }
    return false
  }

  /// Adds a number in its shortest exact form without a trailing `.0`; blank if nil or not finite.
  public mutating func field(_ number: Double?) {
    separate()
    guard let number, number.isFinite else { return }
    bytes.append(contentsOf: plainNumber(number).utf8)
  }

  /// Adds a number rounded to seven significant digits; blank if nil or not finite.
  public mutating func rounded(_ number: Double?) { field(number.map(significant)) }

  /// Adds a whole number; blank if nil.
  public mutating func field(_ number: Int?) {
    separate()
    if let number { bytes.append(contentsOf: String(number).utf8) }
  }

  /// Ends the line.
  public mutating func endLine() {
    bytes.append(10)
    atLineStart = true
  }

  private mutating func separate() {
    if !atLineStart { bytes.append(44) }
    atLineStart = false
  }
}

extension String {
  fileprivate var looksLikeFormula: Bool {
    switch utf8.first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 9, 13: Double(self) == nil
    default: false
    }
  }
}

/// The shortest decimal text that reads back as the same number, whole numbers without `.0`.
public func plainNumber(_ number: Double) -> String {
  if number == number.rounded() && abs(number) < 1e15 { return String(Int(number)) }
  return number.description
}

/// A number rounded to seven significant digits; whole numbers are left as they are.
public func significant(_ number: Double) -> Double {
  guard number != number.rounded(), number.isFinite, abs(number) > 1e-280 else { return number }
  var multiplier = 1.0
  var magnitude = abs(number)
  while magnitude < 1e6 {
    magnitude *= 10
    multiplier *= 10
  }
  return (number * multiplier).rounded() / multiplier
}
