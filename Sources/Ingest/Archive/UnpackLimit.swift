import CommunitySafety
import Diagnostics
import Synchronization

/// Guards against archives and gzip files made to exhaust the machine. What counts is bytes really unpacked, not what the directory
/// says: at most ``IngestOptions/maximumUnpackedBytes`` an archive, and at most 200 times the packed size for an entry
/// beyond 64 MB (street-level files unpack to about five times).
final class UnpackLimit: Sendable {
  static let entryRatio = 200
  static let ratioFloor = 64 << 20

  private let path: String
  private let maximum: Int
  private let unpacked = Atomic<Int>(0)

  /// The limit of one archive.
  init(path: String, maximum: Int) {
    self.path = path
    self.maximum = maximum
  }

  /// Notes `bytes` more unpacked from an entry that has given `entryBytes` so far out of `compressed`.
  func add(_ bytes: Int, entryBytes: Int, compressed: Int) throws {
    let (_, total) = unpacked.add(bytes, ordering: .relaxed)
    if total > maximum { throw UnpackLimit.tooLarge(path, maximum) }
    try check(entryBytes: entryBytes, compressed: compressed)
  }

  /// Refuses an entry that has given so many bytes out of so few; what is unpacked a second time is not counted again.
  func check(entryBytes: Int, compressed: Int) throws {
    if entryBytes > maximum { throw UnpackLimit.tooLarge(path, maximum) }
    if entryBytes > UnpackLimit.ratioFloor, entryBytes / UnpackLimit.entryRatio > compressed {
      throw HorizonError(
        .data, "it, or an entry of it, unpacks to more than \(UnpackLimit.entryRatio) times its packed size",
        at: .init(file: path), remedy: "If it is to be trusted, unpack it and give what it holds")
    }
  }

  /// The error for an archive that unpacks, or says that it unpacks, to more than is allowed.
  static func tooLarge(_ path: String, _ maximum: Int) -> HorizonError {
    HorizonError(
      .data, "the archive unpacks to more than \(maximum) bytes", at: .init(file: path),
      remedy: "If the archive is to be trusted, unpack it and give the folder, or split it")
  }
}
