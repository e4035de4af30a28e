import CommunitySafety
import TimeSeries

/// What to know about the areas of a run and what is known of them.
public enum AreaNote: Hashable, Sendable, Codable {
  /// What a file says of areas.
  public enum Subject: String, Hashable, Sendable, Codable {
    case population, households, deprivation
  }

  /// Where figures of areas come from.
  public struct Origin: Hashable, Sendable, Codable {
    /// What they are of.
    public let subject: Subject
    /// Header of the column.
    public let column: String
    /// Name of the file.
    public let file: String

    package init(_ subject: Subject, column: String, file: String) {
      self.subject = subject
      self.column = column
      self.file = file
    }
  }

  /// A group of areas and what is missing of it.
  public struct Group: Hashable, Sendable, Codable {
    /// The partnership or force.
    public let name: String
    /// What it lacks: a measure of some of its areas, or districts.
    public let lacks: [String]

    package init(_ name: String, lacks: [String]) {
      self.name = name
      self.lacks = lacks
    }
  }

  /// An area of a footprint and what it is made of.
  public struct FootprintArea: Hashable, Sendable, Codable {
    /// Its name.
    public let name: String
    /// Its districts.
    public let parts: [String]

    package init(_ name: String, parts: [String]) {
      self.name = name
      self.parts = parts
    }
  }

  /// Periods of an area.
  public struct AreaPeriods: Hashable, Sendable, Codable {
    /// Name of the area.
    public let area: String
    /// The periods, rising.
    public let periods: [Period]

    package init(area: String, periods: [Period]) {
      self.area = area
      self.periods = periods
    }
  }

  /// LSOAs of a district.
  public struct DistrictLSOAs: Hashable, Sendable, Codable {
    /// Name of the district.
    public let district: String
    /// How many.
    public let lsoas: Int

    package init(district: String, lsoas: Int) {
      self.district = district
      self.lsoas = lsoas
    }
  }

  /// Where the figures of the areas come from.
  case context([Origin])
  /// Areas, out of so many, of which the files do not give a figure.
  case contextMissing(Subject, areas: Int, of: Int)
  /// Areas whose partnership or force is not known stay as they are.
  case noGroup([String], level: AreaLevel)
  /// Measures that are values cannot be added up and stay with their areas.
  case notAddedUp(measures: [String])
  /// Where not every area of a group has a measure, the areas stay as they are.
  case incompleteGroups([Group], level: AreaLevel)
  /// Groups of which the inputs do not hold every district.
  case partialGroups([Group], level: AreaLevel)
  /// Entries of a break calendar name what neither the data nor any file knows.
  case unknownBreakNames([UnknownBreakNames])
  /// Partnerships whose priorities somebody wrote for this run, and of which the inputs hold no place.
  case prioritiesOfNoPlace([String])

  /// The figures are told by a footprint, back-cast over the whole history; of a proposal from that year.
  case footprint(name: String, isProposed: Bool, from: Int?, note: String?, areas: [FootprintArea])
  /// Areas of the footprint that are left out, because the data lacks districts of them.
  case footprintLacks([Group])
  /// Measures of which some parts of an area of the footprint have none, so that the area has none.
  case footprintMeasures([Group])
  /// Values that do not add up to areas of the footprint.
  case footprintValues([String])
  /// Periods of which some parts of an area are known and others are not: missing.
  case footprintGaps([AreaPeriods])
  /// LSOAs of divided districts that are in no area of the footprint.
  case unlistedLSOAs([DistrictLSOAs])

  var facts: DataNote.Facts {
    switch self {
    case .context: .init("context", .information)
    case .contextMissing: .init("context-missing", .warning)
    case .noGroup(let areas, _): .init("no-group", .warning, .init(areas: areas))
    case .notAddedUp(let measures): .init("not-added-up", .warning, .init(measures: measures))
    case .incompleteGroups(let groups, _): .init("incomplete-group", .warning, .init(areas: groups.map(\.name)))
    case .partialGroups(let groups, _): .init("partial-group", .warning, .init(areas: groups.map(\.name)))
    case .unknownBreakNames: .init("unknown-break-names", .warning)
    case .prioritiesOfNoPlace(let partnerships): .init("priorities-of-no-place", .warning, .init(areas: partnerships))
    case .footprint(_, _, _, _, let areas): .init("footprint", .information, .init(areas: areas.map(\.name)))
    case .footprintLacks(let groups): .init("footprint-lacks", .warning, .init(areas: groups.map(\.name)))
    case .footprintMeasures(let groups):
      .init(
        "footprint-measures", .warning, .init(areas: groups.map(\.name), measures: groups.flatMap(\.lacks)))
    case .footprintValues(let measures): .init("footprint-values", .warning, .init(measures: measures))
    case .footprintGaps(let gaps):
      .init("footprint-gaps", .warning, .init(areas: gaps.map(\.area), periods: gaps.flatMap(\.periods)))
    case .unlistedLSOAs(let districts):
      .init("unlisted-lsoas", .warning, .init(areas: districts.map(\.district)))
    }
  }
}
