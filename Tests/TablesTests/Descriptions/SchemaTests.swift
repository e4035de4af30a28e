import Foundation
import TestSupport
import Testing

@testable import Tables

@Suite struct SchemaTests {
  /// One column of each kind, required and not.
  private static let everyKind = Table<Sample>("kinds", title: "Kinds", "One row of each kind.") {
    Column("text", .text, "Text.") { $0.id }
    Column("maybe", .text, "Text or nothing.") { _ in String?.none }
    Column("choice", .choice(["x", "y"]), "One of two.") { _ in "x" as String? }
    Column("integer", .integer, unit: "pieces", "Whole.") { $0.count }
    Column("number", .number, "Any.") { _ in 0.5 }
    Column("probability", .probability, "A chance.") { _ in 0.5 }
    Column("flag", .flag, "1 or 0.") { $0.isNew }
    Column("answer", .answer, "yes or no.") { $0.isNew }
    Column("period", .period, "When.") { _ in "2019/20 Q1" }
    Column("month", .month, "Month.") { _ in "2019-06" }
    Column("date", .date, "Day.") { _ in "2019-06-30" }
  }

  private func json(_ bytes: [UInt8]) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] ?? [:]
  }

  @Test func aRowsJSONSchema() throws {
    let text = text(try CanonicalJSON.line(JSONSchema.row(Table<Sample>.sample.schema)))
    let expected = """
      {"$schema":"https://json-schema.org/draft/2020-12/schema","additionalProperties":false,\
      "description":"One row a sample.","properties":{\
      "colour":{"description":"Its colour.","enum":["red","green"],"type":"string"},\
      "id":{"description":"Its name.","type":"string"},\
      "n":{"description":"How many.","type":["integer","null"],"unit":"pieces"},\
      "new":{"description":"Whether it is new.","enum":[0,1],"type":"integer"},\
      "value":{"description":"Its length.","type":["number","null"],"unit":"metres"}},\
      "required":["id","value","n","new","colour"],"title":"Samples","type":"object"}

      """
    #expect(text == expected)
  }

  @Test func whatIsWrittenKeepsTheSchema() throws {
    let schema = try json(CanonicalJSON.document(JSONSchema.row(Self.everyKind.schema)))
    let sheet = Sheet(Self.everyKind, rows: [Sample(), Sample(count: nil, isNew: false)])
    var check = SchemaCheck()
    check.check(try CSVDocument(sheet.rendered(as: .csv)), schema, at: "csv")
    for line in try text(sheet.rendered(as: .ndjson)).split(separator: "\n") {
      check.check(try json(Array(line.utf8)), schema, at: "ndjson")
    }
    #expect(check.errors == [])
  }

  /// A choice that may be blank allows null beside its texts.
  @Test func aBlankChoiceKeepsTheSchema() throws {
    let table = Table<Sample>("t", title: "T", "A row.") {
      Column("choice", .choice(["x", "y"]), "One of two.") { $0.isNew ? "x" : nil }
      Column("flag", .flag, "1 or 0.") { $0.isNew ? true : nil }
    }
    let schema = try json(CanonicalJSON.document(JSONSchema.row(table.schema)))
    var check = SchemaCheck()
    for line in try text(
      Sheet(table, rows: [Sample(), Sample(isNew: false)]).rendered(as: .ndjson)
    ).split(separator: "\n") {
      check.check(try json(Array(line.utf8)), schema, at: "ndjson")
    }
    #expect(check.errors == [])
    let choice = (schema["properties"] as? [String: Any])?["choice"] as? [String: Any]
    #expect((choice?["enum"] as? [Any])?.count == 3 && choice?["type"] as? [String] == ["string", "null"])
  }

  /// The check itself finds what is wrong.
  @Test(arguments: [
    ("text,maybe,choice,integer,number,probability,flag,answer,period,month,date", "a,,z,3,0.5,0.5,1,yes,p,2019-06,d"),
    ("text,maybe,choice,integer,number,probability,flag,answer,period,month,date", "a,,x,3,,0.5,1,yes,p,2019-06,d"),
    (
      "text,maybe,choice,integer,number,probability,flag,answer,period,month,date", "a,,x,3.5,0.5,0.5,1,yes,p,2019-06,d"
    ),
    ("text,maybe,choice,integer,number,probability,flag,answer,period,month,date", "a,,x,3,0.5,1.5,1,yes,p,2019-06,d"),
    ("text,maybe,choice,integer,number,probability,flag,answer,period,month,date", "a,,x,3,0.5,0.5,2,yes,p,2019-06,d"),
    ("text,maybe,choice,integer,number,probability,flag,answer,period,month,date", "a,,x,3,0.5,0.5,1,1,p,2019-06,d"),
    ("text,maybe,choice,integer,number,probability,flag,answer,period,month,date", "a,,x,3,0.5,0.5,1,yes,p,June,d"),
    ("maybe,text,choice,integer,number,probability,flag,answer,period,month,date", ",a,x,3,0.5,0.5,1,yes,p,2019-06,d"),
    ("text,maybe,choice,integer,number,probability,flag,answer,period,month", "a,,x,3,0.5,0.5,1,yes,p,2019-06"),
  ])
  func whatBreaksTheSchemaIsFound(header: String, row: String) throws {
    var check = SchemaCheck()
    check.check(
      try CSVDocument(Array("\(header)\n\(row)\n".utf8)),
      try json(CanonicalJSON.document(JSONSchema.row(Self.everyKind.schema))), at: "csv")
    #expect(!check.errors.isEmpty)
  }

  @Test func aDataPackageDescribesTheSameColumns() throws {
    let file = OutputFile(path: "kinds.csv", text: "text\n")
    let package = DataPackage(
      name: "p", title: "P", description: "A package.",
      licences: [.init(name: "OGL-UK-3.0", title: "Open Government Licence", path: "https://example.org")],
      resources: [
        try .init(Self.everyKind.schema, in: file),
        .init(Table<Sample>.sample.schema, paths: ["a", "b"], primaryKey: ["id"]),
      ])
    let document = try json(package.encoded())
    #expect(document["profile"] as? String == "tabular-data-package" && document["sources"] == nil)
    let resources = try #require(document["resources"] as? [[String: Any]])
    #expect(resources[0]["path"] as? String == "kinds.csv" && resources[1]["path"] as? [String] == ["a", "b"])
    #expect(resources[0]["bytes"] as? Int == 5)
    #expect(
      resources[0]["hash"] as? String
        == "sha256:b9e68e1bea3e5b19ca6b2f98b73a54b73daafaa250484902e09982e07a12e733")
    let schema = try #require(resources[0]["schema"] as? [String: Any])
    let fields = try #require(schema["fields"] as? [[String: Any]])
    #expect(fields.compactMap { $0["name"] as? String } == Self.everyKind.schema.columns.map(\.name))
    #expect(
      fields.compactMap { $0["type"] as? String } == [
        "string", "string", "string", "integer", "number", "number", "boolean", "boolean", "string", "yearmonth",
        "date",
      ])
    #expect(fields[6]["trueValues"] as? [String] == ["1"] && fields[7]["falseValues"] as? [String] == ["no"])
    #expect(fields[3]["unit"] as? String == "pieces" && fields[3]["constraints"] == nil)
    #expect((fields[0]["constraints"] as? [String: Any])?["required"] as? Bool == true)
    #expect(schema["missingValues"] as? [String] == [""] && schema["primaryKey"] == nil)
    #expect((resources[1]["schema"] as? [String: Any])?["primaryKey"] as? [String] == ["id"])
  }

  @Test func canonicalJSONSortsAndNames() throws {
    struct Value: Encodable {
      let zuluTime = 1
      let path = "a/b"
      let none: Int? = nil
      let counts = ["Not Snake": 2]
    }
    #expect(
      text(try CanonicalJSON.line(Value())) == "{\"counts\":{\"Not Snake\":2},\"path\":\"a/b\",\"zulu_time\":1}\n")
    #expect(text(try CanonicalJSON.document(["a": 1])) == "{\n  \"a\" : 1\n}\n")
  }
}
