import CommunitySafety
import Diagnostics
import Hashing

/// What was read of one file.
package struct UnitResult: Sendable {
  /// The counts or rows; none for a file without even a header, several for a workbook of which several sheets were read.
  let contents: [(content: any UnitContent, sheet: String?)]
  /// What to know about the file itself.
  let notes: [DataNote]
  /// Hash of the unpacked bytes, for finding repeated files.
  let contentHash: ContentHash
  /// Bytes of the file itself, packed if it is; of an entry of an archive as the entry holds them.
  let bytes: Int
  /// SHA-256 of the file; nil if it was not asked for, and for an entry of an archive, which is hashed as a whole.
  let sha256: String?
}

/// Reads CSVs one after the other on one worker; keeps the archive it last read from open.
struct UnitReader {
  let plan: InputPlan
  let limits: [UnpackLimit]
  let layouts: LayoutSettings
  let progress: ProgressMeter
  let takesDigests: Bool
  /// Crime IDs of the street-level files read.
  private(set) var crimeIDs = CrimeIDs()
  private let unpacker: EntryUnpacker
  private var archive: (source: Int, handle: ZipArchive)?

  /// A reader of the plan's units, which unpacks entries of up to `wholeEntryLimit` bytes in one piece.
  init(
    plan: InputPlan, limits: [UnpackLimit], layouts: LayoutSettings, progress: ProgressMeter, takesDigests: Bool,
    wholeEntryLimit: Int
  ) {
    self.plan = plan
    self.limits = limits
    self.layouts = layouts
    self.progress = progress
    self.takesDigests = takesDigests
    unpacker = EntryUnpacker(limit: wholeEntryLimit)
  }

  /// Reads and counts the CSV with this number in the plan.
  mutating func read(unit index: Int) throws -> UnitResult {
    let unit = plan.units[index]
    if case .workbook = unit.origin { return try readWorkbook(index, unit) }
    var found: Found
    var (hash, bytes): (ContentHash, Int)
    var sha256: String?
    switch unit.origin {
    case .file, .standardInput:
      let stream = try FileStream(path: unit.location)
      let digest = takesDigests ? try SHA256() : nil
      (found, hash, bytes) = try consume(unit) { buffer in
        let count = try stream.read(into: buffer)
        try digest?.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        return count
      }
      sha256 = try digest?.hexadecimal()
    case .parquet:
      let stream = try ParquetStream(path: unit.location)
      (found, hash, bytes) = try consume(unit) { try stream.read(into: $0) }
      // What is hashed and listed is the file, not what was made of it.
      if takesDigests { (sha256, bytes) = try fileDigest(unit.location) }
    case .entry(let entry):
      (found, hash, bytes) = try read(entry, unit)
    case .memory(let text):
      var rest = text[...]
      (found, hash, bytes) = try consume(unit) { buffer in
        let next = rest.prefix(buffer.count)
        buffer.copyBytes(from: next)
        rest = rest.dropFirst(next.count)
        return next.count
      }
      if takesDigests { sha256 = try SHA256.hexadecimal(of: text) }
    case .workbook: preconditionFailure("workbooks are read as such")
    }
    return UnitResult(
      contents: found.content.map { [(withoutCrimeIDs($0, file: index), nil)] } ?? [], notes: found.notes,
      contentHash: hash, bytes: bytes, sha256: sha256)
  }

  /// Reads the sheets of a workbook.
  private mutating func readWorkbook(_ index: Int, _ unit: InputPlan.Unit) throws -> UnitResult {
    // What is hashed and listed is the file, not what was made of it.
    var hash = ContentHash()
    let digest = takesDigests ? try SHA256() : nil
    let stream = try FileStream(path: unit.location)
    try withUnsafeTemporaryAllocation(byteCount: 256 << 10, alignment: 16) { buffer in
      while true {
        let count = try stream.read(into: buffer)
        if count == 0 { break }
        let piece = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        hash.update(piece)
        try digest?.update(piece)
      }
    }
    var reader = try WorkbookReader(path: unit.location, bytes: hash.length, limit: limits[unit.source], layouts)
    let found = try reader.read()
    progress.add(hash.length)
    return UnitResult(
      contents: found.contents.map { (withoutCrimeIDs($0.content, file: index), $0.sheet) }, notes: found.notes,
      contentHash: hash, bytes: hash.length, sha256: try digest?.hexadecimal())
  }

  /// Street-level content, whose crime IDs are kept with those of other files.
  private mutating func withoutCrimeIDs(_ content: any UnitContent, file index: Int) -> any UnitContent {
    guard var tally = content as? StreetTally else { return content }
    crimeIDs.add(tally.crimeIDs, file: index)
    tally.crimeIDs = []
    return tally
  }

  /// SHA-256 of a whole archive.
  func digest(ofSource index: Int) throws -> String {
    try fileDigest(plan.sources[index].path) { progress.add($0) }.digest
  }

  /// SHA-256 and size of a file; tells `done` of bytes as they are read.
  private func fileDigest(_ path: String, done: (Int) -> Void = { _ in }) throws -> (digest: String, bytes: Int) {
    let stream = try FileStream(path: path)
    let digest = try SHA256()
    var bytes = 0
    return try withUnsafeTemporaryAllocation(byteCount: 256 << 10, alignment: 16) { buffer in
      while true {
        let count = try stream.read(into: buffer)
        if count == 0 { break }
        try digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        bytes += count
        done(count)
      }
      return (try digest.hexadecimal(), bytes)
    }
  }

