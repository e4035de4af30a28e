/// The districts of England and Wales, current and former, with their partnership and force (`Models/areas.yaml`).
public struct AreaRegistry: Sendable {
  /// A district and what it belongs to.
  public struct District: Hashable, Sendable {
    /// Name as in the ONS lookup, which is also the stem of its LSOA names.
    public let name: String
    /// ONS code.
    public let code: String
    /// Partnership name; Horizon's own for South and Vale, else the ONS one.
    public let csp: String
    /// Police force, as the slug of police.uk file names: `thames-valley`.
    public let force: String
    /// Census 2021 usual residents; nil for a former district.
    public let population: Int?
    /// For a district that no longer exists: the one that has replaced it.
    public let successor: String?

    /// A district.
    public init(
      name: String, code: String, csp: String, force: String, population: Int? = nil, successor: String? = nil
    ) {
      self.name = name
      self.code = code
      self.csp = csp
      self.force = force
      self.population = population
      self.successor = successor
    }
  }

  /// All districts, in file order.
  public let districts: [District]
  private let byName: [String: Int]
  private let byCode: [String: Int]

  /// A registry; of two districts with one name or code the first is found.
  public init(districts: [District]) {
    self.districts = districts
    byName = Dictionary(districts.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    byCode = Dictionary(districts.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The district of this name.
  public func district(named name: String) -> District? { byName[name].map { districts[$0] } }
  /// The district with this ONS code.
  public func district(code: String) -> District? { byCode[code].map { districts[$0] } }
  /// Name of the district that now counts for one of this name: the last of its successors, or the district itself.
  public func lastSuccessor(of name: String) -> String {
    var (last, seen) = (name, Set([name]))
    while let next = district(named: last)?.successor, seen.insert(next).inserted { last = next }
    return last
  }
  /// Whether the registry knows any district of the force (a police.uk file-name slug).
  public func knowsForce(_ slug: String) -> Bool { forces.contains(slug) }
  /// Slugs of the forces the registry knows.
  public var forces: Set<String> { Set(districts.map(\.force)) }
}
