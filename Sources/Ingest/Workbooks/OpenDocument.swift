import CommunitySafety
import Diagnostics
import Wording

/// The sheets of an OpenDocument workbook: `.ods`. All are in one part.
final class OpenDocument: SheetSource {
  let rows: SheetRows
  // Its dates are dates; a number without a format was Excel's.
  let is1904 = false
  private(set) var current = -1
  private let parser: OpenDocumentParser
  private let part: WorkbookPart

  /// A workbook of which nothing has been parsed.
  ///
  /// - Throws: `HorizonError` of kind data for one that is protected by a password.
  init(_ package: WorkbookPackage) throws {
    let manifest = OpenDocumentManifest()
    if package.contains("META-INF/manifest.xml") { try package.parse("META-INF/manifest.xml", into: manifest) }
    guard !manifest.isEncrypted, package.contains("content.xml") else {
      throw HorizonError(
        .data,
        manifest.isEncrypted ? "the workbook is protected by a password" : "the workbook lacks its part content.xml",
        at: .init(file: package.path),
        remedy: manifest.isEncrypted ? "Save it without a password, or export the sheet as CSV" : SheetRows.remedy)
    }
    rows = SheetRows()
    parser = OpenDocumentParser(into: rows, archive: package.archive)
    part = try package.part("content.xml", handler: parser)
  }

  func nextSheet() throws -> Sheet? {
    parser.skipped = current
    current += 1
    while parser.sheets.count <= current {
      guard try part.parseMore() else { return nil }
      // What is left of the sheets before.
      while let sheet = rows.nextSheet, sheet < current { rows.skip() }
    }
    return parser.sheets[current]
  }

  func parseMore() throws -> Bool { parser.ended <= current ? try part.parseMore() : false }
}

/// Tells whether an OpenDocument package is encrypted.
final class OpenDocumentManifest: XMLHandler {
  static let names = ["encryption-data"]
  /// Whether any of its parts is.
  private(set) var isEncrypted = false

  func start(_ element: XMLElement) {
    if element.name == 0 { isEncrypted = true }
  }
  func end(_ name: Int) {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
