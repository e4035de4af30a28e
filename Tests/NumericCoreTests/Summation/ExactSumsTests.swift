import Foundation
import NumericCore
import Testing

@Suite struct ExactSumsTests {
  /// Doubles of every size and sign, zeros and subnormal ones among them.
  static func numbers(_ count: Int, seed: UInt64, exponents: ClosedRange<Double> = -1080...1000) -> [Double] {
    var random = RandomSource(seed: seed)
    return (0..<count).map { i in
      if i % 17 == 0 { return 0 }
      let exponent = Int(exponents.lowerBound + random.uniform() * (exponents.upperBound - exponents.lowerBound))
      let sign: FloatingPointSign = random.uniform() < 0.5 ? .minus : .plus
      return Double(sign: sign, exponent: exponent, significand: 1 + random.uniform())
    }
  }

  @Test func cancellationLosesNothing() {
    var sums = ExactSums(count: 3)
    sums.add([1e100, 0.1, .leastNonzeroMagnitude])
    sums.add([1, 0.2, .greatestFiniteMagnitude])
    sums.add([-1e100, 0.3, -.greatestFiniteMagnitude])
    // 0.1 + 0.2 + 0.3 is 0.6000000000000001 from the left, and nearest to 0.6.
    #expect(sums.values == [1, 0.6, .leastNonzeroMagnitude])
    #expect(ExactSums(count: 2).values == [0, 0])
    #expect(ExactSums(count: 0).values == [])
  }

  /// Whole numbers tell what sums must be: those of 128 bits are exact, and their conversion rounds as a sum should.
  @Test(arguments: 1...40 as ClosedRange<UInt64>) func totalsAreThoseOfWholeNumbers(seed: UInt64) {
    let terms = Self.numbers(200, seed: seed, exponents: 0...100).map { $0.rounded() }
    var sums = ExactSums(count: 1)
    var whole = Int128.zero
    for term in terms {
      sums.add(term, to: 0)
      whole += Int128(term)
    }
    #expect(sums.values == [Double(whole)])
    var scaled = ExactSums(count: 1)
    for term in terms { scaled.add(term * 0x1p-700, to: 0) }
    #expect(scaled.values == [Double(whole) * 0x1p-700])
  }

  @Test func halvesGoToTheEvenNeighbour() {
    let (whole, tiny) = (0x1p53, 0x1p-1000)
    let most = Double.greatestFiniteMagnitude
    let cases: [(terms: [Double], sum: Double)] = [
      ([whole, 1], whole), ([whole, 1, tiny], whole + 2), ([whole + 2, 1], whole + 4), ([-whole, -1], -whole),
      ([-whole, -1, -tiny], -whole - 2), ([whole, 1, -tiny], whole), ([most, most], .infinity),
    ]
    for (terms, sum) in cases {
      var sums = ExactSums(count: 1)
      for term in terms { sums.add(term, to: 0) }
      #expect(sums.values == [sum])
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>) func neitherOrderNorPartitionMatters(seed: UInt64) throws {
    let rows = (0..<60).map { Self.numbers(7, seed: seed * 100 + UInt64($0)) }
    var whole = ExactSums(count: 9)
    for row in rows { whole.add(row, at: 1) }
    var random = RandomSource(seed: seed)
    var parts = [ExactSums](repeating: ExactSums(count: 9), count: 5)
    for row in rows.reversed() { parts[min(4, Int(random.uniform() * 5))].add(row, at: 1) }
    var joined = ExactSums(count: 9)
    for part in parts {
      let read = try JSONDecoder().decode(ExactSums.self, from: JSONEncoder().encode(part))
      #expect(read == part)
      joined.add(read)
    }
    #expect(joined == whole)
    #expect(joined.values.map(\.bitPattern) == whole.values.map(\.bitPattern))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    #expect(try encoder.encode(joined) == encoder.encode(whole), "one form for one set of totals")
    var negated = whole
    for row in rows { negated.add(row.map { -$0 }, at: 1) }
    #expect(negated == ExactSums(count: 9))
  }

  @Test func whatIsNoNumberStays() {
    var sums = ExactSums(count: 4)
    sums.add([.infinity, .infinity, .nan, 2])
    sums.add([1, -.infinity, 1, 3])
    #expect(sums.values[0] == .infinity && sums.values[1].isNaN && sums.values[2].isNaN && sums.values[3] == 5)
    var other = ExactSums(count: 4)
    other.add([0, 0, 0, -.infinity])
    sums.add(other)
    #expect(sums.values[3] == -.infinity)
    #expect(sums != other)
  }

  @Test func newTotalsLeaveTheOthersAlone() {
    var sums = ExactSums(count: 2)
    sums.extend(before: 1, after: 0)
    sums.add([1e30, -2, .infinity])
    sums.add([1e-30, 0.25, 0])
    sums.extend(before: 2, after: 1)
    sums.add([1, 2, 3, 4, 5, 6])
    #expect(sums.values == [1, 2, 1e30, 2.25, .infinity, 6])
    var whole = ExactSums(count: 6)
    whole.add([1, 2, 1e30, 2.25, .infinity, 6])
    whole.add([0, 0, 3, 0, 0, 0])
    whole.add(1e-30, to: 2)
    #expect(sums == whole)
  }

  @Test func whatIsNotWrittenByUsIsRefused() {
    for text in [
      #"{"count":2,"lowest":0,"digits":[1]}"#, #"{"count":-1,"lowest":0,"digits":[]}"#,
      #"{"count":1,"lowest":0,"digits":[4294967297]}"#, #"{"count":1,"lowest":-1,"digits":[1]}"#,
      #"{"count":1,"lowest":0,"digits":[1],"special":[1,1]}"#,
    ] {
      #expect(throws: DecodingError.self) { try JSONDecoder().decode(ExactSums.self, from: Data(text.utf8)) }
    }
  }
}
