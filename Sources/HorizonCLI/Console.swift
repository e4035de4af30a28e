import Foundation

/// Standard output for data, standard error for everything said to a person.
enum Console {
  /// Writes data to standard output.
  static func output(_ bytes: [UInt8]) {
    // A reader that has gone away (`| head`) ends the program by its signal, as it does any other.
    try? FileHandle.standardOutput.write(contentsOf: Data(bytes))
  }

  /// Writes an error message.
  static func error(_ message: String) { write("horizon: error: \(message)\n") }

  /// Writes a message about what was done or noticed.
  static func note(_ message: String, quiet: Bool) {
    if !quiet { write(message + "\n") }
  }

  /// Writes to standard error, control characters replaced, so that hostile names cannot drive a terminal.
  static func write(_ text: String) {
    let safe = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      (scalar.value < 32 && scalar != "\n") || scalar.value == 127 ? "\u{FFFD}" : scalar
    }
    raw(String(String.UnicodeScalarView(safe)))
  }

  /// Writes to standard error as it is: for the control sequences of the progress line.
  static func raw(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }

  /// Whether standard error is a terminal that can show progress.
  static var canShowProgress: Bool {
    isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  /// Whether standard output is a terminal.
  static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
}
