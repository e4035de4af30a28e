import Ingest
import Wording

extension WorkbookNote {
  var text: String {
    switch self {
    case .sheets(let read, let passed, let file):
      let sheets = ListText.abridged(read.map { "\"\($0)\"" }, most: 20)
      let told =
        read.count == 1
        ? "of \(file) the sheet \(sheets) was read"
        : "of \(file) the sheets \(sheets) were read, as one table continued"
      guard !passed.isEmpty else { return told }
      let others = passed.map { "\"\($0.sheet)\" (\($0.reason.text))" }
      return told + "; passed over \(passed.count == 1 ? "was" : "were") " + ListText.abridged(others, most: 12)
        + ". --sheet NAME reads another"
    case .errorCells(let cells, let examples, let file):
      return
        "\(NumberText.counted(cells, "cell")) of \(file) \(cells == 1 ? "holds" : "hold") an error of the spreadsheet "
        + "instead of a number and \(cells == 1 ? "is" : "are") missing: \(ListText.abridged(examples, most: 3))"
    case .serialDates(let serial, let date, let file):
      return
        "the periods of \(file) are plain numbers and were read as the days that spreadsheets count: \(serial) is \(date)"
    case .hiddenRows(let rows, let file):
      return
        "\(NumberText.counted(rows, "row")) of \(file) that \(rows == 1 ? "is" : "are") hidden (a filter may be on) "
        + "\(rows == 1 ? "was" : "were") read like the others"
    case .hiddenColumns(let columns, let file):
      return
        "\(columns.count == 1 ? "the column" : "the columns") \(ListText.abridged(columns, most: 6)) of \(file), which "
        + "\(columns.count == 1 ? "is" : "are") hidden, \(columns.count == 1 ? "was" : "were") read like the others"
    case .macros(let file): return "the macros of \(file) were neither run nor read"
    }
  }
}

extension WorkbookNote.Reason {
  var text: String {
    switch self {
    case .hidden: "hidden"
    case .blank: "nothing stands in it"
    case .noTable: "no table is recognised"
    case .otherTable: "another table"
    case .sameRows: "the same areas, measures, periods and values as a sheet that was read"
    case .otherValues(let sheet):
      "the same areas, measures and periods as \"\(sheet)\" with other values: it seems to count something else"
    case .faulty(let message): message
    case .notNamed: "not asked for"
    }
  }
}
