import Diagnostics
import Foundation

/// A workbook as a value, written as XLSX: the same value gives the same bytes.
public struct Workbook: Sendable {
  /// Of the document's properties.
  public var title: String
  /// Of the document's properties: in the products of Horizon the security marking.
  public var subject: String
  /// In the order of their tabs.
  public var sheets: [WorkbookSheet]

  /// A workbook of these sheets.
  public init(title: String, subject: String = "", sheets: [WorkbookSheet] = []) {
    (self.title, self.subject, self.sheets) = (title, subject, sheets)
  }

  /// Most characters of a sheet's name.
  static let nameLimit = 31

  /// A name that spreadsheet programs take for a sheet, and that none of `taken` is in any case: what they refuse is a blank, and what
  /// is too long is cut.
  public static func name(_ wanted: String, among taken: some Sequence<String>) -> String {
    let known = Set(taken.map { $0.lowercased() })
    let refused: Set<Character> = ["[", "]", ":", "*", "?", "/", "\\", "'"]
    var plain = String(wanted.map { refused.contains($0) || $0.isNewline || isControl($0) ? " " : $0 })
      .split(separator: " ").joined(separator: " ")
    if plain.isEmpty || plain.lowercased() == "history" { plain = plain.isEmpty ? "Sheet" : "\(plain) 1" }
    var name = cut(plain, to: nameLimit)
    var number = 2
    while known.contains(name.lowercased()) {
      let suffix = " \(number)"
      name = cut(plain, to: nameLimit - suffix.utf16.count) + suffix
      number += 1
    }
    return name
  }

  /// Text of at most so many UTF-16 units, which is what spreadsheet programs count.
  static func cut(_ text: String, to limit: Int) -> String {
    guard text.utf16.count > limit else { return text }
    var short = ""
    var length = 0
    for character in text {
      length += character.utf16.count
      guard length <= limit else { break }
      short.append(character)
    }
    return short
  }

  private static func isControl(_ character: Character) -> Bool {
    character.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
  }

  /// The bytes of the file.
  ///
  /// - Throws: ``HorizonError`` (cannotWrite) where the folder for temporary files cannot be written, or a sheet is no sheet of a
  ///   workbook: of a name that another has, or with more rows than a sheet holds.
  public func encoded() throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("horizon-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw HorizonError(
        .cannotWrite, "cannot write to the folder for temporary files",
        remedy: "Name another with the environment variable TMPDIR")
    }
    let file = folder.appendingPathComponent("workbook.xlsx")
    try WorkbookWriter(self, path: file.path, temporary: folder.path).write()
    return Array(try Data(contentsOf: file))
  }
}
