import CommunitySafety
import Diagnostics

/// Refuses text that could make a YAML parser run away: too large, with anchors and aliases (whose expansion may be
/// exponential), or nested too deeply.
///
/// It looks at bytes, not at YAML, so no trick of the syntax gets round it for aliases: one needs its name after `&` and
/// again after `*`. The bound on nesting is for a message that can be understood; the parser has one of its own (1,000).
enum YAMLGuard {
  private static let deepest = 50
  private static let deepestIndent = 100

  /// Checks the text; see the type.
  static func check(_ text: String, file: String) throws {
    guard text.utf8.count <= ModelFileLoader.maximumBytes else {
      throw HorizonError(
        .data, "the file has \(text.utf8.count) bytes, more than the \(ModelFileLoader.maximumBytes) allowed",
        at: .init(file: file), remedy: "Check that it is the file you meant")
    }
    let bytes = Array(text.utf8)
    try checkAliases(bytes, file: file)
    try checkNesting(bytes, file: file)
  }

  private static func checkAliases(_ bytes: [UInt8], file: String) throws {
    var anchors: Set<ArraySlice<UInt8>> = []
    for i in bytes.indices where bytes[i] == UInt8(ascii: "&") { anchors.insert(name(in: bytes, after: i)) }
    guard !anchors.isEmpty else { return }
    for i in bytes.indices where bytes[i] == UInt8(ascii: "*") {
      let name = name(in: bytes, after: i)
      guard !name.isEmpty, anchors.contains(name) else { continue }
      throw HorizonError(
        .data, "anchors (&) and aliases (*) are not allowed here", at: location(of: i, in: bytes, file: file),
        remedy: "Write the value out")
    }
  }

  /// The letters, digits, `_` and `-` that follow: what the parser takes for the name of an anchor.
  private static func name(in bytes: [UInt8], after i: Int) -> ArraySlice<UInt8> {
    bytes[(i + 1)...].prefix { byte in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
  }

  private static func checkNesting(_ bytes: [UInt8], file: String) throws {
    var brackets = 0
    var column = 0
    var dashes = 0
    var isLeading = true
    for (i, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "\n"):
        (column, dashes, isLeading) = (0, 0, true)
        continue
      case UInt8(ascii: "["), UInt8(ascii: "{"): brackets += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): brackets = max(0, brackets - 1)
      default: break
      }
      var isTooFarIn = false
      if isLeading, byte != UInt8(ascii: " ") {
        isTooFarIn = column > deepestIndent
        isLeading = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "?")
        if isLeading { dashes += 1 }
      }
      column += 1
      guard brackets <= deepest, dashes <= deepest, !isTooFarIn else {
        throw HorizonError(
          .data, "the file is nested too deeply", at: location(of: i, in: bytes, file: file),
          remedy: "Check that it is the file you meant, and its brackets and indentation")
      }
    }
  }

  private static func location(of index: Int, in bytes: [UInt8], file: String) -> HorizonError.Location {
    let before = bytes[..<index]
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let line = before.reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    let column = String(decoding: bytes[lineStart..<index], as: UTF8.self).unicodeScalars.count + 1
    return .init(file: file, line: line, column: column)
  }
}
