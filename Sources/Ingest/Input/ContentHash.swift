/// A 64-bit hash of a stream that tells whether two files hold the same bytes; not for use against an adversary.
/// It does not depend on how the stream was cut into chunks.
struct ContentHash {
  private var lanes: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
  private var pending: [UInt8] = []
  private var length: UInt64 = 0

  /// Takes in more bytes.
  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    length &+= UInt64(bytes.count)
    var offset = 0
    if !pending.isEmpty {
      offset = min(32 - pending.count, bytes.count)
      pending.append(contentsOf: bytes[..<offset])
      if pending.count < 32 { return }
      pending.withUnsafeBytes { block in absorb(block, 0) }
      pending.removeAll(keepingCapacity: true)
    }
    while offset &+ 32 <= bytes.count {
      absorb(bytes, offset)
      offset &+= 32
    }
    pending.append(contentsOf: bytes[offset...])
  }

  /// The hash of everything taken in.
  var value: UInt64 {
    var state = length
    for lane in [lanes.0, lanes.1, lanes.2, lanes.3] { state = ContentHash.mix(state, lane) }
    for byte in pending { state = ContentHash.mix(state, UInt64(byte)) }
    return state
  }

  @inline(__always)
  private mutating func absorb(_ bytes: UnsafeRawBufferPointer, _ offset: Int) {
    lanes.0 = ContentHash.mix(lanes.0, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    lanes.1 = ContentHash.mix(lanes.1, bytes.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self))
    lanes.2 = ContentHash.mix(lanes.2, bytes.loadUnaligned(fromByteOffset: offset &+ 16, as: UInt64.self))
    lanes.3 = ContentHash.mix(lanes.3, bytes.loadUnaligned(fromByteOffset: offset &+ 24, as: UInt64.self))
  }

  @inline(__always)
  private static func mix(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let product = (state ^ word ^ 0x2D35_8DCC_AA6C_78A5).multipliedFullWidth(by: 0x8BB8_4B93_962E_ACC9)
    return product.high ^ product.low ^ (state &<< 23 | state &>> 41)
  }
}
