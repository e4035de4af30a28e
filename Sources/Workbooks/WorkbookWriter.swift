import CXlsxWriter
import Diagnostics
import Foundation

/// Hands a workbook to libxlsxwriter.
struct WorkbookWriter {
  private let workbook: Workbook
  private let book: UnsafeMutablePointer<lxw_workbook>

  /// Most characters that a cell holds.
  static let textLimit = 32_767

  init(_ workbook: Workbook, path: String, temporary: String) throws {
    self.workbook = workbook
    let book: UnsafeMutablePointer<lxw_workbook>? = path.withCString { path in
      temporary.withCString { temporary in
        var options = lxw_workbook_options()
        // It only reads the name.
        options.tmpdir = UnsafeMutablePointer(mutating: temporary)
        return workbook_new_opt(path, &options)
      }
    }
    guard let book else { throw WorkbookWriter.failure("it does not begin") }
    self.book = book
  }

  private static func failure(_ reason: String) -> HorizonError {
    HorizonError(
      .cannotWrite, "the workbook cannot be made: \(reason)", remedy: "Check that there is room for temporary files")
  }

  private static func check(_ error: lxw_error, _ what: String) throws {
    guard error != LXW_NO_ERROR else { return }
    throw failure("\(what): \(lxw_strerror(error).map { String(cString: $0) } ?? "error \(error.rawValue)")")
  }

  /// Writes the file and lets go of all that is held.
  func write() throws {
    var isClosed = false
    defer { if !isClosed { lxw_workbook_free(book) } }
    setProperties()
    // Charts refer to sheets that come later.
    let sheets = try workbook.sheets.map { sheet in
      guard sheet.rows.count <= WorkbookSheet.rowLimit else {
        throw HorizonError(
          .cannotWrite,
          "the sheet \"\(sheet.name)\" would have \(sheet.rows.count) rows, where sheets end at 1,048,576",
          remedy: "Take fewer areas or measures, or use the CSV files")
      }
      guard let made = workbook_add_worksheet(book, sheet.name) else {
        throw WorkbookWriter.failure("a sheet cannot be named \"\(sheet.name)\"")
      }
      return made
    }
    var formats = CellFormats(book: book)
    for (sheet, made) in zip(workbook.sheets, sheets) { try write(sheet, to: made, &formats) }
    if let first = zip(workbook.sheets, sheets).first(where: { !$0.0.isHidden }) {
      worksheet_activate(first.1)
      worksheet_set_first_sheet(first.1)
    }
    isClosed = true
    try WorkbookWriter.check(workbook_close(book), "it cannot be finished")
  }

  private func setProperties() {
    func withText(_ text: String, _ body: (UnsafeMutablePointer<CChar>) -> Void) {
      text.withCString { body(UnsafeMutablePointer(mutating: $0)) }
    }
    withText(SheetText.clean(workbook.title, most: 255)) { title in
      withText(SheetText.clean(workbook.subject, most: 255)) { subject in
        withText("Horizon") { author in
          var properties = lxw_doc_properties()
          (properties.title, properties.subject, properties.author) = (title, subject, author)
          // Nothing takes anything from the clock: 1 January 2000.
          properties.created = 946_684_800
          workbook_set_properties(book, &properties)
        }
      }
    }
  }

  private func write(
    _ sheet: WorkbookSheet, to made: UnsafeMutablePointer<lxw_worksheet>, _ formats: inout CellFormats
  ) throws {
    for (column, look) in sheet.columns.enumerated() {
      var options = lxw_row_col_options()
      options.hidden = look.isHidden ? 1 : 0
      try WorkbookWriter.check(
        worksheet_set_column_opt(made, UInt16(column), UInt16(column), look.width, nil, &options), "a column")
    }
    for (row, height) in sheet.allHeights.sorted(by: { $0.key < $1.key }) {
      try WorkbookWriter.check(worksheet_set_row(made, UInt32(row), height, nil), "a row")
    }
    for (row, cells) in sheet.rows.enumerated() {
      for (column, cell) in cells.enumerated() {
        try write(cell, to: made, UInt32(row), UInt16(column), &formats)
      }
    }
    for entry in sheet.entries { try entry.write(to: made) }
    for note in sheet.notes {
      var options = lxw_comment_options()
      (options.x_scale, options.y_scale) = (2.2, max(1, Double(note.text.utf16.count) / 120))
      try WorkbookWriter.check(
        worksheet_write_comment_opt(
          made, UInt32(note.row), UInt16(note.column), SheetText.clean(note.text, most: 2000), &options), "a note")
    }
    if !sheet.notes.isEmpty { worksheet_set_comments_author(made, "Horizon") }
    for chart in sheet.charts { try chart.write(to: made, of: book) }
    layOut(sheet, made)
  }

