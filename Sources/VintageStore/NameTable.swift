internal import GRDB
import Ingest
import TimeSeries

/// The numbers of texts, places and series in a store. All are held in memory: a country's LSOAs are 36,000.
struct NameTable {
  private var ids: [String: Int] = [:]
  private var texts: [Int: String] = [:]
  private var places: [StreetTally.Place: Int] = [:]
  private var placeOf: [Int: StreetTally.Place] = [:]
  private var series: [SeriesKey: Int] = [:]
  private var keys: [Int: SeriesKey] = [:]

  /// The numbers given so far.
  init(_ database: Database) throws {
    for row in try Row.fetchAll(database, sql: "SELECT id, text FROM name") { note(row[1], row[0]) }
    for row in try Row.fetchAll(database, sql: "SELECT id, lsoa, district FROM place") {
      if let lsoa = texts[row[1]], let district = texts[row[2]] {
        note(StreetTally.Place(lsoa: lsoa, district: district), row[0])
      }
    }
    for row in try Row.fetchAll(database, sql: "SELECT id, area, measure FROM series") {
      if let area = texts[row[1]] {
        note(SeriesKey(area: area, measure: (row[2] as Int?).flatMap { texts[$0] }), row[0])
      }
    }
  }

  /// The text, place or series with a number, if there is one.
  func text(_ id: Int) -> String? { texts[id] }
  func place(_ id: Int) -> StreetTally.Place? { placeOf[id] }
  func key(_ id: Int) -> SeriesKey? { keys[id] }

  /// The number of a text, which is stored if it is new.
  mutating func id(of text: String, _ database: Database) throws -> Int {
    if let known = ids[text] { return known }
    let number = try insert(database, "INSERT INTO name (text) VALUES (?)", [text])
    note(text, number)
    return number
  }

  /// The number of a place.
  mutating func id(of place: StreetTally.Place, _ database: Database) throws -> Int {
    if let known = places[place] { return known }
    let lsoa = try id(of: place.lsoa, database)
    let district = try id(of: place.district, database)
    let number = try insert(database, "INSERT INTO place (lsoa, district) VALUES (?, ?)", [lsoa, district])
    note(place, number)
    return number
  }

  /// The number of a series.
  mutating func id(of key: SeriesKey, _ database: Database) throws -> Int {
    if let known = series[key] { return known }
    let area = try id(of: key.area, database)
    let measure = try key.measure.map { try id(of: $0, database) }
    let number = try insert(database, "INSERT INTO series (area, measure) VALUES (?, ?)", [area, measure])
    note(key, number)
    return number
  }

  private func insert(_ database: Database, _ sql: String, _ arguments: StatementArguments) throws -> Int {
    try database.cachedStatement(sql: sql).execute(arguments: arguments)
    return Int(database.lastInsertedRowID)
  }

  private mutating func note(_ text: String, _ id: Int) {
    ids[text] = id
    texts[id] = text
  }

  private mutating func note(_ place: StreetTally.Place, _ id: Int) {
    places[place] = id
    placeOf[id] = place
  }

  private mutating func note(_ key: SeriesKey, _ id: Int) {
    series[key] = id
    keys[id] = key
  }
}
