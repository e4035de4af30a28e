import CommunitySafety
import Diagnostics

/// The Home Office's recorded crime by partnership and quarter.
struct RecordedCrimeLayout: Layout {
  static let kind = InputKind.recordedCrime
  static let source = IngestedData.SourceKind.recordedCrime

  let columns: RecordedCrimeColumns

  static func recognised(in opening: Opening, options: IngestOptions) throws -> RecordedCrimeLayout? {
    try RecordedCrimeColumns(opening.header).map(RecordedCrimeLayout.init)
  }

  static func expected(in opening: Opening, options: IngestOptions) throws -> RecordedCrimeLayout {
    guard let layout = try recognised(in: opening, options: options) else {
      throw opening.header.missing(["Financial Year"], of: "the Home Office's recorded crime by partnership")
    }
    return layout
  }

  func reader(_ settings: LayoutSettings, file: String, bytes: Int) throws -> RecordedCrimeReader {
    try RecordedCrimeReader(file: file, columns: columns, level: settings.options.offenceLevel)
  }

  /// Headers of years differ in case, spacing and wording, and all hold what is needed.
  func continues(_ first: TableHeader, _ header: TableHeader) -> Bool { true }

  func role(ofColumn column: Int) -> ColumnRole {
    if column == columns.offences { return .value }
    let names = [columns.year, columns.quarter, columns.csp, columns.force].compactMap(\.self) + columns.levels.values
    return names.contains(column) ? .name : .unread
  }

  static func assemble(_ input: IngestedUnits, _ run: LayoutRun) throws -> IngestedData {
    let files = input.units.compactMap { unit in
      (unit.content as? RecordedCrimeTally).map {
        RecordedCrimeAssembly.File(
          location: unit.location, label: unit.label, contentHash: unit.contentHash, tally: $0)
      }
    }
    return try RecordedCrimeAssembly(
      files: files, registry: run.registry, absentMeansZero: run.options.absentMeansZero
    ).data(kind: source).data(
      run.options, registry: run.registry, sources: run.sources, notes: run.notes)
  }
}

extension InputKind {
  /// The Home Office's recorded crime by partnership and quarter.
  public static let recordedCrime = InputKind(declared: "recorded-crime")
}

extension IngestedData.SourceKind {
  /// The Home Office's recorded crime by partnership and quarter.
  public static let recordedCrime = IngestedData.SourceKind(
    rawValue: "Home Office recorded crime", article: "the Home Office's recorded crime")
}

extension RecordedCrimeTally: UnitContent {
  package static var source: IngestedData.SourceKind { .recordedCrime }
  package var rowCount: Int { rows }
}

extension RecordedCrimeReader: RowReader {}
