import Diagnostics
import Foundation
import Synchronization

/// Records that are made in one order and wanted in another, such as results of series by pool that are written in input order:
/// held in memory while they are few, else in a temporary file that has no name and goes with the run, however it ends.
///
/// Each record is written once, by any thread, and read whole; what is read is checked against what was written.
public final class SpillFile: Sendable {
  /// Where a record is: its offset, below 0 where there is none, its length and its check.
  private struct Place {
    var offset = -1
    var count: Int32 = 0
    var check: UInt32 = 0
  }

  private struct State {
    var places: [Place]
    /// What is not in the file yet, and the offset of its first byte.
    var pending: [UInt8] = []
    var flushed = 0
    /// Below 0 until there is a file.
    var descriptor: Int32
  }

  private let state: Mutex<State>
  private let memory: Int
  private let folder: String

  /// Room for records of the numbers 0 ..< `count`.
  ///
  /// - Parameters:
  ///   - memory: bytes that are gathered before they go to the file.
  ///   - folder: where the file is made; the system's folder for temporary files unless given.
  public convenience init(count: Int, memory: Int = 64 << 20, folder: String = NSTemporaryDirectory()) {
    self.init(count: count, memory: memory, folder: folder, descriptor: -1)
  }

  /// The same, in a file that is open already.
  init(count: Int, memory: Int, folder: String, descriptor: Int32) {
    state = Mutex(State(places: [Place](repeating: Place(), count: count), descriptor: descriptor))
    self.memory = memory
    self.folder = folder
  }

  deinit {
    state.withLock { state in
      if state.descriptor >= 0 { close(state.descriptor) }
    }
  }

  /// Keeps a record.
  ///
  /// - Throws: ``HorizonError`` (cannotWrite) where the file cannot be made or its disk is full.
  public func write(_ record: [UInt8], at number: Int) throws {
    precondition(record.count <= Int(Int32.max), "a record is shorter than 2 GB")
    let check = SpillFile.check(record)
    try state.withLock { state in
      precondition(state.places[number].offset < 0, "a record is written once")
      state.places[number] = Place(
        offset: state.flushed + state.pending.count, count: Int32(record.count), check: check)
      state.pending.append(contentsOf: record)
      if state.pending.count >= memory { try flush(&state) }
    }
  }

  /// A record as it was written; nil where none was.
  ///
  /// - Throws: ``HorizonError`` (cannotWrite) where the file does not hold what was written to it.
  public func read(_ number: Int) throws -> [UInt8]? {
    try state.withLock { state in
      let place = state.places[number]
      guard place.offset >= 0 else { return nil }
      let count = Int(place.count)
      let record: [UInt8]
      if place.offset >= state.flushed {
        let start = place.offset - state.flushed
        record = Array(state.pending[start..<start + count])
      } else {
        let descriptor = state.descriptor
        record = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
          while filled < count, let base = buffer.baseAddress {
            let got = pread(descriptor, base + filled, count - filled, off_t(place.offset + filled))
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { return }
            filled += got
          }
        }
      }
      guard record.count == count, SpillFile.check(record) == place.check else {
        throw HorizonError(
          .cannotWrite, "a temporary file in \(folder) does not hold what was written to it",
          remedy: "Check its disk, or name another folder in TMPDIR")
      }
      return record
    }
  }

  /// Writes out what is pending.
  private func flush(_ state: inout State) throws {
    if state.descriptor < 0 { state.descriptor = try open() }
    let (descriptor, start) = (state.descriptor, state.flushed)
    try state.pending.withUnsafeBytes { bytes in
      var written = 0
      while written < bytes.count, let base = bytes.baseAddress {
        let got = pwrite(descriptor, base + written, bytes.count - written, off_t(start + written))
        if got < 0, errno == EINTR { continue }
        guard got > 0 else { throw failure(errno) }
        written += got
      }
    }
    state.flushed += state.pending.count
    state.pending.removeAll(keepingCapacity: true)
  }

  /// A file that goes away when it is closed.
  private func open() throws -> Int32 {
    var name = Array((folder as NSString).appendingPathComponent("horizon-XXXXXX").utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw failure(errno) }
    unlink(name)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  }

  private func failure(_ code: Int32) -> HorizonError {
    HorizonError(
      .cannotWrite,
      "results cannot be kept in a temporary file in \(folder): \(String(cString: strerror(code)))",
      remedy: "Free space there, or name another folder in TMPDIR")
  }

  /// 32 bits that tell a record from a damaged one (FNV-1a: Fowler, Noll & Vo, IETF draft-eastlake-fnv).
  private static func check(_ record: [UInt8]) -> UInt32 {
    record.withUnsafeBufferPointer { bytes in
      var hash: UInt32 = 0x811C_9DC5
      for byte in bytes { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
      return hash
    }
  }
}
