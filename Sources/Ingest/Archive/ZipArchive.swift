import CZip
import CommunitySafety
import Diagnostics
import Wording

/// A zip archive open for reading, through libzip. Entries are only ever read into memory: their names touch no file
/// system. One archive object belongs to one worker.
final class ZipArchive {
  /// An entry of the archive's directory.
  struct Entry: Sendable {
    /// Position in the directory.
    let index: UInt64
    /// Name as stored, with `/` between folders.
    let name: String
    /// Bytes it says it unpacks to.
    let size: Int
    /// Bytes it takes in the archive.
    let compressedSize: Int
    /// CRC-32 of what it unpacks to.
    let crc: UInt32
    /// How it is packed.
    let packing: Packing
  }

  /// How an entry is packed.
  enum Packing: Sendable {
    case stored
    case deflated
    /// By another method, encrypted, or the directory does not say.
    case other
  }

  /// Path as the user named it.
  let path: String
  private let handle: OpaquePointer

  /// Opens an archive.
  ///
  /// - Throws: `HorizonError` of kind data if it is not a zip archive or is cut short.
  init(path: String) throws {
    var code: Int32 = 0
    guard let handle = zip_open(path, ZIP_RDONLY, &code) else {
      throw ZipArchive.openError(path, code)
    }
    self.path = path
    self.handle = handle
  }

  deinit { zip_discard(handle) }

  /// The directory, in stored order; folders are left out.
  ///
  /// - Throws: `HorizonError` for a name that leads out of the archive.
  func entries() throws -> [Entry] {
    let count = max(0, zip_get_num_entries(handle, 0))
    var entries: [Entry] = []
    for index in 0..<UInt64(count) {
      var status = zip_stat_t()
      guard zip_stat_index(handle, index, 0, &status) == 0, let raw = status.name else {
        throw HorizonError(
          .data, "the archive's directory is damaged", at: .init(file: path), remedy: "Download the archive again")
      }
      let name = String(cString: raw).replacing("\\", with: "/")
      try refuseEscape(name)
      if name.hasSuffix("/") { continue }
      entries.append(
        Entry(
          index: index, name: name, size: Int(clamping: status.size), compressedSize: Int(clamping: status.comp_size),
          crc: status.crc, packing: ZipArchive.packing(status)))
    }
    return entries
  }

  /// Opens an entry for streaming, unpacked.
  func open(_ entry: Entry, location: String) throws -> ZipEntryStream {
    try open(entry, flags: 0, location: location)
  }

  /// Fills `buffer` with the bytes of an entry as they lie in the archive.
  ///
  /// - Throws: `HorizonError` of kind data if there are fewer.
  func readPacked(_ entry: Entry, into buffer: UnsafeMutableRawBufferPointer, location: String) throws {
    let stream = try open(entry, flags: zip_flags_t(ZIP_FL_COMPRESSED), location: location)
    var filled = 0
    while filled < buffer.count {
      let count = try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      guard count > 0 else { throw ZipArchive.damaged(location) }
      filled += count
    }
  }

  private func open(_ entry: Entry, flags: zip_flags_t, location: String) throws -> ZipEntryStream {
    guard let stream = zip_fopen_index(handle, entry.index, flags) else {
      let code = zip_error_code_zip(zip_get_error(handle))
      throw ZipArchive.readError(location, code)
    }
    return ZipEntryStream(stream: stream, location: location, archive: self)
  }

  /// `archive.zip!entry.csv`, with control characters of hostile names made visible.
  func location(of name: String) -> String { "\(path)!\(SafeText.printable(name))" }

  private static func packing(_ status: zip_stat_t) -> Packing {
    let needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_CRC | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD
    guard status.valid & UInt64(needed) == UInt64(needed), Int32(status.encryption_method) == ZIP_EM_NONE else {
      return .other
    }
    switch Int32(status.comp_method) {
    case ZIP_CM_STORE: return .stored
    case ZIP_CM_DEFLATE: return .deflated
    default: return .other
    }
  }

  private func refuseEscape(_ name: String) throws {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isAbsolute = name.hasPrefix("/") || parts.first?.hasSuffix(":") == true
    guard isAbsolute || parts.contains("..") else { return }
    throw HorizonError(
      .data, "the name of an entry leads out of the archive", at: .init(file: location(of: name)),
      remedy: "The archive was not made by data.police.uk; pack its CSV files again without such names")
  }

  private static func openError(_ path: String, _ code: Int32) -> HorizonError {
    switch code {
    case ZIP_ER_NOZIP, ZIP_ER_INCONS, ZIP_ER_EOF, ZIP_ER_READ, ZIP_ER_SEEK:
      HorizonError(
        .data, "not a zip archive, or one that is cut short (its directory cannot be read)", at: .init(file: path),
        remedy: "Download the archive again and check its size")
    case ZIP_ER_MEMORY: HorizonError(.tryLater, "not enough memory to open the archive", at: .init(file: path))
    default:
      HorizonError(
        .noInput, "the archive cannot be opened", at: .init(file: path), remedy: "Check that you may read it")
    }
  }

  fileprivate static func readError(_ location: String, _ code: Int32) -> HorizonError {
    switch code {
    case ZIP_ER_CRC: checksumMismatch(location)
    case ZIP_ER_NOPASSWD, ZIP_ER_WRONGPASSWD:
      HorizonError(
        .data, "the entry is encrypted", at: .init(file: location),
        remedy: "Unpack the archive with its password and give the folder")
    case ZIP_ER_COMPNOTSUPP, ZIP_ER_ENCRNOTSUPP:
      HorizonError(
        .data, "the entry is packed by a method that cannot be read", at: .init(file: location),
        remedy: "Unpack the archive and give the folder")
    default: damaged(location)
    }
  }

  /// The error for an entry that does not unpack to what the directory says.
  static func damaged(_ location: String) -> HorizonError {
    HorizonError(
      .data, "the entry is damaged or cut short", at: .init(file: location),
      remedy: "Download the archive again and check its size")
  }

  /// The error for an entry that unpacks to other bytes than were packed.
  static func checksumMismatch(_ location: String) -> HorizonError {
    HorizonError(
      .data, "the entry is damaged: its checksum does not match", at: .init(file: location),
      remedy: "Download the archive again")
  }
}

/// One entry being unpacked.
struct ZipEntryStream: ~Copyable {
  private let stream: OpaquePointer
  private let location: String
  // Keeps the archive open as long as the entry.
  private let archive: ZipArchive

  fileprivate init(stream: OpaquePointer, location: String, archive: ZipArchive) {
    self.stream = stream
    self.location = location
    self.archive = archive
  }

  deinit { zip_fclose(stream) }

  /// Unpacks into `buffer`; 0 at the end of the entry, whose checksum has then been verified.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = zip_fread(stream, buffer.baseAddress, UInt64(buffer.count))
    guard count >= 0 else {
      throw ZipArchive.readError(location, zip_error_code_zip(zip_file_get_error(stream)))
    }
    return Int(count)
  }
}
