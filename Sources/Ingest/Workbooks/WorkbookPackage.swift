import CommunitySafety
import Diagnostics
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The parts of a workbook: entries of a zip archive, by name.
struct WorkbookPackage {
  /// What a workbook is.
  enum Format: Sendable {
    /// Office Open XML.
    case excel
    /// The same with macros, which are not read.
    case excelWithMacros
    /// OpenDocument.
    case openDocument
  }

  /// Bytes of the parts that say how others are read, at most.
  static let sidePartLimit = 64 << 20

  let archive: ZipArchive
  let format: Format
  /// Of the workbook, for errors.
  var path: String { archive.path }
  private let limit: UnpackLimit
  private let entries: [String: ZipArchive.Entry]

  /// Looks whether an archive is a workbook; nil if it is another archive.
  ///
  /// - Throws: `HorizonError` of kind data for a document that is no workbook, or one of a kind that is not read.
  static func format(of entries: [ZipArchive.Entry], in archive: ZipArchive) throws -> Format? {
    let names = Set(entries.map { $0.name.lowercased() })
    func refuse(_ what: String, _ remedy: String) -> HorizonError {
      HorizonError(.data, what, at: .init(file: archive.path), remedy: remedy)
    }
    if names.contains("[content_types].xml") {
      if names.contains(where: { $0.hasSuffix("workbook.bin") }) {
        throw refuse("a binary workbook (.xlsb) is not read", "Save it as .xlsx, or export the sheet as CSV")
      }
      guard names.contains(where: { $0.hasPrefix("xl/") || $0.hasSuffix("workbook.xml") }) else {
        throw refuse("this is an office document without sheets", "Give the workbook, or a CSV of its table")
      }
      return names.contains(where: { $0.hasSuffix("vbaproject.bin") }) ? .excelWithMacros : .excel
    }
    guard names.contains("mimetype") || names.contains("meta-inf/manifest.xml"),
      names.contains("content.xml") || names.contains("encrypted-package")
    else { return nil }
    if let entry = entries.first(where: { $0.name == "mimetype" }), entry.size <= 256 {
      let type = String(decoding: try whole(entry, in: archive, limit: nil), as: UTF8.self)
      guard type.hasPrefix("application/vnd.oasis.opendocument.spreadsheet") else {
        throw refuse("this is an office document without sheets", "Give the workbook, or a CSV of its table")
      }
    }
    return .openDocument
  }

  /// The workbook at a path.
  ///
  /// - Throws: `HorizonError` of kind data for what is no workbook, is protected by a password, or is packed to deceive.
  init(path: String, bytes: Int, limit: UnpackLimit) throws {
    archive = try ZipArchive(path: path)
    let list = try archive.entries()
    guard let format = try WorkbookPackage.format(of: list, in: archive) else {
      throw HorizonError(.data, "this is no workbook", at: .init(file: path), remedy: "Give an .xlsx or .ods file")
    }
    self.format = format
    self.limit = limit
    var entries: [String: ZipArchive.Entry] = [:]
    for entry in list where entries.updateValue(entry, forKey: entry.name.lowercased()) != nil {
      throw HorizonError(
        .data, "the workbook holds two parts named \"\(SafeText.printable(entry.name))\"", at: .init(file: path),
        remedy: SheetRows.remedy)
    }
    self.entries = entries
    // Entries that share bytes are how an archive of a few megabytes unpacks to petabytes.
    guard list.reduce(0.0, { $0 + Double($1.compressedSize) }) <= Double(bytes) else {
      throw HorizonError(
        .data, "the entries of the archive overlap", at: .init(file: path),
        remedy: "The archive was made to unpack to far more than it holds; do not trust it")
    }
  }

  /// The sheets, of which none has been parsed.
  ///
  /// - Throws: `HorizonError` of kind data for a workbook whose parts do not fit together, or with a password.
  func sheets() throws -> any SheetSource {
    switch format {
    case .excel, .excelWithMacros: try ExcelWorkbook(self)
    case .openDocument: try OpenDocument(self)
    }
  }

  /// Whether there is such a part.
  func contains(_ name: String) -> Bool { entries[name.lowercased()] != nil }

