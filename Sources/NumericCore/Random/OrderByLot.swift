/// Indices of `values` from the smallest to the largest; equal values in the order of their lots, equal lots too in that of
/// their indices.
///
/// A radix sort by the leading bits that vary, least significant digits first (Knuth 1998, The Art of Computer Programming 3,
/// section 5.2.5), and comparisons of the neighbours that share those: several times as fast as comparisons alone for
/// thousands of draws. Where too many share them, comparisons alone.
///
/// - Parameters:
///   - values: n numbers, none of them NaN.
///   - lots: n numbers in [0, 1).
public func orderByLot(_ values: [Double], lots: [Double]) -> [Int] {
  precondition(values.count == lots.count && values.count <= 1 << indexBits, "every value needs a lot")
  let precedes = { (a: Int, b: Int) in
    values[a] != values[b] ? values[a] < values[b] : lots[a] != lots[b] ? lots[a] < lots[b] : a < b
  }
  // A pass over the places of a digit should not cost more than one over the values.
  let digitBits: UInt64 = values.count < 1500 ? 8 : 11
  let digitMask: UInt64 = 1 << digitBits - 1
  let keys = values.map(ascendingBits)
  let varying = keys.reduce(0) { $0 | ($1 ^ keys[0]) }
  let shift = UInt64(max(0, 64 - varying.leadingZeroBitCount - digits * Int(digitBits)))
  // A value's leading bits, and below them its index.
  var entries = keys.indices.map { ((keys[$0] >> shift) << indexBits) | UInt64($0) }
  var spare = entries
  var places = [Int32](repeating: 0, count: 1 << digitBits)
  let last = Double(places.count - 1)
  scatter(&entries, &spare, &places) { Int(min(max(0, lots[index($0)] * Double(1 << digitBits)), last)) }
  for digit in 0..<digits {
    let low = UInt64(digit) * digitBits
    guard (varying >> (shift + low)) & digitMask != 0 else { continue }
    scatter(&entries, &spare, &places) { Int(($0 >> (indexBits + low)) & digitMask) }
  }
  var moves = 0
  for i in entries.indices.dropFirst() {
    let entry = entries[i]
    var place = i
    while place > 0, entry >> indexBits == entries[place - 1] >> indexBits,
      precedes(index(entry), index(entries[place - 1]))
    {
      entries[place] = entries[place - 1]
      place -= 1
    }
    entries[place] = entry
    moves += i - place
    if moves > 8 * entries.count { return values.indices.sorted(by: precedes) }
  }
  return entries.map(index)
}

// Three digits of a value and an index fill the 64 bits of an entry at most.
private let digits = 3
private let indexBits: UInt64 = 31

private func index(_ entry: UInt64) -> Int { Int(entry & (1 << indexBits - 1)) }

/// A whole number that is smaller exactly if the value is; that of -0 is that of 0.
private func ascendingBits(_ value: Double) -> UInt64 {
  let bits = (value + 0).bitPattern
  return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
}

/// Puts entries in the order of a digit, keeping the order of those that share it. `places` is room for a number a digit.
@inline(__always)
private func scatter(
  _ entries: inout [UInt64], _ spare: inout [UInt64], _ places: inout [Int32], by digit: (UInt64) -> Int
) {
  // Indices are within bounds: a digit is less than the count of places, which add up to the number of entries.
  places.withUnsafeMutableBufferPointer { places in
    places.update(repeating: 0)
    for entry in entries { places[digit(entry)] &+= 1 }
    var start: Int32 = 0
    for d in places.indices {
      let count = places[d]
      places[d] = start
      start &+= count
    }
    spare.withUnsafeMutableBufferPointer { spare in
      for entry in entries {
        let d = digit(entry)
        spare[Int(places[d])] = entry
        places[d] &+= 1
      }
    }
  }
  swap(&entries, &spare)
}
