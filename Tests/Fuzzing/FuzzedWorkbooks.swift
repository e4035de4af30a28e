import CommunitySafety
import Diagnostics
import Ingest

#if canImport(Glibc)
  import Glibc
#endif

extension Fuzzing {
  /// The XML of an Excel sheet, in a workbook whose other parts are as they should be. The first byte decides about options.
  static func excelSheet(_ bytes: UnsafeRawBufferPointer) {
    let sheet = UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
    workbook(
      bytes.first ?? 0,
      FuzzedParts.excel + [("xl/worksheets/sheet1.xml", FuzzedParts.sheet.head + sheet + FuzzedParts.sheet.tail)])
  }

  /// The texts that cells share, styles and the list of sheets of an Excel workbook: parts that are told apart by a byte of 0.
  static func excelParts(_ bytes: UnsafeRawBufferPointer) {
    let parts = bytes.dropFirst().split(separator: 0, maxSplits: 3, omittingEmptySubsequences: false)
    let names = ["xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"]
    var given: [(String, [UInt8])] = [("xl/worksheets/sheet1.xml", FuzzedParts.sheet.head + FuzzedParts.sheet.tail)]
    for (index, name) in names.enumerated() {
      let part = index < parts.count ? Array(parts[index]) : []
      given.append((name, part.isEmpty ? FuzzedParts.excel.first { $0.0 == name }?.1 ?? [] : part))
    }
    workbook(bytes.first ?? 0, given + FuzzedParts.excel.filter { part in !given.contains { $0.0 == part.0 } })
  }

  /// The tables of an OpenDocument workbook.
  static func openDocument(_ bytes: UnsafeRawBufferPointer) {
    let tables = UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
    workbook(
      bytes.first ?? 0,
      [
        ("mimetype", Array("application/vnd.oasis.opendocument.spreadsheet".utf8)),
        ("content.xml", FuzzedParts.document.head + tables + FuzzedParts.document.tail),
      ])
  }

  /// The XML of an Excel sheet of residents by area.
  static func contextWorkbook(_ bytes: UnsafeRawBufferPointer) {
    let sheet = ("xl/worksheets/sheet1.xml", FuzzedParts.residents + bytes + FuzzedParts.sheet.tail)
    StoredArchive.bytes(FuzzedParts.excel + [sheet]).withUnsafeBytes { bytes in
      let path = file(of: bytes)
      check { _ = try ContextWorkbook(path: path, maximumUnpackedBytes: 1 << 20)?.contents() }
    }
  }

  private static func workbook(_ choice: UInt8, _ parts: [(String, [UInt8])]) {
    let archive = StoredArchive.bytes(parts)
    archive.withUnsafeBytes { self.archive($0, options: options(choice)) }
  }
}

/// The parts of a workbook that are not what is fuzzed.
enum FuzzedParts {
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  private static func link(_ id: String, _ type: String, _ target: String) -> String {
    "<Relationship Id=\"\(id)\" Type=\"\(relations)/\(type)\" Target=\"\(target)\"/>"
  }

  static let excel: [(String, [UInt8])] = [
    ("[Content_Types].xml", "<Types/>"),
    ("_rels/.rels", "<Relationships>\(link("rId1", "officeDocument", "xl/workbook.xml"))</Relationships>"),
    (
      "xl/workbook.xml",
      "<workbook xmlns=\"\(main)\" xmlns:r=\"\(relations)\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    ),
    (
      "xl/_rels/workbook.xml.rels",
      "<Relationships>\(link("rId1", "worksheet", "worksheets/sheet1.xml"))\(link("rId2", "sharedStrings", "sharedStrings.xml"))"
        + "\(link("rId3", "styles", "styles.xml"))</Relationships>"
    ),
    (
      "xl/sharedStrings.xml", "<sst><si><t>unique_id</t></si><si><t>ds</t></si><si><t>y</t></si><si><t>A</t></si></sst>"
    ),
    ("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"),
  ].map { ($0.0, Array($0.1.utf8)) }

  /// What stands before and after the rows of a sheet: the header of a long table, and a row.
  static let sheet = (
    head: Array(
      ("<worksheet xmlns=\"\(main)\"><sheetData><row r=\"1\"><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c></row>"
        + "<row r=\"2\"><c t=\"s\"><v>3</v></c><c s=\"1\"><v>43556</v></c><c><v>1</v></c></row>").utf8),
    tail: Array("</sheetData></worksheet>".utf8)
  )

  /// What stands before the rows of a sheet of residents: its header.
  static let residents = Array(
    ("<worksheet xmlns=\"\(main)\"><sheetData><row r=\"1\"><c t=\"str\"><v>Code</v></c><c t=\"str\"><v>sex</v></c>"
      + "<c t=\"str\"><v>Mid-2022</v></c><c t=\"str\"><v>Mid-2023</v></c></row>").utf8)

  static let document = (
    head: Array(
      ("<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
        + "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
        + "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\"><office:body><office:spreadsheet>").utf8),
    tail: Array("</office:spreadsheet></office:body></office:document-content>".utf8)
  )
}

/// A zip archive of entries that are stored as they are.
enum StoredArchive {
  static func bytes(_ entries: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    func append(_ value: Int, _ size: Int, to bytes: inout [UInt8]) {
      for shift in 0..<size { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * shift))) }
    }
    for entry in entries {
      let name = Array(entry.name.utf8)
      let start = archive.count
      var common: [UInt8] = []
      append(20, 2, to: &common)
      append(0, 8, to: &common)
      append(Int(checksum(entry.bytes)), 4, to: &common)
      append(entry.bytes.count, 4, to: &common)
      append(entry.bytes.count, 4, to: &common)
      append(name.count, 2, to: &common)
      append(0, 2, to: &common)
      archive += [0x50, 0x4B, 3, 4] + common + name + entry.bytes
      directory += [0x50, 0x4B, 1, 2, 20, 0] + common + [UInt8](repeating: 0, count: 10)
      append(start, 4, to: &directory)
      directory += name
    }
    let start = archive.count
    archive += directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
    append(entries.count, 2, to: &archive)
    append(entries.count, 2, to: &archive)
    append(directory.count, 4, to: &archive)
    append(start, 4, to: &archive)
    append(0, 2, to: &archive)
    return archive
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { sum, byte in table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ sum >> 8 }
  }
}