  private func layOut(_ sheet: WorkbookSheet, _ made: UnsafeMutablePointer<lxw_worksheet>) {
    if sheet.frozenRows > 0 || sheet.frozenColumns > 0 {
      worksheet_freeze_panes(made, UInt32(sheet.frozenRows), UInt16(sheet.frozenColumns))
    }
    if let filter = sheet.filter, let width = sheet.rows[filter.lowerBound...filter.upperBound].map(\.count).max() {
      worksheet_autofilter(made, UInt32(filter.lowerBound), 0, UInt32(filter.upperBound), UInt16(max(width, 1) - 1))
    }
    if sheet.isProtected {
      var options = lxw_protection()
      (options.format_columns, options.format_rows) = (1, 1)
      worksheet_protect(made, nil, &options)
    }
    if sheet.isHidden { worksheet_hide(made) }
    worksheet_set_paper(made, 9)
    if sheet.isLandscape { worksheet_set_landscape(made) }
    worksheet_fit_to_pages(made, 1, 0)
    worksheet_set_margins(made, 0.4, 0.4, 0.7, 0.7)
    // In headers an ampersand begins a code.
    let marking = SheetText.clean(sheet.marking, most: 90).replacingOccurrences(of: "&", with: "&&")
    let name = sheet.name.replacingOccurrences(of: "&", with: "&&")
    worksheet_set_header(made, "&L\(name)&C\(marking)")
    worksheet_set_footer(made, "&C\(marking)&RPage &P of &N")
    if let row = sheet.repeatedRow { worksheet_repeat_rows(made, UInt32(row), UInt32(row)) }
  }

  private func write(
    _ cell: WorkbookCell, to made: UnsafeMutablePointer<lxw_worksheet>, _ row: UInt32, _ column: UInt16,
    _ formats: inout CellFormats
  ) throws {
    var style = cell.style
    let error: lxw_error
    switch cell.value {
    case .number(let number) where number.isFinite:
      error = worksheet_write_number(made, row, column, number, formats[style])
    case .blank, .number:
      // Without a format there is nothing to write.
      error = style == CellStyle() ? LXW_NO_ERROR : worksheet_write_blank(made, row, column, formats[style])
    case .text(let text):
      let clean = SheetText.clean(text, most: WorkbookWriter.textLimit)
      // A cell of text stays text when somebody opens it and presses Enter.
      if style.isOpen || SheetText.wouldBeFormula(clean) { style.format = "@" }
      error = worksheet_write_string(made, row, column, clean, formats[style])
    case .date(let year, let month, let day):
      if style.format == nil { style.format = "d mmm yyyy" }
      var date = lxw_datetime(year: Int32(year), month: Int32(month), day: Int32(day), hour: 0, min: 0, sec: 0)
      error = worksheet_write_datetime(made, row, column, &date, formats[style])
    case .link(let text, let address):
      style.colour = style.colour ?? 0x12436D
      error = worksheet_write_url_opt(
        made, row, column, address, formats[style], SheetText.clean(text, most: 255), nil)
    }
    try WorkbookWriter.check(error, "cell \(HorizonError.Location.letters(ofColumn: Int(column) + 1))\(row + 1)")
  }
}

