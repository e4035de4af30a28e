/// What the values of a column are, in every description of it: schemas, data dictionary, data package.
public enum ValueKind: Sendable, Hashable {
  /// Any text.
  case text
  /// One of these texts.
  case choice([String])
  /// A whole number.
  case integer
  /// A number.
  case number
  /// A number from 0 to 1.
  case probability
  /// Yes or no, as 1 or 0.
  case flag
  /// Yes or no, as `yes` or `no`.
  case answer
  /// A period in the form the data writes it in: 2019-06, 2019/20 Q1.
  case period
  /// A month, as 2019-06.
  case month
  /// A day, as 2019-06-30.
  case date
  /// An object or list: only in JSON.
  case record

  /// The words of the data dictionary.
  public var words: String {
    switch self {
    case .text: "text"
    case .choice: "text from a list"
    case .integer: "whole number"
    case .number: "number"
    case .probability: "probability, 0 to 1"
    case .flag: "1 (yes) or 0 (no)"
    case .answer: "yes or no"
    case .period: "period, as the data writes it"
    case .month: "month, YYYY-MM"
    case .date: "date, YYYY-MM-DD"
    case .record: "object or list, in JSON only"
    }
  }

  /// Whether its values stand to the right in a table for people.
  public var isNumeric: Bool {
    switch self {
    case .integer, .number, .probability, .flag: true
    case .text, .choice, .answer, .period, .month, .date, .record: false
    }
  }
}

/// A kind of column with the Swift type its values are made from.
public struct ColumnType<Value>: Sendable {
  @usableFromInline let kind: ValueKind
  @usableFromInline let cell: @Sendable (Value) -> Cell

  @inlinable
  init(kind: ValueKind, _ cell: @escaping @Sendable (Value) -> Cell) {
    self.kind = kind
    self.cell = cell
  }
}

extension ColumnType where Value == String {
  /// Any text.
  @inlinable public static var text: ColumnType { ColumnType(kind: .text) { .text($0) } }
  /// A period, written by the style of the data.
  @inlinable public static var period: ColumnType { ColumnType(kind: .period) { .text($0) } }
  /// A month, as 2019-06.
  @inlinable public static var month: ColumnType { ColumnType(kind: .month) { .text($0) } }
  /// A day, as 2019-06-30.
  @inlinable public static var date: ColumnType { ColumnType(kind: .date) { .text($0) } }
  /// One of these texts.
  public static func choice(_ values: [String]) -> ColumnType { ColumnType(kind: .choice(values)) { .text($0) } }
}

extension ColumnType where Value == Double {
  /// A number.
  @inlinable public static var number: ColumnType { ColumnType(kind: .number) { .number($0) } }
  /// A number from 0 to 1.
  @inlinable public static var probability: ColumnType { ColumnType(kind: .probability) { .number($0) } }
}

extension ColumnType where Value == Int {
  /// A whole number.
  @inlinable public static var integer: ColumnType { ColumnType(kind: .integer) { .integer($0) } }
}

extension ColumnType where Value == Bool {
  /// Yes or no, as 1 or 0.
  public static var flag: ColumnType { ColumnType(kind: .flag) { .integer($0 ? 1 : 0) } }
  /// Yes or no, as `yes` or `no`.
  public static var answer: ColumnType { ColumnType(kind: .answer) { .text($0 ? "yes" : "no") } }
}

extension ColumnType where Value: RawRepresentable<String> & CaseIterable & SendableMetatype {
  /// A case of an enumeration, by its raw value.
  public static func choice(_: Value.Type) -> ColumnType {
    ColumnType(kind: .choice(Value.allCases.map(\.rawValue))) { .text($0.rawValue) }
  }
}
