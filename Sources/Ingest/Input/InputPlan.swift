import CommunitySafety
import Diagnostics
import Wording

/// What a run will read: the files given and the CSVs inside them, in reading order.
struct InputPlan: Sendable {
  /// A file to be hashed and listed.
  struct Source: Sendable {
    /// Path as the user named it; `-` is standard input.
    let path: String
    /// Name without the folders above the input.
    let name: String
    /// Its size; 0 where unknown.
    let bytes: Int
    /// Whether it is a zip archive, hashed apart from its entries.
    let isArchive: Bool
  }

  /// A CSV to be read.
  struct Unit: Sendable {
    /// Where the bytes are.
    enum Origin: Sendable {
      case file
      case standardInput
      case entry(ZipArchive.Entry)
      case parquet
      case workbook
      case memory([UInt8])
    }
    /// For errors: the path, or `archive.zip!entry.csv`.
    let location: String
    /// For notes: the same without the folders above the input, so that outputs do not depend on where it lay.
    let label: String
    /// File name without folders.
    let name: String
    /// Index of the source it belongs to.
    let source: Int
    let origin: Origin
    /// Bytes expected, for progress.
    let bytes: Int
  }

  private(set) var sources: [Source] = []
  private(set) var units: [Unit] = []
  /// Files passed over because they are of no kind that is read.
  private(set) var skipped = 0
  private let maximumUnpackedBytes: Int
  private var unitsOfLength: [Int: Int] = [:]

  /// Whether another file of the plan may hold the same bytes: one has the same length, or one's length is unknown.
  func mayRepeat(_ unit: Unit) -> Bool {
    unitsOfLength[unit.bytes, default: 0] > 1 || unit.bytes == 0 || unitsOfLength[0] != nil
  }

  /// Bytes of all units, unpacked.
  var unpackedBytes: Int { InputPlan.sum(units.map(\.bytes)) }

  /// Bytes to get through, with archives packed too where they are hashed: the total of the progress.
  func totalBytes(hashingArchives: Bool) -> Int {
    InputPlan.sum([unpackedBytes] + sources.filter { hashingArchives && $0.isArchive }.map(\.bytes))
  }

  private static func sum(_ sizes: [Int]) -> Int {
    sizes.reduce(0) { sum, bytes in
      let (next, overflows) = sum.addingReportingOverflow(bytes)
      return overflows ? .max : next
    }
  }

  /// The plan for one input that is in memory.
  init(_ bytes: [UInt8], name: String, maximumUnpackedBytes: Int) {
    self.maximumUnpackedBytes = maximumUnpackedBytes
    sources.append(Source(path: name, name: name, bytes: bytes.count, isArchive: false))
    units.append(
      Unit(
        location: name, label: SafeText.printable(name), name: name, source: 0, origin: .memory(bytes),
        bytes: bytes.count))
    unitsOfLength[bytes.count] = 1
  }

  /// Finds the CSVs of all inputs.
  ///
  /// - Parameter maximumUnpackedBytes: most bytes that an archive's directory may announce for the entries read.
  /// - Throws: `HorizonError`: noInput for a path that is not there, data for one without anything to read.
  init(inputs: [String], maximumUnpackedBytes: Int) throws {
    self.maximumUnpackedBytes = maximumUnpackedBytes
    guard !inputs.isEmpty else {
      throw HorizonError(
        .usage, "no input was given", remedy: "Name a police.uk archive, its folder, a CSV, or - for standard input")
    }
    for input in inputs {
      if input == "-" {
        guard !sources.contains(where: { $0.path == "-" }) else {
          throw HorizonError(.usage, "standard input (-) was given twice", remedy: "Give - once")
        }
        sources.append(Source(path: "-", name: "-", bytes: 0, isArchive: false))
        units.append(
          Unit(location: "-", label: "-", name: "-", source: sources.count - 1, origin: .standardInput, bytes: 0))
        continue
      }
      switch try FileKind(path: input) {
      case .folder: try addFolder(input)
      case .archive(let bytes): try addArchive(input, name: FileKind.lastComponent(input), bytes: bytes)
      case .text(let bytes): addFile(input, name: FileKind.lastComponent(input), .file, bytes: bytes)
      case .parquet(let bytes): addFile(input, name: FileKind.lastComponent(input), .parquet, bytes: bytes)
      }
    }
    for unit in units { unitsOfLength[unit.bytes, default: 0] += 1 }
  }

  private mutating func addFile(_ path: String, name: String, _ origin: Unit.Origin, bytes: Int) {
    sources.append(Source(path: path, name: name, bytes: bytes, isArchive: false))
    units.append(
      Unit(
        location: path, label: SafeText.printable(name), name: FileKind.lastComponent(path), source: sources.count - 1,
        origin: origin, bytes: bytes))
  }

