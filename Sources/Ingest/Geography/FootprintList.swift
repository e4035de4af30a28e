import CommunitySafety
import Diagnostics
import Wording

/// The LSOAs of a footprint's areas, from an analyst's CSV: a column of codes and a column with the name of the area.
package struct FootprintList: Sendable {
  /// Most rows: several times the LSOAs of England and Wales.
  static let rowLimit = 1 << 18

  /// Codes by name of the area, in file order.
  package private(set) var lsoas: [String: [String]] = [:]
  private let file: String

  /// Reads a list.
  ///
  /// - Throws: `HorizonError` of kind data, with file and line, for a header without such columns, a code that is none, a
  ///   code that stands in two areas, an area that the footprint does not have, or no rows.
  package init(file: String, footprint: Footprint, read: (UnsafeMutableRawBufferPointer) throws -> Int) throws {
    self.file = file
    let wanted = footprint.areas.filter(\.needsList).map(\.name)
    var scanner = CSVScanner(file: file)
    var columns: (count: Int, code: Int, area: Int)?
    var areaOfCode: [String: String] = [:]
    try scanner.scan(read: read) { record in
      guard let columns else {
        columns = try FootprintList.columns((0..<record.count).map { record.text($0) }, file: file)
        return
      }
      guard record.count == columns.count else {
        if record.isBlank { return }
        throw HorizonError(
          .data, "the row has \(record.count) fields where the header has \(columns.count)",
          at: .init(file: file, line: record.line), remedy: "Quote fields that hold commas")
      }
      let (code, named) = (record.text(columns.code).uppercased(), record.text(columns.area))
      // Blank cells say that the LSOA is in none of them.
      guard !named.isEmpty else { return }
      guard code.utf8.count == 9, code.hasPrefix("E01") || code.hasPrefix("W01") else {
        throw HorizonError(
          .data, "\"\(SafeText.printable(String(code.prefix(40))))\" is no code of an LSOA",
          at: .init(file: file, line: record.line, column: columns.code + 1), remedy: "Write a code such as E01028513")
      }
      guard let area = wanted.first(where: { $0.lowercased() == named.lowercased() }) else {
        let near = NearestName.nearest(to: named, among: wanted).map { "Perhaps '\($0)' was meant" }
        throw HorizonError(
          .data,
          "the footprint \"\(footprint.id)\" has no area \"\(SafeText.printable(String(named.prefix(60))))\" that needs a list",
          at: .init(file: file, line: record.line, column: columns.area + 1),
          remedy: near
            ?? "Use one of: \(wanted.joined(separator: ", ")); leave the cell blank for LSOAs in none of them")
      }
      if let other = areaOfCode.updateValue(area, forKey: code) {
        guard other != area else { return }
        throw HorizonError(
          .data, "the LSOA \(code) is in two areas, \"\(other)\" and \"\(area)\"",
          at: .init(file: file, line: record.line, column: columns.code + 1), remedy: "Keep it in one of them")
      }
      lsoas[area, default: []].append(code)
      guard areaOfCode.count <= FootprintList.rowLimit else {
        throw HorizonError(
          .data, "the list has more than \(FootprintList.rowLimit) LSOAs", at: .init(file: file, line: record.line),
          remedy: "Give one row for each LSOA")
      }
    }
    if let empty = wanted.first(where: { lsoas[$0] == nil }) {
      throw HorizonError(
        .data, "the list has no LSOA of the area \"\(empty)\"", at: .init(file: file),
        remedy: "Name one of \(ListText.abridged(wanted)) in the column area of each row")
    }
  }

  private static func columns(_ header: [String], file: String) throws -> (count: Int, code: Int, area: Int) {
    let keys = header.map { $0.lowercased() }
    let codes = CodeColumns(header: header)
    let code =
      codes.newest(.lsoa)?.code ?? keys.firstIndex { ["lsoa", "lsoa_code", "lsoa code", "code"].contains($0) }
      ?? keys.firstIndex { $0.hasPrefix("lsoa code") }
    let area = keys.firstIndex { ["area", "area_name", "area name", "authority"].contains($0) }
    guard let code, let area else {
      throw HorizonError(
        .data,
        (code == nil ? "the header has no column of LSOA codes" : "the header has no column area") + "; found: "
          + header.prefix(20).map { SafeText.printable(String($0.prefix(40))) }.joined(separator: ", "),
        at: .init(file: file, line: 1), remedy: "Give a CSV with columns LSOA21CD and area")
    }
    return (keys.count, code, area)
  }
}

extension Footprint {
  /// The same with the LSOAs of an analyst's list, and the list as a source of the run.
  ///
  /// - Throws: `HorizonError`: usage if the footprint needs none, noInput for a path that is not there, data with file and
  ///   line for what is wrong in it.
  func listed(in path: String) throws -> (footprint: Footprint, source: SourceFile) {
    guard areas.contains(where: \.needsList) else {
      throw HorizonError(
        .usage, "the footprint \"\(id)\" needs no list of LSOAs", remedy: "Leave --footprint-list out")
    }
    var list: FootprintList?
    let source = try SideFile.read(path, as: "list of LSOAs") {
      list = try FootprintList(file: path, footprint: self, read: $0)
    }
    var footprint = self
    for index in footprint.areas.indices where footprint.areas[index].needsList {
      footprint.areas[index].lsoas += list?.lsoas[footprint.areas[index].name] ?? []
    }
    return (footprint, source)
  }
}
