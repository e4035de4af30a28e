/// A 64-bit hash of a stream that tells whether two files hold the same bytes; not for use against an adversary.
/// It does not depend on how the stream was cut into chunks.
struct ContentHash {
  private typealias Lanes = (UInt64, UInt64, UInt64, UInt64)

  private var lanes: Lanes = (1, 2, 3, 4)
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
      lanes = pending.withUnsafeBytes { [lanes] block in ContentHash.absorb(lanes, block) }
      pending.removeAll(keepingCapacity: true)
    }
    let whole = (bytes.count &- offset) & ~31
    lanes = ContentHash.absorb(lanes, UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset &+ whole)]))
    offset &+= whole
    pending.append(contentsOf: bytes[offset...])
  }

  /// The hash of everything taken in.
  var value: UInt64 {
    var state = length
    for lane in [lanes.0, lanes.1, lanes.2, lanes.3] { state = ContentHash.mix(state, lane) }
    for byte in pending { state = ContentHash.mix(state, UInt64(byte)) }
    return state
  }

  /// The lanes after blocks of 32 bytes; the length of `blocks` is a multiple of that.
  private static func absorb(_ lanes: Lanes, _ blocks: UnsafeRawBufferPointer) -> Lanes {
    var (a, b, c, d) = lanes
    var offset = 0
    while offset < blocks.count {
      a = mix(a, blocks.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      b = mix(b, blocks.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self))
      c = mix(c, blocks.loadUnaligned(fromByteOffset: offset &+ 16, as: UInt64.self))
      d = mix(d, blocks.loadUnaligned(fromByteOffset: offset &+ 24, as: UInt64.self))
      offset &+= 32
    }
    return (a, b, c, d)
  }

  @inline(__always)
  private static func mix(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let product = (state ^ word ^ 0x2D35_8DCC_AA6C_78A5).multipliedFullWidth(by: 0x8BB8_4B93_962E_ACC9)
    return product.high ^ product.low ^ (state &<< 23 | state &>> 41)
  }
}
