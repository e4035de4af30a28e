import CommunitySafety
import Diagnostics

/// Street-level files of data.police.uk.
struct StreetLayout: Layout {
  static let kind = InputKind.street
  static let source = IngestedData.SourceKind.policeUK

  let columns: StreetColumns

  static func recognised(in opening: Opening, options: IngestOptions) throws -> StreetLayout? {
    try recognised(opening.header, measure: options.measure).map(StreetLayout.init)
  }

  static func expected(in opening: Opening, options: IngestOptions) throws -> StreetLayout {
    StreetLayout(columns: try street(opening.header, measure: options.measure))
  }

  func reader(_ settings: LayoutSettings, file: String, bytes: Int) -> StreetTallyBuilder {
    StreetTallyBuilder(file: file, columns: columns, detail: settings.street)
  }

  func role(ofColumn column: Int) -> ColumnRole {
    let names = [
      columns.month, columns.type, columns.reportedBy, columns.fallsWithin, columns.lsoaCode, columns.lsoaName,
      columns.crimeID, columns.outcome,
    ]
    return names.contains(column) ? .name : .unread
  }

  static func assemble(_ input: IngestedUnits, _ run: LayoutRun) async throws -> IngestedData {
    let assembly = try StreetAssembly(
      files: input.units.map(StreetFile.init), options: run.options, registry: run.registry, geography: run.geography)
    let repeats = try await CrimeIDs.repeats(
      in: input.crimeIDs.collected, counts: assembly.areFilesUsed, threads: run.options.threads)
    return try assembly.data(
      sources: run.sources, notes: run.notes + StreetNotes.notes(on: repeats, sampling: input.crimeIDs.sampling))
  }

  /// The columns of a street-level file, if the header has any sign of one.
  private static func recognised(_ header: TableHeader, measure: String?) throws -> StreetColumns? {
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
    if streetSigns.isDisjoint(with: keys) { return nil }
    // Wide tables have LSOAs too.
    if !keys.contains("month"), !keys.contains("crime type"), WideColumns.isRecognised(header) { return nil }
    return try street(header, measure: measure)
  }

  private static func street(_ header: TableHeader, measure: String?) throws -> StreetColumns {
    if measure != nil { throw header.hasMeasures }
    let keys = header.keys
    guard let month = keys.firstIndex(of: "month"), let type = keys.firstIndex(of: "crime type") else {
      let missing = ["Month", "Crime type"].filter { !keys.contains($0.lowercased()) }
      throw header.missing(missing, of: "a police.uk street-level file")
    }
    return StreetColumns(
      count: keys.count, month: month, type: type, reportedBy: keys.firstIndex(of: "reported by"),
      fallsWithin: keys.firstIndex(of: "falls within"), lsoaCode: keys.firstIndex(of: "lsoa code"),
      lsoaName: keys.firstIndex(of: "lsoa name"), crimeID: keys.firstIndex(of: "crime id"),
      outcome: keys.firstIndex(of: "last outcome category"), isEarliest: keys.contains("easting"))
  }
}

extension InputKind {
  /// A street-level file of data.police.uk.
  public static let street = InputKind(declared: "street")
}

extension IngestedData.SourceKind {
  /// data.police.uk street-level files.
  public static let policeUK = IngestedData.SourceKind(rawValue: "police.uk", article: "a police.uk file")
}

extension StreetTally: UnitContent {
  package static var source: IngestedData.SourceKind { .policeUK }
  package var rowCount: Int { rows }

  // A sheet that was copied; others of the same places and months may be the rest of one that was full.
  package func repeats(_ other: any UnitContent) -> Bool { other as? StreetTally == self }
}

extension StreetTallyBuilder: RowReader {}

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
