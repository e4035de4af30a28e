import Foundation

/// Checks values against the part of JSON Schema (draft 2020-12) that Horizon's schemas use; a keyword it does not know is
/// an error, so that nothing passes unseen.
public struct SchemaCheck {
  /// What is wrong, and where; empty if nothing is.
  public private(set) var errors: [String] = []

  private static let annotations: Set<String> = ["$schema", "title", "description", "unit"]

  /// No error yet.
  public init() {}

  /// Checks a value, as JSONSerialization reads it.
  public mutating func check(_ value: Any, _ schema: [String: Any], at path: String) {
    for (keyword, rule) in schema where !SchemaCheck.annotations.contains(keyword) {
      if let failure = failure(value, keyword, rule, schema) { errors.append("\(path): \(failure)") }
    }
    if let items = schema["items"] as? [String: Any], let list = value as? [Any] {
      for (index, item) in list.enumerated() { check(item, items, at: "\(path)[\(index)]") }
    }
    if let properties = schema["properties"] as? [String: [String: Any]], let object = value as? [String: Any] {
      for (name, part) in object {
        if let rule = properties[name] { check(part, rule, at: "\(path).\(name)") }
      }
    }
  }

  private func failure(_ value: Any, _ keyword: String, _ rule: Any, _ schema: [String: Any]) -> String? {
    switch keyword {
    case "type":
      let types = rule as? [String] ?? [rule as? String ?? ""]
      return types.contains { SchemaCheck.isA(value, $0) } ? nil : "\(value) is not of type \(types)"
    case "enum":
      return (rule as? [Any] ?? []).contains { "\($0)" == "\(value)" } ? nil : "\(value) is none of \(rule)"
    case "minimum", "maximum":
      guard let number = (value as? NSNumber)?.doubleValue, let limit = (rule as? NSNumber)?.doubleValue else {
        return nil
      }
      return (keyword == "minimum" ? number >= limit : number <= limit)
        ? nil : "\(number) is beyond \(keyword) \(limit)"
    case "pattern":
      guard let text = value as? String, let pattern = rule as? String else { return nil }
      return text.range(of: pattern, options: .regularExpression) == nil ? "\(text) is not like \(pattern)" : nil
    case "format":
      guard rule as? String == "date" else { return "the format \(rule) is not understood" }
      guard let text = value as? String else { return nil }
      return text.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) == nil ? "\(text) is no date" : nil
    case "required":
      guard let object = value as? [String: Any] else { return nil }
      let missing = (rule as? [String] ?? []).filter { object[$0] == nil }
      return missing.isEmpty ? nil : "no \(missing)"
    case "additionalProperties":
      guard let object = value as? [String: Any], rule as? Bool == false else { return nil }
      let more = Set(object.keys).subtracting((schema["properties"] as? [String: Any] ?? [:]).keys)
      return more.isEmpty ? nil : "unknown \(more.sorted())"
    case "properties", "items": return nil
    default: return "the keyword \(keyword) is not understood"
    }
  }

  private static func isA(_ value: Any, _ type: String) -> Bool {
    switch type {
    case "null": value is NSNull
    case "string": value is String
    case "integer": (value as? NSNumber).map { $0.doubleValue == $0.doubleValue.rounded() } ?? false
    case "number": value is NSNumber
    case "array": value is [Any]
    case "object": value is [String: Any]
    default: false
    }
  }

  /// Checks every row of a CSV file against the schema of its rows: a field is read as the type the schema gives its
  /// column, and a blank is null where null is allowed.
  public mutating func check(_ table: CSVDocument, _ schema: [String: Any], at path: String) {
    let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
    if (schema["required"] as? [String] ?? []) != table.header { errors.append("\(path): the header is another") }
    for (number, row) in table.rows.enumerated() {
      var object: [String: Any] = [:]
      for (name, field) in zip(table.header, row) {
        let rule = properties[name]?["type"]
        let types = rule as? [String] ?? [rule as? String ?? ""]
        object[name] =
          if field.isEmpty && types.contains("null") {
            NSNull()
          } else if types.contains("integer"), let whole = Int(field) {
            NSNumber(value: whole)
          } else if types.contains("number"), let decimal = Double(field) {
            NSNumber(value: decimal)
          } else {
            field
          }
      }
      check(object, schema, at: "\(path):\(number + 2)")
    }
  }
}
