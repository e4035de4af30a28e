import CommunitySafety

/// The kinds of CSV that can be read, recognised by their header.
enum CSVLayout: Sendable, Equatable {
  /// A street-level file of data.police.uk.
  case street(StreetColumns)
  /// A long table.
  case long(LongColumns)

  /// Recognises a header. Names are compared without regard to case and surrounding blanks; order does not matter and
  /// further columns are ignored.
  ///
  /// - Throws: `HorizonError` of kind data that lists the columns found and those needed.
  static func recognise(_ header: CSVRecord, file: String) throws -> CSVLayout {
    let names = (0..<header.count).map { header.text($0) }
    let keys = names.map { $0.lowercased() }
    let place = HorizonError.Location(file: file, line: header.line)
    if Set(keys).isSuperset(of: ["month", "outcome type"]) {
      throw HorizonError(
        .data, "this is a police.uk outcomes file, which says nothing about crimes recorded in a month", at: place,
        remedy: "Give the files whose names end in -street.csv")
    }
    if keys.contains("object of search") || keys.contains("self-defined ethnicity") {
      throw HorizonError(
        .data, "this is a police.uk stop-and-search file", at: place,
        remedy: "Give the files whose names end in -street.csv")
    }
    let streetSigns: Set = [
      "crime id", "crime type", "reported by", "falls within", "lsoa code", "lsoa name", "context",
    ]
    if !streetSigns.isDisjoint(with: keys) {
      let missing = ["Month", "Crime type"].filter { !keys.contains($0.lowercased()) }
      guard missing.isEmpty, let month = keys.firstIndex(of: "month"), let type = keys.firstIndex(of: "crime type")
      else {
        throw missingColumns(missing, of: "a police.uk street-level file", found: names, place)
      }
      return .street(
        StreetColumns(
          count: names.count, month: month, type: type, reportedBy: keys.firstIndex(of: "reported by"),
          fallsWithin: keys.firstIndex(of: "falls within"), lsoaCode: keys.firstIndex(of: "lsoa code"),
          lsoaName: keys.firstIndex(of: "lsoa name"), outcome: keys.firstIndex(of: "last outcome category"),
          isEarliest: keys.contains("easting")))
    }
    return .long(try LongColumns(names: names, keys: keys, place: place))
  }

  /// The error for a header without the columns needed.
  static func missingColumns(
    _ missing: [String], of kind: String, found: [String], _ place: HorizonError.Location
  ) -> HorizonError {
    let shown = found.prefix(20).map { printable(String($0.prefix(40))) }.joined(separator: ", ")
    let more = found.count > 20 ? ", ... (\(found.count) columns)" : ""
    return HorizonError(
      .data,
      "\(missing.count == 1 ? "the column" : "the columns") \(missing.joined(separator: ", ")) "
        + "of \(kind) \(missing.count == 1 ? "is" : "are") missing; found: \(shown)\(more)", at: place,
      remedy:
        "Expected are the header of a police.uk street-level file (Month, Crime type, Reported by, LSOA name, ...) "
        + "or of a long table: area,measure,period,count[,population] or unique_id,ds,y")
  }
}

/// Where the fields of a street-level row are.
struct StreetColumns: Sendable, Equatable {
  /// Fields of a row.
  let count: Int
  let month: Int
  let type: Int
  let reportedBy: Int?
  let fallsWithin: Int?
  let lsoaCode: Int?
  let lsoaName: Int?
  let outcome: Int?
  /// The layout of the first months, with eastings and without LSOAs.
  let isEarliest: Bool
}

/// Where the fields of a long row are.
struct LongColumns: Sendable, Equatable {
  /// Fields of a row.
  let count: Int
  /// `unique_id`, or `area`.
  let identity: Int
  /// `measure`, in the layout with areas.
  let measure: Int?
  let period: Int
  let value: Int
  let population: Int?

  /// Whether the layout is `area,measure,period,count`, whose values are never negative.
  var isCountLayout: Bool { measure != nil }

  /// Finds the columns of either layout.
  init(names: [String], keys: [String], place: HorizonError.Location) throws {
    let areaLayout = ["area", "measure", "period", "count"]
    let idLayout = ["unique_id", "ds", "y"]
    func missing(_ layout: [String]) -> [String] { layout.filter { !keys.contains($0) } }
    let usesIDs = missing(idLayout).count < missing(areaLayout).count
    let wanted = usesIDs ? idLayout : areaLayout
    let at = wanted.compactMap { keys.firstIndex(of: $0) }
    guard at.count == wanted.count else {
      let absent = missing(wanted)
      let isUnknown = absent.count == wanted.count
      throw CSVLayout.missingColumns(
        isUnknown ? areaLayout : absent,
        of: "a long table\(usesIDs ? " (unique_id,ds,y)" : " (area,measure,period,count)")", found: names, place)
    }
    count = names.count
    identity = at[0]
    measure = usesIDs ? nil : at[1]
    period = usesIDs ? at[1] : at[2]
    value = usesIDs ? at[2] : at[3]
    population = usesIDs ? nil : keys.firstIndex(of: "population")
  }
}
