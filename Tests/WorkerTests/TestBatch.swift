import Foundation
import Testing

@testable import Worker

/// Bytes of frames as another program would write them: by the description alone, not by the writers under test.
enum Wire {
  static func number(_ value: Int, bytes: Int = 4) -> [UInt8] {
    (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  static func double(_ value: Double) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
  }

  static func frame(_ kind: Character, _ body: [UInt8]) -> [UInt8] {
    number(body.count + 1) + [kind.asciiValue ?? 0] + body
  }

  /// The body of a batch: identifiers with rows of (day, value).
  static func batch(_ series: [(id: String, rows: [(day: Int, value: Double)])]) -> [UInt8] {
    let rows = series.flatMap(\.rows)
    var body = number(series.count) + number(rows.count)
    func ends(_ sizes: [Int]) -> [UInt8] {
      sizes.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }.flatMap { number($0) }
    }
    body += ends(series.map { $0.id.utf8.count })
    body += ends(series.map(\.rows.count))
    body += rows.flatMap { number($0.day) }
    body += rows.flatMap { double($0.value) }
    return body + series.flatMap { Array($0.id.utf8) }
  }

  /// Days since 1970-01-01 of the first of the month, `months` after January 2015.
  static func month(_ months: Int) -> Int {
    let (year, month) = (2015 + months / 12, months % 12 + 1)
    // Hinnant's days from civil, for years after 1970.
    let y = month <= 2 ? year - 1 : year
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5
    let yearOfEra = y - 2000
    return 5 * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// Reads bytes piece by piece, as a pipe gives them.
  static func reader(_ bytes: [UInt8], piece: Int = 3, limit: Int = Frame.limit) -> FrameReader {
    var rest = bytes[...]
    return FrameReader(limit: limit) { buffer in
      let part = rest.prefix(min(piece, buffer.count))
      buffer.copyBytes(from: part)
      rest = rest.dropFirst(part.count)
      return part.count
    }
  }
}

/// Reads the numbers of an answer.
struct Answer {
  private var rest: ArraySlice<UInt8>

  init(_ body: [UInt8]) { rest = body[...] }

  var isEmpty: Bool { rest.isEmpty }

  mutating func bytes(_ count: Int) -> [UInt8] {
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  mutating func numbers(_ count: Int) -> [Int] {
    (0..<count).map { _ in Int(Int32(truncatingIfNeeded: bytes(4).reversed().reduce(0) { $0 << 8 | Int($1) })) }
  }

  mutating func doubles(_ count: Int) -> [Double] {
    (0..<count).map { _ in Double(bitPattern: bytes(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }) }
  }

  mutating func texts(_ count: Int) -> [String] {
    let ends = numbers(count + 1)
    return zip(ends, ends.dropFirst()).map { String(decoding: bytes($1 - $0), as: UTF8.self) }
  }
}
