import Parallelism
import Tables

extension Sheet {
  /// Writes the rows as ``Sheet/write(as:guardsFormulas:to:)`` does, parts made by up to `threads` threads at once: the bytes are
  /// the same for any number.
  ///
  /// - Throws: what `sink` throws, and errors of making and encoding rows.
  public func write(as format: TableFormat, threads: Int, to sink: ([UInt8]) throws -> Void) async throws {
    guard parts > 1, threads > 1, try rendered(part: 0, as: format) != nil else {
      return try write(as: format, to: sink)
    }
    let window = 4 * threads
    for first in stride(from: 0, to: parts, by: window) {
      let made = try await parallelMap(count: min(window, parts - first), threads: threads) {
        try rendered(part: first + $0, as: format) ?? []
      }
      for bytes in made { try sink(bytes) }
    }
  }
}
