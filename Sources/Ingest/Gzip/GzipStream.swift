import CZlib
import CommunitySafety
import Diagnostics

/// Unpacks a gzip stream (RFC 1952) in constant memory, through zlib. Members that follow each other are one stream, and
/// zeros after the last are padding.
final class GzipStream {
  private static let inputSize = 64 << 10

  private let location: String
  private let limit: UnpackLimit
  // zlib holds on to its address, so that it must not move.
  private let state = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let input = UnsafeMutablePointer<UInt8>.allocate(capacity: inputSize)
  private var packed = 0
  private var unpacked = 0
  private var isBetweenMembers = true
  private var atEnd = false

  /// A stream at its start. `location` is named in errors; `limit` is told of every byte unpacked.
  ///
  /// - Throws: `HorizonError` if there is no memory for it.
  init(location: String, limit: UnpackLimit) throws {
    self.location = location
    self.limit = limit
    state.initialize(to: z_stream())
    // 16 more than the largest window means gzip, headers and checksums included.
    guard inflateInit2_(state, MAX_WBITS + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw HorizonError(.tryLater, "not enough memory to unpack the file", at: .init(file: location))
    }
  }

  deinit {
    inflateEnd(state)
    state.deallocate()
    input.deallocate()
  }

  /// Whether these are the first bytes of a gzip file.
  static func announces(_ bytes: some Sequence<UInt8>) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// Fills `buffer` with unpacked bytes, drawing packed ones from `source`; 0 at the end, when length and checksum of
  /// every member have been verified.
  ///
  /// - Throws: `HorizonError` of kind data for a stream that is damaged, cut short or unpacks to too much, and what
  ///   `source` throws.
  func read(into buffer: UnsafeMutableRawBufferPointer, from source: (UnsafeMutableRawBufferPointer) throws -> Int)
    throws -> Int
  {
    guard let output = buffer.bindMemory(to: UInt8.self).baseAddress, !atEnd else { return 0 }
    let room = min(buffer.count, 1 << 30)
    state.pointee.next_out = output
    state.pointee.avail_out = UInt32(room)
    while state.pointee.avail_out == UInt32(room) {
      if state.pointee.avail_in == 0 {
        let count = try source(UnsafeMutableRawBufferPointer(start: input, count: GzipStream.inputSize))
        if count <= 0 {
          guard isBetweenMembers else { throw cutShort() }
          atEnd = true
          break
        }
        packed += count
        state.pointee.next_in = input
        state.pointee.avail_in = UInt32(count)
      }
      if isBetweenMembers {
        skipPadding()
        if state.pointee.avail_in == 0 { continue }
        isBetweenMembers = false
      }
      switch inflate(state, Z_NO_FLUSH) {
      case Z_OK, Z_BUF_ERROR: continue
      case Z_STREAM_END:
        inflateReset(state)
        isBetweenMembers = true
      case Z_MEM_ERROR:
        throw HorizonError(.tryLater, "not enough memory to unpack the file", at: .init(file: location))
      default:
        throw HorizonError(
          .data, "the gzip data is damaged: it does not unpack, or its checksum does not match",
          at: .init(file: location), remedy: "Download or pack it again")
      }
    }
    let count = room - Int(state.pointee.avail_out)
    unpacked += count
    try limit.add(count, entryBytes: unpacked, compressed: packed)
    return count
  }

  private func skipPadding() {
    while state.pointee.avail_in > 0, state.pointee.next_in?.pointee == 0 {
      state.pointee.next_in += 1
      state.pointee.avail_in -= 1
    }
  }

  private func cutShort() -> HorizonError {
    HorizonError(
      .data, "the gzip data is cut short", at: .init(file: location),
      remedy: "Download it again and check its size, or pack it again")
  }
}
