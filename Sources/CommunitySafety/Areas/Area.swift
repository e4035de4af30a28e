/// The levels of geography at which measures are counted.
public enum AreaLevel: String, CaseIterable, Hashable, Sendable, Codable {
  /// A local authority district, the base level of police.uk data.
  case district
  /// Records of a force that cannot be placed in one of its districts: no location, or a district outside the force.
  case residual
  /// A Community Safety Partnership: one or more districts.
  case csp
  /// A police force: its districts and residual areas.
  case force
  /// Everything in the run.
  case whole
  /// An area of a table that says nothing about its geography.
  case unclassified
}

/// A place for which measures are counted.
public struct Area: Hashable, Sendable {
  /// Name, unique within a run; the `area` of series keys.
  public let name: String
  /// ONS code where known.
  public let code: String?
  /// Level of geography.
  public let level: AreaLevel
  /// Name of the police force that polices it, where known.
  public let force: String?
  /// Name of the Community Safety Partnership it belongs to, where known.
  public let csp: String?
  /// Resident population, where known.
  public let population: Int?

  /// An area.
  public init(
    name: String, code: String? = nil, level: AreaLevel, force: String? = nil, csp: String? = nil,
    population: Int? = nil
  ) {
    self.name = name
    self.code = code
    self.level = level
    self.force = force
    self.csp = csp
    self.population = population
  }
}
