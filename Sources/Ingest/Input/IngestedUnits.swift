import CommunitySafety

/// One CSV that was read and counted, before the CSVs of a run are brought together.
package struct IngestedUnit: Sendable {
  /// For errors: the path, or `archive.zip!entry.csv`.
  package let location: String
  /// For notes: the same without the folders above the input.
  package let label: String
  /// File name without folders, which may name a force and month.
  package let name: String
  /// Position of the source it belongs to.
  package var source: Int
  /// Hash of its bytes, unpacked.
  package let contentHash: ContentHash
  /// What was counted.
  package let content: UnitResult.Content

  /// Month since year 0 and slug of the force, if it is named as data.police.uk names its files.
  package var forceMonth: (month: Int, slug: String)? { ForceName.parse(fileName: name) }

  /// A CSV that was read.
  package init(
    location: String, label: String, name: String, source: Int, contentHash: ContentHash, content: UnitResult.Content
  ) {
    self.location = location
    self.label = label
    self.name = name
    self.source = source
    self.contentHash = contentHash
    self.content = content
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

  /// What was read, by default nothing.
  package init(
    units: [IngestedUnit] = [], sources: [SourceFile] = [], skipped: Int = 0, notes: [DataNote] = []
  ) {
    self.units = units
    self.sources = sources
    self.skipped = skipped
    self.notes = notes
  }

  /// Adds what was read after it.
  package mutating func append(_ later: IngestedUnits) {
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
  /// - Throws: `HorizonError`: usage for CSVs of two kinds, data if none holds even a header.
  package var kind: IngestedData.SourceKind {
    get throws {
      var first: (street: String?, table: String?)
      for unit in units {
        switch unit.content {
        case .street: first.street = first.street ?? unit.location
        case .table: first.table = first.table ?? unit.location
        case .empty: break
        }
      }
      switch first {
      case (let street?, let table?):
        throw HorizonError(
          .usage, "the inputs are of two kinds: \(street) is a police.uk file, \(table) a table",
          remedy: "Read them in two runs")
      case (.some, nil): return .policeUK
      case (nil, .some): return .table
      case (nil, nil):
        throw HorizonError(
          .data, units.count == 1 ? "the file is empty" : "all \(units.count) files are empty",
          at: .init(file: units.first?.location ?? ""),
          remedy: "Download or export it again: not even a header is there")
      }
    }
  }
}
