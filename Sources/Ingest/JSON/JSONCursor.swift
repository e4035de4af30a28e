import CommunitySafety
import Diagnostics

/// Reads the tokens of one JSON object that lies whole in memory.
struct JSONCursor {
  let bytes: UnsafeBufferPointer<UInt8>
  var position: Int
  /// Line of the object's first byte.
  let line: Int
  let file: String

  /// The error for what stands here.
  func bad(_ what: String) -> HorizonError {
    let breaks = bytes.prefix(position).reduce(0) { $0 + ($1 == 10 ? 1 : 0) }
    return JSONScanner.bad("this is not valid JSON: \(what)", file, line + breaks)
  }

  mutating func skipBlanks() {
    while position < bytes.count, JSONScanner.isBlank(bytes[position]) { position += 1 }
  }

  /// Passes over `byte` if it stands here.
  mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Appends the text of the value here: nothing for null. Returns false, passing over it, for an object or array.
  mutating func readScalar(into text: inout [UInt8]) throws -> Bool {
    guard position < bytes.count else { throw bad("a value is missing") }
    switch bytes[position] {
    case UInt8(ascii: "\""):
      try readString(into: &text)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      try skipNested()
      return false
    default:
      let token = try literal()
      if !token.elementsEqual("null".utf8) { text.append(contentsOf: token) }
    }
    return true
  }

  /// Passes over the value here.
  mutating func skipValue() throws {
    var nothing: [UInt8] = []
    _ = try readScalar(into: &nothing)
  }

  /// A number, true, false, null, or the NaN that some programs write for null.
  private mutating func literal() throws -> Slice<UnsafeBufferPointer<UInt8>> {
    let start = position
    var isNumber = true
    while position < bytes.count {
      let byte = bytes[position]
      if JSONScanner.isBlank(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") { break }
      // Digits, signs, the point and the exponent: whether they make a number is for the reader of the field to say.
      isNumber = isNumber && (byte &- 48 < 10 || byte == 45 || byte == 46 || byte == 43 || byte | 0x20 == 101)
      position += 1
    }
    let token = bytes[start..<position]
    isNumber = isNumber && token.first.map { $0 == UInt8(ascii: "-") || $0 &- 48 < 10 } == true
    guard isNumber || ["null", "true", "false", "NaN"].contains(where: { token.elementsEqual($0.utf8) }) else {
      position = start
      throw bad("a value is neither a number, a text in quotes, true, false nor null")
    }
    return token
  }

  /// Appends the string here, without quotes and escapes.
  mutating func readString(into text: inout [UInt8]) throws {
    guard take(UInt8(ascii: "\"")) else { throw bad("a text in quotes is missing") }
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return
      case UInt8(ascii: "\\"):
        position += 1
        try readEscape(into: &text)
      case 0..<32: throw bad("a line break or control character inside quotes")
      default:
        text.append(byte)
        position += 1
      }
    }
    throw bad("a text in quotes is not closed")
  }

  private mutating func readEscape(into text: inout [UInt8]) throws {
    guard position < bytes.count else { throw bad("an escape without a character") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "u"):
      var unit = try hexadecimal()
      if (0xD800..<0xDC00).contains(unit), position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
        bytes[position + 1] == UInt8(ascii: "u")
      {
        let mark = position
        position += 2
        let low = try hexadecimal()
        if (0xDC00..<0xE000).contains(low) {
          unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
        } else {
          position = mark
        }
      }
      // Half of a pair alone stands for no character.
      let scalar = Unicode.Scalar(unit) ?? "\u{FFFD}"
      text.append(contentsOf: Character(scalar).utf8)
    default: throw bad("a backslash before a character that is not escaped so")
    }
  }

  private mutating func hexadecimal() throws -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard position < bytes.count, let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else {
        throw bad("\\u without four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  /// Passes over an object or array, checking that its brackets match.
  private mutating func skipNested() throws {
    var open: [UInt8] = []
    var ignored: [UInt8] = []
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        open.append(bytes[position] + 2)
        guard open.count <= JSONScanner.depthLimit else {
          throw bad("values are nested more than \(JSONScanner.depthLimit) deep")
        }
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard open.popLast() == bytes[position] else { throw bad("brackets that do not match") }
        position += 1
        if open.isEmpty { return }
      case UInt8(ascii: "\""):
        ignored.removeAll(keepingCapacity: true)
        try readString(into: &ignored)
      default: position += 1
      }
    }
    throw bad("brackets that do not match")
  }
}
