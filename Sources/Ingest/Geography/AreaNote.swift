import CommunitySafety

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

  var facts: DataNote.Facts {
    switch self {
    case .context: .init("context", .information)
    case .contextMissing: .init("context-missing", .warning)
    case .noGroup(let areas, _): .init("no-group", .warning, .init(areas: areas))
    case .notAddedUp(let measures): .init("not-added-up", .warning, .init(measures: measures))
    case .incompleteGroups(let groups, _): .init("incomplete-group", .warning, .init(areas: groups.map(\.name)))
    case .partialGroups(let groups, _): .init("partial-group", .warning, .init(areas: groups.map(\.name)))
    case .unknownBreakNames: .init("unknown-break-names", .warning)
    }
  }
}
