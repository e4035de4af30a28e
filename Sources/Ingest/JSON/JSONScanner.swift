import CommunitySafety
import Diagnostics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads flat JSON objects (RFC 8259) as the records of a table, in constant memory: one a line (NDJSON), or one array
/// of them.
///
/// The keys of the first object are the header. A key that is absent or null is an empty field; numbers and strings are
/// their text; an object or array inside an object is passed over. What comes out does not depend on `chunkSize`.
///
/// Foundation's `JSONDecoder` does not serve: of an object it keeps neither the order of the keys, which is the table's
/// header, nor a repeated key, which is an error here, nor the text of a number, nor the line of an error within.
struct JSONScanner: ~Copyable {
  /// Longest object in bytes.
  static let recordLimit = 1 << 20
  /// Deepest nesting of values inside an object.
  static let depthLimit = 64

  private let file: String
  private let chunkSize: Int
  private let capacity: Int
  private let buffer: UnsafeMutablePointer<UInt8>
  private var fields: JSONFields
  /// Where the scan stands: the next byte, the end of what is in the buffer, the line, what may come next, and whether
  /// the input has ended.
  private var (position, filled, line) = (0, 0, 1)
  private var expectation = Expectation.start
  private var (atEnd, isFirst) = (false, true)

  /// A scanner that reads `chunkSize` bytes at a time and names `file` in its errors.
  init(file: String, chunkSize: Int = 256 << 10) {
    self.file = file
    self.chunkSize = max(1, chunkSize)
    capacity = JSONScanner.recordLimit + 1 + self.chunkSize
    buffer = .allocate(capacity: capacity)
    fields = JSONFields(file: file)
  }

  deinit { buffer.deallocate() }

  /// Whether text that begins so is JSON: its first byte that is no blank opens an object or an array.
  static func announces(_ bytes: some Sequence<UInt8>) -> Bool {
    var rest = bytes.drop { $0 == 0xEF || $0 == 0xBB || $0 == 0xBF || isBlank($0) }.makeIterator()
    guard let first = rest.next() else { return false }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  /// What may come next between objects.
  private enum Expectation {
    /// The first value of the file: an object, or the array of all.
    case start
    /// Another object of a file of objects.
    case object
    /// An object of the array, or its end.
    case firstElement
    case element
    case commaOrEnd
    /// Nothing: the array is closed.
    case end
  }

  /// Reads to the end and hands over the header, then every object.
  ///
  /// - Parameter read: fills the buffer it is given and returns the number of bytes, 0 at the end.
  /// - Throws: `HorizonError` of kind data for what is not JSON, and what the closures throw.
  mutating func scan(
    read: (UnsafeMutableRawBufferPointer) throws -> Int, record handle: (CSVRecord) throws -> Void
  ) throws {
    try scan(read: read) { record in
      try handle(record)
      return true
    }
  }

  /// Hands over the header, then objects, from where the last call stopped, to the end or until `handle` returns false.
  mutating func scan(
    read: (UnsafeMutableRawBufferPointer) throws -> Int, while handle: (CSVRecord) throws -> Bool
  ) throws {
    var needsMore = position >= filled
    while true {
      if needsMore {
        if atEnd { break }
        let room = min(chunkSize, capacity - filled)
        let received = try read(UnsafeMutableRawBufferPointer(start: buffer + filled, count: room))
        atEnd = received <= 0
        filled += max(0, received)
        if isFirst {
          if filled < 3 && !atEnd { continue }
          isFirst = false
          if filled >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF { position = 3 }
        }
      }
      needsMore = true
      scanning: while position < filled {
        let byte = buffer[position]
        if JSONScanner.isBlank(byte) {
          line += byte == 10 ? 1 : 0
          position += 1
          continue
        }
        switch (byte, expectation) {
        case (UInt8(ascii: "{"), .start), (UInt8(ascii: "{"), .object), (UInt8(ascii: "{"), .firstElement),
          (UInt8(ascii: "{"), .element):
          guard let end = objectEnd(position, filled) else { break scanning }
          if end - position > JSONScanner.recordLimit { throw tooLong(line) }
          let object = UnsafeBufferPointer(start: buffer + position, count: end - position)
          let read = try fields.read(object, line: line, handle)
          if read == .header { return }
          line += object.reduce(0) { $0 + ($1 == 10 ? 1 : 0) }
          position = end
          expectation = expectation == .start || expectation == .object ? .object : .commaOrEnd
          if read == .lastObject { return }
          continue
        case (UInt8(ascii: "["), .start): expectation = .firstElement
        case (UInt8(ascii: ","), .commaOrEnd): expectation = .element
        case (UInt8(ascii: "]"), .commaOrEnd), (UInt8(ascii: "]"), .firstElement): expectation = .end
        default:
          throw JSONScanner.bad(
            expectation == .end ? "something follows the array" : "an object { ... } was expected here", file, line)
        }
        position += 1
      }
      if filled - position > JSONScanner.recordLimit { throw tooLong(line) }
      if position > 0 {
        filled -= position
        if filled > 0 { memmove(buffer, buffer + position, filled) }
        position = 0
      }
    }
    guard filled == 0, [.start, .object, .end].contains(expectation) else {
      throw HorizonError(
        .data, filled > 0 ? "an object is not closed" : "the array is not closed", at: .init(file: file, line: line),
        remedy: "The file may be cut short: export it again")
    }
  }

  private func tooLong(_ line: Int) -> HorizonError {
    JSONScanner.bad("an object is longer than \(JSONScanner.recordLimit) bytes", file, line)
  }

  /// Position behind the brace that closes the object at `start`; nil if it is not in the buffer.
  private func objectEnd(_ start: Int, _ filled: Int) -> Int? {
    var depth = 0
    var position = start
    while position < filled {
      switch buffer[position] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return position + 1 }
      case UInt8(ascii: "\""):
        position += 1
        while position < filled, buffer[position] != UInt8(ascii: "\"") {
          position += buffer[position] == UInt8(ascii: "\\") ? 2 : 1
        }
      default: break
      }
      position += 1
    }
    return nil
  }

  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 10 || byte == 13 || byte == 9 }

  /// The error for text that is not JSON.
  static func bad(_ what: String, _ file: String, _ line: Int) -> HorizonError {
    HorizonError(
      .data, what, at: .init(file: file, line: line),
      remedy:
        "Write one JSON object a line, such as {\"unique_id\": \"A\", \"ds\": \"2019-06\", \"y\": 3}, or an array of them"
    )
  }
}
