/// What names of one thing have in common however they are written: no case, one blank between words, "and" for "&", no
/// apostrophes, and neither hyphens nor full stops nor commas. A full stop between digits stays, for 1.5 is not 15, and so
/// does the sign of a number: "Change -1" is not "Change 1".
enum NameForm {
  /// The form of a name.
  static func form(_ name: String) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(name.utf8.count + 4)
    var isAtWord = false
    func blank() { if isAtWord { isAtWord = false } }
    var wasDigit = false
    /// Puts a byte after a blank where one is due.
    func put(_ byte: UInt8) {
      if !isAtWord {
        if !out.isEmpty { out.append(32) }
        isAtWord = true
      }
      out.append(byte)
    }
    let bytes = Array(name.utf8)
    guard bytes.allSatisfy({ $0 < 0x80 }) else { return form(other: name) }
    for (index, byte) in bytes.enumerated() {
      let isDigit = byte &- 48 < 10
      switch byte {
      case 65...90: put(byte | 0x20)
      case UInt8(ascii: "-") where isSign(at: index, bytes): put(byte)
      case 9, 10, 13, 32, UInt8(ascii: "-"), UInt8(ascii: ","), UInt8(ascii: "_"): blank()
      case UInt8(ascii: "'"), UInt8(ascii: "`"): break
      case UInt8(ascii: "."):
        let isDecimal = wasDigit && index + 1 < bytes.count && bytes[index + 1] &- 48 < 10
        if isDecimal { put(byte) }
      case UInt8(ascii: "&"):
        blank()
        for letter in "and".utf8 { put(letter) }
        blank()
      default: put(byte)
      }
      wasDigit = isDigit
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Whether a hyphen stands before a digit and behind a blank, or first.
  private static func isSign(at index: Int, _ bytes: [UInt8]) -> Bool {
    guard index + 1 < bytes.count, bytes[index + 1] &- 48 < 10 else { return false }
    return index == 0 || bytes[index - 1] == UInt8(ascii: " ")
  }

  /// The form of a name that is not plain ASCII, brought nearer to it.
  private static func form(other name: String) -> String {
    var plain = String.UnicodeScalarView()
    for scalar in name.lowercased().unicodeScalars {
      switch scalar.value {
      case 0x2018, 0x2019, 0x02BC, 0xB4, 0x200B, 0xFEFF: continue
      case 0x2212: plain.append("-")
      case 0x2010...0x2015: plain.append(" ")
      default: plain.append(scalar.properties.isWhitespace ? " " : scalar)
      }
    }
    let text = String(plain)
    guard text.utf8.allSatisfy({ $0 < 0x80 }) else {
      // Letters beyond ASCII stay; the rest is as of other names.
      return text.split { $0.isWhitespace || $0 == "-" || $0 == "," || $0 == "_" }.joined(separator: " ")
        .replacing("&", with: "and").replacing("'", with: "")
    }
    return form(text)
  }
}
