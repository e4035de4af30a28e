#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Gives byte strings small integers in order of first appearance. Lookup is O(length); nothing is allocated for a
/// string seen before.
struct ByteInterner: Sendable {
  private var slots: [Int32]
  private var hashes: [UInt64] = []
  private var starts: [Int] = [0]
  private var arena: [UInt8] = []

  /// An empty table with room for about `capacity` strings before it grows.
  init(capacity: Int = 32) {
    var size = 64
    while size < 2 * capacity { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
  }

  /// Number of distinct strings.
  var count: Int { hashes.count }

  /// The integer of these bytes, if they are known.
  func find(_ key: UnsafeBufferPointer<UInt8>) -> Int? {
    let hash = ByteInterner.hash(key)
    let index = Int(slots[probe(key, hash)])
    return index < 0 ? nil : index
  }

  /// The integer of these bytes, which become known; `isNew` tells the first time.
  @inline(__always)
  mutating func intern(_ key: UnsafeBufferPointer<UInt8>) -> (index: Int, isNew: Bool) {
    let hash = ByteInterner.hash(key)
    let slot = probe(key, hash)
    let known = Int(slots[slot])
    if known >= 0 { return (known, false) }
    return (insert(key, hash, slot), true)
  }

  /// Whether `key` is the string with this integer.
  @inline(__always)
  func matches(_ index: Int, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = starts[index]
    guard starts[index &+ 1] &- start == key.count else { return false }
    guard let base = key.baseAddress, !key.isEmpty else { return true }
    return arena.withUnsafeBufferPointer { arena in
      guard let known = arena.baseAddress else { return false }
      return memcmp(known + start, base, key.count) == 0
    }
  }

  /// The string with this integer; what is not UTF-8 in it is replaced.
  func string(_ index: Int) -> String { String(decoding: arena[starts[index]..<starts[index + 1]], as: UTF8.self) }

  /// All strings in order of first appearance.
  var strings: [String] { (0..<count).map(string) }

  @inline(__always)
  private func probe(_ key: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Int {
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let index = Int(slots[slot])
      if index < 0 || (hashes[index] == hash && matches(index, key)) { return slot }
      slot = (slot &+ 1) & mask
    }
  }

  private mutating func insert(_ key: UnsafeBufferPointer<UInt8>, _ hash: UInt64, _ slot: Int) -> Int {
    let index = hashes.count
    slots[slot] = Int32(truncatingIfNeeded: index)
    hashes.append(hash)
    arena.append(contentsOf: key)
    starts.append(arena.count)
    if 2 * hashes.count > slots.count { grow() }
    return index
  }

  private mutating func grow() {
    let size = slots.count * 2
    slots = [Int32](repeating: -1, count: size)
    for (index, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (size - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(truncatingIfNeeded: index)
    }
  }

  /// Multiply-and-fold over eight bytes at a time.
  @inline(__always)
  static func hash(_ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let raw = UnsafeRawBufferPointer(key)
    var state = UInt64(truncatingIfNeeded: raw.count) &+ 0x9E37_79B9_7F4A_7C15
    var offset = 0
    while offset &+ 8 <= raw.count {
      state = fold(state ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset &+= 8
    }
    var tail: UInt64 = 0
    while offset < raw.count {
      tail = tail &<< 8 | UInt64(raw[offset])
      offset &+= 1
    }
    return fold(state ^ tail)
  }

  @inline(__always)
  static func fold(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}
