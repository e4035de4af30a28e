import CommunitySafety

/// What to say about the rows of a run of police.uk files, apart from completeness and duplicates.
struct StreetNotes {
  private(set) var notes: [DataNote] = []

  /// Looks at files, crime types, districts and residual rows.
  init(files: [StreetFile], table: StreetTable, geographies: [ForceGeography], accounting: RowAccounting) {
    noteFiles(files, table)
    noteTypes(table)
    for geography in geographies { note(geography) }
    for (reason, rows) in accounting.residual.sorted(by: { FileKind.scalarOrder($0.key, $1.key) }) {
      let share = (1000 * Double(rows) / Double(max(accounting.read, 1))).rounded() / 10
      add(
        .information, "residual",
        "\(counted(rows, "row")) (\(share) %) \(reason == "no location" ? "have no location" : "lie outside the force"); "
          + "they count in the force's residual area \"\(reason)\" and in no district")
    }
  }

  private mutating func add(_ severity: DataNote.Severity, _ code: String, _ message: String) {
    notes.append(DataNote(severity, code: code, message))
  }

  private mutating func noteFiles(_ files: [StreetFile], _ table: StreetTable) {
    let empty = files.filter { $0.tally.rows == 0 }.map { $0.label }
    if !empty.isEmpty {
      add(
        .warning, "empty-file",
        "\(counted(empty.count, "file")) without a row, treated as absent: \(listed(empty, most: 5))")
    }
    let earliest = files.filter { $0.tally.isEarliest && $0.tally.rows > 0 }
    if !earliest.isEmpty {
      add(
        .warning, "early-layout",
        "\(counted(earliest.count, "file")) in the earliest layout, without LSOAs: none of their "
          + "\(counted(earliest.reduce(0) { $0 + $1.tally.rows }, "row")) can be placed in a district")
    }
    let misses = table.lookupMisses
    if misses > 0 {
      add(
        .warning, "lookup-missed",
        "\(counted(misses, "row")) with an LSOA code that the lookup does not know \(misses == 1 ? "was" : "were") placed "
          + "by LSOA name")
    }
    let unnamed = files.filter { $0.tally.rows > 0 && $0.distinctSlugs.contains(StreetFile.unknownForce) }
    if !unnamed.isEmpty {
      add(
        .warning, "unknown-force",
        "\(counted(unnamed.count, "file")) name no police force, neither in the file name nor in the rows")
    }
  }

  private mutating func noteTypes(_ table: StreetTable) {
    let current = Set(CrimeType.allCases.map(\.rawValue))
    let others = table.types.filter { !current.contains($0) }
    let retired = others.filter(StreetTable.retiredTypes.contains)
    let unknown = others.filter { !StreetTable.retiredTypes.contains($0) }
    if !retired.isEmpty {
      add(
        .warning, "retired-type",
        "crime types that are no longer used are kept as measures of their own: \(listed(retired)); they cannot be "
          + "joined with the types that replaced them")
    }
    if !unknown.isEmpty {
      add(
        .warning, "unrecognised-type",
        "crime types that data.police.uk does not list are kept as measures of their own: "
          + listed(unknown.map(printable)))
    }
  }

  private mutating func note(_ geography: ForceGeography) {
    if geography.isGuessed, !geography.districts.isEmpty {
      add(
        .warning, "home-districts-guessed",
        "\(geography.display) is not in the area registry; districts with at least 1 % of its rows were taken as its own: "
          + listed(geography.districts))
    }
    if !geography.folded.isEmpty {
      let pairs = geography.folded.sorted { FileKind.scalarOrder($0.key, $1.key) }.map { "\($0.key) into \($0.value)" }
      add(
        .information, "folded-district",
        "\(geography.display): former districts were counted in their successors: \(listed(pairs))")
    }
  }
}
