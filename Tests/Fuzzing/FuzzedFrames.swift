import Diagnostics
import TimeSeries
import Worker

extension Fuzzing {
  /// What a worker is sent: frames, then the series in a batch, of which every one that is used is whole. The first byte
  /// says how many bytes arrive at a time.
  static func frames(_ bytes: UnsafeRawBufferPointer) {
    let piece = Int(bytes.first ?? 0) % 61 + 1
    var rest = bytes.dropFirst()
    let reader = FrameReader { buffer in
      let part = rest.prefix(min(piece, buffer.count))
      buffer.copyBytes(from: part)
      rest = rest.dropFirst(part.count)
      return part.count
    }
    check {
      while let frame = try reader.next() {
        let written = try frame.bytes()
        precondition(written.count == frame.body.count + 5, "a frame is its length, its kind and its body")
        check { try batch(frame.body, Frequency.allCases[Int(frame.kind.rawValue) % Frequency.allCases.count]) }
      }
    }
    check { try batch(Array(rest), .monthly) }
  }

  private static func batch(_ body: [UInt8], _ frequency: Frequency) throws {
    let batch = try SeriesBatch(body, frequency: frequency)
    precondition(batch.series.count == batch.statuses.count { $0 == .ok }, "every series that is ok is there")
    for series in batch.series {
      precondition(series.count > 0 && series.count <= SeriesBatch.spanLimit, "a series has periods, and not too many")
      precondition(series.values.allSatisfy { !$0.isInfinite && !($0 < 0) }, "values are known or missing")
    }
  }
}
