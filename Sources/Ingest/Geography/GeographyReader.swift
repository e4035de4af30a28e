import CommunitySafety
import Diagnostics
import Hashing

/// Reads files that stand beside the inputs of a run: lookups and tables of population and context.
struct SideFile {
  /// Opens a CSV, shows its bytes to `read` and returns what it was.
  ///
  /// - Throws: `HorizonError`: noInput for a path that is not there, data if it is no text.
  static func read(
    _ path: String, as what: String,
    _ read: ((UnsafeMutableRawBufferPointer) throws -> Int) throws -> Void
  ) throws -> SourceFile {
    try check(path, as: what)
    let stream = try FileStream(path: path)
    let digest = try SHA256()
    var bytes = 0
    try withoutActuallyEscaping({ (buffer: UnsafeMutableRawBufferPointer) throws -> Int in
      let count = try stream.read(into: buffer)
      try digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      bytes += count
      return count
    }) { try read($0) }
    return SourceFile(
      name: FileKind.lastComponent(path), sha256: try digest.hexadecimal(), bytes: bytes, rows: 0)
  }

  /// What a file is that was read otherwise.
  static func source(_ path: String) throws -> SourceFile {
    let stream = try FileStream(path: path)
    let digest = try SHA256()
    var bytes = 0
    try withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 16) { buffer in
      while true {
        let count = try stream.read(into: buffer)
        if count == 0 { break }
        try digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        bytes += count
      }
    }
    return SourceFile(
      name: FileKind.lastComponent(path), sha256: try digest.hexadecimal(), bytes: bytes, rows: 0)
  }

  private static func check(_ path: String, as what: String) throws {
    func refuse(_ remedy: String) -> HorizonError {
      HorizonError(.data, "the \(what) is not a CSV", at: .init(file: path), remedy: remedy)
    }
    switch try FileKind(path: path) {
    case .text: return
    case .folder: throw refuse("Name a CSV inside")
    case .parquet: throw refuse("Export it as CSV")
    case .archive:
      let archive = try ZipArchive(path: path)
      throw refuse(
        try WorkbookPackage.format(of: archive.entries(), in: archive) == nil
          ? "Unpack it and name the CSV inside" : "Export its sheet as CSV")
    }
  }
}

extension Geography {
  /// Reads lookups; nil without any.
  ///
  /// - Throws: `HorizonError` with file and line for what is wrong in a lookup.
  static func read(_ paths: [String], registry: AreaRegistry) throws -> (geography: Geography, sources: [SourceFile])? {
    guard !paths.isEmpty else { return nil }
    var links = LookupLinks()
    var sources: [SourceFile] = []
    for path in paths {
      sources.append(try SideFile.read(path, as: "lookup") { try links.add(file: path, read: $0) })
    }
    return (Geography(links, registry: registry, files: paths), sources)
  }
}

extension AreaLevel {
  /// What a base level needs of the lookups.
  ///
  /// - Throws: `HorizonError` of kind usage that names the file to give.
  func check(_ geography: Geography?) throws {
    switch self {
    case .ward where geography?.placesLSOAsInWards != true:
      throw HorizonError(
        .usage, "--by ward needs a lookup from LSOAs to wards",
        remedy: "Give --lookup an ONS table with columns like LSOA21CD and WD24CD, and, where the data has codes of "
          + "2011, another with LSOA11CD and LSOA21CD")
    case .lsoa where geography?.linksCensuses != true:
      throw HorizonError(
        .usage, "--by lsoa needs a lookup between the LSOAs of two censuses",
        remedy:
          "Give --lookup the ONS table with columns like LSOA11CD, LSOA21CD and CHNGIND, so that a series does not "
          + "break where the codes changed")
    default: return
    }
  }
}
