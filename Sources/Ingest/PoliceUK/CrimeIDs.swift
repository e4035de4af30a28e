import NumericCore
import Parallelism

/// The crime IDs that one worker met, by their 48-bit hashes, each with the file it stood in.
///
/// Eight bytes an ID. Of a large input only IDs whose hash ends in a number of zero bits are kept (``sampling``), every
/// copy of them, so that memory is bounded and counts are estimates with a known scale.
struct CrimeIDs: Sendable {
  /// Most IDs that are held together.
  static let limit = 4_000_000
  /// Bytes of a row with an ID, at least: what tells how many there can be.
  static let rowBytes = 200
  private static let buckets = 256

  /// Hashes by their lowest byte: 40 further bits of hash above 24 bits of the file's number.
  private var hashes = [[UInt64]](repeating: [], count: buckets)

  /// Zero bits that a kept hash ends in above its lowest byte, for inputs of this many bytes.
  static func sampling(forBytes bytes: Int) -> Int {
    var bits = 0
    while bits < 16, bytes >> bits > limit * rowBytes { bits += 1 }
    return bits
  }

  /// Takes in the hashes of one file's IDs.
  mutating func add(_ ids: [UInt64], file: Int) {
    for id in ids {
      hashes[Int(truncatingIfNeeded: id & 0xFF)].append((id >> 8) << 24 | UInt64(file & 0xFF_FFFF))
    }
  }

  /// The same with the files numbered anew: file 3 by the third of `numbers`.
  func renumbered(_ numbers: [Int]) -> CrimeIDs {
    var renumbered = self
    for bucket in hashes.indices {
      renumbered.hashes[bucket] = hashes[bucket].map { entry in
        let file = Int(entry & 0xFF_FFFF)
        return entry & ~0xFF_FFFF | UInt64(numbers.indices.contains(file) ? numbers[file] : file) & 0xFF_FFFF
      }
    }
    return renumbered
  }

  /// IDs that stand in more than one row.
  struct Repeats: Sendable, Equatable {
    /// Distinct IDs that do.
    var ids = 0
    /// Rows beyond the first of each.
    var rows = 0
    /// Distinct IDs that stand in more than one file.
    var acrossFiles = 0
  }

  /// Counts repeats among the files that `counts`, whatever worker met them.
  static func repeats(in collected: [CrimeIDs], counts: [Bool], threads: Int) async throws -> Repeats {
    let parts = try await parallelMap(count: buckets, threads: threads, grain: 8) { bucket in
      repeats(collected.map { $0.hashes[bucket] }, counts)
    }
    return parts.reduce(into: Repeats()) { sum, part in
      sum.ids += part.ids
      sum.rows += part.rows
      sum.acrossFiles += part.acrossFiles
    }
  }

  private static func repeats(_ lists: [[UInt64]], _ counts: [Bool]) -> Repeats {
    let total = lists.reduce(0) { $0 + $1.count }
    guard total > 0 else { return Repeats() }
    var size = 16
    while size < 2 * total { size *= 2 }
    // An entry is never all ones: its file would have to be number 16,777,215.
    var slots = [UInt64](repeating: .max, count: size)
    /// 1 for an ID that was met again, 2 for one met in another file.
    var states = [UInt8](repeating: 0, count: size)
    var found = Repeats()
    for entry in lists.joined() {
      let file = Int(entry & 0xFF_FFFF)
      guard counts.indices.contains(file), counts[file] else { continue }
      var slot = Int(truncatingIfNeeded: (entry >> 24) &* 0x9E37_79B9_7F4A_7C15 >> 32) & (size - 1)
      while slots[slot] != .max, slots[slot] >> 24 != entry >> 24 { slot = (slot + 1) & (size - 1) }
      guard slots[slot] != .max else {
        slots[slot] = entry
        continue
      }
      found.rows += 1
      if states[slot] & 1 == 0 {
        found.ids += 1
        states[slot] |= 1
      }
      if slots[slot] != entry, states[slot] & 2 == 0 {
        found.acrossFiles += 1
        states[slot] |= 2
      }
    }
    return found
  }

  /// 48 bits of hash of an ID as it stands in a file: of its first 24 bytes, its last 8 and its length. IDs are hashes
  /// themselves, of 64 hexadecimal digits.
  @inline(__always)
  static func hash(_ id: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let raw = UnsafeRawBufferPointer(id)
    guard raw.count >= 24 else { return ByteInterner.hash(id) >> 16 }
    // Spelled out: a list of the four offsets would be allocated for every row.
    var state = UInt64(truncatingIfNeeded: raw.count)
    state = ByteInterner.fold(state ^ raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
    state = ByteInterner.fold(state ^ raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    state = ByteInterner.fold(state ^ raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
    state = ByteInterner.fold(state ^ raw.loadUnaligned(fromByteOffset: raw.count &- 8, as: UInt64.self))
    return state >> 16
  }
}
