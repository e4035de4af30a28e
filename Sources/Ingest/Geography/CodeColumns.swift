/// A kind of area that has ONS codes.
enum AreaKind: String, Hashable, CaseIterable {
  case lsoa, ward, district, csp, force

  /// How ONS column names begin, in small letters.
  var stems: [String] {
    switch self {
    case .lsoa: ["lsoa"]
    case .ward: ["ward", "wd"]
    case .district: ["ltla", "lad"]
    case .csp: ["csp"]
    case .force: ["pfa"]
    }
  }
}

/// Columns of ONS codes and names of areas, as in `LSOA21CD`, `lsoa21_code`, `LAD24NM` and `ltla24_name`.
struct CodeColumns {
  /// The columns of one kind of area and year.
  struct Column {
    let kind: AreaKind
    /// Two-digit year, as a number of the century.
    let vintage: Int
    var code: Int?
    var name: Int?

    /// Where its code is, or, of a table without codes, its name.
    var key: Int? { code ?? name }
  }

  /// Fields of a row.
  let count: Int
  /// Column of change codes (U, M, S, X).
  let change: Int?
  /// Columns of places on the grid of a tile map, counted from the left and from the top.
  let grid: (column: Int, row: Int)?
  private let columns: [Column]

  /// Finds the columns in a header.
  init(header: [String]) {
    let keys = header.map { $0.lowercased() }
    count = keys.count
    change = keys.firstIndex { ["chngind", "change_code", "change_ind"].contains($0) }
    grid = keys.firstIndex(of: "column").flatMap { column in keys.firstIndex(of: "row").map { (column, $0) } }
    var found: [Column] = []
    for (index, key) in keys.enumerated() {
      guard let (kind, vintage, isCode) = CodeColumns.parse(key) else { continue }
      let place = found.firstIndex { $0.kind == kind && $0.vintage == vintage }
      var column = place.map { found[$0] } ?? Column(kind: kind, vintage: vintage)
      if isCode { column.code = column.code ?? index } else { column.name = column.name ?? index }
      if let place { found[place] = column } else { found.append(column) }
    }
    columns = found.sorted { $0.vintage < $1.vintage }
  }

  /// The columns of a kind of area, oldest first.
  func all(_ kind: AreaKind) -> [Column] { columns.filter { $0.kind == kind } }

  /// The newest columns of a kind of area.
  func newest(_ kind: AreaKind) -> Column? { columns.last { $0.kind == kind } }

  private static func parse(_ key: String) -> (AreaKind, Int, Bool)? {
    for (ending, isCode) in [("_code", true), ("cd", true), ("_name", false), ("nm", false)] where key.hasSuffix(ending)
    {
      let head = key.dropLast(ending.count)
      guard let vintage = Int(head.suffix(2)), vintage >= 0, head.suffix(2).allSatisfy(\.isNumber) else { return nil }
      let stem = String(head.dropLast(2))
      return AreaKind.allCases.first { $0.stems.contains(stem) }.map { ($0, vintage, isCode) }
    }
    return nil
  }
}
