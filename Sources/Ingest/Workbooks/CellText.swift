#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Texts of cells as the readers of rows take them.
enum CellText {
  /// What stands for an error of the spreadsheet, whichever it is: no figure is available.
  static let error = Array("#N/A".utf8)

  /// Makes the text from `start` to the end one line, and takes the mark of a note off its end: `Oxford [note 2]`.
  static func clean(_ bytes: inout [UInt8], from start: Int) {
    guard start < bytes.count else { return }
    for index in start..<bytes.count where bytes[index] < 32 { bytes[index] = 32 }
    guard bytes[bytes.count - 1] == UInt8(ascii: "]") else { return }
    var open = bytes.count - 1
    while open > start, bytes[open] != UInt8(ascii: "[") { open -= 1 }
    // The mark of a footnote is where that is explained.
    guard open > start, bytes.count - open <= 20,
      bytes[(open + 1)...].prefix(4).elementsEqual("note".utf8)
        || bytes[(open + 1)...].prefix(4).elementsEqual("Note".utf8)
    else { return }
    guard bytes[(open + 5)...].dropLast().allSatisfy({ $0 &- 48 < 10 || $0 == 32 || $0 == 44 || $0 == 115 }) else {
      return
    }
    while open > start, bytes[open - 1] == 32 { open -= 1 }
    if open > start { bytes.removeLast(bytes.count - open) }
  }

  /// Whether a text is one of the errors that spreadsheet programs show.
  static func isError(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.first == UInt8(ascii: "#") || text.first == UInt8(ascii: "E"), text.count <= 14 else { return false }
    let word = String(decoding: text, as: UTF8.self)
    if word.hasPrefix("Err:"), word.count == 7 { return word.dropFirst(4).allSatisfy(\.isNumber) }
    return [
      "#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA",
    ].contains(word)
  }

  /// A number as it is shown: to 15 digits, as spreadsheet programs round, without zeros at its end: `3.0` is `3` and
  /// `0.30000000000000004` is `0.3`. Nil for a text that is no number.
  static func number(_ text: some BidirectionalCollection<UInt8>) -> [UInt8]? {
    if (1...15).contains(text.count), text.allSatisfy({ $0 &- 48 < 10 }) { return Array(text) }
    guard text.count <= 64, text.allSatisfy({ $0 &- 48 < 10 || [43, 45, 46, 69, 101].contains($0) }),
      let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite
    else { return nil }
    return number(value)
  }

  /// The same of a number.
  static func number(_ value: Double) -> [UInt8] {
    if value == value.rounded(), abs(value) < 1e15 { return Array(String(Int(value)).utf8) }
    var buffer = [CChar](repeating: 0, count: 40)
    let length = withVaList([value]) { vsnprintf(&buffer, buffer.count, "%.15g", $0) }
    return buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }
  }
}
