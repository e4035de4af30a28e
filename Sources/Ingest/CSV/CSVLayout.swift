import CommunitySafety
import Diagnostics
import Wording

/// The kinds of CSV that can be read, recognised by their header.
enum CSVLayout: Sendable, Equatable {
  /// A street-level file of data.police.uk.
  case street(StreetColumns)
  /// A long table.
  case long(LongColumns)
  /// The Home Office's recorded crime by partnership and quarter.
  case recordedCrime(RecordedCrimeColumns)
  /// A partner's extract of incidents.
  case incidents(IncidentColumns)
  /// A wide table.
  case wide(WideColumns)

  /// Recognises a header. Names are compared without regard to case and surrounding blanks; order does not matter and
  /// further columns are ignored. `options` may say which layout it is, and name the measure of a table without.
  ///
  /// - Throws: `HorizonError` of kind data that lists the columns found and those needed; of kind usage for a measure
  ///   named where the table has its own.
  static func recognise(_ record: CSVRecord, file: String, options: IngestOptions) throws -> CSVLayout {
    let header = TableHeader(record, file: file)
    switch options.inputKind {
    case .street: return .street(try street(header, measure: options.measure))
    case .long: return .long(try LongColumns(header, measure: options.measure))
    case .wide: return .wide(try WideColumns(header, measure: options.measure))
    case .recordedCrime:
      guard let columns = try RecordedCrimeColumns(header) else {
        throw missingColumns(["Financial Year"], of: "the Home Office's recorded crime by partnership", header)
      }
      return .recordedCrime(columns)
    case .incidents:
      guard let columns = try IncidentColumns(header) else {
        throw missingColumns(["incident_ref"], of: "a partner's incident extract", header)
      }
      return .incidents(columns)
    case nil: break
    }
    if let columns = try RecordedCrimeColumns(header) { return .recordedCrime(columns) }
    if let columns = try IncidentColumns(header) { return .incidents(columns) }
    if let street = try recogniseStreet(header, measure: options.measure) { return .street(street) }
    if LongColumns.isComplete(header) { return .long(try LongColumns(header, measure: options.measure)) }
    if WideColumns.isRecognised(header) { return .wide(try WideColumns(header, measure: options.measure)) }
    return .long(try LongColumns(header, measure: options.measure))
  }

  /// The columns of a street-level file, if the header has any sign of one.
  private static func recogniseStreet(_ header: TableHeader, measure: String?) throws -> StreetColumns? {
    let (keys, place) = (header.keys, header.place)
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
    return streetSigns.isDisjoint(with: keys) ? nil : try street(header, measure: measure)
  }

  private static func street(_ header: TableHeader, measure: String?) throws -> StreetColumns {
    if measure != nil { throw LongColumns.hasMeasures(header) }
    let keys = header.keys
    guard let month = keys.firstIndex(of: "month"), let type = keys.firstIndex(of: "crime type") else {
      let missing = ["Month", "Crime type"].filter { !keys.contains($0.lowercased()) }
      throw missingColumns(missing, of: "a police.uk street-level file", header)
    }
    return StreetColumns(
      count: keys.count, month: month, type: type, reportedBy: keys.firstIndex(of: "reported by"),
      fallsWithin: keys.firstIndex(of: "falls within"), lsoaCode: keys.firstIndex(of: "lsoa code"),
      lsoaName: keys.firstIndex(of: "lsoa name"), crimeID: keys.firstIndex(of: "crime id"),
      outcome: keys.firstIndex(of: "last outcome category"), isEarliest: keys.contains("easting"))
  }

  /// The error for a header without the columns needed.
  static func missingColumns(_ missing: [String], of kind: String, _ header: TableHeader) -> HorizonError {
    let found = header.names
    let shown = found.prefix(20).map { SafeText.printable(String($0.prefix(40))) }.joined(separator: ", ")
    let more = found.count > 20 ? ", ... (\(found.count) columns)" : ""
    return HorizonError(
      .data,
      "\(missing.count == 1 ? "the column" : "the columns") \(missing.joined(separator: ", ")) "
        + "of \(kind) \(missing.count == 1 ? "is" : "are") missing; found: \(shown)\(more)", at: header.place,
      remedy:
        "Expected are the header of a police.uk street-level file (Month, Crime type, Reported by, LSOA name, ...) "
        + "of a long table (area,measure,period and count[,population], numerator,denominator or value,unit; or "
        + "unique_id,ds,y), or of a wide one with a column a period")
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
  let crimeID: Int?
  let outcome: Int?
  /// The layout of the first months, with eastings and without LSOAs.
  let isEarliest: Bool
}
