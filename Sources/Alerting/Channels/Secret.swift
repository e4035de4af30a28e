import Diagnostics
import Foundation

/// Where a secret is kept. It is read when it is needed and goes into no state, log or message.
public enum Secret: Hashable, Sendable {
  /// A file that its owner alone may read, or one of root's that a group may read too.
  case file(String)
  /// A variable of the environment.
  case environment(String)

  /// The secret.
  ///
  /// - Throws: ``HorizonError``: noInput where it is not there, data where others may read its file or it is too short.
  func read() throws -> [UInt8] {
    var bytes: [UInt8]
    switch self {
    case .file(let path):
      var status = stat()
      guard stat(path, &status) == 0, let data = FileManager.default.contents(atPath: path) else {
        throw HorizonError(
          .noInput, "the secret file \(path) cannot be read by \(NSUserName())",
          remedy: "Check its path, and make it that user's with `chown \(NSUserName()) \(path)`")
      }
      guard status.st_mode & (status.st_uid == 0 ? 0o037 : 0o077) == 0 else {
        throw HorizonError(
          .data, "others may read the secret file", at: .init(file: path),
          remedy: "Run `chmod 600 \(path)`, or for a file of root's that a group reads `chmod 640`")
      }
      bytes = Array(data)
    case .environment(let name):
      guard let text = ProcessInfo.processInfo.environment[name] else {
        throw HorizonError(.noInput, "the variable \(name) with a secret is not set", remedy: "Set it for the run")
      }
      bytes = Array(text.utf8)
    }
    while let last = bytes.last, last == 10 || last == 13 { bytes.removeLast() }
    guard bytes.count >= 16 else {
      throw HorizonError(
        .data, "a secret has at least 16 characters", remedy: "Make one with `openssl rand -hex 32`")
    }
    return bytes
  }
}
