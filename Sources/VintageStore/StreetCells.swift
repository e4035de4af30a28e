internal import GRDB
import Ingest

/// The counts of a police.uk file as rows of `part` and `street_cell`.
struct StreetCells {
  /// One reporting force and month, by the store's numbers.
  struct Part {
    let reporter: Int
    /// 201906.
    let month: Int
    /// Place, crime type, outcome and rows, in that order of rank.
    let cells: [[4 of Int]]
  }

  let parts: [Part]

  /// Brings the counts of a file under the store's numbers.
  init(_ tally: StreetTally, names: inout NameTable, _ database: Database) throws {
    let reporters = try tally.reporters.map { try names.id(of: $0, database) }
    let places = try tally.places.map { try names.id(of: $0, database) }
    let types = try tally.types.map { try names.id(of: $0, database) }
    let outcomes = try tally.outcomes.map { try names.id(of: $0, database) }
    var parts: [Part] = []
    var start = tally.cells.startIndex
    while start < tally.cells.endIndex {
      let (force, month) = (tally.cells[start].force, tally.cells[start].month)
      let end = tally.cells[start...].firstIndex { $0.force != force || $0.month != month } ?? tally.cells.endIndex
      var cells = tally.cells[start..<end].map { cell -> [4 of Int] in
        [places[cell.place], types[cell.type], outcomes[cell.outcome], cell.rows]
      }
      cells.sort { StreetCells.precedes($0, $1) }
      parts.append(Part(reporter: reporters[force], month: month / 12 * 100 + month % 12 + 1, cells: cells))
      start = end
    }
    self.parts = parts.sorted { $0.reporter != $1.reporter ? $0.reporter < $1.reporter : $0.month < $1.month }
  }

  private static func precedes(_ a: [4 of Int], _ b: [4 of Int]) -> Bool {
    if a[0] != b[0] { return a[0] < b[0] }
    if a[1] != b[1] { return a[1] < b[1] }
    return a[2] < b[2]
  }

  /// Hands all numbers on, for a digest of them.
  func digest(_ update: (UnsafeRawBufferPointer) throws -> Void) throws {
    for part in parts {
      try [part.reporter, part.month, part.cells.count].withUnsafeBytes(update)
      try part.cells.withUnsafeBytes(update)
    }
  }

  /// Stores the counts under the number of their content. In the order of the key each row goes to the end of the table.
  func insert(content: Int, _ database: Database) throws {
    let partStatement = try database.cachedStatement(
      sql: "INSERT INTO part (content, reporter, month) VALUES (?, ?, ?)")
    let cellStatement = try IntegerStatement(
      database, "INSERT INTO street_cell (part, place, type, outcome, rows) VALUES (?, ?, ?, ?, ?)")
    for part in parts {
      try partStatement.execute(arguments: [content, part.reporter, part.month])
      let id = Int(database.lastInsertedRowID)
      for cell in part.cells { try cellStatement.insert([id, cell[0], cell[1], cell[2], cell[3]]) }
    }
  }
}

extension StreetCells {
  /// How finely to read counts.
  struct Grain {
    var byLSOA = false
    var byDistrict = true
    var byOutcome = false
  }

  /// Reads the counts of a file.
  ///
  /// - Throws: `DamagedStore` for a cell whose names are not there.
  static func read(
    content: Int, rows: Int, isEarliest: Bool, grain: Grain, names: NameTable, _ database: Database
  ) throws -> StreetTally {
    var tally = StreetTally(rows: rows, outcomes: [], isEarliest: isEarliest)
    var (reporters, places, types, outcomes) = (Renumbering(), Renumbering(), Renumbering(), Renumbering())
    var placeOf: [StreetTally.Place: Int] = [:]
    let parts = try Row.fetchAll(
      database, sql: "SELECT id, reporter, month FROM part WHERE content = ? ORDER BY id", arguments: [content])
    let statement = try IntegerStatement(
      database, "SELECT place, type, outcome, rows, 0 FROM street_cell WHERE part = ? ORDER BY place, type, outcome")
    for part in parts {
      let reporter = try reporters.number(part[1]) {
        guard let name = names.text($0) else { throw DamagedStore(reason: "a reporter has no name") }
        tally.reporters.append(name)
        return tally.reporters.count - 1
      }
      let month = part[2] as Int
      var counts: [UInt64: Int] = [:]
      var failure: (any Error)?
      try statement.select(part[0]) { row in
        guard failure == nil else { return }
        do {
          let place = try places.number(row[0]) {
            guard let place = names.place($0) else { throw DamagedStore(reason: "a place has no name") }
            let kept = StreetTally.Place(
              lsoa: grain.byLSOA ? place.lsoa : "", district: grain.byDistrict ? place.district : "")
            if let known = placeOf[kept] { return known }
            placeOf[kept] = tally.places.count
            tally.places.append(kept)
            return tally.places.count - 1
          }
          let type = try types.number(row[1]) {
            guard let name = names.text($0) else { throw DamagedStore(reason: "a crime type has no name") }
            tally.types.append(name)
            return tally.types.count - 1
          }
          let outcome = try outcomes.number(grain.byOutcome ? row[2] : 0) {
            guard let name = $0 == 0 ? "" : names.text($0) else { throw DamagedStore(reason: "an outcome has no name") }
            tally.outcomes.append(name)
            return tally.outcomes.count - 1
          }
          counts[UInt64(place) << 32 | UInt64(type) << 16 | UInt64(outcome), default: 0] += row[3]
        } catch { failure = error }
      }
      if let failure { throw failure }
      let ordinal = month / 100 * 12 + month % 100 - 1
      for (key, rows) in counts.sorted(by: { $0.key < $1.key }) {
        tally.cells.append(
          StreetCell(
            force: reporter, month: ordinal, place: Int(key >> 32), type: Int(key >> 16 & 0xFFFF),
            outcome: Int(key & 0xFFFF), rows: rows))
      }
    }
    guard tally.types.count <= 1 << 16, tally.outcomes.count <= 1 << 16 else {
      throw DamagedStore(reason: "a file has too many crime types or outcomes")
    }
    if tally.outcomes.isEmpty { tally.outcomes = [""] }
    return tally
  }
}

/// Numbers from 0 for numbers of the store, in order of first appearance or as the caller says.
private struct Renumbering {
  private var known: [Int: Int] = [:]

  mutating func number(_ id: Int, _ make: (Int) throws -> Int) rethrows -> Int {
    if let number = known[id] { return number }
    let number = try make(id)
    known[id] = number
    return number
  }
}
