import Charts
import Tables

/// What every column of every data file holds: the declarations from which the files are written, as tables.
struct DataDictionaryPage {
  let context: PackContext

  func page() -> PageShell.Page {
    let parts = PackData(context.assessment, version: context.version).parts
    return PageShell.Page(
      path: "data-dictionary.html", title: "Data dictionary",
      content: [
        .paragraph(
          "What every column of the pack's data files holds: its type, its unit and what it means.", className: "lead"),
        .list([
          "The files are CSV: UTF-8, commas, quotes where needed, a header. What is blank is not known or does not apply; it is never zero.",
          "In text, an apostrophe stands before what a spreadsheet would take for a formula.",
          "\(Markup.link(to: "priorities.json", "priorities.json")) has the columns of \(Markup.link(to: "#priorities", "priorities.csv")) under the same names, with doubts and exceptions as lists (\(Markup.link(to: PackData.schemaPath(of: "priorities.json"), "its schema"))).",
          "For programs: \(Markup.link(to: DataPackage.fileName, Markup(text: DataPackage.fileName))) describes all files (Frictionless), and each has a JSON Schema of its rows.",
        ]),
        .element(
          "ul", ["class": "contents"],
          parts.map { .element("li", [:], .link(to: "#" + $0.sheet.schema.name, Markup(text: $0.path))) }),
      ] + parts.map(section))
  }

  private func section(_ part: PackData.Part) -> Markup {
    let schema = part.sheet.schema
    return .section(
      id: schema.name, Markup(text: part.path),
      [
        .paragraph(
          "\(schema.description) \(Markup.link(to: part.path, "The file")); \(Markup.link(to: PackData.schemaPath(of: part.path), "its JSON Schema"))."
        ),
        DataTable(
          caption: "Columns of \(part.path)",
          columns: [.init("Column"), .init("Type"), .init("Unit"), .init("Meaning")],
          rows: schema.tabularColumns.map(row)
        ).markup(),
      ])
  }

  private func row(_ column: ColumnSchema) -> DataTable.Row {
    var type = column.kind.words
    if case .choice(let values) = column.kind { type = "one of: " + values.joined(separator: ", ") }
    return DataTable.Row([
      .element("code", [:], Markup(text: column.name)),
      Markup(text: type + (column.isNullable ? "; may be blank" : "")), Markup(text: column.unit ?? ""),
      Markup(text: column.description),
    ])
  }
}
