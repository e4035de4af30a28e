import TimeSeries

/// Something a reader of the results must know about the data: a code with its payload, declared with what finds it. The
/// English is made where text is written.
public enum DataNote: Hashable, Sendable, Codable {
  case files(FileNote)
  case street(StreetNote)
  case table(TableNote)
  case counted(CountedNote)
  case incidents(IncidentNote)
  case workbook(WorkbookNote)
  case areas(AreaNote)
  case vintages(VintageNote)
  case series(SeriesNote)

  /// How much a note matters.
  public enum Severity: String, Hashable, Sendable, Codable {
    /// Good to know.
    case information
    /// May mislead a reader who does not know it.
    case warning
  }

  /// What a note is about; an empty part says nothing, so that a note without any is about the whole run.
  public struct Scope: Hashable, Sendable, Codable {
    /// Files, or forces as they are named.
    public var sources: [String] = []
    /// Areas by name.
    public var areas: [String] = []
    /// Measures by name.
    public var measures: [String] = []
    /// Periods, rising.
    public var periods: [Period] = []

    /// A scope; of names and periods that are given several times each is taken once.
    public init(
      sources: [String] = [], areas: [String] = [], measures: [String] = [], periods: [Period] = []
    ) {
      self.sources = Scope.distinct(sources)
      self.areas = Scope.distinct(areas)
      self.measures = Scope.distinct(measures)
      self.periods = Set(periods).sorted()
    }

    private static func distinct(_ names: [String]) -> [String] {
      var seen = Set<String>()
      return names.filter { seen.insert($0).inserted }
    }

    /// The whole run.
    public static let run = Scope()
  }

  /// What every note says of itself beside its payload.
  public struct Facts: Hashable, Sendable {
    /// A stable identifier of the kind of note: `duplicate-file`, `half-loaded`, `absent-period`, ...
    public let code: String
    /// How much it matters.
    public let severity: Severity
    /// What it is about.
    public let scope: Scope

    init(_ code: String, _ severity: Severity, _ scope: Scope = .run) {
      self.code = code
      self.severity = severity
      self.scope = scope
    }
  }

  /// Code, severity and scope.
  public var facts: Facts {
    switch self {
    case .files(let note): note.facts
    case .street(let note): note.facts
    case .table(let note): note.facts
    case .counted(let note): note.facts
    case .incidents(let note): note.facts
    case .workbook(let note): note.facts
    case .areas(let note): note.facts
    case .vintages(let note): note.facts
    case .series(let note): note.facts
    }
  }

  /// A stable identifier of the kind of note.
  public var code: String { facts.code }
  /// How much it matters.
  public var severity: Severity { facts.severity }
  /// What it is about.
  public var scope: Scope { facts.scope }
}
