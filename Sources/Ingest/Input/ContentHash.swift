import CDeflate

/// CRC-32 and length of a stream, which tell whether two files hold the same bytes; not for use against an adversary.
/// Different files of the same length agree once in four thousand million times. An archive's directory has both.
package struct ContentHash: Hashable, Sendable {
  /// CRC-32 (ISO 3309).
  package private(set) var crc: UInt32
  /// Bytes.
  package private(set) var length: Int

  /// The hash of a stream whose CRC-32 is known; by default of nothing yet.
  package init(crc: UInt32 = 0, length: Int = 0) {
    self.crc = crc
    self.length = length
  }

  /// Takes in more bytes.
  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
    crc = libdeflate_crc32(crc, base, bytes.count)
    length += bytes.count
  }
}
