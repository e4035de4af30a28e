/// What became of every input row: rows read = rows counted + rows set aside.
public struct RowAccounting: Hashable, Sendable {
  /// Data rows read, headers excluded.
  public var read: Int
  /// Rows counted in a series of a known district (or an area of a table).
  public var counted: Int
  /// Rows counted in a residual area only, by reason ("no location", "district outside the force").
  public var residual: [String: Int]
  /// Rows in no series, by reason: "repeated file", "superseded file", "month without a file of its own", "area not
  /// asked for", "missing value", "suppressed value".
  public var setAside: [String: Int]

  /// An account.
  public init(read: Int = 0, counted: Int = 0, residual: [String: Int] = [:], setAside: [String: Int] = [:]) {
    self.read = read
    self.counted = counted
    self.residual = residual
    self.setAside = setAside
  }

  /// Whether every row is accounted for.
  public var balances: Bool {
    read == counted + residual.values.reduce(0, +) + setAside.values.reduce(0, +)
  }
}
