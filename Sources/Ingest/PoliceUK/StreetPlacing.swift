/// Names the district each place lies in.
struct StreetPlacing {
  private let names: DistrictNames
  private let lookup: DistrictLookup?
  private var canonical: [String: String] = [:]

  /// Places by the lookup where it knows the LSOA code, else by LSOA name.
  init(names: DistrictNames, lookup: DistrictLookup?) {
    self.names = names
    self.lookup = lookup
  }

  /// The district's name, and whether its LSOA code is one that the lookup does not know.
  mutating func area(of place: StreetTally.Place) -> (name: String, isMiss: Bool) {
    guard let lookup, !place.lsoa.isEmpty else { return (canonicalName(place.district), false) }
    var code = place.lsoa
    let district = code.withUTF8 { lookup.district(of: $0) }
    guard let district else { return (canonicalName(place.district), true) }
    return (canonicalName(lookup.districts[district].name), false)
  }

  private mutating func canonicalName(_ name: String) -> String {
    if let known = canonical[name] { return known }
    let found = names.district(named: name)?.name ?? name
    canonical[name] = found
    return found
  }
}
