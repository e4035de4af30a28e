import CDeflate
import CommunitySafety
import Diagnostics

/// Unpacks entries in one piece with libdeflate, into memory used again for the next. Belongs to one worker.
///
/// zlib, which streams, takes longer: whatever is of a reasonable size is unpacked here.
final class EntryUnpacker {
  /// Most bytes of an entry unpacked in one piece, unless a test asks for less: the largest street-level files are of
  /// some 25 MB.
  static let defaultLimit = 32 << 20

  private let limit: Int
  private var packed = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  private var unpacked = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  private var decompressor: OpaquePointer?

  /// An unpacker of entries of up to `limit` bytes.
  init(limit: Int) { self.limit = limit }

  deinit {
    packed.deallocate()
    unpacked.deallocate()
    libdeflate_free_decompressor(decompressor)
  }

  /// Whether an entry is unpacked in one piece here; if not it is to be streamed. Decides by what the directory says:
  /// an entry that turns out otherwise is damaged.
  func takes(_ entry: ZipArchive.Entry) -> Bool {
    entry.packing != .other && entry.size <= limit && entry.compressedSize <= limit
  }

  /// Unpacks an entry and verifies its size and checksum. The bytes stay valid until the next call and may be changed;
  /// ``CSVScanner/padding`` more are readable behind them.
  ///
  /// - Throws: `HorizonError` of kind data for a damaged entry.
  func unpack(_ entry: ZipArchive.Entry, of archive: ZipArchive, location: String) throws
    -> UnsafeMutableRawBufferPointer
  {
    let damaged = ZipArchive.damaged(location)
    EntryUnpacker.reserve(entry.size + CSVScanner.padding, &unpacked)
    let output = UnsafeMutableRawBufferPointer(rebasing: unpacked[..<entry.size])
    if entry.packing == .stored {
      guard entry.compressedSize == entry.size else { throw damaged }
      try archive.readPacked(entry, into: output, location: location)
    } else {
      EntryUnpacker.reserve(entry.compressedSize, &packed)
      let input = UnsafeMutableRawBufferPointer(rebasing: packed[..<entry.compressedSize])
      try archive.readPacked(entry, into: input, location: location)
      // Without a place for the actual size, anything but exactly the announced size is refused.
      let result = libdeflate_deflate_decompress(
        try ready(location), input.baseAddress, input.count, output.baseAddress, output.count, nil)
      guard result == LIBDEFLATE_SUCCESS else { throw damaged }
    }
    guard libdeflate_crc32(0, output.baseAddress, output.count) == entry.crc else {
      throw ZipArchive.checksumMismatch(location)
    }
    return output
  }

  private func ready(_ location: String) throws -> OpaquePointer {
    if let decompressor { return decompressor }
    guard let made = libdeflate_alloc_decompressor() else {
      throw HorizonError(.tryLater, "not enough memory to unpack the entry", at: .init(file: location))
    }
    decompressor = made
    return made
  }

  /// Makes room for `count` bytes; what the buffer held is lost if it has to grow.
  private static func reserve(_ count: Int, _ buffer: inout UnsafeMutableRawBufferPointer) {
    if buffer.baseAddress != nil, buffer.count >= count { return }
    buffer.deallocate()
    // In steps, so that files that grow from month to month do not allocate each time.
    buffer = .allocate(byteCount: (count | 0x7FFFF) + 1, alignment: 64)
  }
}
