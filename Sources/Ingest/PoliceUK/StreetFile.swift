/// One CSV of a run of police.uk files.
struct StreetFile: Sendable {
  /// For errors.
  let location: String
  /// For notes.
  let label: String
  /// Hash of its bytes.
  let contentHash: ContentHash
  /// What it counts.
  let tally: StreetTally
  /// Force and month of its name, if it is named as data.police.uk names its files.
  let named: (month: Int, slug: String)?
  /// The force's slug of each of the tally's reporters: that of the file's name, else made of the reporter's name.
  let slugs: [String]

  /// A file that was read.
  init(_ unit: IngestedUnit) {
    location = unit.location
    label = unit.label
    contentHash = unit.contentHash
    named = unit.forceMonth
    tally = unit.content as? StreetTally ?? StreetTally()
    let slug = named?.slug
    slugs = tally.reporters.map { reporter in
      if let slug { return slug }
      let made = ForceName.slug(ofName: reporter)
      return made.isEmpty ? StreetFile.unknownForce : made
    }
  }

  /// Slug of a force that neither file name nor rows name.
  static let unknownForce = "unknown-force"

  /// Distinct slugs of the file, sorted.
  var distinctSlugs: [String] {
    if let named { return [named.slug] }
    return Set(tally.cells.map { slugs[$0.force] }).sorted(by: FileKind.scalarOrder)
  }
}
