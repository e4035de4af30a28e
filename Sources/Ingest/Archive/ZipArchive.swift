import CZip
import CommunitySafety

/// A zip archive open for reading, through libzip. Entries are only ever streamed: their names touch no file system.
/// One archive object belongs to one worker.
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
          index: index, name: name, size: Int(clamping: status.size), compressedSize: Int(clamping: status.comp_size)))
    }
    return entries
  }

  /// Opens an entry for streaming.
  func open(_ index: UInt64, location: String) throws -> ZipEntryStream {
    guard let stream = zip_fopen_index(handle, index, 0) else {
      let code = zip_error_code_zip(zip_get_error(handle))
      throw ZipArchive.readError(location, code)
    }
    return ZipEntryStream(stream: stream, location: location, archive: self)
  }

  /// `archive.zip!entry.csv`, with control characters of hostile names made visible.
  func location(of name: String) -> String { "\(path)!\(printable(name))" }

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
    let (message, remedy) =
      switch code {
      case ZIP_ER_CRC: ("the entry is damaged: its checksum does not match", "Download the archive again")
      case ZIP_ER_NOPASSWD, ZIP_ER_WRONGPASSWD:
        ("the entry is encrypted", "Unpack the archive with its password and give the folder")
      case ZIP_ER_COMPNOTSUPP, ZIP_ER_ENCRNOTSUPP:
        ("the entry is packed by a method that cannot be read", "Unpack the archive and give the folder")
      default: ("the entry is damaged or cut short", "Download the archive again and check its size")
      }
    return HorizonError(.data, message, at: .init(file: location), remedy: remedy)
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

/// The text with control characters replaced, so that a hostile name cannot command a terminal.
func printable(_ text: String) -> String {
  String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? "\u{FFFD}" : $0 }))
}
