import Diagnostics

/// The secret under which pseudonyms of partner extracts are hashed.
public enum PseudonymKey {
  /// The bytes of a key file without the line end that editors add.
  ///
  /// - Throws: `HorizonError`: noInput if it cannot be read, data if it is no key.
  public static func read(_ path: String) throws -> [UInt8] {
    var key = Array(try ReferenceFiles.text(path).utf8)
    while let last = key.last, last == 10 || last == 13 { key.removeLast() }
    guard (16...4096).contains(key.count) else {
      throw HorizonError(
        .data, "a key has from 16 to 4096 characters", at: .init(file: path),
        remedy: "Make one with `openssl rand -hex 32 > \(path)` and keep it out of the pack")
    }
    return key
  }
}
