import CommunitySafety
import Diagnostics
import Foundation
import Wording

/// Standard output for data, standard error for everything said to a person.
enum Console {
  /// Writes data to standard output.
  ///
  /// - Throws: ``HorizonError`` (cannotWrite), such as for a full disk: an output cut short must not look whole.
  static func output(_ bytes: [UInt8]) throws {
    // A reader that has gone away (`| head`) ends the program by its signal, as it does any other.
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(bytes))
    } catch {
      throw HorizonError(
        .cannotWrite, "cannot write to standard output",
        remedy: "Check that its disk is not full and its reader is there")
    }
  }

  /// Writes an error message.
  static func error(_ message: String) { write("horizon: error: \(message)\n") }

  /// Writes a message about what was done or noticed.
  static func note(_ message: String, quiet: Bool) {
    if !quiet { write(message + "\n") }
  }

  /// An expected number of series in words: "about 3", or "fewer than one" for less than a half.
  static func about(_ expected: Double) -> String {
    expected < 0.5 ? "fewer than one" : "about \(Int(expected.rounded()))"
  }

  /// Writes to standard error, control characters replaced, so that hostile names cannot drive a terminal.
  static func write(_ text: String) {
    raw(SafeText.printable(text, keepsLines: true))
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
