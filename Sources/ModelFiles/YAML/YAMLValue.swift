import CommunitySafety
import Diagnostics
import TimeSeries
import Yams

/// A value of a YAML file that knows where it stands, for messages.
package struct YAMLValue {
  let node: Node
  let file: String

  /// The whole of a file.
  package static func document(_ text: String, file: String) throws -> YAMLValue {
    try YAMLGuard.check(text, file: file)
    let node: Node?
    do {
      // The basic resolver leaves every scalar a text: types are decided by the key, not by how the text looks.
      node = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw error.horizonError(file: file)
    }
    guard let node else {
      throw HorizonError(
        .data, "the file is empty", at: .init(file: file, line: 1, column: 1),
        remedy: "Write what it is to hold, or leave the file out")
    }
    return YAMLValue(node: node, file: file)
  }

  /// Where the value begins.
  package var location: HorizonError.Location {
    .init(file: file, line: node.mark?.line, column: node.mark?.column)
  }

  /// An error about this value.
  package func error(_ message: String, remedy: String? = nil) -> HorizonError {
    HorizonError(.data, message, at: location, remedy: remedy)
  }

  /// Whether nothing was written: `key:` or `key: null`.
  package var isNothing: Bool {
    guard let scalar = node.scalar, scalar.style == .plain else { return false }
    return scalar.string.isEmpty || scalar.string == "~" || scalar.string == "null"
  }

  /// The entries of a list; none where nothing was written.
  package func list(_ what: String) throws -> [YAMLValue] {
    if isNothing { return [] }
    guard let sequence = node.sequence else {
      throw error("\(what) must be a list", remedy: "Write each entry on a line of its own after a dash, or [a, b]")
    }
    return sequence.map { YAMLValue(node: $0, file: file) }
  }

  /// Text that is not blank.
  package func text(_ what: String) throws -> String {
    guard let scalar = node.scalar else { throw error("\(what) must be a text", remedy: "Write one value") }
    guard !isNothing, scalar.string.contains(where: { !$0.isWhitespace }) else {
      throw error("\(what) is empty", remedy: "Give a value, or take the line out where it is optional")
    }
    return scalar.string
  }

  /// A list of texts.
  package func texts(_ what: String) throws -> [String] { try list(what).map { try $0.text("an entry of \(what)") } }

  /// A whole number of at least 0.
  package func wholeNumber(_ what: String) throws -> Int {
    guard let string = node.scalar?.string, string.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(string)
    else { throw error("\(what) must be a whole number, 0 or more", remedy: "Write digits only, such as 161024") }
    return number
  }

  /// A finite number.
  package func number(_ what: String) throws -> Double {
    guard let string = node.scalar?.string,
      string.utf8.allSatisfy({ (48...57).contains($0) || [UInt8(ascii: "."), UInt8(ascii: "-")].contains($0) }),
      let number = Double(string), number.isFinite
    else { throw error("\(what) must be a number", remedy: "Write digits with a decimal point, such as 11.72") }
    return number
  }

  /// `true` or `false`.
  package func truth(_ what: String) throws -> Bool {
    switch node.scalar?.string {
    case "true", "yes": true
    case "false", "no": false
    default: throw error("\(what) must be true or false", remedy: "Write true or false")
    }
  }

  /// A date, `YYYY-MM-DD`.
  package func date(_ what: String) throws -> CivilDate {
    let parts = (node.scalar?.string ?? "").split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2],
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
      let date = CivilDate(year: year, month: month, day: day)
    else { throw error("\(what) is not a date of the calendar", remedy: "Write it as YYYY-MM-DD, such as 2020-03-26") }
    return date
  }
}
