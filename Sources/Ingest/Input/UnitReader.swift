import Hashing
import CommunitySafety

/// What was read of one CSV.
package struct UnitResult: Sendable {
  /// The counts or rows.
  package enum Content: Sendable {
    /// Not even a header.
    case empty
    case street(StreetTally)
    case table(TableRows)

    /// Data rows read.
    package var rows: Int {
      switch self {
      case .empty: 0
      case .street(let tally): tally.rows
      case .table(let rows): rows.count
      }
    }
  }

  let content: Content
  /// Hash of the unpacked bytes, for finding repeated files.
  let contentHash: ContentHash
  /// Bytes, unpacked.
  let bytes: Int
  /// SHA-256 of the file; nil for an entry of an archive, which is hashed as a whole.
  let sha256: String?
}

/// Reads CSVs one after the other on one worker; keeps the archive it last read from open.
struct UnitReader {
  let plan: InputPlan
  let limits: [UnpackLimit]
  let detail: StreetDetail
  let progress: ProgressMeter
  private let unpacker: EntryUnpacker
  private var archive: (source: Int, handle: ZipArchive)?

  /// A reader of the plan's units, which unpacks entries of up to `wholeEntryLimit` bytes in one piece.
  init(
    plan: InputPlan, limits: [UnpackLimit], detail: StreetDetail, progress: ProgressMeter, wholeEntryLimit: Int
  ) {
    self.plan = plan
    self.limits = limits
    self.detail = detail
    self.progress = progress
    unpacker = EntryUnpacker(limit: wholeEntryLimit)
  }

  /// Reads and counts one CSV.
  mutating func read(_ unit: InputPlan.Unit) throws -> UnitResult {
    switch unit.origin {
    case .file, .standardInput:
      let stream = try FileStream(path: unit.location)
      let digest = try SHA256()
      let result = try consume(unit) { buffer in
        let count = try stream.read(into: buffer)
        try digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        return count
      }
      return UnitResult(
        content: result.content, contentHash: result.hash, bytes: result.bytes, sha256: try digest.hexadecimal())
    case .entry(let entry):
      let result = try read(entry, unit)
      return UnitResult(content: result.content, contentHash: result.hash, bytes: result.bytes, sha256: nil)
    }
  }

  /// SHA-256 of a whole archive.
  func digest(ofSource index: Int) throws -> String {
    let stream = try FileStream(path: plan.sources[index].path)
    let digest = try SHA256()
    return try withUnsafeTemporaryAllocation(byteCount: 256 << 10, alignment: 16) { buffer in
      while true {
        let count = try stream.read(into: buffer)
        if count == 0 { break }
        try digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        progress.add(count)
      }
      return try digest.hexadecimal()
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
    return try consume(unit, whole: (bytes.bindMemory(to: UInt8.self), hash)) { $0.count }
  }

  private mutating func open(_ source: Int) throws -> ZipArchive {
    if let archive, archive.source == source { return archive.handle }
    let handle = try ZipArchive(path: plan.sources[source].path)
    archive = (source, handle)
    return handle
  }

  private typealias Consumed = (content: UnitResult.Content, hash: ContentHash, bytes: Int)

  /// Reads a CSV from what `read` gives, or where it lies in `whole`, whose next bytes `read` is shown.
  private func consume(
    _ unit: InputPlan.Unit, whole: (bytes: UnsafeMutableBufferPointer<UInt8>, hash: ContentHash)? = nil,
    _ read: (UnsafeMutableRawBufferPointer) throws -> Int
  ) throws -> Consumed {
    var scanner = whole.map { CSVScanner(file: unit.location, over: $0.bytes) } ?? CSVScanner(file: unit.location)
    var hash = ContentHash()
    var bytes = 0
    let (detail, progress) = (detail, progress)
    let content = try CSVReader.read(&scanner, file: unit.location, detail: detail) { buffer in
      let count = try read(buffer)
      if bytes == 0, count > 0 { try UnitReader.refuseBinary(UnsafeRawBufferPointer(buffer), count, unit.location) }
      if whole == nil { hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
      bytes += count
      if count > 0 { progress.add(count) }
      return count
    }
    return (content, whole?.hash ?? hash, bytes)
  }

  private static func refuseBinary(_ buffer: UnsafeRawBufferPointer, _ count: Int, _ location: String) throws {
    let head = buffer[..<min(count, 512)]
    let isZip = head.starts(with: [0x50, 0x4B, 0x03, 0x04])
    let isUTF16 = head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
    guard isZip || (!isUTF16 && head.contains(0)) else { return }
    throw HorizonError(
      .data, isZip ? "a zip archive is read only from a file" : "this is not text: it holds NUL bytes",
      at: .init(file: location),
      remedy: isZip ? "Give the archive's path" : "Give a CSV, a police.uk archive or its folder")
  }
}

/// Reads one CSV of either kind.
enum CSVReader {
  /// Recognises the header, then counts or collects the rows.
  static func read(
    _ scanner: inout CSVScanner, file: String, detail: StreetDetail,
    from read: (UnsafeMutableRawBufferPointer) throws -> Int
  ) throws -> UnitResult.Content {
    var street: StreetTallyBuilder?
    var long: LongTableReader?
    try scanner.scan(read: read) { record in
      if street != nil {
        try street?.add(record)
      } else if long != nil {
        try long?.add(record)
      } else {
        switch try CSVLayout.recognise(record, file: file) {
        case .street(let columns): street = StreetTallyBuilder(file: file, columns: columns, detail: detail)
        case .long(let columns): long = LongTableReader(file: file, columns: columns)
        }
      }
    }
    if let street { return .street(street.finish()) }
    if let long { return .table(long.finish()) }
    return .empty
  }
}
