/// The first bytes of a stream, looked at before it is read from its start.
struct StreamHead {
  /// Bytes looked at.
  static let size = 4096

  /// Up to ``size`` first bytes; fewer only if the stream holds no more.
  private(set) var bytes: [UInt8] = []
  private var handedOut = 0

  /// Reads the head.
  init(from source: (UnsafeMutableRawBufferPointer) throws -> Int) throws {
    var filled = 0
    bytes = [UInt8](repeating: 0, count: StreamHead.size)
    while filled < bytes.count {
      let count = try bytes.withUnsafeMutableBytes {
        try source(UnsafeMutableRawBufferPointer(rebasing: $0[filled...]))
      }
      if count <= 0 { break }
      filled += count
    }
    bytes.removeLast(bytes.count - filled)
  }

  /// Fills `buffer` with what comes next: the head first, then what `source` gives.
  mutating func read(
    into buffer: UnsafeMutableRawBufferPointer, then source: (UnsafeMutableRawBufferPointer) throws -> Int
  ) throws -> Int {
    guard handedOut < bytes.count else { return try source(buffer) }
    let count = min(buffer.count, bytes.count - handedOut)
    bytes.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[handedOut..<handedOut + count]))
    }
    handedOut += count
    return count
  }
}
