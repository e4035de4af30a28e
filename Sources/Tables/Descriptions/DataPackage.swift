import Hashing

/// A Frictionless tabular data package (specs.frictionlessdata.io, version 1): what the files of a folder are, for
/// programs. Units stand in a property of their own, `unit`, which the specification allows.
public struct DataPackage: Sendable {
  /// Where the data comes from, or the terms it is given under.
  public struct Reference: Sendable {
    let members: [String: JSONValue]

    /// A source.
    public init(title: String, path: String) { members = ["title": .string(title), "path": .string(path)] }

    /// A licence with its identifier.
    public init(name: String, title: String, path: String) {
      members = ["name": .string(name), "title": .string(title), "path": .string(path)]
    }
  }

  /// A table, in one file or several of the same columns.
  public struct Resource: Sendable {
    let table: TableSchema
    let paths: [String]
    let primaryKey: [String]
    let size: (bytes: Int, hash: String)?

    /// A table in files whose bytes are not stated.
    ///
    /// - Parameter primaryKey: columns that together tell every row from the others; none to promise nothing.
    public init(_ table: TableSchema, paths: [String], primaryKey: [String] = []) {
      self.table = table
      self.paths = paths
      self.primaryKey = primaryKey
      size = nil
    }

    /// A table in a file, with its size and SHA-256.
    public init(_ table: TableSchema, in file: OutputFile) throws {
      self.table = table
      paths = [file.path]
      primaryKey = []
      size = (file.contents.count, try SHA256.hexadecimal(of: file.contents))
    }
  }

  /// Lower case, digits and hyphens.
  public let name: String
  /// A few words.
  public let title: String
  /// Sentences with full stops.
  public let description: String
  /// Terms of use; none where the package does not state them.
  public let licences: [Reference]
  /// Where the data comes from.
  public let sources: [Reference]
  /// The tables, in the order of the document.
  public let resources: [Resource]

  /// A package of these tables.
  public init(
    name: String, title: String, description: String, licences: [Reference] = [], sources: [Reference] = [],
    resources: [Resource]
  ) {
    self.name = name
    self.title = title
    self.description = description
    self.licences = licences
    self.sources = sources
    self.resources = resources
  }

  /// The name of the file every package has.
  public static let fileName = "datapackage.json"

  /// The document.
  public func encoded() throws -> [UInt8] {
    var members: [String: JSONValue] = [
      "profile": "tabular-data-package", "name": .string(name), "title": .string(title),
      "description": .string(description), "resources": .array(resources.map(\.json)),
    ]
    if !licences.isEmpty { members["licenses"] = .array(licences.map { .object($0.members) }) }
    if !sources.isEmpty { members["sources"] = .array(sources.map { .object($0.members) }) }
    return try CanonicalJSON.document(JSONValue.object(members))
  }
}

extension DataPackage.Resource {
  fileprivate var json: JSONValue {
    var schema: [String: JSONValue] = [
      "fields": .array(table.tabularColumns.map(\.field)), "missingValues": [""],
    ]
    if !primaryKey.isEmpty { schema["primaryKey"] = .array(primaryKey.map { .string($0) }) }
    var members: [String: JSONValue] = [
      "profile": "tabular-data-resource", "name": .string(table.name), "title": .string(table.title),
      "description": .string(table.description), "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
      "path": paths.count == 1 ? .string(paths[0]) : .array(paths.map { .string($0) }), "schema": .object(schema),
    ]
    if let size {
      members["bytes"] = .integer(size.bytes)
      members["hash"] = .string("sha256:" + size.hash)
    }
    return .object(members)
  }
}

extension ColumnSchema {
  /// The column as a field of a Frictionless table schema.
  fileprivate var field: JSONValue {
    var members: [String: JSONValue] = ["name": .string(name), "description": .string(description)]
    if let unit { members["unit"] = .string(unit) }
    var constraints: [String: JSONValue] = isNullable ? [:] : ["required": true]
    let type: JSONValue
    switch kind {
    case .text, .period, .record: type = "string"
    case .month: type = "yearmonth"
    case .date: type = "date"
    case .integer: type = "integer"
    case .number: type = "number"
    case .choice(let texts):
      type = "string"
      constraints["enum"] = .array(texts.map { .string($0) })
    case .probability:
      type = "number"
      constraints["minimum"] = 0
      constraints["maximum"] = 1
    case .flag:
      type = "boolean"
      members["trueValues"] = ["1"]
      members["falseValues"] = ["0"]
    case .answer:
      type = "boolean"
      members["trueValues"] = ["yes"]
      members["falseValues"] = ["no"]
    }
    members["type"] = type
    if !constraints.isEmpty { members["constraints"] = .object(constraints) }
    return .object(members)
  }
}
