import TimeSeries

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
    /// Its first day; nil if it has been there for as long as there is data, or goes by a new name.
    public let began: CivilDate?
    /// Its last day; nil if it is still there, or only its name has changed.
    public let ended: CivilDate?

    /// A district.
    public init(
      name: String, code: String, csp: String, force: String, population: Int? = nil, successor: String? = nil,
      began: CivilDate? = nil, ended: CivilDate? = nil
    ) {
      self.name = name
      self.code = code
      self.csp = csp
      self.force = force
      self.population = population
      self.successor = successor
      self.began = began
      self.ended = ended
    }
  }

  /// A day on which a district took the place of others.
  public struct Change: Hashable, Sendable {
    /// The first day of the new district.
    public let date: CivilDate
    /// The new district.
    public let began: District
    /// Those whose last day was the one before, in file order.
    public let ended: [District]
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

  /// The district that an area is or lies in, by its code or else by name.
  public func district(of area: Area) -> District? {
    area.level == .district
      ? area.code.flatMap { district(code: $0) } ?? district(named: area.name)
      : area.district.flatMap { district(named: $0) }
  }
  /// Every known change, in the order of the districts that began.
  public var changes: [Change] {
    districts.compactMap { new in
      guard let date = new.began else { return nil }
      let last = lastSuccessor(of: new.name)
      let ended = districts.filter { old in
        old.ended.map { $0.daysSinceEpoch + 1 == date.daysSinceEpoch } ?? false && lastSuccessor(of: old.name) == last
      }
      return ended.isEmpty ? nil : Change(date: date, began: new, ended: ended)
    }
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