  /// Reads an entry of an archive: unpacked in one piece, or else streamed.
  private mutating func read(_ entry: ZipArchive.Entry, _ unit: InputPlan.Unit) throws -> Consumed {
    let limit = limits[unit.source]
    let archive = try open(unit.source)
    guard unpacker.takes(entry) else {
      let stream = try archive.open(entry, location: unit.location)
      var unpacked = 0
      return try consume(unit) { buffer in
        let count = try stream.read(into: buffer)
        unpacked += count
        try limit.add(count, entryBytes: unpacked, compressed: entry.compressedSize)
        return count
      }
    }
    let bytes = try unpacker.unpack(entry, of: archive, location: unit.location)
    try limit.add(bytes.count, entryBytes: bytes.count, compressed: entry.compressedSize)
    let hash = ContentHash(crc: entry.crc, length: bytes.count)
    return try consume(unit, whole: bytes.bindMemory(to: UInt8.self), hash: hash)
  }

  private mutating func open(_ source: Int) throws -> ZipArchive {
    if let archive, archive.source == source { return archive.handle }
    let handle = try ZipArchive(path: plan.sources[source].path)
    archive = (source, handle)
    return handle
  }

  private typealias Consumed = (found: Found, hash: ContentHash, bytes: Int)
  private typealias Found = (content: (any UnitContent)?, notes: [DataNote])

  /// Reads the text in `bytes`, a CSV where it lies.
  private func consume(
    _ unit: InputPlan.Unit, whole bytes: UnsafeMutableBufferPointer<UInt8>, hash: ContentHash
  ) throws -> Consumed {
    if GzipStream.announces(bytes) || JSONScanner.announces(bytes) {
      var rest = UnsafeRawBufferPointer(bytes)[...]
      return try consume(unit) { buffer in
        let next = rest.prefix(buffer.count)
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: next))
        rest = rest.dropFirst(next.count)
        return next.count
      }
    }
    try UnitReader.refuseBinary(bytes, unit.location)
    var scanner = CSVScanner(file: unit.location, over: bytes)
    let found = try RecordReader.read(file: unit.location, bytes: unit.bytes, layouts) { handle in
      try scanner.scan(
        read: { buffer in
          progress.add(buffer.count)
          return buffer.count
        }, while: handle)
    }
    return (found, hash, bytes.count)
  }

  /// Reads a CSV or JSON text, packed by gzip or not, from what `read` gives.
  private func consume(
    _ unit: InputPlan.Unit, _ read: (UnsafeMutableRawBufferPointer) throws -> Int
  ) throws -> Consumed {
    var bytes = 0
    func counted(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
      let count = try read(buffer)
      bytes += count
      progress.add(count)
      return count
    }
    var head = try StreamHead(from: counted)
    guard GzipStream.announces(head.bytes) else {
      let (found, hash) = try consumeText(unit, &head, counted)
      return (found, hash, bytes)
    }
    let gzip = try GzipStream(location: unit.location, limit: limits[unit.source])
    func unpacked(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
      try gzip.read(into: buffer) { try head.read(into: $0, then: counted) }
    }
    var inner = try StreamHead(from: unpacked)
    let (found, hash) = try consumeText(unit, &inner, unpacked)
    return (found, hash, bytes)
  }

  private func consumeText(
    _ unit: InputPlan.Unit, _ head: inout StreamHead, _ read: (UnsafeMutableRawBufferPointer) throws -> Int
  ) throws -> (Found, ContentHash) {
    try head.bytes.withUnsafeBufferPointer { try UnitReader.refuseBinary($0, unit.location) }
    let isJSON = JSONScanner.announces(head.bytes)
    // Only files of one length can be the same.
    let isHashed = takesDigests || plan.mayRepeat(unit)
    var (hash, length) = (ContentHash(), 0)
    func hashed(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
      let count = try head.read(into: buffer, then: read)
      if isHashed { hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
      length += count
      return count
    }
    let found: Found
    if isJSON {
      var scanner = JSONScanner(file: unit.location)
      found = try RecordReader.read(file: unit.location, bytes: unit.bytes, layouts) {
        try scanner.scan(read: hashed, while: $0)
      }
    } else {
      var scanner = CSVScanner(file: unit.location)
      found = try RecordReader.read(file: unit.location, bytes: unit.bytes, layouts) {
        try scanner.scan(read: hashed, while: $0)
      }
    }
    return (found, isHashed ? hash : ContentHash(length: length))
  }

  private static func refuseBinary(_ bytes: some Collection<UInt8>, _ location: String) throws {
    let head = bytes.prefix(512)
    if head.starts(with: CompoundFile.magic) { throw CompoundFile.refusal(isProtected: false, location) }
    if MarkupText.announces(head) {
      throw HorizonError(
        .data, "this is HTML or XML, not a table of plain text", at: .init(file: location),
        remedy: "It may be an error page, or a report that was only named as a table; export it as CSV or .xlsx")
    }
    let isUTF16 = head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      throw HorizonError(
        .data, "a zip archive or workbook is read only from a file", at: .init(file: location), remedy: "Give its path")
    }
    if head.starts(with: ParquetStream.magic) {
      throw HorizonError(
        .data, "a Parquet file is read only from a file of its own", at: .init(file: location), remedy: "Give its path")
    }
    if GzipStream.announces(head) {
      throw HorizonError(
        .data, "the file is packed by gzip twice", at: .init(file: location), remedy: "Unpack it once with gunzip")
    }
    guard !isUTF16, let nul = head.firstIndex(of: 0) else { return }
    throw HorizonError(
      .data, "this is not text: it holds NUL bytes",
      at: .init(file: location, line: 1 + head[..<nul].count { $0 == 10 }),
      remedy: "Give a CSV, a police.uk archive or its folder")
  }
}