  private mutating func addFolder(_ path: String) throws {
    let root = FileKind.lastComponent(path)
    let files = try FileKind.files(under: path)
    let (chosen, passed) = InputPlan.choose(
      files.filter { !FileKind.isZipName($0) },
      endings: [".csv", ".ndjson", ".jsonl", ".parquet"] + InputPlan.workbookEndings)
    let archives = files.filter(FileKind.isZipName)
    skipped += passed
    let before = units.count
    for name in (chosen + archives).sorted(by: FileKind.scalarOrder) {
      let full = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
      switch try FileKind(path: full) {
      case .archive(let bytes): try addArchive(full, name: "\(root)/\(name)", bytes: bytes)
      case .text(let bytes): addFile(full, name: "\(root)/\(name)", .file, bytes: bytes)
      case .parquet(let bytes): addFile(full, name: "\(root)/\(name)", .parquet, bytes: bytes)
      case .folder: continue
      }
    }
    guard units.count > before else {
      throw HorizonError(
        .data, "the folder holds no CSV to read", at: .init(file: path),
        remedy: "Give the folder of a police.uk archive, with YYYY-MM/YYYY-MM-<force>-street.csv below it")
    }
  }

  private mutating func addArchive(_ path: String, name: String, bytes: Int) throws {
    let archive = try ZipArchive(path: path)
    let entries = try archive.entries()
    if try WorkbookPackage.format(of: entries, in: archive) != nil {
      addFile(path, name: name, .workbook, bytes: bytes)
      return
    }
    let (chosen, passed) = InputPlan.choose(entries.map(\.name))
    if chosen.isEmpty, let book = entries.first(where: { InputPlan.isWorkbookName($0.name) }) {
      throw HorizonError(
        .data,
        "the archive holds the workbook \"\(SafeText.printable(book.name))\", which is read only from a file of its own",
        at: .init(file: path), remedy: "Unpack the archive and give the workbook")
    }
    guard !chosen.isEmpty else {
      throw HorizonError(
        .data, "the archive holds no CSV to read (\(entries.count) files)", at: .init(file: path),
        remedy: "Ask data.police.uk for street-level crime, or give an archive of a long CSV")
    }
    skipped += passed
    let wanted = Set(chosen)
    let kept = entries.filter { wanted.contains($0.name) }.sorted { FileKind.scalarOrder($0.name, $1.name) }
    // Entries that share bytes are how an archive of a few megabytes unpacks to petabytes.
    guard kept.reduce(0.0, { $0 + Double($1.compressedSize) }) <= Double(bytes) else {
      throw HorizonError(
        .data, "the entries of the archive overlap", at: .init(file: path),
        remedy: "The archive was made to unpack to far more than it holds; do not trust it")
    }
    guard kept.reduce(0.0, { $0 + Double($1.size) }) <= Double(maximumUnpackedBytes) else {
      throw UnpackLimit.tooLarge(path, maximumUnpackedBytes)
    }
    sources.append(Source(path: path, name: name, bytes: bytes, isArchive: true))
    for entry in kept {
      units.append(
        Unit(
          location: archive.location(of: entry.name), label: SafeText.printable("\(name)!\(entry.name)"),
          name: FileKind.lastComponent(entry.name),
          source: sources.count - 1, origin: .entry(entry), bytes: entry.size))
    }
  }

  private static let workbookEndings = [".xlsx", ".xlsm", ".ods"]

  private static func isWorkbookName(_ name: String) -> Bool {
    workbookEndings.contains(where: name.lowercased().hasSuffix)
  }

  /// Of the files of an archive or folder, those to read: the street-level files where there are any, else every CSV
  /// or NDJSON that is not another kind of police.uk file. Any may be packed by gzip.
  static func choose(_ names: [String], endings: [String] = [".csv", ".ndjson", ".jsonl"]) -> (
    chosen: [String], passed: Int
  ) {
    let lower = names.map(FileKind.contentName)
    // Spreadsheet programs mark a workbook that is open by a file whose name begins with ~$.
    let isVisible = names.map { name in
      let last = FileKind.lastComponent(name)
      return !name.hasPrefix("__MACOSX/") && !last.hasPrefix(".") && !last.hasPrefix("~$")
    }
    let street = names.indices.filter { isVisible[$0] && lower[$0].hasSuffix("-street.csv") }
    let other = names.indices.filter {
      isVisible[$0] && endings.contains(where: lower[$0].hasSuffix) && !lower[$0].hasSuffix("-outcomes.csv")
        && !lower[$0].hasSuffix("-stop-and-search.csv")
    }
    let chosen = street.isEmpty ? other : street
    return (chosen.map { names[$0] }, isVisible.filter { $0 }.count - chosen.count)
  }
}
