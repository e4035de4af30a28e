import Diagnostics

/// One frame of the protocol between `horizon worker` and whoever runs it: a kind and a body.
///
/// On the wire a frame is its length (four bytes, little endian: the kind and the body together), the kind (one byte) and the body. All
/// numbers of a body are little endian, those with a fraction IEEE 754 doubles. Whoever runs a worker sends a frame and reads
/// its answer before the next: neither side ever has more than one frame to hold.
public struct Frame: Equatable, Sendable {
  /// What a frame is.
  public enum Kind: UInt8, Sendable {
    /// To the worker: what it is for, as JSON (``WorkerJob``). The first frame, once.
    case hello = 0x48
    /// To the worker: series (``SeriesBatch``).
    case batch = 0x42
    /// To the worker: p-values of one period; back from it: their q-values (``PValues``).
    case pValues = 0x50
    /// To the worker: there is nothing more. Has no body.
    case stop = 0x51
    /// From the worker: who it is, as JSON (``WorkerGreeting``).
    case ready = 0x52
    /// From the worker: forecasts of a batch (``ForecastAnswer``).
    case forecasts = 0x46
    /// From the worker: verdicts on a batch (``VerdictAnswer``).
    case verdicts = 0x56
    /// From the worker: how many series of a batch are of a district that is known; four bytes.
    case known = 0x4B
    /// From the worker: why there is no answer, as JSON (``ErrorRecord``).
    case failure = 0x45
  }

  /// What it is.
  public let kind: Kind
  /// What it holds.
  public let body: [UInt8]

  /// A frame.
  public init(_ kind: Kind, _ body: [UInt8] = []) {
    self.kind = kind
    self.body = body
  }

  /// Version of the protocol: of the frames and what is in them.
  public static let protocolVersion = 1
  /// Most bytes of a kind and its body together: 256 MiB, some 180,000 series of 120 months.
  public static let limit = 256 << 20
}

/// Reads frames from wherever bytes come from.
public struct FrameReader {
  private let read: (UnsafeMutableRawBufferPointer) throws -> Int
  private let limit: Int
  /// Memory is taken as bytes arrive, this many at a time: a length alone takes none.
  private static let step = 1 << 20

  /// - Parameter read: fills a buffer as far as bytes are there, and says how many; 0 at the end.
  public init(limit: Int = Frame.limit, read: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) {
    self.limit = limit
    self.read = read
  }

  /// The next frame; nil at an end between two.
  ///
  /// - Throws: `HorizonError` of kind data for an end inside of a frame, a length of 0 or beyond the limit, or a kind that
  ///   there is not; after any of these nothing more can be read.
  public func next() throws -> Frame? {
    var head: [UInt8] = []
    try fill(&head, 4)
    if head.isEmpty { return nil }
    guard head.count == 4 else { throw Self.cut("in the length of a frame") }
    let length = head.reversed().reduce(0) { $0 << 8 | Int($1) }
    guard (1...limit).contains(length) else {
      throw HorizonError(
        .data, "a frame of \(length) bytes was announced, and frames have from 1 to \(limit)",
        at: .init(file: Self.place),
        remedy: "Send fewer series at a time; of a pool that is larger, make several measures")
    }
    var content: [UInt8] = []
    try fill(&content, length)
    guard content.count == length else { throw Self.cut("after \(content.count) of the \(length) bytes of a frame") }
    guard let kind = Frame.Kind(rawValue: content[0]) else {
      throw HorizonError(
        .data, "there is no kind of frame \(content[0])", at: .init(file: Self.place),
        remedy: "Use the package of the program's own version")
    }
    content.removeFirst()
    return Frame(kind, content)
  }

  /// Where frames come from, in errors.
  static let place = "frames"

  private static func cut(_ whereabouts: String) -> HorizonError {
    HorizonError(
      .data, "the input ended \(whereabouts)", at: .init(file: place),
      remedy: "Whoever runs the worker was stopped; run the task again: nothing of it was kept")
  }

  private func fill(_ bytes: inout [UInt8], _ count: Int) throws {
    while bytes.count < count {
      let wanted = min(count - bytes.count, Self.step)
      let start = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: wanted))
      let got = try bytes.withUnsafeMutableBytes { try read(UnsafeMutableRawBufferPointer(rebasing: $0[start...])) }
      bytes.removeLast(wanted - min(max(0, got), wanted))
      if got <= 0 { return }
    }
  }
}

extension Frame {
  /// The frame as bytes, length first.
  ///
  /// - Throws: `HorizonError` of kind data if it is beyond the limit.
  public func bytes(limit: Int = Frame.limit) throws -> [UInt8] {
    guard body.count < limit else {
      throw HorizonError(
        .data, "the answer has \(body.count + 1) bytes, and frames have at most \(limit)",
        remedy: "Ask for fewer periods or levels, or send fewer series at a time")
    }
    var bytes = ByteWriter(capacity: body.count + 5)
    bytes.add(UInt32(body.count + 1))
    bytes.add(kind.rawValue)
    bytes.add(body)
    return bytes.bytes
  }
}
