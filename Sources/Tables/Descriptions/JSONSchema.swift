/// Descriptions as JSON Schema, draft 2020-12.
public enum JSONSchema {
  /// The draft's identifier.
  public static let dialect = "https://json-schema.org/draft/2020-12/schema"

  /// The schema of a row as an object: every column of CSV required, nothing else allowed, blanks as null.
  public static func row(_ table: TableSchema) -> JSONValue {
    guard case .object(var schema) = object(table.tabularColumns) else { return .null }
    schema["$schema"] = .string(dialect)
    schema["title"] = .string(table.title)
    schema["description"] = .string(table.description)
    return .object(schema)
  }

  /// An object of these columns, all of them required and nothing else allowed.
  ///
  /// - Parameter records: the schemas of those that are objects or lists, by name.
  public static func object(_ columns: [ColumnSchema], records: [String: JSONValue] = [:]) -> JSONValue {
    var properties: [String: JSONValue] = [:]
    for column in columns { properties[column.name] = records[column.name] ?? property(column) }
    return [
      "type": "object", "properties": .object(properties), "additionalProperties": false,
      "required": .array(columns.map { .string($0.name) }),
    ]
  }

  /// A list of texts.
  public static func texts(_ description: String) -> JSONValue {
    ["type": "array", "items": ["type": "string"], "description": .string(description)]
  }

  private static func property(_ column: ColumnSchema) -> JSONValue {
    var property: [String: JSONValue] = ["description": .string(column.description)]
    // Not a word of JSON Schema's, which lets annotations be added.
    if let unit = column.unit { property["unit"] = .string(unit) }
    var type = "string"
    var values: [JSONValue]?
    switch column.kind {
    case .text, .period: break
    case .month: property["pattern"] = "^[0-9]{4}-[0-9]{2}$"
    case .date: property["format"] = "date"
    case .choice(let texts): values = texts.map { .string($0) }
    case .answer: values = ["yes", "no"]
    case .integer: type = "integer"
    case .number: type = "number"
    case .probability:
      type = "number"
      property["minimum"] = 0
      property["maximum"] = 1
    case .flag:
      type = "integer"
      values = [0, 1]
    case .record: return .object(property)
    }
    property["type"] = column.isNullable ? [.string(type), "null"] : .string(type)
    if let values { property["enum"] = .array(values + (column.isNullable ? [.null] : [])) }
    return .object(property)
  }
}