/// The formats of a workbook, one for each style.
struct CellFormats {
  let book: UnsafeMutablePointer<lxw_workbook>
  private var made: [CellStyle: UnsafeMutablePointer<lxw_format>] = [:]

  init(book: UnsafeMutablePointer<lxw_workbook>) { self.book = book }

  subscript(style: CellStyle) -> UnsafeMutablePointer<lxw_format>? {
    mutating get {
      if let known = made[style] { return known }
      guard let format = workbook_add_format(book) else { return nil }
      format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
      if let text = style.format { format_set_num_format(format, text) }
      if style.isBold { format_set_bold(format) }
      if style.size != 11 { format_set_font_size(format, style.size) }
      if style.isWrapped { format_set_text_wrap(format) }
      if let fill = style.fill {
        format_set_pattern(format, UInt8(LXW_PATTERN_SOLID.rawValue))
        format_set_bg_color(format, UInt32(fill))
        // The library takes the ground of a solid pattern from the foreground.
        format_set_fg_color(format, UInt32(fill))
      }
      if let colour = style.colour { format_set_font_color(format, UInt32(colour)) }
      if style.hasBorder {
        format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
        format_set_border_color(format, 0x6F777B)
      }
      if style.isOpen { format_set_unlocked(format) }
      switch style.alignment {
      case .left: format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue))
      case .right: format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue))
      case .centre: format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
      case nil: break
      }
      made[style] = format
      return format
    }
  }
}

/// Text as a sheet may hold it.
enum SheetText {
  /// Without characters that XML cannot hold, and of at most so many UTF-16 units; what was cut ends in dots.
  static func clean(_ text: String, most: Int) -> String {
    var clean = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\t", "\n": clean.unicodeScalars.append(scalar)
      case "\r": continue
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": clean.unicodeScalars.append("\u{FFFD}")
      default: clean.unicodeScalars.append(scalar)
      }
    }
    guard clean.utf16.count > most else { return clean }
    return Workbook.cut(clean, to: most - 1) + "\u{2026}"
  }

  /// Whether a spreadsheet program would take it for a formula if it were typed.
  static func wouldBeFormula(_ text: String) -> Bool {
    text.first.map { "=+-@".contains($0) } ?? false
  }
}

extension WorkbookSheet.Entry {
  fileprivate func write(to made: UnsafeMutablePointer<lxw_worksheet>) throws {
    let texts = [promptTitle, prompt, "Not taken", refusal].map { SheetText.clean($0, most: 255) }
    let copies = texts.map { strdup($0) }
    var list: [UnsafeMutablePointer<CChar>?] = []
    defer { for text in copies + list { free(text) } }
    var rule = lxw_data_validation()
    rule.ignore_blank = UInt8(LXW_VALIDATION_ON.rawValue)
    (rule.input_title, rule.input_message, rule.error_title, rule.error_message) = (
      copies[0], copies[1], copies[2], copies[3]
    )
    let columns = UInt16(self.columns.lowerBound)...UInt16(self.columns.upperBound)
    let rows = UInt32(self.rows.lowerBound)...UInt32(self.rows.upperBound)
    func apply(_ rule: inout lxw_data_validation) -> lxw_error {
      worksheet_data_validation_range(
        made, rows.lowerBound, columns.lowerBound, rows.upperBound, columns.upperBound, &rule)
    }
    let error: lxw_error
    switch self.rule {
    case .choice(let values):
      rule.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
      list = values.map { strdup($0) } + [nil]
      error = list.withUnsafeMutableBufferPointer { list in
        rule.value_list = list.baseAddress
        return apply(&rule)
      }
    case .text(let most):
      rule.validate = UInt8(LXW_VALIDATION_TYPE_LENGTH.rawValue)
      rule.criteria = UInt8(LXW_VALIDATION_CRITERIA_LESS_THAN_OR_EQUAL_TO.rawValue)
      rule.value_number = Double(most)
      error = apply(&rule)
    }
    guard error == LXW_NO_ERROR else {
      throw HorizonError(.cannotWrite, "the workbook cannot be made: a rule for entries is too long")
    }
  }
}
