import CommunitySafety
import Diagnostics
import Wording

/// Which areas lie in which, gathered from ONS lookup tables. Every table is recognised by the codes it links:
/// LSOAs of two censuses (with change codes), LSOAs and wards or districts, districts and partnerships or forces, or
/// districts of several years; or, with columns `column` and `row`, areas and their places on the grid of a tile map.
package struct LookupLinks: Sendable {
  /// Most distinct codes of a kind: twenty times those of England and Wales.
  static let codeLimit = 1 << 20

  /// What an area is linked to, by a table of some year.
  struct Link: Sendable {
    let code: String
    let vintage: Int
  }

  /// A ward or district.
  struct Named: Sendable {
    let name: String
    let vintage: Int
  }

  /// For each code of an older LSOA its newer ones, in table order; a code that was kept has itself.
  private(set) var newerLSOAs: [String: [String]] = [:]
  /// Codes of older LSOAs with the change code X: redrawn irregularly.
  private(set) var irregularLSOAs: Set<String> = []
  private(set) var wardOfLSOA: [String: Link] = [:]
  private(set) var districtOfLSOA: [String: Link] = [:]
  private(set) var districtOfWard: [String: Link] = [:]
  private(set) var wards: [String: Named] = [:]
  private(set) var districts: [String: Named] = [:]
  /// Names of the partnership and force of each district.
  private(set) var cspOfDistrict: [String: Named] = [:]
  private(set) var forceOfDistrict: [String: Named] = [:]
  /// For each district code of an older year, the codes of the newest year it went into.
  private(set) var successorsOfDistrict: [String: [String]] = [:]
  /// For each district code of the newest year, the codes of each older year that became it.
  private(set) var predecessorsOfDistrict: [String: [Int: Set<String>]] = [:]
  /// By code of an LSOA or ward, where it is drawn on a tile map.
  private(set) var tiles: [String: Area.Tile] = [:]

  /// No links yet.
  package init() {}

  /// Reads a table. Of two rows that link one area to different ones the first holds; of two tables the one of the later
  /// year.
  ///
  /// - Throws: `HorizonError` of kind data for a header that links nothing, a row of another length, or no rows.
  package mutating func add(file: String, read: (UnsafeMutableRawBufferPointer) throws -> Int) throws {
    var scanner = CSVScanner(file: file)
    var columns: CodeColumns?
    var rows = 0
    try scanner.scan(read: read) { record in
      guard let columns else {
        let header = (0..<record.count).map { record.text($0) }
        let found = CodeColumns(header: header)
        try LookupLinks.check(found, header: header, file: file)
        columns = found
        return
      }
      guard record.count == columns.count else {
        if record.isBlank { return }
        throw HorizonError(
          .data, "the row has \(record.count) fields where the header has \(columns.count)",
          at: .init(file: file, line: record.line), remedy: "Quote fields that hold commas")
      }
      rows += 1
      try add(record, columns, file)
    }
    guard rows > 0 else {
      throw HorizonError(
        .data, columns == nil ? "the lookup is empty" : "the lookup has no rows", at: .init(file: file),
        remedy: "Download it again from the ONS Open Geography Portal")
    }
  }

  private static func check(_ columns: CodeColumns, header: [String], file: String) throws {
    let lsoas = columns.all(.lsoa).filter { $0.code != nil }
    let (ward, district) = (columns.newest(.ward)?.code, columns.newest(.district)?.key)
    let links =
      lsoas.count > 1 || (!lsoas.isEmpty && (ward != nil || district != nil))
      || (district != nil && (columns.newest(.csp)?.key != nil || columns.newest(.force)?.key != nil))
      || columns.all(.district).filter { $0.code != nil }.count > 1
      || (columns.grid != nil && (!lsoas.isEmpty || ward != nil))
    guard !links else { return }
    throw HorizonError(
      .data,
      "the lookup links no areas: it needs two columns of codes of LSOAs, wards, districts, CSPs or forces; found: "
        + header.prefix(20).map { SafeText.printable(String($0.prefix(40))) }.joined(separator: ", "),
      at: .init(file: file, line: 1),
      remedy: "Give an ONS table with columns like LSOA11CD and LSOA21CD, LSOA21CD and WD24CD, LSOA21CD and LAD24CD, "
        + "LAD24CD and CSP24CD, or ltla18_code and ltla24_code; or, for a tile map, WD24CD, column and row")
  }

  private mutating func add(_ record: CSVRecord, _ columns: CodeColumns, _ file: String) throws {
    func text(_ column: Int?) throws -> String? {
      guard let column else { return nil }
      let field = record[column].trimmed
      guard !field.isEmpty else { return nil }
      guard let text = field.validText else {
        throw HorizonError(
          .data, "the field is not UTF-8 text", at: .init(file: file, line: record.line, column: column + 1),
          remedy: "Save the file as CSV UTF-8")
      }
      return text
    }
    let lsoas = try columns.all(.lsoa).compactMap { try text($0.code) }
    let ward = try columns.newest(.ward).flatMap { column in try text(column.code).map { ($0, column) } }
    let district = try columns.newest(.district).flatMap { column in try text(column.key).map { ($0, column) } }
    if let grid = columns.grid, let code = ward?.0 ?? lsoas.last {
      let column = try place(text(grid.column), grid.column, record, file)
      let row = try place(text(grid.row), grid.row, record, file)
      tiles[code] = tiles[code] ?? Area.Tile(column: column, row: row)
      return
    }

    if let newest = lsoas.last, columns.all(.lsoa).count > 1, lsoas.count == columns.all(.lsoa).count {
      for older in lsoas.dropLast() {
        if !(newerLSOAs[older]?.contains(newest) ?? false) { newerLSOAs[older, default: []].append(newest) }
        if try text(columns.change)?.uppercased() == "X" { irregularLSOAs.insert(older) }
      }
    }
    if let (code, column) = district {
      let link = Link(code: code, vintage: column.vintage)
      for lsoa in lsoas { LookupLinks.set(&districtOfLSOA, lsoa, link) }
      if let name = try text(column.name) {
        LookupLinks.set(&districts, code, Named(name: name, vintage: column.vintage))
      }
      if let (ward, _) = ward { LookupLinks.set(&districtOfWard, ward, link) }
      if let csp = columns.newest(.csp), let name = try text(csp.name ?? csp.code) {
        LookupLinks.set(&cspOfDistrict, code, Named(name: name, vintage: csp.vintage))
      }
      if let force = columns.newest(.force), let name = try text(force.name ?? force.code) {
        LookupLinks.set(&forceOfDistrict, code, Named(name: name, vintage: force.vintage))
      }
    }
    if let (code, column) = ward, let lsoa = lsoas.last {
      LookupLinks.set(&wardOfLSOA, lsoa, Link(code: code, vintage: column.vintage))
      LookupLinks.set(&wards, code, Named(name: try text(column.name) ?? code, vintage: column.vintage))
    }
    if lsoas.isEmpty, ward == nil { try addLineage(columns.all(.district), text) }
    guard districtOfLSOA.count <= LookupLinks.codeLimit, newerLSOAs.count <= LookupLinks.codeLimit,
      wardOfLSOA.count <= LookupLinks.codeLimit, districts.count <= LookupLinks.codeLimit
    else {
      throw HorizonError(
        .data, "the lookup has more than \(LookupLinks.codeLimit) codes", at: .init(file: file, line: record.line),
        remedy: "Give a lookup of LSOAs or wider areas")
    }
  }

  /// A place on the grid of a tile map.
  private func place(_ text: String?, _ column: Int, _ record: CSVRecord, _ file: String) throws -> Int {
    guard let place = text.flatMap({ Int($0) }), (0..<1000).contains(place) else {
      throw HorizonError(
        .data, "\(text.map { "\"\(SafeText.printable(String($0.prefix(20))))\"" } ?? "nothing") is no place on a grid",
        at: .init(file: file, line: record.line, column: column + 1),
        remedy: "Number columns from the left and rows from the top, from 0 to 999")
    }
    return place
  }

  private mutating func addLineage(_ columns: [CodeColumns.Column], _ text: (Int?) throws -> String?) throws {
    guard columns.count > 1, let newest = columns.last, let last = try text(newest.code) else { return }
    for column in columns {
      guard let code = try text(column.code) else { continue }
      if let name = try text(column.name) {
        LookupLinks.set(&districts, code, Named(name: name, vintage: column.vintage))
      }
      if !(successorsOfDistrict[code]?.contains(last) ?? false) { successorsOfDistrict[code, default: []].append(last) }
      predecessorsOfDistrict[last, default: [:]][column.vintage, default: []].insert(code)
    }
  }

  private static func set(_ links: inout [String: Link], _ key: String, _ value: Link) {
    if value.vintage > links[key]?.vintage ?? -1 { links[key] = value }
  }

  private static func set(_ names: inout [String: Named], _ key: String, _ value: Named) {
    if value.vintage > names[key]?.vintage ?? -1 { names[key] = value }
  }
}
