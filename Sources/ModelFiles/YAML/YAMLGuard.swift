import CommunitySafety

/// Refuses text that could make a YAML parser run away: too large, nested too deeply, or with anchors and aliases
/// (whose expansion may be exponential).
///
/// It scans bytes by YAML's token rules as far as they decide where a node can begin. Where a plain text runs over
/// several lines it may take a line that begins with `*` or `&` for an alias; quotes around the text settle that.
struct YAMLGuard {
  private static let deepest = 16
  private static let deepestIndent = 100

  private let bytes: [UInt8]
  private let file: String
  private var i = 0
  private var line = 1
  private var lineStart = 0
  private var flowDepth = 0
  private var dashes = 0
  /// Column (from 0) that block text must be indented beyond: of the first key on the line, else of its last dash.
  private var anchorColumn = -1
  private var sawToken = false
  private var mayStartNode = true

  /// Checks the text; see the type.
  static func check(_ text: String, file: String) throws {
    guard text.utf8.count <= ModelFileLoader.maximumBytes else {
      throw HorizonError(
        .data, "the file has \(text.utf8.count) bytes, more than the \(ModelFileLoader.maximumBytes) allowed",
        at: .init(file: file), remedy: "Check that it is the file you meant")
    }
    var scan = YAMLGuard(bytes: Array(text.utf8), file: file)
    try scan.run()
  }

  private init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  private mutating func run() throws {
    while i < bytes.count {
      let byte = bytes[i]
      if byte == .newline {
        i += 1
        beginLine()
      } else if byte == .space || byte == .tab || byte == .carriageReturn {
        i += 1
      } else if byte == UInt8(ascii: "#"), i == lineStart || isBlank(at: i - 1) {
        skipToLineEnd()
      } else if mayStartNode {
        try startNode(byte)
      } else {
        try continueNode(byte)
      }
    }
  }

  private mutating func startNode(_ byte: UInt8) throws {
    if !sawToken {
      guard i - lineStart <= Self.deepestIndent else { throw tooDeep() }
    }
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "*"):
      throw HorizonError(
        .data, "anchors (&) and aliases (*) are not allowed here", at: location,
        remedy: "Write the value out, or put the text in quotes")
    case UInt8(ascii: "-") where isBlank(at: i + 1), UInt8(ascii: "?") where isBlank(at: i + 1):
      dashes += 1
      guard dashes <= Self.deepest else { throw tooDeep() }
      anchorColumn = i - lineStart
      i += 1
      return
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      try openFlow()
    case UInt8(ascii: "]"), UInt8(ascii: "}"):
      closeFlow()
    case UInt8(ascii: "\""):
      noteToken()
      skipQuoted(by: byte, backslash: true)
    case UInt8(ascii: "'"):
      noteToken()
      skipQuoted(by: byte, backslash: false)
    case UInt8(ascii: "!"):
      noteToken()
      while i < bytes.count, !isBlank(at: i) { i += 1 }
    case UInt8(ascii: "|") where flowDepth == 0, UInt8(ascii: ">") where flowDepth == 0:
      skipBlockText()
    case UInt8(ascii: ",") where flowDepth > 0:
      i += 1
    default:
      noteToken()
      mayStartNode = false
      i += 1
    }
  }

  private mutating func continueNode(_ byte: UInt8) throws {
    switch byte {
    case UInt8(ascii: ":"):
      i += 1
      // In flow style a value may follow without a space (`"a":*b`).
      if isBlank(at: i) || flowDepth > 0 { mayStartNode = true }
    case UInt8(ascii: ",") where flowDepth > 0:
      i += 1
      mayStartNode = true
    case UInt8(ascii: "[") where flowDepth > 0, UInt8(ascii: "{") where flowDepth > 0:
      try openFlow()
    case UInt8(ascii: "]") where flowDepth > 0, UInt8(ascii: "}") where flowDepth > 0:
      closeFlow()
    default:
      i += 1
    }
  }

  private mutating func openFlow() throws {
    flowDepth += 1
    guard flowDepth <= Self.deepest else { throw tooDeep() }
    noteToken()
    i += 1
    mayStartNode = true
  }

  private mutating func closeFlow() {
    flowDepth = max(0, flowDepth - 1)
    i += 1
    mayStartNode = false
  }

  private mutating func skipQuoted(by quote: UInt8, backslash: Bool) {
    i += 1
    while i < bytes.count {
      let byte = bytes[i]
      i += 1
      if byte == .newline {
        line += 1
        lineStart = i
      } else if backslash, byte == UInt8(ascii: "\\") {
        // The escaped byte; a line end is left to be counted.
        if i < bytes.count, bytes[i] != .newline { i += 1 }
      } else if byte == quote {
        // In single quotes a doubled quote is one quote of the text.
        if !backslash, i < bytes.count, bytes[i] == quote {
          i += 1
          continue
        }
        break
      }
    }
    mayStartNode = false
  }

  /// Skips the lines of a `|` or `>` text: those indented beyond the key or dash that holds it, and blank ones.
  private mutating func skipBlockText() {
    let parent = anchorColumn
    skipToLineEnd()
    while i < bytes.count {
      i += 1
      beginLine()
      var next = i
      while next < bytes.count, bytes[next] == .space { next += 1 }
      let isEmpty = next >= bytes.count || bytes[next] == .newline || bytes[next] == .carriageReturn
      guard isEmpty || next - i > parent else { return }
      i = next
      skipToLineEnd()
    }
  }

  private mutating func skipToLineEnd() {
    while i < bytes.count, bytes[i] != .newline { i += 1 }
  }

  private mutating func beginLine() {
    line += 1
    lineStart = i
    dashes = 0
    anchorColumn = -1
    sawToken = false
    mayStartNode = true
  }

  private mutating func noteToken() {
    guard !sawToken else { return }
    sawToken = true
    anchorColumn = i - lineStart
  }

  private func isBlank(at index: Int) -> Bool {
    guard bytes.indices.contains(index) else { return true }
    return [.space, .tab, .newline, .carriageReturn].contains(bytes[index])
  }

  private var location: HorizonError.Location {
    let column = String(decoding: bytes[lineStart..<i], as: UTF8.self).unicodeScalars.count + 1
    return .init(file: file, line: line, column: column)
  }

  private func tooDeep() -> HorizonError {
    HorizonError(
      .data, "the file is nested too deeply", at: location,
      remedy: "Check that it is the file you meant, and its indentation")
  }
}

extension UInt8 {
  fileprivate static let space = UInt8(ascii: " ")
  fileprivate static let tab = UInt8(ascii: "\t")
  fileprivate static let newline = UInt8(ascii: "\n")
  fileprivate static let carriageReturn = UInt8(ascii: "\r")
}
