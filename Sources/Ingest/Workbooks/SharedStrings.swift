import CommunitySafety
import Diagnostics

/// The texts that cells of an Excel workbook share.
final class SharedStrings: XMLHandler {
  enum Name: Int, CaseIterable { case t, si, r, rPh }
  static let names = Name.spelled(hyphenated: false)

  /// Most bytes that all texts take, and most texts.
  static let (byteLimit, countLimit) = (128 << 20, 8_000_000)

  private var bytes: [UInt8] = []
  private var ends: [UInt32] = []
  private var isText = false
  private var phonetic = 0
  private var path = ""

  /// No texts.
  init() {}

  /// Those of a workbook.
  convenience init(part: String, in package: WorkbookPackage) throws {
    self.init()
    path = package.path
    let part = try package.part(part, handler: self)
    while try part.parseMore() {}
  }

  /// Number of texts.
  var count: Int { ends.count }

  /// The text of this number, which is below ``count``.
  subscript(index: Int) -> ArraySlice<UInt8> {
    bytes[Int(index == 0 ? 0 : ends[index - 1])..<Int(ends[index])]
  }

  func start(_ element: XMLElement) {
    switch Name(rawValue: element.name) {
    case .t: isText = phonetic == 0
    case .rPh: phonetic += 1
    case .si, .r, nil: break
    }
  }

  func end(_ name: Int) throws {
    switch Name(rawValue: name) {
    case .t: isText = false
    case .rPh: phonetic -= 1
    case .si:
      EscapedText.decode(&bytes, from: Int(ends.last ?? 0))
      ends.append(UInt32(bytes.count))
      guard ends.count <= SharedStrings.countLimit else {
        throw tooLarge("\(SharedStrings.countLimit) texts")
      }
    case .r, nil: break
    }
  }

  func text(_ text: UnsafeBufferPointer<UInt8>) throws {
    guard isText else { return }
    bytes.append(contentsOf: text)
    guard bytes.count <= SharedStrings.byteLimit else { throw tooLarge("\(SharedStrings.byteLimit) bytes") }
  }

  private func tooLarge(_ what: String) -> HorizonError {
    HorizonError(
      .data, "the texts that cells share are more than \(what)", at: .init(file: path),
      remedy: "Export the sheet as CSV, or keep only it in the workbook")
  }
}

/// Characters that Excel writes as `_x000D_`.
enum EscapedText {
  /// Decodes those of the text from `start` to the end: what is below a blank becomes one.
  static func decode(_ bytes: inout [UInt8], from start: Int) {
    var from = start
    while let at = bytes[from...].firstIndex(of: UInt8(ascii: "_")) {
      from = at + 1
      guard at + 7 <= bytes.count, bytes[at + 1] == UInt8(ascii: "x"), bytes[at + 6] == UInt8(ascii: "_"),
        let code = UInt32(String(decoding: bytes[(at + 2)..<(at + 6)], as: UTF8.self), radix: 16),
        let scalar = UnicodeScalar(code)
      else { continue }
      let text = Array(String(Character(code < 32 ? " " : scalar)).utf8)
      bytes.replaceSubrange(at..<(at + 7), with: text)
      from = at + text.count
    }
  }
}
