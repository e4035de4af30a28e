import CommunitySafety
import TimeSeries

/// What to know about street-level files of data.police.uk. Forces are given as they are named, files by their labels.
public enum StreetNote: Hashable, Sendable, Codable {
  /// A force and month.
  public struct ForceMonth: Hashable, Sendable, Codable {
    /// The force.
    public let force: String
    /// The month.
    public let month: Period

    package init(force: String, month: Period) {
      self.force = force
      self.month = month
    }
  }

  /// A force-month that two files hold differently.
  public struct Superseded: Hashable, Sendable, Codable {
    /// The force-month.
    public let forceMonth: ForceMonth
    /// The file given first.
    public let earlier: String
    /// The file that was used.
    public let later: String

    package init(_ forceMonth: ForceMonth, earlier: String, later: String) {
      self.forceMonth = forceMonth
      self.earlier = earlier
      self.later = later
    }
  }

  /// A former district and the one its rows count in.
  public struct Folded: Hashable, Sendable, Codable {
    /// The former district.
    public let district: String
    /// The district that took its place.
    public let into: String
    /// Rows named for the former.
    public let rows: Int

    package init(_ district: String, into: String, rows: Int) {
      self.district = district
      self.into = into
      self.rows = rows
    }
  }

  /// Why rows count in a wider area only; the raw value is the name of the account and of the residual area.
  public enum Residual: String, Hashable, Sendable, Codable {
    case noLocation = "no location"
    case outsideTheForce = "outside the force"
    case lsoaNotKnown = "LSOA not known"
    case wardNotKnown = "ward not known"
  }

  /// Files repeat others byte for byte and were counted once.
  case repeatedFiles([FileNote.Pair])
  /// Files have the bytes of a file of another force; both were counted.
  case sameContentOfOtherForce([FileNote.Pair])
  /// Force-months stand in two files that differ; the later on the command line was used.
  case superseded([Superseded])
  /// Rows of a month other than that of the file's name count in the month the row gives.
  case otherMonth(rows: Int)
  /// Rows of months without a file of their own were set aside.
  case monthsWithoutFile(rows: Int, [ForceMonth])
  /// Files without a row, treated as absent.
  case emptyFiles([String])
  /// Files in the earliest layout, without LSOAs.
  case earlyLayout(files: [String], rows: Int)
  /// Files that name no police force.
  case unknownForce(files: [String])
  /// Crime types that are no longer used.
  case retiredTypes([String])
  /// Crime types that data.police.uk does not list.
  case unrecognisedTypes([String])
  /// Rows with an LSOA code that the lookups do not know were placed by LSOA name.
  case lookupMissed(rows: Int)
  /// Rows were placed in a ward by best fit.
  case bestFit(rows: Int, of: Int)
  /// Rows lie in LSOAs that a census redrew, and count in so many areas kept the same over time.
  case redrawn(rows: Int, of: Int, areas: Int)
  /// A force is not in the area registry; the districts taken as its own.
  case homeDistrictsGuessed(force: String, districts: [String])
  /// Rows of former districts were counted in their successors.
  case folded(force: String, [Folded])
  /// Rows count in a residual area only.
  case residual(Residual, rows: Int, of: Int, level: AreaLevel)
  /// Rows without a place were shared out to the districts of their force; so many could not be.
  case sharedOut(rows: Int, of: Int, left: Int)
  /// No row of these forces has a place: they are seen as a whole, and none of their districts is.
  case forcesWithoutPlaces([String])
  /// Crime IDs that stand in more than one row.
  case repeatedCrimeIDs(ids: Int, acrossFiles: Int, rows: Int, isEstimate: Bool)
  /// Months of a force for which there is no file.
  case absentPeriods(force: String, [Period])
  /// A month that is missing, though files of other forces hold rows in the force's districts.
  case strayRows(ForceMonth, rows: Int)
  /// A month that seems to be known in part.
  case halfLoaded(ForceMonth, rows: Int, shareOfUsual: Double)
  /// A type of which a force records nothing in months, where it usually records many.
  case absentType(force: String, type: String, [Period])
  /// Outcomes are those of the day the archive was made: crimes without a final word, of all and in the last month.
  case outcomesAsOfArchive(undecided: Int, of: Int, latestUndecided: Int?, latestOf: Int?)
  /// Newest months of a force whose outcomes are still coming in: their shares detected are known in part.
  case outcomesPending(force: String, [Period])
  /// The table of recorded crime to compare the archive with has nothing of its forces and quarters; those that it is of.
  case recordedCrimeElsewhere(first: Period?, last: Period?, forces: [String])
  /// Outcomes that are not listed count as not detected.
  case unrecognisedOutcomes([String])

  var facts: DataNote.Facts {
    switch self {
    case .repeatedFiles(let pairs): .init("duplicate-file", .warning, .init(sources: pairs.map(\.file)))
    case .sameContentOfOtherForce(let pairs):
      .init("same-content-other-force", .warning, .init(sources: pairs.map(\.file)))
    case .superseded(let list): .init("superseded-file", .warning, StreetNote.scope(list.map(\.forceMonth)))
    case .otherMonth: .init("other-month", .information)
    case .monthsWithoutFile(_, let months): .init("month-without-file", .warning, StreetNote.scope(months))
    case .emptyFiles(let files): .init("empty-file", .warning, .init(sources: files))
    case .earlyLayout(let files, _): .init("early-layout", .warning, .init(sources: files))
    case .unknownForce(let files): .init("unknown-force", .warning, .init(sources: files))
    case .retiredTypes(let types): .init("retired-type", .warning, .init(measures: types))
    case .unrecognisedTypes(let types): .init("unrecognised-type", .warning, .init(measures: types))
    case .lookupMissed: .init("lookup-missed", .warning)
    case .bestFit: .init("best-fit", .information)
    case .redrawn: .init("redrawn-areas", .information)
    case .homeDistrictsGuessed(let force, let districts):
      .init("home-districts-guessed", .warning, .init(sources: [force], areas: districts))
    case .folded(let force, let list):
      .init("folded-district", .information, .init(sources: [force], areas: list.map(\.into)))
    case .residual: .init("residual", .information)
    case .sharedOut: .init("unallocated-shared-out", .warning)
    case .forcesWithoutPlaces(let forces):
      .init("force-without-places", .warning, .init(sources: forces, areas: forces))
    case .repeatedCrimeIDs: .init("repeated-crime-ids", .information)
    case .absentPeriods(let force, let periods):
      .init("absent-period", .warning, .init(sources: [force], periods: periods))
    case .strayRows(let forceMonth, _): .init("stray-rows", .warning, StreetNote.scope([forceMonth]))
    case .halfLoaded(let forceMonth, _, _): .init("half-loaded", .warning, StreetNote.scope([forceMonth]))
    case .absentType(let force, let type, let periods):
      .init("absent-type", .warning, .init(sources: [force], measures: [type], periods: periods))
    case .outcomesAsOfArchive: .init("outcomes-as-of-archive", .warning)
    case .outcomesPending(let force, let periods):
      .init("outcomes-pending", .warning, .init(sources: [force], periods: periods))
    case .recordedCrimeElsewhere(_, _, let forces): .init("recorded-crime-elsewhere", .warning, .init(sources: forces))
    case .unrecognisedOutcomes: .init("unrecognised-outcome", .warning)
    }
  }

  private static func scope(_ months: [ForceMonth]) -> DataNote.Scope {
    .init(sources: months.map(\.force), periods: months.map(\.month))
  }
}
