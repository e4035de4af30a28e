/// Sums without rounding: an array of totals that hold every bit of what was added, so that they depend neither on the order
/// of the terms nor on how these were divided among several sums. A total is rounded once, when it is asked for.
///
/// A total is a number of digits of 32 bits over the exponents met with (a superaccumulator: Kulisch 2013, Computer
/// Arithmetic and Validity, 2nd ed., chapter 8; Neal 2015, "Fast exact summation using small and large superaccumulators",
/// arXiv 1505.05571). A digit lies in 64 bits and is carried on only when it might overflow. Adding a term takes three
/// additions of digits; memory grows with the range of exponents, 66 digits a total at most.
///
///     var sums = ExactSums(count: 2)
///     sums.add([1e100, 0.1])
///     sums.add([1, 0.2])
///     sums.add([-1e100, 0.3])
///     sums.values  // [1, 0.6]
public struct ExactSums: Sendable {
  /// How many totals there are.
  public private(set) var count: Int
  /// The weight of the first row of digits is 2^(32 lowest - 1074).
  private var lowest = 0
  /// Row after row, from the least; `count` digits a row. Of a total's digits only the last may be negative once carried.
  private var digits: [Int64] = []
  /// No digit is larger than this many times 2^32.
  private var load = 0
  /// What was added that is no number, by total: see ``Special``.
  private var special: [UInt8] = []

  /// Totals of nothing, all 0.
  public init(count: Int) { self.count = max(0, count) }

  /// The totals, each the double next to it (of two, the even one).
  public var values: [Double] {
    var carried = self
    carried.carry()
    return (0..<count).map { i in
      special.isEmpty || special[i] == 0 ? carried.rounded(i) : Special(rawValue: special[i]).value
    }
  }
}

// MARK: - Adding

extension ExactSums {
  /// Adds `values` to the totals from `offset` on.
  ///
  /// - Parameter values: as many as there are totals from `offset` on, or fewer; a NaN makes a total NaN, and infinities
  ///   add up as elsewhere.
  public mutating func add(_ values: [Double], at offset: Int = 0) {
    values.withUnsafeBufferPointer { add($0, at: offset) }
  }

  /// The same of values that lie elsewhere.
  public mutating func add(_ values: UnsafeBufferPointer<Double>, at offset: Int = 0) {
    precondition(offset >= 0 && offset + values.count <= count, "as many terms as totals")
    var (least, most) = (UInt64.max, UInt64.zero)
    for value in values {
      let magnitude = value.bitPattern & Bits.magnitude
      // A zero is no term; less 1 it is the largest of all.
      least = min(least, magnitude &- 1)
      most = max(most, magnitude)
    }
    guard most > 0 else { return }
    guard most < Bits.infinity else { return addOneByOne(values, at: offset) }
    reach(from: Bits.place(least + 1) >> 5, to: Bits.place(most) >> 5)
    let (count, base) = (count, lowest << 5)
    digits.withUnsafeMutableBufferPointer { digits in
      for j in values.indices {
        let bits = values[j].bitPattern
        let significand = Bits.significand(bits)
        if significand == 0 { continue }
        let place = Bits.place(bits & Bits.magnitude) &- base
        let shift = UInt64(truncatingIfNeeded: place & 31)
        let low = significand &<< shift
        // Of a shift by none nothing is left over.
        let high = (significand &>> 32) &>> (32 &- shift)
        let (first, second, third) = (Int64(low & Bits.digit), Int64(low >> 32), Int64(high))
        let at = (place >> 5) &* count &+ offset &+ j
        if bits >> 63 == 0 {
          digits[at] &+= first
          digits[at &+ count] &+= second
          digits[at &+ 2 &* count] &+= third
        } else {
          digits[at] &-= first
          digits[at &+ count] &-= second
          digits[at &+ 2 &* count] &-= third
        }
      }
    }
    load += 1
    if load >= ExactSums.mostLoad { carry() }
  }

  /// Adds one value to one total.
  public mutating func add(_ value: Double, to i: Int) {
    withUnsafePointer(to: value) { add(UnsafeBufferPointer(start: $0, count: 1), at: i) }
  }

