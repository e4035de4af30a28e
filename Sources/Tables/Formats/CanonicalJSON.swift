import Foundation

/// JSON that is the same bytes for the same value: keys sorted and in snake case, slashes as they are, a line feed last.
///
/// Numbers are written as they are: round them before with ``significant(_:)`` or ``known(_:)``.
public enum CanonicalJSON {
  /// A document on many lines, for people too.
  public static func document(_ value: some Encodable) throws -> [UInt8] {
    Array(try encoder([.prettyPrinted]).encode(value)) + [10]
  }

  /// A value on one line.
  public static func line(_ value: some Encodable) throws -> [UInt8] { Array(try encoder([]).encode(value)) + [10] }

  static func encoder(_ formatting: JSONEncoder.OutputFormatting) -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting.union([.sortedKeys, .withoutEscapingSlashes])
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return encoder
  }
}

/// A JSON value, for documents whose keys are not known when the program is written.
public enum JSONValue: Encodable, Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral
{
  /// Nothing.
  case null
  /// true or false.
  case bool(Bool)
  /// A whole number.
  case integer(Int)
  /// Text.
  case string(String)
  /// A list.
  case array([JSONValue])
  /// An object; written with its keys sorted.
  case object([String: JSONValue])

  /// Text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A list.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// An object.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { _, last in last }))
  }
  /// true or false.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .integer(value) }

  /// Encodes the value as what it is.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    // Keys of a dictionary are data: the encoder leaves them as they are.
    case .object(let value): try container.encode(value)
    }
  }
}
