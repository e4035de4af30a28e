/// Gives 64-bit keys small integers in order of first appearance.
struct IntegerInterner: Sendable {
  private var slots: [Int32]
  /// The keys in order of first appearance.
  private(set) var keys: [UInt64] = []

  /// An empty table.
  init() { slots = [Int32](repeating: -1, count: 256) }

  /// Number of distinct keys.
  var count: Int { keys.count }

  /// The integer of `key`; `isNew` tells the first time.
  @inline(__always)
  mutating func intern(_ key: UInt64) -> (index: Int, isNew: Bool) {
    var slot = IntegerInterner.home(key, slots.count)
    while true {
      let index = Int(slots[slot])
      if index < 0 { return (insert(key, slot), true) }
      if keys[index] == key { return (index, false) }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
  }

  private mutating func insert(_ key: UInt64, _ slot: Int) -> Int {
    let index = keys.count
    slots[slot] = Int32(truncatingIfNeeded: index)
    keys.append(key)
    if 2 * keys.count > slots.count {
      let size = slots.count * 2
      slots = [Int32](repeating: -1, count: size)
      for (index, key) in keys.enumerated() {
        var slot = IntegerInterner.home(key, size)
        while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
        slots[slot] = Int32(truncatingIfNeeded: index)
      }
    }
    return index
  }

  @inline(__always)
  private static func home(_ key: UInt64, _ size: Int) -> Int {
    let product = (key ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return Int(truncatingIfNeeded: product.high ^ product.low) & (size &- 1)
  }
}