  /// Adds other totals, as many, to these.
  public mutating func add(_ other: ExactSums) {
    precondition(other.count == count, "as many totals as there are")
    if !other.special.isEmpty {
      if special.isEmpty { special = [UInt8](repeating: 0, count: count) }
      for i in special.indices { special[i] |= other.special[i] }
    }
    guard !other.digits.isEmpty else { return }
    if load + other.load >= ExactSums.mostLoad {
      carry()
      var carried = other
      carried.carry()
      return add(carried: carried)
    }
    add(carried: other)
  }

  private mutating func add(carried other: ExactSums) {
    extend(from: other.lowest, through: other.lowest + other.rows - 1)
    let start = (other.lowest - lowest) * count
    for (k, digit) in other.digits.enumerated() { digits[start + k] += digit }
    load += other.load
  }

  /// Gives room to `before` more totals of 0 before the first and `after` more after the last.
  public mutating func extend(before: Int, after: Int) {
    precondition(before >= 0 && after >= 0, "totals are only added")
    let (front, back) = ([Int64](repeating: 0, count: before), [Int64](repeating: 0, count: after))
    digits = (0..<rows).flatMap { front + digits[$0 * count..<($0 + 1) * count] + back }
    if !special.isEmpty {
      special = [UInt8](repeating: 0, count: before) + special + [UInt8](repeating: 0, count: after)
    }
    count += before + after
  }

  /// Terms of which some are no numbers.
  private mutating func addOneByOne(_ values: UnsafeBufferPointer<Double>, at offset: Int) {
    if special.isEmpty { special = [UInt8](repeating: 0, count: count) }
    for (j, value) in values.enumerated() {
      if value.isFinite { add(value, to: offset + j) } else { special[offset + j] |= Special(value).rawValue }
    }
  }

  /// A digit may be this many times 2^32 in size before it is carried on.
  private static let mostLoad = 1 << 28
}

// MARK: - Digits

extension ExactSums {
  private var rows: Int { count == 0 ? 0 : digits.count / count }

  /// Makes room for terms whose last bits lie in the digits from `first` to `last`: they take three.
  private mutating func reach(from first: Int, to last: Int) {
    if !digits.isEmpty && first >= lowest && last + 2 < lowest + rows { return }
    extend(from: first, through: last + 2)
  }

  private mutating func extend(from first: Int, through last: Int) {
    guard !digits.isEmpty else {
      lowest = first
      digits = [Int64](repeating: 0, count: (last - first + 1) * count)
      return
    }
    if first < lowest {
      digits.insert(contentsOf: repeatElement(0, count: (lowest - first) * count), at: 0)
      lowest = first
    }
    let missing = last + 1 - lowest - rows
    if missing > 0 { digits.append(contentsOf: repeatElement(0, count: missing * count)) }
  }

  /// Brings every digit but a total's last within 0..<2^32, and the last within as much on either side of 0.
  private mutating func carry() {
    guard count > 0, !digits.isEmpty else { return }
    for k in 0..<(digits.count - count) {
      digits[k + count] += digits[k] >> 32
      digits[k] &= Int64(Bits.digit)
    }
    while digits.suffix(count).contains(where: { $0.magnitude > Bits.digit }) {
      let top = digits.count - count
      digits.append(contentsOf: repeatElement(0, count: count))
      for k in top..<(top + count) {
        digits[k + count] = digits[k] >> 32
        digits[k] &= Int64(Bits.digit)
      }
    }
    load = 1
  }

  /// A carried total as the double next to it.
  private func rounded(_ i: Int) -> Double {
    var own = (0..<rows).map { digits[$0 * count + i] }
    let isNegative = (own.last ?? 0) < 0
    if isNegative {
      var rest: Int64 = 0
      for k in own.indices {
        rest -= own[k]
        own[k] = k < own.count - 1 ? rest & Int64(Bits.digit) : rest
        rest >>= 32
      }
    }
    guard let top = own.lastIndex(where: { $0 != 0 }) else { return 0 }
    func digit(_ k: Int) -> UInt64 { k >= 0 ? UInt64(own[k]) : 0 }
    // The first 64 bits, and in the last of them whether there is anything beyond.
    let shift = digit(top).leadingZeroBitCount - 32
    var leading = (digit(top) << 32 | digit(top - 1)) << shift
    let next = digit(top - 2) << shift
    leading |= next >> 32
    if next & Bits.digit != 0 || own.prefix(max(0, top - 2)).contains(where: { $0 != 0 }) { leading |= 1 }
    let exponent = 32 * (lowest + top - 1) - shift - 1074
    return Double(sign: isNegative ? .minus : .plus, exponent: exponent, significand: Double(leading))
  }

