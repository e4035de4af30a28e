import CommunitySafety
import Diagnostics

/// Partners' extracts of incidents.
struct IncidentLayout: Layout {
  static let kind = InputKind.incidents
  static let source = IngestedData.SourceKind.incidents

  let columns: IncidentColumns

  static func recognised(in opening: Opening, options: IngestOptions) throws -> IncidentLayout? {
    try IncidentColumns(opening.header).map(IncidentLayout.init)
  }

  static func expected(in opening: Opening, options: IngestOptions) throws -> IncidentLayout {
    guard let layout = try recognised(in: opening, options: options) else {
      throw opening.header.missing(["incident_ref"], of: "a partner's incident extract")
    }
    return layout
  }

  func reader(_ settings: LayoutSettings, file: String, bytes: Int) throws -> IncidentReader {
    try IncidentReader(file: file, columns: columns, settings: settings)
  }

  // Every field of an extract says something of an incident.
  func role(ofColumn column: Int) -> ColumnRole { .name }

  static func assemble(_ input: IngestedUnits, _ run: LayoutRun) throws -> IngestedData {
    let files = input.units.compactMap { unit in
      (unit.content as? IncidentTally).map {
        IncidentAssembly.File(label: unit.label, contentHash: unit.contentHash, tally: $0)
      }
    }
    return try IncidentAssembly(
      files: files, options: run.options.incidents, frequency: run.options.frequency, registry: run.registry
    ).data(kind: source).data(
      run.options, registry: run.registry, sources: run.sources, notes: run.notes)
  }
}

extension InputKind {
  /// A partner's extract of incidents.
  public static let incidents = InputKind(declared: "incidents")
}

extension IngestedData.SourceKind {
  /// Partners' extracts of incidents, counted as they were read.
  public static let incidents = IngestedData.SourceKind(
    rawValue: "partner incidents", article: "a partner's extract of incidents")
}

extension IncidentTally: UnitContent {
  package static var source: IngestedData.SourceKind { .incidents }
  package var rowCount: Int { rows }
}

extension IncidentReader: RowReader {}
