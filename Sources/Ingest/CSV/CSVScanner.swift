import CByteMask
import CommunitySafety
import Diagnostics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Splits a stream of bytes into CSV records in constant memory.
///
/// RFC 4180: fields in quotes may hold commas, line breaks and doubled quotes. Line ends are LF, CRLF or a lone CR, the
/// last may be absent; a byte-order mark is skipped; blank lines are no records. A quote inside an unquoted field is
/// text. Semicolons or tabs separate the fields of a file whose first record with any separator holds them and no comma, or
/// whose first line says so (`sep=;`).
/// Lines without a quote are split 64 bytes at a time. What comes out does not depend on `chunkSize`, nor on whose buffer
/// it is.
struct CSVScanner: ~Copyable {
  /// Longest record in bytes, quotes and line breaks inside it included.
  static let recordLimit = 1 << 20
  /// Most fields of a record.
  static let fieldLimit = 20_000

  /// Bytes beyond its end that must be readable in a buffer that is scanned where it lies.
  static let padding = 64

  private let file: String
  private let chunkSize: Int
  private let ownsBuffer: Bool
  private let capacity: Int
  private let buffer: UnsafeMutablePointer<UInt8>
  private let bounds: UnsafeMutablePointer<Int32>
  private var fieldCount = 0
  private var doubledFields: [Int] = []
  /// Between fields; 0 until the first record has told.
  private var separator: UInt8 = 0
  /// Where the scan stands: the next record, the end of what is in the buffer, the line, and whether the input has ended.
  private var (position, received, line) = (0, 0, 1)
  private var (atEnd, isFirst) = (false, true)

  /// A scanner that reads `chunkSize` bytes at a time and names `file` in its errors.
  init(file: String, chunkSize: Int = 256 << 10) {
    self.file = file
    self.chunkSize = max(1, chunkSize)
    capacity = CSVScanner.recordLimit + 3 + self.chunkSize
    buffer = .allocate(capacity: capacity + CSVScanner.padding)
    bounds = CSVScanner.makeBounds()
    ownsBuffer = true
  }

  /// A scanner over `bytes` where they lie, at most 2 GB, with ``padding`` more readable bytes behind them. `read` of
  /// ``scan(read:record:)`` is shown the next `chunkSize` of them to return their number. Doubled quotes are made
  /// single in place.
  init(file: String, over bytes: UnsafeMutableBufferPointer<UInt8>, chunkSize: Int = 256 << 10) {
    self.file = file
    self.chunkSize = max(1, chunkSize)
    (buffer, capacity) = bytes.baseAddress.map { ($0, bytes.count) } ?? (.allocate(capacity: CSVScanner.padding), 0)
    ownsBuffer = bytes.baseAddress == nil
    bounds = CSVScanner.makeBounds()
  }

  // The separators of 64 bytes are noted before their number is checked.
  private static func makeBounds() -> UnsafeMutablePointer<Int32> { .allocate(capacity: 2 * (fieldLimit + 65)) }

  deinit {
    if ownsBuffer { buffer.deallocate() }
    bounds.deallocate()
  }

  /// Reads to the end and hands over every record.
  ///
  /// - Parameter read: fills the buffer it is given and returns the number of bytes, 0 at the end.
  /// - Throws: `HorizonError` of kind data for a record that is too long or badly quoted, and what the closures throw.
  @inline(__always)
  mutating func scan(
    read: (UnsafeMutableRawBufferPointer) throws -> Int, record handle: (CSVRecord) throws -> Void
  ) throws {
    try scan(read: read) { record in
      try handle(record)
      return true
    }
  }