  /// What a double is made of.
  private enum Bits {
    static let magnitude: UInt64 = 0x7FFF_FFFF_FFFF_FFFF
    static let infinity: UInt64 = 0x7FF0_0000_0000_0000
    static let digit: UInt64 = 0xFFFF_FFFF

    /// The last bit's place, counted from 2^-1074.
    @inline(__always) static func place(_ magnitude: UInt64) -> Int {
      let exponent = Int(truncatingIfNeeded: magnitude >> 52)
      return exponent &- (exponent == 0 ? 0 : 1)
    }

    /// The bits from that place on.
    @inline(__always) static func significand(_ bits: UInt64) -> UInt64 {
      bits & 0xF_FFFF_FFFF_FFFF | (bits & infinity == 0 ? 0 : 0x10_0000_0000_0000)
    }
  }

  /// Infinities and NaN that were added.
  private struct Special: OptionSet {
    let rawValue: UInt8
    static let infinity = Special(rawValue: 1)
    static let minusInfinity = Special(rawValue: 2)
    static let nan = Special(rawValue: 4)

    init(rawValue: UInt8) { self.rawValue = rawValue }
    init(_ value: Double) { self = value.isNaN ? .nan : value > 0 ? .infinity : .minusInfinity }

    var value: Double { self == .infinity ? .infinity : self == .minusInfinity ? -.infinity : .nan }
  }
}

// MARK: - Comparing and writing down

extension ExactSums {
  /// The same totals with as few rows as hold them, all digits carried: one form for one set of totals.
  private var canonical: ExactSums {
    var result = self
    result.carry()
    if !result.special.contains(where: { $0 != 0 }) { result.special = [] }
    guard count > 0 else { return result }
    // What else was added to an infinity does not tell.
    for (i, special) in result.special.enumerated() where special != 0 {
      for row in 0..<result.rows { result.digits[row * count + i] = 0 }
    }
    while result.rows > 1 {
      // A last row that only says that the one before it is negative is taken back into it.
      let (last, before) = (result.digits.count - count, result.digits.count - 2 * count)
      guard
        (0..<count).allSatisfy({ i in
          let (high, low) = (result.digits[last + i], result.digits[before + i])
          return high == 0 || (high == -1 && low != 0)
        })
      else { break }
      for i in 0..<count { result.digits[before + i] += result.digits[last + i] << 32 }
      result.digits.removeLast(count)
    }
    var empty = 0
    while empty < result.rows, result.digits[empty * count..<(empty + 1) * count].allSatisfy({ $0 == 0 }) { empty += 1 }
    result.digits.removeFirst(empty * count)
    result.lowest = result.digits.isEmpty ? 0 : lowest + empty
    result.load = result.digits.isEmpty ? 0 : 1
    return result
  }
}

extension ExactSums: Equatable {
  /// Whether the totals are the same, to the last bit.
  public static func == (a: ExactSums, b: ExactSums) -> Bool {
    let (a, b) = (a.canonical, b.canonical)
    return a.count == b.count && a.lowest == b.lowest && a.digits == b.digits && a.special == b.special
  }
}

extension ExactSums: Codable {
  private enum CodingKeys: CodingKey { case count, lowest, digits, special }

  /// Writes every bit of the totals.
  public func encode(to encoder: any Encoder) throws {
    let form = canonical
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(form.count, forKey: .count)
    try container.encode(form.lowest, forKey: .lowest)
    try container.encode(form.digits, forKey: .digits)
    if !form.special.isEmpty { try container.encode(form.special, forKey: .special) }
  }

  /// Reads totals.
  ///
  /// - Throws: `DecodingError` where they are not what ``encode(to:)`` writes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    count = try container.decode(Int.self, forKey: .count)
    lowest = try container.decode(Int.self, forKey: .lowest)
    digits = try container.decode([Int64].self, forKey: .digits)
    special = try container.decodeIfPresent([UInt8].self, forKey: .special) ?? []
    load = digits.isEmpty ? 0 : 1
    guard count >= 0, digits.isEmpty || (count > 0 && digits.count % count == 0), (0...66).contains(lowest),
      special.isEmpty || special.count == count, digits.allSatisfy({ $0.magnitude <= Bits.digit + 1 })
    else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no exact sums"))
    }
  }
}
