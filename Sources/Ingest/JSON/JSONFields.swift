import CommunitySafety
import Diagnostics
import Wording

/// Makes records of flat JSON objects: fields in the order of the header, which the first object gives.
struct JSONFields {
  /// What a table needs even if the first object, where it is missing, does not name it.
  private static let layouts = [["unique_id", "ds", "y"], ["area", "measure", "period", "count"]]
  /// Names that decide what a table means: they must be known from its first object on.
  private static let meaningful: Set<String> = [
    "population", "count", "y", "numerator", "denominator", "value", "unit", "qualifier",
  ]

  private let file: String
  /// The header; empty before the first object.
  private var header = ByteInterner()
  private var names: [String] = []
  private var hasHeader = false
  /// Start and end in `text` of each field.
  private var bounds: [Int32] = []
  private var seen: [Bool] = []
  private var text: [UInt8] = []
  private var key: [UInt8] = []

  init(file: String) { self.file = file }

  /// Hands over an object, before the first of all the header. `object` is from brace to brace.
  ///
  /// - Returns: whether the object is done with: not if `handle` returned false of the header.
  mutating func read(
    _ object: UnsafeBufferPointer<UInt8>, line: Int, _ handle: (CSVRecord) throws -> Bool
  ) throws -> Read {
    if !hasHeader {
      hasHeader = true
      try parse(object, line, isFirst: true)
      complete()
      bounds = [Int32](repeating: 0, count: 2 * names.count)
      seen = [Bool](repeating: false, count: names.count)
      if try !handOver(header: names, line, handle) { return .header }
    }
    try parse(object, line, isFirst: false)
    return try handOver(line, handle) ? .object : .lastObject
  }

  /// What of an object was handed over.
  enum Read {
    /// The header only: the object is still to be read.
    case header
    /// The object, after which more are wanted, or not.
    case object, lastObject
  }

  /// Adds the columns of the table's layout that the first object leaves out.
  private mutating func complete() {
    let lower = Set(names.map { $0.lowercased() })
    guard lower.isDisjoint(with: ["numerator", "denominator", "value", "source"]),
      let layout = JSONFields.layouts.first(where: { !lower.isDisjoint(with: $0.prefix(3)) })
    else { return }
    for name in layout where !lower.contains(name) {
      var name = name
      _ = name.withUTF8 { header.intern($0) }
      names.append(name)
    }
  }

  private func handOver(header names: [String], _ line: Int, _ handle: (CSVRecord) throws -> Bool) throws -> Bool {
    var text: [UInt8] = []
    var bounds: [Int32] = []
    for name in names {
      bounds.append(Int32(text.count))
      text.append(contentsOf: name.utf8)
      bounds.append(Int32(text.count))
    }
    return try JSONFields.handOver(text, bounds, line, handle)
  }

  private func handOver(_ line: Int, _ handle: (CSVRecord) throws -> Bool) throws -> Bool {
    try JSONFields.handOver(text, bounds, line, handle)
  }

  private static func handOver(
    _ text: [UInt8], _ bounds: [Int32], _ line: Int, _ handle: (CSVRecord) throws -> Bool
  ) throws -> Bool {
    try text.withUnsafeBufferPointer { text in
      try bounds.withUnsafeBufferPointer { bounds in
        // An object without any text has no memory of its own, and no field reaches into it.
        guard let base = text.baseAddress ?? UnsafePointer(bitPattern: 1), let pairs = bounds.baseAddress else {
          return true
        }
        return try handle(
          CSVRecord(base: base, bounds: pairs, count: bounds.count / 2, line: line, isUnterminated: false))
      }
    }
  }

  /// Reads the members of an object: their names into the header if it is the first, else their values.
  private mutating func parse(_ object: UnsafeBufferPointer<UInt8>, _ line: Int, isFirst: Bool) throws {
    text.removeAll(keepingCapacity: true)
    for index in seen.indices {
      seen[index] = false
      (bounds[2 * index], bounds[2 * index + 1]) = (0, 0)
    }
    var cursor = JSONCursor(bytes: object, position: 1, line: line, file: file)
    cursor.skipBlanks()
    if cursor.take(UInt8(ascii: "}")) { return }
    while true {
      key.removeAll(keepingCapacity: true)
      cursor.skipBlanks()
      try cursor.readString(into: &key)
      cursor.skipBlanks()
      guard cursor.take(UInt8(ascii: ":")) else { throw cursor.bad("a key without a colon and a value") }
      cursor.skipBlanks()
      if isFirst {
        try noteName(cursor)
        try cursor.skipValue()
      } else if let column = key.withUnsafeBufferPointer({ header.find($0) }) {
        guard !seen[column] else { throw cursor.bad("the key \"\(names[column])\" stands twice in one object") }
        seen[column] = true
        let start = text.count
        if try !cursor.readScalar(into: &text), JSONFields.isMeaningful(names[column]) {
          throw cursor.bad("the value of \"\(names[column])\" is not a number or a text")
        }
        (bounds[2 * column], bounds[2 * column + 1]) = (Int32(start), Int32(text.count))
      } else {
        let name = String(decoding: key, as: UTF8.self)
        if JSONFields.isMeaningful(name) {
          throw HorizonError(
            .data, "the key \"\(SafeText.printable(name))\" appears for the first time",
            at: .init(file: file, line: cursor.line),
            remedy: "Give it in the first object too, as null if its value is unknown")
        }
        try cursor.skipValue()
      }
      cursor.skipBlanks()
      if cursor.take(UInt8(ascii: ",")) { continue }
      if cursor.take(UInt8(ascii: "}")) { return }
      throw cursor.bad("a comma or a closing brace is missing")
    }
  }

  private mutating func noteName(_ cursor: JSONCursor) throws {
    let (_, isNew) = key.withUnsafeBufferPointer { header.intern($0) }
    guard isNew else { throw cursor.bad("a key stands twice in one object") }
    guard names.count < CSVScanner.fieldLimit else {
      throw cursor.bad("an object has more than \(CSVScanner.fieldLimit) keys")
    }
    names.append(String(decoding: key, as: UTF8.self))
  }

  private static func isMeaningful(_ name: String) -> Bool {
    let name = name.lowercased()
    return meaningful.contains(name) || layouts.contains { $0.contains(name) }
  }
}