  /// Hands over records from where the last call stopped, to the end or until `handle` returns false.
  @inline(__always)
  mutating func scan(
    read: (UnsafeMutableRawBufferPointer) throws -> Int, while handle: (CSVRecord) throws -> Bool
  ) throws {
    var (start, filled, line) = (position, received, line)
    var needsMore = start >= filled
    while true {
      if needsMore {
        if atEnd { break }
        let room = min(chunkSize, capacity - filled)
        let count = try read(UnsafeMutableRawBufferPointer(start: buffer + filled, count: room))
        atEnd = count <= 0
        filled += max(0, count)
        if isFirst {
          if filled < 3 && !atEnd { continue }
          isFirst = false
          start = try byteOrderMark(filled)
        }
      }
      while start < filled {
        if separator == 0, buffer[start] != 10, buffer[start] != 13 {
          guard let (found, isLine) = recogniseSeparator(start, filled, atEnd) else { break }
          separator = found
          if isLine {
            // `sep=;` is for spreadsheets and no record.
            while start < filled, buffer[start] != 10, buffer[start] != 13 { start &+= 1 }
            continue
          }
        }
        var end = try splitPlain(start, filled, line)
        let next: Int
        var breaks = 1
        if end < filled, buffer[end] == 34 {
          guard let quoted = try splitQuoted(start, filled, atEnd, line) else { break }
          (end, next) = (quoted.end, quoted.next)
          breaks += quoted.breaks
        } else {
          // The line end must be in the buffer, and for a CR so must the byte after it, unless the input has ended.
          let isCR = end < filled && buffer[end] == 13
          if end >= filled &- (isCR ? 1 : 0), !atEnd { break }
          next = end &+ (isCR && end &+ 1 < filled && buffer[end &+ 1] == 10 ? 2 : 1)
        }
        if end &- start > CSVScanner.recordLimit { throw tooLong(line) }
        let record = CSVRecord(
          base: buffer, bounds: bounds, count: fieldCount, line: line, isUnterminated: end >= filled,
          separator: separator)
        start = min(next, filled)
        line &+= breaks
        if fieldCount > 1 || bounds[1] > bounds[0], try !handle(record) {
          (position, received, self.line) = (start, filled, line)
          return
        }
      }
      if filled - start > CSVScanner.recordLimit + 2 { throw tooLong(line) }
      needsMore = true
      guard ownsBuffer, start > 0 else { continue }
      filled -= start
      if filled > 0 { memmove(buffer, buffer + start, filled) }
      start = 0
    }
    (position, received, self.line) = (start, filled, line)
  }

  /// What stands between the fields: what a first line `sep=;` says; else a comma if the first record holds one outside
  /// quotes, else a semicolon or a tab if it holds either, the more frequent. A line without any says nothing, and the
  /// next decides. Nil if more input is needed to tell.
  private func recogniseSeparator(_ start: Int, _ filled: Int, _ atEnd: Bool) -> (separator: UInt8, isLine: Bool)? {
    var (semicolons, tabs) = (0, 0)
    var isQuoted = false
    let isShort = filled - start < 6 && !atEnd
    if isShort, !(start..<filled).contains(where: { buffer[$0] == 10 || buffer[$0] == 13 }) { return nil }
    if let said = saidSeparator(start, filled) { return (said, true) }
    for i in start..<min(filled, start + CSVScanner.recordLimit) {
      switch buffer[i] {
      case 34: isQuoted.toggle()
      case _ where isQuoted: continue
      case 44: return (44, false)
      case 59: semicolons += 1
      case 9: tabs += 1
      case 10, 13:
        if semicolons + tabs > 0 { return (semicolons >= tabs ? 59 : 9, false) }
      default: continue
      }
    }
    guard atEnd || filled - start >= CSVScanner.recordLimit else { return nil }
    return (semicolons + tabs == 0 ? 44 : semicolons >= tabs ? 59 : 9, false)
  }

  /// The separator that a line `sep=;` names.
  private func saidSeparator(_ start: Int, _ filled: Int) -> UInt8? {
    guard start + 5 <= filled else { return nil }
    for (offset, byte) in "sep=".utf8.enumerated() where buffer[start + offset] | 0x20 != byte | 0x20 { return nil }
    let said = buffer[start + 4]
    guard [44, 59, 9].contains(said), start + 5 == filled || [10, 13].contains(buffer[start + 5]) else { return nil }
    return said
  }

  @inline(__always)
  private func find(_ byte: Int32, _ start: Int, _ end: Int) -> Int {
    guard let hit = memchr(buffer + start, byte, end &- start) else { return end }
    return UnsafeRawPointer(buffer).distance(to: UnsafeRawPointer(hit))
  }

  /// Splits the line from `start` at its separators, as far as its end or its first quote. Returns where that is; `filled`
  /// if neither is in the buffer.
  @inline(__always)
  private mutating func splitPlain(_ start: Int, _ filled: Int, _ line: Int) throws -> Int {
    let separator = separator
    var count = 0
    var field = start
    var block = start
    var end = filled
    while block < filled {
      var hits = byte_mask(buffer + block, separator)
      let stops = byte_mask_stops(buffer + block)
      if stops != 0 {
        end = min(filled, block &+ stops.trailingZeroBitCount)
        hits &= (stops & (0 &- stops)) &- 1
      }
      if filled &- block < 64 { hits &= (1 &<< UInt64(truncatingIfNeeded: filled &- block)) &- 1 }
      while hits != 0 {
        let hit = block &+ hits.trailingZeroBitCount
        bounds[2 &* count] = Int32(truncatingIfNeeded: field)
        bounds[2 &* count &+ 1] = Int32(truncatingIfNeeded: hit)
        count &+= 1
        field = hit &+ 1
        hits &= hits &- 1
      }
      if count >= CSVScanner.fieldLimit { throw tooManyFields(line) }
      if stops != 0 { break }
      block &+= 64
    }
    bounds[2 &* count] = Int32(truncatingIfNeeded: field)
    bounds[2 &* count &+ 1] = Int32(truncatingIfNeeded: end)
    fieldCount = count &+ 1
    return end
  }

