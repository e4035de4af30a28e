import CommunitySafety
import Wording

/// What to say about the rows of a run of police.uk files, apart from completeness and duplicates.
struct StreetNotes {
  private(set) var notes: [DataNote] = []

  /// Looks at files, crime types, places and residual rows.
  init(
    files: [StreetFile], table: StreetTable, geographies: [ForceGeography], geography: Geography?,
    registry: AreaRegistry, level: AreaLevel, accounting: RowAccounting
  ) {
    noteFiles(files)
    noteTypes(table)
    notePlaces(table.placed, level, accounting)
    for (index, force) in geographies.enumerated() {
      note(force)
      noteFolded(force, table.placed.districts.filter { $0.key.force == index }, geography, registry)
    }
    for (reason, rows) in accounting.residual.sorted(by: { FileKind.scalarOrder($0.key, $1.key) }) {
      add(.information, "residual", StreetNotes.residual(reason, rows, of: accounting, level))
    }
  }

  private static func residual(
    _ reason: String, _ rows: Int, of accounting: RowAccounting, _ level: AreaLevel
  ) -> String {
    let what =
      switch reason {
      case "no location": "have no location"
      case "outside the force": "lie outside the force"
      default: "lie in a known district, but their LSOA code is blank or unknown to the lookups"
      }
    return "\(NumberText.counted(rows, "row")) (\(percentage(rows, of: accounting.read))) \(what); they count in the "
      + "\(reason.hasSuffix("not known") ? "district" : "force")'s residual area \"\(reason)\" and in no "
      + (level == .lsoa ? "LSOA" : level.rawValue)
  }

  private mutating func notePlaces(_ placed: StreetTable.Placed, _ level: AreaLevel, _ accounting: RowAccounting) {
    if placed.misses > 0 {
      add(
        .warning, "lookup-missed",
        "\(NumberText.counted(placed.misses, "row")) with an LSOA code that the lookups do not know "
          + "\(placed.misses == 1 ? "was" : "were") placed by LSOA name")
    }
    if placed.bestFit > 0 {
      add(
        .information, "best-fit",
        "\(NumberText.counted(placed.bestFit, "row")) (\(percentage(placed.bestFit, of: accounting.read))) placed by best fit: their "
          + "LSOAs were split among several wards, and they count in the ward that has most of the parts")
    }
    if placed.redrawn > 0 {
      add(
        .information, "redrawn-areas",
        "\(NumberText.counted(placed.redrawn, "row")) (\(percentage(placed.redrawn, of: accounting.read))) lie in LSOAs that a census "
          + "split, merged or redrew; they count in \(NumberText.counted(placed.redrawnAreas.count, "area")) kept the same over time: "
          + "the LSOA as it was before a split or after a merger")
    }
  }

  /// What to say about repeated crime IDs, counted among one in 2^sampling of them.
  static func notes(on repeats: CrimeIDs.Repeats, sampling: Int) -> [DataNote] {
    guard repeats.ids > 0 else { return [] }
    func scaled(_ count: Int, _ noun: String) -> String {
      (sampling > 0 ? "about " : "") + NumberText.counted(count << sampling, noun)
    }
    return [
      DataNote(
        .information, code: "repeated-crime-ids",
        "\(scaled(repeats.ids, "crime ID")) \(repeats.ids << sampling == 1 ? "stands" : "stand") in more than one row, "
          + "\(NumberText.grouped(repeats.acrossFiles << sampling)) of them in more than one file; the "
          + "\(scaled(repeats.rows, "further row")) \(repeats.rows << sampling == 1 ? "was" : "were") counted too, as "
          + "published")
    ]
  }

  private mutating func add(_ severity: DataNote.Severity, _ code: String, _ message: String) {
    notes.append(DataNote(severity, code: code, message))
  }

  private mutating func noteFiles(_ files: [StreetFile]) {
    let empty = files.filter { $0.tally.rows == 0 }.map { $0.label }
    if !empty.isEmpty {
      add(
        .warning, "empty-file",
        "\(NumberText.counted(empty.count, "file")) without a row, treated as absent: \(ListText.abridged(empty, most: 5))"
      )
    }
    let earliest = files.filter { $0.tally.isEarliest && $0.tally.rows > 0 }
    if !earliest.isEmpty {
      add(
        .warning, "early-layout",
        "\(NumberText.counted(earliest.count, "file")) in the earliest layout, without LSOAs: none of their "
          + "\(NumberText.counted(earliest.reduce(0) { $0 + $1.tally.rows }, "row")) can be placed in a district")
    }
    let unnamed = files.filter { $0.tally.rows > 0 && $0.distinctSlugs.contains(StreetFile.unknownForce) }
    if !unnamed.isEmpty {
      add(
        .warning, "unknown-force",
        "\(NumberText.counted(unnamed.count, "file")) name no police force, neither in the file name nor in the rows")
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
        "crime types that are no longer used are kept as measures of their own: \(ListText.abridged(retired)); they cannot be "
          + "joined with the types that replaced them")
    }
    if !unknown.isEmpty {
      add(
        .warning, "unrecognised-type",
        "crime types that data.police.uk does not list are kept as measures of their own: "
          + ListText.abridged(unknown.map { SafeText.printable($0) }))
    }
  }

  private mutating func note(_ geography: ForceGeography) {
    if geography.isGuessed, !geography.districts.isEmpty {
      add(
        .warning, "home-districts-guessed",
        "\(geography.display) is not in the area registry; districts with at least 1 % of its rows were taken as its own: "
          + ListText.abridged(geography.districts))
    }
  }

  /// Rows whose LSOA name gives a district that has since been replaced by the one they were counted in.
  private mutating func noteFolded(
    _ force: ForceGeography, _ districts: [StreetTable.Placed.Districts: Int], _ geography: Geography?,
    _ registry: AreaRegistry
  ) {
    var folded: [[String]: Int] = [:]
    for (pair, rows) in districts {
      guard case .district(let last) = force.place(of: pair.placed), pair.named != last else { continue }
      let isSuccessor =
        force.folded[pair.named] == last || geography?.successor(ofDistrictNamed: pair.named) == last
        || registry.lastSuccessor(of: pair.named) == last
      if isSuccessor { folded[[pair.named, last], default: 0] += rows }
    }
    guard !folded.isEmpty else { return }
    let pairs = folded.sorted { FileKind.scalarOrder($0.key[0], $1.key[0]) }
      .map { "\($0.key[0]) into \($0.key[1]) (\(NumberText.counted($0.value, "row")))" }
    add(
      .information, "folded-district",
      "\(force.display): former districts were counted in their successors: \(ListText.abridged(pairs))")
  }
}

/// "0.3 %" of a number of rows.
private func percentage(_ rows: Int, of all: Int) -> String {
  NumberText.percent(Double(rows) / Double(max(all, 1)), decimals: 1)
}
