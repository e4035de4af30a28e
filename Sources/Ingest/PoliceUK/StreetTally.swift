/// The rows of one street-level file, counted by reporting force, month, district and crime type.
struct StreetTally: Sendable, Equatable {
  /// Rows of one reporting force, month, district and type.
  struct Cell: Sendable, Equatable {
    /// Index into `reporters`.
    let reporter: Int
    /// Months since year 0, as in `Period`.
    let month: Int
    /// Index into `areas`; 0 is "no location".
    let area: Int
    /// Index into `types`.
    let type: Int
    let rows: Int
  }

  /// Data rows.
  var rows = 0
  /// Names of the column "Reported by" ("Falls within" where that is blank).
  var reporters: [String] = []
  /// Districts by name; the first, without a name, is "no location".
  var areas: [String] = [""]
  /// Crime types as written.
  var types: [String] = []
  /// The counts, in order of reporter, month, area and type.
  var cells: [Cell] = []
  /// Whether the file has the layout of the first months, without LSOAs.
  var isEarliest = false
  /// Rows whose LSOA code the lookup does not know.
  var lookupMisses = 0
}
