import CommunitySafety

/// Places the partnership names of the Home Office's tables.
struct PartnershipPlaces {
  private let districts: DistrictNames
  private var byForm: [String: [AreaRegistry.District]] = [:]

  init(_ registry: AreaRegistry) {
    districts = DistrictNames(registry)
    for district in registry.districts where district.successor == nil {
      byForm[NameForm.form(district.csp), default: []].append(district)
    }
  }

  /// Whether rows under this name belong to no partnership: crimes that no place could be given, and bodies without one.
  static func isResidual(_ csp: String) -> Bool {
    let form = NameForm.form(csp)
    return form.isEmpty || form.contains("unassigned") || form.contains("british transport police")
      || ["action fraud", "cifas", "uk finance", "financial fraud action uk", "not known", "unknown"].contains(form)
  }

  /// The area of a partnership name, with the force that the file names in case the registry does not know it.
  func place(_ csp: String, force: String) -> CountedData.Place {
    let named = force.isEmpty ? nil : ForceName.display(slug: ForceName.slug(ofName: force))
    if PartnershipPlaces.isResidual(csp) {
      let isBare = csp.isEmpty || NameForm.form(csp) == "unassigned"
      let name = isBare ? "Unassigned" + (named.map { " (\($0))" } ?? "") : csp
      return .init(area: Area(name: name, level: .residual, force: named), residualReason: "no partnership")
    }
    if let members = byForm[NameForm.form(csp)] {
      let population = members.reduce(0 as Int?) { sum, district in
        sum.flatMap { s in district.population.map { s + $0 } }
      }
      let area = Area(
        name: csp, level: .csp, force: ForceName.display(slug: members[0].force), population: population)
      return .init(area: area, aliases: members.count == 1 ? [members[0].code] : [])
    }
    let district = districts.district(named: csp)
    let area = Area(
      name: csp, level: .csp, force: district.map { ForceName.display(slug: $0.force) } ?? named,
      population: district?.population)
    return .init(area: area, aliases: district.map { [$0.code] } ?? [])
  }
}
