/// The levels of geography at which measures are counted.
public enum AreaLevel: String, CaseIterable, Hashable, Sendable, Codable {
  /// A Lower-layer Super Output Area, or several that a census redrew, kept together so that a series is comparable over time.
  case lsoa
  /// An electoral ward, best-fitted from LSOAs.
  case ward
  /// A local authority district, the usual base level of police.uk data.
  case district
  /// Records of a force that cannot be placed in one of its areas: no location, a district outside the force, or a
  /// district that is known while the ward or LSOA is not.
  case residual
  /// A Community Safety Partnership: one or more districts.
  case csp
  /// A local authority of a footprint that is no district of today: a county, a unitary council that is proposed.
  case authority
  /// A police force: its districts and, in totals of a finer base level, its residual areas.
  case force
  /// Everything in the run.
  case whole
  /// An area of a table that says nothing about its geography.
  case unclassified
}

/// A place for which measures are counted.
public struct Area: Hashable, Sendable {
  /// A district that an area of a footprint is made of.
  public struct District: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// Its ONS code.
    public let code: String
    /// Whether all of it is in the area.
    public let isWhole: Bool

    /// A district, whole or in part.
    public init(name: String, code: String, isWhole: Bool) {
      self.name = name
      self.code = code
      self.isWhole = isWhole
    }
  }

  /// A place on a grid, where neighbours stand about as they do on the ground.
  public struct Tile: Hashable, Sendable {
    /// Its number from the left.
    public let column: Int
    /// Its number from the top.
    public let row: Int

    /// A place on a grid.
    public init(column: Int, row: Int) {
      self.column = column
      self.row = row
    }
  }

  /// Name, unique within a run; the `area` of series keys.
  public let name: String
  /// ONS code where known.
  public let code: String?
  /// Level of geography.
  public let level: AreaLevel
  /// Name of the district it lies in, of a ward or LSOA.
  public let district: String?
  /// Name of the police force that polices it, where known.
  public let force: String?
  /// Name of the Community Safety Partnership it belongs to, where known.
  public let csp: String?
  /// The districts it is made of, of an area of a footprint.
  public var districts: [District] = []
  /// Name of the ward it lies in, of an LSOA, where a lookup says.
  public var ward: String?
  /// Where it is drawn on a tile map, where a lookup says; of an LSOA in a ward that of the ward.
  public var tile: Tile?
  /// Name of the area of the run's footprint it lies in, where the footprint's areas are totals of smaller ones.
  public var authority: String?
  /// Name of the area that it lies in of another footprint, which the run's is compared with.
  public var beside: String?
  /// Resident population, where known; of ``estimates`` that of the last year of the data.
  public var population: Int?
  /// Estimates by year of the places it is made of, of each its own; empty where none are known.
  public var estimates: [PopulationEstimates] = []
  /// Households, where known.
  public var households: Int?
  /// How deprived its neighbourhoods are, where known.
  public var deprivation: Deprivation?

  /// An area.
  public init(
    name: String, code: String? = nil, level: AreaLevel, district: String? = nil, force: String? = nil,
    csp: String? = nil, population: Int? = nil, households: Int? = nil, deprivation: Deprivation? = nil
  ) {
    self.name = name
    self.code = code
    self.level = level
    self.district = district
    self.force = force
    self.csp = csp
    self.population = population
    self.households = households
    self.deprivation = deprivation
  }

  /// An area made of others. Its population, households and deprivation are known where those of every member are;
  /// residual areas, where nobody lives, have no say in them.
  public init(name: String, level: AreaLevel, force: String? = nil, csp: String? = nil, members: [Area]) {
    let places = members.filter { $0.level != .residual }
    func total(_ value: (Area) -> Int?) -> Int? {
      places.isEmpty
        ? nil : places.reduce(0 as Int?) { sum, area in sum.flatMap { sum in value(area).map { sum + $0 } } }
    }
    let deprivation = places.compactMap(\.deprivation)
    self.init(
      name: name, level: level, force: force, csp: csp, population: total(\.population),
      households: total(\.households),
      deprivation: places.isEmpty || deprivation.count < places.count ? nil : Deprivation(adding: deprivation))
    if population != nil, places.contains(where: { !$0.estimates.isEmpty }) {
      estimates = places.flatMap { place in
        place.estimates.isEmpty
          ? [place.population.flatMap(PopulationEstimates.init(always:))].compactMap(\.self) : place.estimates
      }
    }
  }

  /// The same area under another name.
  public func renamed(_ name: String) -> Area {
    var area = Area(
      name: name, code: code, level: level, district: district, force: force, csp: csp, population: population,
      households: households, deprivation: deprivation)
    area.districts = districts
    area.ward = ward
    area.tile = tile
    area.authority = authority
    area.beside = beside
    area.estimates = estimates
    return area
  }
}
