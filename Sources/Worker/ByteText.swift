import Diagnostics

/// Reads numbers from the body of a frame, one after the other; nothing is read past its end.
struct ByteReader {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Bytes that are left.
  var rest: Int { bytes.count - position }

  /// The next number.
  mutating func next<Number: FixedWidthInteger>(_: Number.Type) throws -> Number {
    let size = MemoryLayout<Number>.size
    guard rest >= size else { throw short }
    defer { position += size }
    return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: Number.self))
  }

  /// The next `count` numbers.
  mutating func next<Number: FixedWidthInteger>(_: Number.Type, _ count: Int) throws -> [Number] {
    let size = MemoryLayout<Number>.size
    guard count >= 0, count <= rest / size else { throw short }
    defer { position += count * size }
    return (0..<count).map {
      Number(littleEndian: bytes.loadUnaligned(fromByteOffset: position + $0 * size, as: Number.self))
    }
  }

  /// The next `count` doubles.
  mutating func doubles(_ count: Int) throws -> [Double] {
    guard count >= 0, count <= rest / 8 else { throw short }
    defer { position += count * 8 }
    return (0..<count).map {
      Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position + $0 * 8, as: UInt64.self)))
    }
  }

  /// The next `count` bytes, without a copy.
  mutating func slice(_ count: Int) throws -> UnsafeRawBufferPointer {
    guard count >= 0, count <= rest else { throw short }
    defer { position += count }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
  }

  private var short: HorizonError {
    HorizonError(
      .data, "the body of a frame is shorter than it says", at: .init(file: FrameReader.place),
      remedy: "Use the package of the program's own version")
  }
}

/// Puts numbers together to the body of a frame.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  mutating func add(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func add(_ number: Double) { add(number.bitPattern) }

  mutating func add(_ more: [UInt8]) { bytes.append(contentsOf: more) }

  /// Texts as offsets, one more than texts, and their bytes.
  mutating func add(_ texts: [String]) {
    var offset: UInt32 = 0
    add(offset)
    for text in texts {
      offset += UInt32(text.utf8.count)
      add(offset)
    }
    for text in texts { bytes.append(contentsOf: text.utf8) }
  }
}
