import CommunitySafety
import TimeSeries

/// What was understood from the inputs of a run.
public struct IngestedData: Sendable {
  /// What kind of file the data came from; each is declared by its layout.
  public struct SourceKind: RawRepresentable, Hashable, Sendable {
    /// Its name in registers of sources, stores and outputs.
    public let rawValue: String
    /// As a file of the kind is called in a sentence.
    let article: String

    /// The kind of this name; nil if no layout has it.
    public init?(rawValue: String) {
      guard let layout = Layouts.all.first(where: { $0.source.rawValue == rawValue }) else { return nil }
      self = layout.source
    }

    /// A kind, for its layout to declare.
    init(rawValue: String, article: String) {
      self.rawValue = rawValue
      self.article = article
    }
  }

  /// Kind of the inputs; a run reads one kind.
  public let kind: SourceKind
  /// One series per area and measure at the base level of the source (districts and residual areas for police.uk).
  public let panel: Panel
  /// The areas of the panel, by name.
  public let areas: [String: Area]
  /// Which periods of which source can be trusted.
  public let completeness: CompletenessCalendar
  /// Every input row, counted or set aside by reason.
  public let accounting: RowAccounting
  /// The files read, in reading order.
  public let sources: [SourceFile]
  /// What a careful reader must know: duplicates, residual areas, half-loaded months, unrecognised types, ...
  public let notes: [DataNote]
  /// Units of measures that are values, by measure, where the tables give them: "days", "%".
  public let units: [String: String]
  /// Of police.uk files, the rows that name no place; nil of other inputs.
  public let unallocated: UnallocatedRows?
  /// Districts of the forces of a run that were not asked for; nil where everything was, or nothing is known of them.
  public private(set) var peers: PeerDistricts?
  /// The files that each measure came from, of a run of several sources; empty of one.
  public private(set) var filesOf: [String: [String]] = [:]
  /// Rows, or cells of wide tables, counted in each series of a table; empty where that was not kept.
  var rowsOf: [SeriesKey: Int] = [:]

  /// The result of an ingest.
  public init(
    kind: SourceKind, panel: Panel, areas: [String: Area], completeness: CompletenessCalendar,
    accounting: RowAccounting, sources: [SourceFile], notes: [DataNote], units: [String: String] = [:],
    unallocated: UnallocatedRows? = nil
  ) {
    self.kind = kind
    self.panel = panel
    self.areas = areas
    self.completeness = completeness
    self.accounting = accounting
    self.sources = sources
    self.notes = notes
    self.units = units
    self.unallocated = unallocated
  }
}

extension IngestedData {
  /// The same with districts to compare its own with.
  public func with(peers: PeerDistricts?) -> IngestedData {
    var data = self
    data.peers = peers
    return data
  }

  /// The same with the files that each measure came from.
  func with(filesOf files: [String: [String]]) -> IngestedData {
    var data = self
    data.filesOf = files
    return data
  }

  /// The same with the rows counted in each series.
  func with(rowsOf rows: [SeriesKey: Int]) -> IngestedData {
    var data = self
    data.rowsOf = rows
    return data
  }

  /// What was known at the end of `period`: later periods, and series that had not begun, are gone. The account of rows
  /// and the notes stay those of the files read.
  public func asOf(_ period: Period) -> IngestedData {
    let known = panel.asOf(period)
    let names = Set(known.areas)
    return IngestedData(
      kind: kind, panel: known, areas: areas.filter { names.contains($0.key) },
      completeness: completeness.asOf(period),
      accounting: accounting, sources: sources, notes: notes, units: units, unallocated: unallocated?.asOf(period)
    ).with(rowsOf: rowsOf).with(peers: peers?.asOf(period)).with(filesOf: filesOf).withResidents
  }

  /// The same with the residents of the last year of the panel, where estimates by year are known.
  var withResidents: IngestedData {
    guard let window = panel.span.map(YearShares.init(lastYearOf:)),
      areas.values.contains(where: { !$0.estimates.isEmpty })
    else { return self }
    return IngestedData(
      kind: kind, panel: panel, areas: areas.mapValues { $0.withResidents(over: window) }, completeness: completeness,
      accounting: accounting, sources: sources, notes: notes, units: units, unallocated: unallocated
    ).with(rowsOf: rowsOf).with(filesOf: filesOf).with(
      peers: peers.map {
        PeerDistricts(panel: $0.panel, areas: $0.areas.mapValues { $0.withResidents(over: window) })
      })
  }
}

/// Districts that are no part of a run and stand beside its own: the others of its forces, of which `--areas` keeps some only.
public struct PeerDistricts: Sendable {
  /// Their counts, over the periods of the run.
  public let panel: Panel
  /// The districts, by name.
  public let areas: [String: Area]

  /// Districts with their counts.
  public init(panel: Panel, areas: [String: Area]) { (self.panel, self.areas) = (panel, areas) }

  /// What was known of them at the end of a period.
  func asOf(_ period: Period) -> PeerDistricts { PeerDistricts(panel: panel.asOf(period), areas: areas) }
}

extension IngestedData {
  /// The same with another calendar, and with files that only the calendar was made from.
  public func with(completeness: CompletenessCalendar, sources more: [SourceFile] = []) -> IngestedData {
    IngestedData(
      kind: kind, panel: panel, areas: areas, completeness: completeness, accounting: accounting,
      sources: sources + more, notes: notes, units: units, unallocated: unallocated
    ).with(rowsOf: rowsOf).with(peers: peers).with(filesOf: filesOf)
  }

  /// The same with one more thing to know about it.
  public func adding(_ note: DataNote) -> IngestedData {
    IngestedData(
      kind: kind, panel: panel, areas: areas, completeness: completeness, accounting: accounting, sources: sources,
      notes: notes + [note], units: units, unallocated: unallocated
    ).with(rowsOf: rowsOf).with(peers: peers).with(filesOf: filesOf)
  }
}

/// An input file as given on the command line, and what it was.
public struct SourceFile: Hashable, Sendable {
  /// Its name without the folders above it, so that outputs do not depend on where it lay.
  public let name: String
  /// SHA-256 of its bytes in lower-case hexadecimal; empty if digests were not asked for.
  public let sha256: String
  /// Its size.
  public let bytes: Int
  /// Data rows read from it.
  public let rows: Int
  /// The kind of input that it is, of a run of several sources; nil of one, whose kind is the run's.
  public private(set) var layout: String?

  /// A file.
  public init(name: String, sha256: String, bytes: Int, rows: Int) {
    self.name = name
    self.sha256 = sha256
    self.bytes = bytes
    self.rows = rows
  }

  /// The same file as of this kind of input.
  func of(layout: String) -> SourceFile {
    var file = self
    file.layout = layout
    return file
  }
}
