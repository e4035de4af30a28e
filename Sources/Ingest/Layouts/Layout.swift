import CommunitySafety
import Diagnostics
import TimeSeries

/// A layout of tables: how it is recognised, how its rows are read, and what a run of such files comes to.
///
/// A value says where the fields of one file are. To add a layout is to write one folder with a type that conforms, and
/// to name it in ``Layouts/all``.
protocol Layout: Sendable {
  /// Takes in the rows of one file.
  associatedtype Reader: RowReader

  /// What `--input-kind` calls it.
  static var kind: InputKind { get }
  /// What a run of such files is.
  static var source: IngestedData.SourceKind { get }

  /// Whether rows are needed to recognise it and to tell what its columns are, rather than the header alone.
  static var needsRows: Bool { get }

  /// The layout, if the opening of a file speaks for it; nil if it does not.
  ///
  /// - Throws: `HorizonError` of kind data for a header that is of this layout without a column it needs, of kind usage
  ///   for an option that does not go with it.
  static func recognised(in opening: Opening, options: IngestOptions) throws -> Self?

  /// The layout of a file that is said to have it.
  ///
  /// - Throws: `HorizonError` of kind data that lists the columns found and those needed.
  static func expected(in opening: Opening, options: IngestOptions) throws -> Self

  /// A reader that has read the header of a file.
  func reader(_ settings: LayoutSettings, file: String, bytes: Int) throws -> Reader

  /// Reads a file from the records of its opening that stand below the header to its end.
  ///
  /// - Parameters:
  ///   - bytes: of the file, 0 where unknown.
  ///   - rest: hands over the records that follow those of the opening, as long as it is told to go on.
  func content(
    of opening: Opening, _ settings: LayoutSettings, bytes: Int, rest: ((CSVRecord) throws -> Bool) throws -> Void
  ) throws -> any UnitContent

  /// Whether a header, which is of this layout too, is that of more rows of the same table as the other's, on another sheet.
  func continues(_ first: TableHeader, _ header: TableHeader) -> Bool

  /// What a column of the file is for.
  func role(ofColumn column: Int) -> ColumnRole

  /// Brings the files of a run together.
  static func assemble(_ input: IngestedUnits, _ run: LayoutRun) async throws -> IngestedData
}

/// What a column is for.
enum ColumnRole {
  /// It says what a row is of, and when.
  case name
  /// It holds numbers.
  case value
  case unread
}

extension Layout {
  static var needsRows: Bool { false }

  func continues(_ first: TableHeader, _ header: TableHeader) -> Bool { first.keys == header.keys }

  // A requirement with this as its default, so that the loop is compiled for each reader.
  func content(
    of opening: Opening, _ settings: LayoutSettings, bytes: Int, rest: ((CSVRecord) throws -> Bool) throws -> Void
  ) throws -> any UnitContent {
    var reader = try reader(settings, file: opening.header.place.file, bytes: bytes)
    try opening.forEachRow { try reader.add($0) }
    try rest { record in
      try reader.add(record)
      return true
    }
    return try reader.finish()
  }
}

/// Takes in the rows of one file, which follow its header.
protocol RowReader {
  /// What the rows of a file come to.
  associatedtype Content: UnitContent

  /// Takes in a row.
  mutating func add(_ record: CSVRecord) throws

  /// What was read.
  consuming func finish() throws -> Content
}

/// What was read of one file.
package protocol UnitContent: Sendable {
  /// The kind of input it makes.
  static var source: IngestedData.SourceKind { get }
  /// Data rows read; of wide tables cells.
  var rowCount: Int { get }
  /// Whether most of it is of the same areas, measures and periods as what was read of another sheet.
  func repeats(_ other: any UnitContent) -> Bool
  /// Whether it has another value than the other in a place that both have.
  func differs(from other: any UnitContent) -> Bool
}

extension UnitContent {
  package func repeats(_ other: any UnitContent) -> Bool { false }
  package func differs(from other: any UnitContent) -> Bool { false }
}

/// What readers of layouts need to know beside their rows.
struct LayoutSettings: Sendable {
  /// How inputs are read.
  var options = IngestOptions()
  /// How finely street-level rows are counted.
  var street = StreetDetail()
  /// Districts of LSOA codes in partners' extracts.
  var geography: Geography?
}

/// What bringing the files of a run together needs beside them.
struct LayoutRun: Sendable {
  let options: IngestOptions
  let registry: AreaRegistry
  let geography: Geography?
  /// The files as given on the command line, and lookups.
  let sources: [SourceFile]
  /// What to know already.
  let notes: [DataNote]
}

/// The layouts that can be read.
enum Layouts {
  /// All, in the order in which they are asked whether a header is theirs.
  static let all: [any Layout.Type] = [
    RecordedCrimeLayout.self, IncidentLayout.self, StreetLayout.self, LongLayout.self, WideLayout.self,
  ]

  /// The layout that a header alone gives away; nil if rows must be looked at.
  static func plain(_ header: TableHeader, options: IngestOptions) throws -> (any Layout)? {
    let opening = Opening(header: header)
    for layout in all where !layout.needsRows && (options.inputKind ?? layout.kind) == layout.kind {
      if let found = try layout.recognised(in: opening, options: options) { return found }
    }
    return nil
  }

  /// The layout of a file that begins so; nil if none is recognised.
  static func recognised(in opening: Opening, options: IngestOptions) throws -> (any Layout)? {
    if let kind = options.inputKind, let layout = all.first(where: { $0.kind == kind }) {
      return try layout.expected(in: opening, options: options)
    }
    for layout in all {
      if let found = try layout.recognised(in: opening, options: options) { return found }
    }
    return nil
  }

  /// The layout that makes the data of a run of this kind.
  static func assembler(of source: IngestedData.SourceKind) -> (any Layout.Type)? {
    all.first { $0.source == source }
  }
}

/// The layouts a CSV can have.
public struct InputKind: RawRepresentable, Hashable, CaseIterable, Sendable {
  /// What it is called on the command line.
  public let rawValue: String

  /// The layout of this name; nil if there is none.
  public init?(rawValue: String) {
    guard let kind = InputKind.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = kind
  }

  /// A layout by its name, for the layout itself to declare.
  init(declared name: String) { rawValue = name }

  /// Those of all layouts, in alphabetical order.
  public static var allCases: [InputKind] { Layouts.all.map { $0.kind }.sorted { $0.rawValue < $1.rawValue } }
}