  /// A part to be parsed piece by piece.
  ///
  /// - Parameter isFirstPass: whether it is parsed again later, and its bytes counted only then.
  /// - Throws: `HorizonError` of kind data if it is not there.
  func part(_ name: String, handler: some XMLHandler, isFirstPass: Bool = false) throws -> WorkbookPart {
    guard let entry = entries[name.lowercased()] else {
      throw HorizonError(
        .data, "the workbook lacks its part \(SafeText.printable(name))", at: .init(file: path),
        remedy: SheetRows.remedy)
    }
    let location = archive.location(of: name)
    return WorkbookPart(
      stream: try archive.open(entry, location: location), xml: try XMLPart(handler, location: location),
      packed: entry.compressedSize, limit: limit, isCounted: !isFirstPass)
  }

  /// Parses a whole part, which says how others are read.
  func parse(_ name: String, into handler: some XMLHandler) throws {
    guard entries[name.lowercased()].map({ $0.size <= WorkbookPackage.sidePartLimit }) ?? true else {
      throw HorizonError(
        .data, "the part \(SafeText.printable(name)) holds more than \(WorkbookPackage.sidePartLimit) bytes",
        at: .init(file: path), remedy: SheetRows.remedy)
    }
    let part = try part(name, handler: handler)
    while try part.parseMore() {}
  }

  /// Whether a text stands anywhere in a part, without parsing it.
  func holds(_ text: String, inPart name: String) throws -> Bool {
    guard let entry = entries[name.lowercased()] else { return false }
    let text = Array(text.utf8)
    let stream = try archive.open(entry, location: archive.location(of: name))
    let size = 64 << 10
    var unpacked = 0
    return try withUnsafeTemporaryAllocation(byteCount: size + text.count, alignment: 16) { buffer in
      // What may be the beginning of the text stays before what comes next.
      var kept = 0
      while true {
        let count = try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[kept..<(kept + size)]))
        if count == 0 { return false }
        unpacked += count
        try limit.check(entryBytes: unpacked, compressed: entry.compressedSize)
        let filled = kept + count
        if WorkbookPackage.find(text, UnsafeRawBufferPointer(rebasing: buffer[..<filled])) { return true }
        kept = min(filled, text.count - 1)
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[(filled - kept)..<filled]))
      }
    }
  }

  private static func find(_ text: [UInt8], _ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let base = bytes.baseAddress, let first = text.first else { return false }
    var from = 0
    while from + text.count <= bytes.count,
      let hit = memchr(base + from, Int32(first), bytes.count - from - text.count + 1)
    {
      if memcmp(hit, text, text.count) == 0 { return true }
      from = base.distance(to: UnsafeRawPointer(hit)) + 1
    }
    return false
  }

  private static func whole(_ entry: ZipArchive.Entry, in archive: ZipArchive, limit: UnpackLimit?) throws -> [UInt8] {
    let stream = try archive.open(entry, location: archive.location(of: entry.name))
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while bytes.count <= 4096 {
      let count = try buffer.withUnsafeMutableBytes { try stream.read(into: $0) }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return bytes
  }
}

/// A part of a workbook while it is unpacked and parsed.
final class WorkbookPart {
  /// Bytes that are parsed in one go.
  private static let pieceSize = 32 << 10

  private let stream: ZipEntryStream
  private let xml: XMLPart
  private let packed: Int
  private let limit: UnpackLimit
  private let isCounted: Bool
  private var unpacked = 0
  private var isOver = false

  fileprivate init(stream: consuming ZipEntryStream, xml: XMLPart, packed: Int, limit: UnpackLimit, isCounted: Bool) {
    self.stream = stream
    self.xml = xml
    self.packed = packed
    self.limit = limit
    self.isCounted = isCounted
  }

  /// Parses the next piece; false at the end, when the checksum has been verified.
  ///
  /// - Throws: `HorizonError` of kind data for a damaged part, or one that unpacks to too much.
  func parseMore() throws -> Bool {
    if isOver { return false }
    return try withUnsafeTemporaryAllocation(byteCount: WorkbookPart.pieceSize, alignment: 16) { buffer in
      let count = try stream.read(into: buffer)
      guard count > 0 else {
        isOver = true
        try xml.finish()
        return false
      }
      unpacked += count
      if isCounted {
        try limit.add(count, entryBytes: unpacked, compressed: packed)
      } else {
        try limit.check(entryBytes: unpacked, compressed: packed)
      }
      try xml.feed(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      return true
    }
  }
}
