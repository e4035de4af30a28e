/// What became of every input row: rows read = rows counted + rows set aside. Of wide tables the unit of account is not
/// the row but the cell in a period's column.
public struct RowAccounting: Hashable, Sendable {
  /// What is counted.
  public enum Unit: String, Hashable, Sendable, Codable {
    case rows
    /// Cells of wide tables.
    case cells
    /// Rows of some files, cells of others.
    case rowsAndCells = "rows and cells"
  }

  /// What is counted.
  public var unit: Unit
  /// Data rows read, headers excluded.
  public var read: Int
  /// Rows counted in a series of a known district (or an area of a table).
  public var counted: Int
  /// Rows counted in a residual area only, by reason ("no location", "district outside the force").
  public var residual: [String: Int]
  /// Rows in no series, by reason: "repeated file", "superseded file", "month without a file of its own", "area not
  /// asked for", "missing value", "suppressed value", "denominator of zero", "row of a sum with a missing part",
  /// "repeated header", "sum of other rows".
  public var setAside: [String: Int]

  /// An account.
  public init(
    unit: Unit = .rows, read: Int = 0, counted: Int = 0, residual: [String: Int] = [:], setAside: [String: Int] = [:]
  ) {
    self.unit = unit
    self.read = read
    self.counted = counted
    self.residual = residual
    self.setAside = setAside
  }

  /// Adds the rows of another account of the same unit.
  mutating func add(_ other: RowAccounting) {
    read += other.read
    counted += other.counted
    residual.merge(other.residual, uniquingKeysWith: +)
    setAside.merge(other.setAside, uniquingKeysWith: +)
  }

  /// The account where areas hold what is in residual ones besides.
  var withoutResidual: RowAccounting {
    RowAccounting(unit: unit, read: read, counted: counted + residual.values.reduce(0, +), setAside: setAside)
  }

  /// Whether every row is accounted for.
  public var balances: Bool {
    read == counted + residual.values.reduce(0, +) + setAside.values.reduce(0, +)
  }
}
