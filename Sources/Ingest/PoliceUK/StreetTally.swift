/// The rows of one street-level file, counted by reporting force, month, place, crime type and outcome.
struct StreetTally: Sendable, Equatable {
  /// Where rows lie.
  struct Place: Sendable, Hashable {
    /// LSOA code; empty where there is none, or where places are only told apart by district.
    let lsoa: String
    /// District by name: the LSOA name without its number. Empty for "no location".
    let district: String
  }

  /// Data rows.
  var rows = 0
  /// Names of the column "Reported by" ("Falls within" where that is blank).
  var reporters: [String] = []
  /// Distinct places.
  var places: [Place] = []
  /// Crime types as written.
  var types: [String] = []
  /// Outcomes as written; the only one is blank where outcomes are not told apart.
  var outcomes: [String] = [""]
  /// The counts, in order of force (of the reporters), month, place, type and outcome.
  var cells: [StreetCell] = []
  /// Whether the file has the layout of the first months, without LSOAs.
  var isEarliest = false
}

/// How finely street-level rows are counted.
struct StreetDetail: Sendable, Equatable {
  /// Whether places are told apart by LSOA code, rather than by district.
  var byLSOA = false
  /// Whether outcomes are told apart.
  var byOutcome = false
}
