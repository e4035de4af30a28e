import RiskRanking
import Tables
import TimeSeries
import Workbooks

/// The tables of a folder as one workbook: what a sheet is for, charts that can be edited, then every data file as a sheet of real
/// numbers.
struct TablesWorkbook {
  let context: PackContext
  /// Of its file.
  let path: String
  /// What the folder is: "pack".
  let noun: String
  let title: String
  /// Stand before the tables.
  let charts: [WorkbookSheet]
  /// What the first of them shows.
  let chartNote: String
  let parts: [PackData.Part]

  /// The workbook of a pack, with the priorities of page one as charts.
  init(context: PackContext, data: PackData) {
    self.init(
      context: context, path: "pack.xlsx", noun: "pack", title: context.title,
      charts: PriorityCharts(context: context).sheets(),
      chartNote: "The priorities of page one as charts of this workbook, with the numbers they are drawn from.",
      parts: data.parts)
  }

  init(
    context: PackContext, path: String, noun: String, title: String, charts: [WorkbookSheet], chartNote: String,
    parts: [PackData.Part]
  ) {
    self.context = context
    self.path = path
    self.noun = noun
    self.title = title
    self.charts = charts
    self.chartNote = chartNote
    self.parts = parts
  }

  private var marking: String { context.assessment.configuration.marking }

  /// A data file as a sheet, or why it is none.
  private struct Part {
    let path: String
    let schema: TableSchema
    let rows: Int
    let sheet: WorkbookSheet?
  }

  /// - Throws: ``HorizonError`` (cannotWrite) where it cannot be made.
  func file() throws -> OutputFile {
    var names = ["Read me", "Columns"] + charts.map(\.name)
    let parts = try parts.map { part in
      let stem = part.path.split(separator: "/").last?.split(separator: ".").first.map(String.init) ?? part.path
      let name = Workbook.name(Wording.sentence(stem.replacing("-", with: " ")), among: names)
      names.append(name)
      let sheet = try WorkbookSheet(part.sheet, name: name, marking: marking)
      let fits = sheet.rows.count <= WorkbookSheet.rowLimit
      return Part(
        path: part.path, schema: part.sheet.schema, rows: sheet.rows.count - 1, sheet: fits ? sheet : nil)
    }
    let book = Workbook(
      title: title, subject: marking,
      sheets: [readMe(parts)] + charts + parts.compactMap(\.sheet) + [columns(parts)])
    return OutputFile(path: path, contents: try book.encoded())
  }

  private func readMe(_ parts: [Part]) -> WorkbookSheet {
    var sheet = WorkbookSheet("Read me")
    sheet.columns = [.init(width: 26), .init(width: 90), .init(width: 12)]
    sheet.marking = marking
    sheet.isLandscape = false
    sheet.rows = [
      [.text(title, .title)], [.text("Security marking"), .text(marking)],
      [.text("What it is of"), .text("\(context.scope), \(context.periodCovered).", .prose)],
      [.text("Data"), .text("\(context.extraction).", .prose)],
      [.text("Made by"), .text("Horizon \(context.version)")],
      [
        .text("How to read it"),
        .text(
          "Recorded figures, not accredited official statistics. Forecasts say what to expect if past patterns continue. The pages of the \(noun) (index.html beside this workbook) explain every figure; the numbers here are theirs.",
          .prose),
      ],
      [
        .text("Editing"),
        .text(
          "Cells hold numbers, not formulas: sort, filter and draw as you like. Save your copy under another name, for the next run writes this file anew.",
          .prose),
      ],
      [], [.text("Sheet", .heading), .text("What it holds", .heading), .text("Rows", .heading)],
    ]
    if let first = charts.first { sheet.rows += [[link(to: first.name), .text(chartNote, .prose)]] }
    for part in parts {
      let rows = WorkbookCell.number(Double(part.rows), CellStyle(format: "#,##0"))
      if let own = part.sheet {
        sheet.rows.append([link(to: own.name), .text(part.schema.description, .prose), rows])
      } else {
        sheet.rows.append([
          .text(part.schema.title),
          .text("More rows than a sheet holds: see the file \(part.path) beside this workbook.", .prose), rows,
        ])
      }
    }
    sheet.rows.append([link(to: "Columns"), .text("What every column of every sheet means, and its unit.", .prose)])
    return sheet
  }

  private func link(to sheet: String) -> WorkbookCell { WorkbookCell(.link(sheet, to: "internal:'\(sheet)'!A1")) }

  private func columns(_ parts: [Part]) -> WorkbookSheet {
    var sheet = WorkbookSheet("Columns")
    sheet.marking = marking
    sheet.columns = [22, 34, 24, 26, 90].map { .init(width: $0) }
    sheet.rows = [["Sheet", "Column", "Holds", "Unit", "Meaning"].map { .text($0, .heading) }]
    for part in parts {
      guard let name = part.sheet?.name else { continue }
      sheet.rows += part.schema.tabularColumns.map { column in
        [
          .text(name), .text(column.name), .text(column.kind.words), .text(column.unit ?? ""),
          .text(column.description, .prose),
        ]
      }
    }
    (sheet.frozenRows, sheet.filter, sheet.repeatedRow) = (1, 0...(sheet.rows.count - 1), 0)
    return sheet
  }
}
