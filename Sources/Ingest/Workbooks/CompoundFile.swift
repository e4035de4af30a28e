import CommunitySafety
import Diagnostics

/// The container of old office documents, and of new ones that are protected by a password: neither is read.
enum CompoundFile {
  /// Its first bytes.
  static let magic: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0]
  /// Most bytes that are looked through.
  private static let searchLimit = 256 << 20

  /// The error for the file at a path: whether it is an old workbook or a protected one is told by the name of a stream in
  /// it.
  static func refusal(path: String) throws -> HorizonError {
    let name: [UInt8] = "EncryptedPackage".utf8.reduce(into: []) { $0 += [$1, 0] }
    let stream = try FileStream(path: path)
    var window: [UInt8] = []
    var read = 0
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while read < searchLimit {
      let count = try buffer.withUnsafeMutableBytes { try stream.read(into: $0) }
      if count == 0 { break }
      read += count
      window = window.suffix(name.count) + buffer[..<count]
      if contains(window, name) { return refusal(isProtected: true, path) }
    }
    return refusal(isProtected: false, path)
  }

  /// The error for such a file.
  static func refusal(isProtected: Bool, _ location: String) -> HorizonError {
    isProtected
      ? HorizonError(
        .data, "the workbook is protected by a password", at: .init(file: location),
        remedy: "Save it without a password, or export the sheet as CSV")
      : HorizonError(
        .data, "this is an old Excel workbook (.xls) or another old office document, which is not read",
        at: .init(file: location), remedy: "Open it and save it as .xlsx, or export the sheet as CSV")
  }

  private static func contains(_ bytes: [UInt8], _ name: [UInt8]) -> Bool {
    var from = 0
    while let at = bytes[from...].firstIndex(of: name[0]) {
      if bytes[at...].starts(with: name) { return true }
      from = at + 1
    }
    return false
  }
}

/// Pages and reports that are named as tables.
enum MarkupText {
  /// Whether a text begins as HTML or XML does.
  static func announces(_ head: some Collection<UInt8>) -> Bool {
    let text = head.drop { $0 <= 32 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }.prefix(16)
    guard text.first == UInt8(ascii: "<") else { return false }
    let start = String(decoding: text, as: UTF8.self).lowercased()
    return ["<?xml", "<!doctype", "<html", "<head", "<body", "<table", "<meta"].contains(where: start.hasPrefix)
  }
}
