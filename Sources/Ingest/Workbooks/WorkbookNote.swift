/// What to know about workbooks. Files are given by their names.
public enum WorkbookNote: Hashable, Sendable, Codable {
  /// Why a sheet was not read.
  public enum Reason: Hashable, Sendable, Codable {
    /// It is not shown, and was not asked for.
    case hidden
    /// Nothing stands in it, or it is a chart.
    case blank
    /// No layout is recognised in it.
    case noTable
    /// It has a table of another header than the one read.
    case otherTable
    /// It has the areas, measures and periods of a sheet that was read, and the same values.
    case sameRows
    /// It has the areas, measures and periods of this sheet, which was read, and other values: it counts something else.
    case otherValues(than: String)
    /// It looks like a layout, and this is wrong with it.
    case faulty(String)
    /// Others were asked for.
    case notNamed
  }

  /// A sheet that was not read.
  public struct PassedOver: Hashable, Sendable, Codable {
    /// Its name.
    public let sheet: String
    /// Why it was not.
    public let reason: Reason

    package init(sheet: String, reason: Reason) {
      self.sheet = sheet
      self.reason = reason
    }
  }

  /// Which sheets were read, as one table, and which were not.
  case sheets(read: [String], passedOver: [PassedOver], file: String)
  /// Cells that hold an error of the spreadsheet are missing; some of them, with the error.
  case errorCells(Int, examples: [String], file: String)
  /// Periods that are plain numbers were read as the days that they count, as this one.
  case serialDates(String, date: String, file: String)
  /// Rows that are not shown were read like the others.
  case hiddenRows(Int, file: String)
  /// Columns that are not shown were read like the others; one without a header is given by its letters.
  case hiddenColumns([String], file: String)
  /// The workbook's macros were neither run nor read.
  case macros(file: String)

  var facts: DataNote.Facts {
    switch self {
    case .sheets(let read, let passed, let file):
      .init(
        "workbook-sheets",
        read.count > 1 || passed.contains(where: \.reason.mayMislead) ? .warning : .information, .init(sources: [file]))
    case .errorCells(_, _, let file): .init("error-cells", .warning, .init(sources: [file]))
    case .serialDates(_, _, let file): .init("serial-dates", .warning, .init(sources: [file]))
    case .hiddenRows(_, let file): .init("hidden-rows", .warning, .init(sources: [file]))
    case .hiddenColumns(_, let file): .init("hidden-columns", .warning, .init(sources: [file]))
    case .macros(let file): .init("macros", .information, .init(sources: [file]))
    }
  }
}

extension WorkbookNote.Reason {
  /// Whether a reader may have meant the sheet.
  var mayMislead: Bool {
    switch self {
    case .hidden, .otherTable, .sameRows, .otherValues, .faulty, .noTable: true
    case .blank, .notNamed: false
    }
  }
}