  /// Splits a record that holds a quote. Returns where it ends, where the next one starts and how many line breaks lie
  /// inside quotes, or nil if more input is needed.
  private mutating func splitQuoted(_ start: Int, _ filled: Int, _ atEnd: Bool, _ line: Int) throws -> (
    end: Int, next: Int, breaks: Int
  )? {
    doubledFields.removeAll(keepingCapacity: true)
    var count = 0
    var breaks = 0
    var i = start
    var end = start
    while true {
      guard count < CSVScanner.fieldLimit else { throw tooManyFields(line + breaks) }
      var (first, last) = (i, i)
      if i < filled, buffer[i] == 34 {
        first = i + 1
        guard let close = closingQuote(first, filled, count, atEnd) else {
          guard atEnd else { return nil }
          throw HorizonError(
            .data, "a quoted field is not closed", at: .init(file: file, line: line + breaks, column: count + 1),
            remedy: "Close the quote, or double a quote that is part of the text")
        }
        last = close
        breaks += lineBreaks(first, last)
        i = close + 1
        if i < filled, buffer[i] != separator, buffer[i] != 10, buffer[i] != 13 {
          throw HorizonError(
            .data, "text follows the closing quote of a field",
            at: .init(file: file, line: line + breaks, column: count + 1),
            remedy: "Double a quote that is part of the text")
        }
      } else {
        while i < filled, buffer[i] != separator, buffer[i] != 10, buffer[i] != 13 { i += 1 }
        last = i
      }
      bounds[2 * count] = Int32(truncatingIfNeeded: first)
      bounds[2 * count + 1] = Int32(truncatingIfNeeded: last)
      count += 1
      end = i
      if i >= filled {
        guard atEnd else { return nil }
        break
      }
      if buffer[i] == separator {
        i += 1
        continue
      }
      if buffer[i] == 13 {
        if i + 1 == filled && !atEnd { return nil }
        if i + 1 < filled, buffer[i + 1] == 10 { i += 1 }
      }
      i += 1
      break
    }
    for field in doubledFields { undouble(field) }
    fieldCount = count
    return (end, i, breaks)
  }

  /// Position of the quote that closes a field, past doubled quotes; nil if it is not in the buffer for certain.
  private mutating func closingQuote(_ start: Int, _ filled: Int, _ field: Int, _ atEnd: Bool) -> Int? {
    var i = start
    while true {
      let quote = find(34, i, filled)
      if quote == filled || (quote + 1 == filled && !atEnd) { return nil }
      guard quote + 1 < filled, buffer[quote + 1] == 34 else { return quote }
      if doubledFields.last != field { doubledFields.append(field) }
      i = quote + 2
    }
  }

  /// Removes the second of each pair of quotes from a field, in place.
  private func undouble(_ field: Int) {
    let end = Int(bounds[2 * field + 1])
    var (from, to) = (Int(bounds[2 * field]), Int(bounds[2 * field]))
    while from < end {
      buffer[to] = buffer[from]
      from += buffer[from] == 34 ? 2 : 1
      to += 1
    }
    bounds[2 * field + 1] = Int32(truncatingIfNeeded: to)
  }

  private func lineBreaks(_ start: Int, _ end: Int) -> Int {
    var breaks = 0
    var i = start
    while i < end {
      if buffer[i] == 10 || (buffer[i] == 13 && !(i + 1 < end && buffer[i + 1] == 10)) { breaks += 1 }
      i += 1
    }
    return breaks
  }

  /// Length of a UTF-8 mark at the start of the file; other encodings that announce themselves are refused.
  private func byteOrderMark(_ filled: Int) throws -> Int {
    if filled >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF { return 3 }
    if filled >= 2, (buffer[0] == 0xFF && buffer[1] == 0xFE) || (buffer[0] == 0xFE && buffer[1] == 0xFF) {
      throw HorizonError(
        .data, "the file is UTF-16 text", at: .init(file: file), remedy: "Save it as CSV UTF-8")
    }
    return 0
  }

  private func tooLong(_ line: Int) -> HorizonError {
    HorizonError(
      .data, "a record is longer than \(CSVScanner.recordLimit) bytes", at: .init(file: file, line: line),
      remedy: "Check that the file is a CSV and that every quote is closed")
  }

  private func tooManyFields(_ line: Int) -> HorizonError {
    HorizonError(
      .data, "a record has more than \(CSVScanner.fieldLimit) fields", at: .init(file: file, line: line),
      remedy: "Check that the file is a CSV with one record a line")
  }
}
