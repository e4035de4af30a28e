import CommunitySafety
import Diagnostics
import TimeSeries
import Wording

/// Where the fields of a wide row are: a column a period, and beside them the names of what the row counts.
///
/// A column whose header is a period holds values. Of the others the area is the first whose name says so (borough,
/// ward, postcode, force, ...), else the first; the rest in their order, joined by `|`, are the measure, blank ones
/// included. Codes of areas, columns without a name and totals belong to neither and are left out.
struct WideColumns: Sendable, Equatable {
  let header: TableHeader
  /// `unique_id`, or the area.
  let identity: Int
  /// What is joined to the measure.
  let measure: [Int]
  /// The measure of a table without a column for it.
  let onlyMeasure: String?
  let periods: [Int]
  /// Columns that are not read.
  let leftOut: [Int]

  /// Fields of a row.
  var count: Int { header.names.count }

  /// Whether two columns or more are named for periods.
  static func isRecognised(_ header: TableHeader) -> Bool {
    var periods = 0
    for name in header.names where isPeriod(name) {
      periods += 1
      if periods == 2 { return true }
    }
    return false
  }

  /// Finds the columns. `onlyMeasure` names the measure of a table without a column for it.
  ///
  /// - Throws: `HorizonError`: data for a header without periods or without names, or with one period twice; usage for
  ///   a measure named where the table has its own.
  init(_ header: TableHeader, measure onlyMeasure: String?) throws {
    self.header = header
    let names = header.names
    let isPeriod = names.map(WideColumns.isPeriod)
    periods = names.indices.filter { isPeriod[$0] }
    guard !periods.isEmpty else {
      throw HorizonError(
        .data, "no column of the table is named for a period", at: header.place,
        remedy: "Name the columns 2019-06, Jun 2019, 201906, 2019 Q2, 2019 or 2019/20, or say another --input-kind")
    }
    var first: [String: Int] = [:]
    for column in periods {
      if let other = first.updateValue(column, forKey: header.keys[column]) {
        throw HorizonError(
          .data, "two columns are named \"\(SafeText.printable(names[column]))\": \(other + 1) and \(column + 1)",
          at: header.place(ofColumn: column), remedy: "Keep one column for each period")
      }
    }
    let others = names.indices.filter { !isPeriod[$0] && !WideColumns.isTotal(header.keys[$0]) }
    let named = others.filter { !names[$0].isEmpty }
    let id = header.keys.firstIndex(of: "unique_id")
    let areas = named.filter { WideColumns.isArea(names[$0]) }
    let area = areas.first { !WideColumns.isCode(header.keys[$0]) } ?? areas.first
    guard let identity = id ?? area ?? named.first ?? others.first else {
      throw HorizonError(
        .data, "every column of the table is named for a period: nothing says what its rows are of",
        at: header.place, remedy: "Give it a column of areas or a unique_id")
    }
    self.identity = identity
    measure =
      id != nil
      ? []
      : named.filter { column in
        column != identity && !(WideColumns.isCode(header.keys[column]) && WideColumns.isArea(names[column]))
      }
    guard onlyMeasure == nil || (id == nil && measure.isEmpty) else { throw header.hasMeasures }
    self.onlyMeasure = onlyMeasure
    let read = Set(periods + measure + [identity])
    leftOut = names.indices.filter { !read.contains($0) }
  }

  /// Whether a header is a period in any form. Of bare numbers only years that data can be of.
  static func isPeriod(_ name: String) -> Bool {
    guard name.utf8.contains(where: { $0 &- 48 < 10 }) else { return false }
    for frequency in [Frequency.monthly, .quarterly, .yearly, .financialYearly] {
      guard let (period, _) = PeriodStyle.parse(name, frequency: frequency) else { continue }
      return (1700...2300).contains(period.year)
    }
    return false
  }

  private static func isTotal(_ key: String) -> Bool {
    ["total", "totals", "grand total", "all", "sum"].contains(key) || key.hasPrefix("total ")
  }

  private static let areaWords = [
    "borough", "district", "postcode", "lsoa", "msoa", "partnership", "neighbourhood", "local authority", "locality",
  ]
  private static let areaTokens: Set = [
    "area", "ward", "csp", "force", "county", "region", "authority", "lad", "la", "location", "place", "town",
    "beat", "sector",
  ]

  /// Whether a column's name says that it holds areas: `LookUp_BoroughName`, `Ward`, `LAD22NM`.
  private static func isArea(_ name: String) -> Bool {
    let key = name.lowercased()
    if areaWords.contains(where: key.contains) { return true }
    let tokens = tokens(name)
    // "Name" alone is of areas, "Offence name" is not.
    if tokens == ["name"] || tokens.contains(where: areaTokens.contains) { return true }
    let isONS = key.hasSuffix("nm") || key.hasSuffix("cd")
    return isONS && key.dropLast(2).suffix(2).allSatisfy(\.isNumber) && key.count > 4
  }

  private static func isCode(_ key: String) -> Bool {
    key.hasSuffix("code") && !key.hasSuffix("postcode") || key.hasSuffix("cd")
  }

  /// Words of a name, told by blanks, punctuation and inner capitals.
  private static func tokens(_ name: String) -> [String] {
    var tokens: [String] = []
    var word = ""
    var wasLower = false
    for character in name {
      if !character.isLetter || (character.isUppercase && wasLower) {
        if !word.isEmpty { tokens.append(word.lowercased()) }
        word = ""
      }
      if character.isLetter { word.append(character) }
      wasLower = character.isLowercase
    }
    return word.isEmpty ? tokens : tokens + [word.lowercased()]
  }
}
