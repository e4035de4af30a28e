import TimeSeries

/// A set of areas that figures can be told by: today's districts, say, or the councils that one option of a reorganisation
/// would make (`Models/footprints.yaml`).
public struct Footprint: Hashable, Sendable {
  /// What its areas are.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Local authority districts.
    case district
    /// Community Safety Partnerships.
    case csp
    /// Local authorities that are no districts of today: a county, a unitary council that is proposed.
    case authority

    /// The level of geography of the areas.
    public var level: AreaLevel {
      switch self {
      case .district: .district
      case .csp: .csp
      case .authority: .authority
      }
    }
  }

  /// An area, built from whole districts, and where it cuts through districts from LSOAs.
  public struct Part: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// ONS codes of the districts that are wholly in it.
    public let districts: [String]
    /// Codes of the LSOAs that are in it besides, of either census.
    public var lsoas: [String]
    /// Whether its LSOAs are in a list that only the analyst has.
    public let needsList: Bool

    /// An area.
    public init(name: String, districts: [String] = [], lsoas: [String] = [], needsList: Bool = false) {
      self.name = name
      self.districts = districts
      self.lsoas = lsoas
      self.needsList = needsList
    }
  }

  /// Short name, for `--footprint`.
  public let id: String
  /// Name that people see.
  public let name: String
  /// What its areas are.
  public let kind: Kind
  /// First day; nil where it has been there for as long as there is data.
  public let from: CivilDate?
  /// Last day; nil where none is known.
  public let through: CivilDate?
  /// Whether it is a proposal on which no decision is known.
  public let isProposed: Bool
  /// Where it is on record.
  public let source: String
  /// What a reader must know; nil for nothing.
  public let note: String?
  /// The areas, in reporting order.
  public var areas: [Part]

  /// A footprint.
  public init(
    id: String, name: String, kind: Kind, from: CivilDate? = nil, through: CivilDate? = nil, isProposed: Bool = false,
    source: String, note: String? = nil, areas: [Part]
  ) {
    self.id = id
    self.name = name
    self.kind = kind
    self.from = from
    self.through = through
    self.isProposed = isProposed
    self.source = source
    self.note = note
    self.areas = areas
  }

  /// Whether it divides districts, so that figures of districts cannot be added up to it.
  public var cutsThroughDistricts: Bool { areas.contains { $0.needsList || !$0.lsoas.isEmpty } }

  /// The names of areas whose LSOAs are not known.
  public var areasWithoutList: [String] { areas.filter { $0.needsList && $0.lsoas.isEmpty }.map(\.name) }
}

/// The footprints an analyst may ask for.
public struct FootprintRegistry: Hashable, Sendable {
  /// The footprints, in file order.
  public let footprints: [Footprint]

  /// A registry; of two footprints with one id the first is found.
  public init(footprints: [Footprint] = []) { self.footprints = footprints }

  /// The footprint with this id or name, in any case.
  public subscript(name: String) -> Footprint? {
    let wanted = name.lowercased()
    return footprints.first { $0.id.lowercased() == wanted } ?? footprints.first { $0.name.lowercased() == wanted }
  }
}
