import CommunitySafety
import Diagnostics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file read from start to end through its descriptor.
struct FileStream: ~Copyable {
  private let descriptor: Int32
  private let path: String

  /// Opens a file; `-` is standard input.
  init(path: String) throws {
    self.path = path
    descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw HorizonError(
        .noInput, "the file cannot be opened", at: .init(file: path), remedy: "Check that you may read it")
    }
  }

  deinit { if descriptor > 0 { close(descriptor) } }

  /// Fills `buffer` as far as the file has bytes at hand; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = readBytes(of: descriptor, into: buffer)
    guard count >= 0 else {
      throw HorizonError(
        .noInput, "the file cannot be read to its end", at: .init(file: path), remedy: "Check the disk it lies on")
    }
    return count
  }

  /// The first four bytes.
  consuming func head() throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 4)
    let count = try bytes.withUnsafeMutableBytes { try read(into: $0) }
    return Array(bytes.prefix(count))
  }
}

/// Fills `buffer` as far as there are bytes at hand, however often a signal comes between. Returns their number: 0 at the
/// end, negative on an error.
func readBytes(of descriptor: CInt, into buffer: UnsafeMutableRawBufferPointer) -> Int {
  while true {
    let count = read(descriptor, buffer.baseAddress, buffer.count)
    if count >= 0 || errno != EINTR { return count }
  }
}
