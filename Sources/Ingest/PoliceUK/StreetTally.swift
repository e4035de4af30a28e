/// The rows of one street-level file, counted by reporting force, month, place, crime type and outcome.
package struct StreetTally: Sendable, Equatable {
  /// Where rows lie.
  package struct Place: Sendable, Hashable {
    /// LSOA code; empty where there is none, or where places are only told apart by district.
    package let lsoa: String
    /// District by name: the LSOA name without its number. Empty for "no location".
    package let district: String

    /// A place.
    package init(lsoa: String, district: String) {
      self.lsoa = lsoa
      self.district = district
    }
  }

  /// Data rows.
  package var rows = 0
  /// Names of the column "Reported by" ("Falls within" where that is blank).
  package var reporters: [String] = []
  /// Distinct places.
  package var places: [Place] = []
  /// Crime types as written.
  package var types: [String] = []
  /// Outcomes as written; the only one is blank where outcomes are not told apart.
  package var outcomes: [String] = [""]
  /// The counts, in order of force (of the reporters), month, place, type and outcome.
  package var cells: [StreetCell] = []
  /// Hashes of the crime IDs of rows that have one, until they are collected (``CrimeIDs``).
  var crimeIDs: [UInt64] = []
  /// Whether the file has the layout of the first months, without LSOAs.
  package var isEarliest = false

  /// A count of these rows.
  package init(
    rows: Int = 0, reporters: [String] = [], places: [Place] = [], types: [String] = [], outcomes: [String] = [""],
    cells: [StreetCell] = [], isEarliest: Bool = false
  ) {
    self.rows = rows
    self.reporters = reporters
    self.places = places
    self.types = types
    self.outcomes = outcomes
    self.cells = cells
    self.isEarliest = isEarliest
  }
}

/// How finely street-level rows are counted.
package struct StreetDetail: Sendable, Equatable {
  /// Whether places are told apart by LSOA code, rather than by district.
  package var byLSOA = false
  /// Whether outcomes are told apart.
  package var byOutcome = false
  /// Zero bits above the lowest byte of the hashes of crime IDs that are kept: 0 keeps every one.
  var sampling = 0

  /// Counts of districts whatever the outcome, or finer ones.
  package init(byLSOA: Bool = false, byOutcome: Bool = false) {
    self.byLSOA = byLSOA
    self.byOutcome = byOutcome
  }
}
