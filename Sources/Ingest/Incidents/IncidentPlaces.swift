import CommunitySafety

/// Places the area codes of incident extracts: districts of the registry by code or name, others as they are given.
struct IncidentPlaces {
  private let registry: AreaRegistry
  private let names: DistrictNames

  init(_ registry: AreaRegistry) {
    self.registry = registry
    names = DistrictNames(registry)
  }

  /// The area of a code. A former district is the one that has replaced it.
  func place(_ code: String) -> CountedData.Place {
    if code.isEmpty {
      return .init(area: Area(name: "No area", level: .residual), residualReason: "no area")
    }
    var found = registry.district(code: code.uppercased()) ?? names.district(named: code)
    if let successor = found?.successor, let current = registry.district(named: successor) { found = current }
    guard let district = found else {
      return .init(area: Area(name: code, level: .unclassified))
    }
    return .init(
      area: Area(
        name: district.name, code: district.code, level: .district, force: ForceName.display(slug: district.force),
        csp: district.csp, population: district.population))
  }
}
