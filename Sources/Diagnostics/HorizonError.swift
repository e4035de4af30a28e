/// An error a user can act on: what is wrong, where, and what to do. Its kind decides the exit code.
public struct HorizonError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of failure it is.
  public enum Kind: Hashable, Sendable {
    /// The command was used wrongly (exit code 64).
    case usage
    /// The data is wrong (65).
    case data
    /// There is no such input (66).
    case noInput
    /// The output cannot be written (73).
    case cannotWrite
    /// Something else holds the resource: try later (75).
    case tryLater
  }

  /// Where in an input the trouble is. Lines and columns count from 1.
  public struct Location: Hashable, Sendable {
    /// File as the user named it; `archive.zip!entry.csv` inside an archive.
    public var file: String
    /// Sheet of a workbook.
    public var sheet: String?
    /// Line, header included; of a sheet its row.
    public var line: Int?
    /// Field of a delimited line, or character of a YAML line.
    public var column: Int?

    /// A place in a file.
    public init(file: String, line: Int? = nil, column: Int? = nil) {
      self.file = file
      self.line = line
      self.column = column
    }
  }

  /// Decides the exit code.
  public let kind: Kind
  /// What is wrong, as one sentence without a full stop.
  public let message: String
  /// What to do about it, as one sentence without a full stop.
  public let remedy: String?
  /// Where it is.
  public let location: Location?

  /// An error with an optional place and remedy.
  public init(_ kind: Kind, _ message: String, at location: Location? = nil, remedy: String? = nil) {
    self.kind = kind
    self.message = message
    self.remedy = remedy
    self.location = location
  }

  /// `file:line:column: message. Remedy.`, of workbooks `file, sheet "Table 1", cell D17: message. Remedy.`
  public var description: String {
    var text = ""
    if let location { text += "\(location): " }
    text += message + "."
    if let remedy { text += " " + remedy + "." }
    return text
  }
}

extension HorizonError.Location: CustomStringConvertible {
  /// `file:line:column`, or `file, sheet "Table 1", cell D17`.
  public var description: String {
    guard let sheet else {
      return file + (line.map { ":\($0)" } ?? "") + (column.map { ":\($0)" } ?? "")
    }
    let place = line.map { line in
      column.map { ", cell \(HorizonError.Location.letters(ofColumn: $0))\(line)" } ?? ", row \(line)"
    }
    return "\(file), sheet \"\(sheet)\"" + (place ?? "")
  }

  /// Letters of a column of a sheet, counted from 1: A to Z, then AA.
  public static func letters(ofColumn column: Int) -> String {
    var letters: [Character] = []
    var rest = column
    while rest > 0 {
      letters.append(Character(UnicodeScalar(UInt8(65 + (rest - 1) % 26))))
      rest = (rest - 1) / 26
    }
    return String(letters.reversed())
  }
}
