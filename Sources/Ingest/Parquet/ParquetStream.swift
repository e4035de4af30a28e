import CommunitySafety
import Diagnostics
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A Parquet file as CSV, through the `duckdb` program: Horizon has no reader of Parquet of its own.
///
/// No shell is involved: the path is a quoted literal of one SQL statement. The program may load no extension, reads no
/// start-up file and opens no database; what it writes is read as it comes.
///
/// By `posix_spawn`, since the readers of rows pull bytes and wait for them: a library whose children are fed and read by
/// `await` would need a thread of the pool in which every reader may be waiting.
final class ParquetStream {
  /// First and last bytes of every Parquet file.
  static let magic: [UInt8] = [0x50, 0x41, 0x52, 0x31]

  private let location: String
  private let descriptor: Int32
  /// What the program says of errors: an unnamed file, so that a full pipe cannot stop it.
  private let complaints: Int32
  private var process: pid_t
  private var isOver = false

  /// Starts the program that is found first on `searchPath` (the environment's by default).
  ///
  /// - Throws: `HorizonError` of kind noInput if there is none, or it cannot be started.
  init(path: String, searchPath: String? = ParquetStream.environmentPath) throws {
    location = path
    guard let program = ParquetStream.program(on: searchPath) else {
      throw HorizonError(
        .noInput, "a Parquet file is read through the program duckdb, which is not on the PATH", at: .init(file: path),
        remedy: "Install duckdb, or export the file as CSV")
    }
    let arguments = [
      program, "-init", "/dev/null", "-no-stdin", "-bail", "-csv", "-header", ":memory:", "-c",
      ParquetStream.statement(for: path),
    ]
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw ParquetStream.cannotStart(path) }
    complaints = ParquetStream.unnamedFile()
    descriptor = ends[0]
    _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addclose(&actions, ends[1])
    if complaints >= 0 {
      posix_spawn_file_actions_adddup2(&actions, complaints, 2)
    } else {
      posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    }
    var texts: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for text in texts { free(text) } }
    process = 0
    var failure = posix_spawn(&process, program, &actions, nil, &texts, environ)
    // A program that was put there this moment may still be open for writing in a process just forked.
    for _ in 0..<50 where failure == ETXTBSY {
      usleep(10_000)
      failure = posix_spawn(&process, program, &actions, nil, &texts, environ)
    }
    close(ends[1])
    guard failure == 0 else {
      isOver = true
      throw ParquetStream.cannotStart(path)
    }
  }

  deinit {
    close(descriptor)
    if complaints >= 0 { close(complaints) }
    if !isOver, process > 0 {
      // Its reader is gone: it is of no more use.
      kill(process, SIGKILL)
      _ = wait()
    }
  }

  /// The statement that writes a Parquet file out, with nothing of its path understood as SQL.
  static func statement(for path: String) -> String {
    let literal = "'" + path.replacing("'", with: "''") + "'"
    return "SET autoinstall_known_extensions=false; SET autoload_known_extensions=false; "
      + "SET preserve_insertion_order=true; SELECT * FROM read_parquet([\(literal)])"
  }

  /// Fills `buffer` with CSV; 0 at the end, when the program has said that all went well.
  ///
  /// - Throws: `HorizonError` of kind data with what the program says is wrong.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard !isOver else { return 0 }
    let count = readBytes(of: descriptor, into: buffer)
    if count > 0 { return count }
    isOver = true
    let status = wait()
    guard status == 0 else {
      let words = complaint()
      throw HorizonError(
        .data, words.isEmpty ? "duckdb cannot read the Parquet file" : "duckdb says: \(words)",
        at: .init(file: location), remedy: "Check the file with duckdb itself, or export it as CSV")
    }
    return 0
  }

  /// Exit status of the program; not 0 if it was stopped.
  private func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      if errno != EINTR { return -1 }
    }
    return status
  }

  /// The first words of what the program complained of, as one line without control characters.
  private func complaint() -> String {
    guard complaints >= 0 else { return "" }
    var bytes = [UInt8](repeating: 0, count: 400)
    let count = pread(complaints, &bytes, bytes.count, 0)
    guard count > 0 else { return "" }
    let text = String(decoding: bytes.prefix(count), as: UTF8.self)
    return SafeText.printable(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
  }

  private static func cannotStart(_ path: String) -> HorizonError {
    HorizonError(
      .noInput, "the program duckdb cannot be started", at: .init(file: path),
      remedy: "Check that it runs, or export the file as CSV")
  }

  /// A file without a name that goes away when it is closed; negative if none can be made.
  private static func unnamedFile() -> Int32 {
    let folder = getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    var name = Array("\(folder)/horizon-XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    if descriptor >= 0 {
      unlink(name)
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }
    return descriptor
  }

  /// The environment's `PATH`.
  static var environmentPath: String? { getenv("PATH").map { String(cString: $0) } }

  private static func program(on searchPath: String?) -> String? {
    // A relative folder would let whoever wrote the data choose the program.
    let folders = (searchPath ?? "").split(separator: ":").filter { $0.hasPrefix("/") }
    return folders.lazy.map { "\($0)/duckdb" }.first { path in
      var status = stat()
      return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }
  }
}
