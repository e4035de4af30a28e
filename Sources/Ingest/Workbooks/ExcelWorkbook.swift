import CommunitySafety
import Diagnostics
import Wording

/// The sheets of an Office Open XML workbook: `.xlsx`.
final class ExcelWorkbook: SheetSource, XMLHandler {
  enum Name: Int, CaseIterable { case sheet, name, state, id, workbookPr, date1904 }
  static let names = Name.spelled(hyphenated: false)

  let rows = SheetRows()
  private(set) var current = -1
  private let package: WorkbookPackage
  private var relationships: Relationships
  private var sheets: [(sheet: Sheet, id: String)] = []
  private(set) var is1904 = false
  private var strings = SharedStrings()
  private var styles = ExcelStyles()
  private var areSidesRead = false
  private var part: WorkbookPart?

  /// The workbook's list of sheets.
  ///
  /// - Throws: `HorizonError` of kind data for one whose parts are missing or do not fit together.
  init(_ package: WorkbookPackage) throws {
    self.package = package
    let root = try Relationships(of: "", in: package)
    let book = root.target(ofType: "officeDocument") ?? "xl/workbook.xml"
    relationships = try Relationships(of: book, in: package)
    try package.parse(book, into: self)
  }

  func start(_ element: XMLElement) throws {
    switch Name(rawValue: element.name) {
    case .workbookPr: is1904 = ["1", "true"].contains(element.text(Name.date1904.rawValue))
    case .sheet:
      guard let name = element.text(Name.name.rawValue), let id = element.text(Name.id.rawValue) else { return }
      guard sheets.count < 10_000 else { throw wrong("the workbook has more than 10000 sheets") }
      let state = element.text(Name.state.rawValue) ?? "visible"
      let type = relationships.byID[id]?.type
      sheets.append(
        (Sheet(name: name, isHidden: state != "visible", hasCells: type == nil || type == "worksheet"), id))
    case .name, .state, .id, .date1904, nil: break
    }
  }

  func end(_ name: Int) {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

  func nextSheet() -> Sheet? {
    part = nil
    current += 1
    return current < sheets.count ? sheets[current].sheet : nil
  }

  func parseMore() throws -> Bool {
    if let part { return try part.parseMore() }
    guard sheets.indices.contains(current) else { return false }
    let (sheet, id) = sheets[current]
    guard let target = relationships.byID[id] else {
      throw wrong("the workbook does not say where its sheet \"\(SafeText.printable(sheet.name))\" is")
    }
    guard target.type == "worksheet" else { return false }
    try readSides()
    let location = package.archive.location(of: sheet.name)
    let merges = try ExcelMerges(part: target.target, in: package, location: location)
    let parser = ExcelSheet(
      into: rows, sheet: current, location: location, strings: strings, styles: styles, merges: merges, is1904: is1904)
    let part = try package.part(target.target, handler: parser)
    self.part = part
    return try part.parseMore()
  }

  /// Reads the texts and styles that sheets share, before the first of them.
  private func readSides() throws {
    guard !areSidesRead else { return }
    areSidesRead = true
    if let part = relationships.target(ofType: "styles") { styles = try ExcelStyles(part: part, in: package) }
    if let part = relationships.target(ofType: "sharedStrings") {
      strings = try SharedStrings(part: part, in: package)
    }
  }

  private func wrong(_ what: String) -> HorizonError {
    HorizonError(.data, what, at: .init(file: package.path), remedy: SheetRows.remedy)
  }
}
