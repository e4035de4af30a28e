import CommunitySafety
import Diagnostics
import Wording

/// One CSV that was read and counted, before the CSVs of a run are brought together.
package struct IngestedUnit: Sendable {
  /// For errors: the path, or `archive.zip!entry.csv`.
  package let location: String
  /// For notes: the same without the folders above the input.
  package let label: String
  /// The sheet of a workbook that it is, and the workbook's path.
  package let sheet: String?
  let path: String
  /// File name without folders, which may name a force and month.
  package let name: String
  /// Position of the source it belongs to.
  package var source: Int
  /// Hash of its bytes, unpacked.
  package let contentHash: ContentHash
  /// What was counted; nil for a file without even a header.
  package let content: (any UnitContent)?

  /// Month since year 0 and slug of the force, if it is named as data.police.uk names its files.
  package var forceMonth: (month: Int, slug: String)? { ForceName.parse(fileName: name) }

  /// A CSV that was read.
  package init(
    location: String, label: String, name: String, source: Int, contentHash: ContentHash, content: (any UnitContent)?
  ) {
    self.location = location
    self.label = label
    self.name = name
    self.source = source
    self.contentHash = contentHash
    self.content = content
    (sheet, path) = (nil, location)
  }

  /// What was read of a file of a plan, of a workbook from one sheet.
  init(_ unit: InputPlan.Unit, contentHash: ContentHash, content: (any UnitContent)?, sheet: String? = nil) {
    let ending = sheet.map { "!" + SafeText.printable($0) } ?? ""
    location = unit.location + ending
    label = unit.label + ending
    name = unit.name
    source = unit.source
    var hash = contentHash
    if let sheet { Array(sheet.utf8).withUnsafeBytes { hash.update($0) } }
    self.contentHash = hash
    self.content = content
    self.sheet = sheet
    path = unit.location
  }
}

/// The CSVs of a run, in reading order.
package struct IngestedUnits: Sendable {
  /// The CSVs.
  package var units: [IngestedUnit]
  /// The files they came from.
  package var sources: [SourceFile]
  /// Files passed over because they are of no kind that is read.
  package var skipped: Int
  /// What to know about them already.
  package var notes: [DataNote]
  /// The lookups of the run, if they have been read already.
  var lookups: (geography: Geography, sources: [SourceFile])?
  /// The crime IDs of street-level files, by the position of their unit, and how they were sampled.
  var crimeIDs: (collected: [CrimeIDs], sampling: Int)

  /// What was read, by default nothing.
  package init(
    units: [IngestedUnit] = [], sources: [SourceFile] = [], skipped: Int = 0, notes: [DataNote] = []
  ) {
    self.init(units: units, sources: sources, skipped: skipped, notes: notes, crimeIDs: ([], 0))
  }

  /// What was read, with its crime IDs.
  init(
    units: [IngestedUnit], sources: [SourceFile], skipped: Int, notes: [DataNote] = [],
    crimeIDs: (collected: [CrimeIDs], sampling: Int)
  ) {
    self.units = units
    self.sources = sources
    self.skipped = skipped
    self.notes = notes
    self.crimeIDs = crimeIDs
  }

  /// Adds what was read after it. Crime IDs are compared among the files of one of the two only: those that has any.
  package mutating func append(_ later: IngestedUnits) {
    if units.isEmpty { crimeIDs = later.crimeIDs }
    units += later.units.map { unit in
      var moved = unit
      moved.source += sources.count
      return moved
    }
    sources += later.sources
    skipped += later.skipped
    notes += later.notes
  }

  /// The one kind of all CSVs that hold anything.
  ///
  /// - Throws: `HorizonError`: usage for CSVs of several kinds, data if none holds even a header.
  package var kind: IngestedData.SourceKind {
    get throws {
      var kinds: [(kind: IngestedData.SourceKind, file: String)] = []
      for unit in units {
        guard let kind = unit.content.map({ type(of: $0).source }), !kinds.contains(where: { $0.kind == kind }) else {
          continue
        }
        kinds.append((kind, unit.location))
      }
      if kinds.count > 1 {
        let files = kinds.map { "\($0.file) is \($0.kind.article)" }
        throw HorizonError(
          .usage, "the inputs are of several kinds: \(files.joined(separator: ", "))",
          remedy: "Read each kind in a run of its own")
      }
      guard let only = kinds.first else {
        throw HorizonError(
          .data, units.count == 1 ? "the file is empty" : "all \(units.count) files are empty",
          at: .init(file: units.first?.location ?? ""),
          remedy: "Download or export it again: not even a header is there")
      }
      return only.kind
    }
  }
}
