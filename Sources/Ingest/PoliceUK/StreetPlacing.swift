import CommunitySafety

/// An area that street-level rows are counted by: a district, or a ward or LSOA in it.
struct StreetArea: Hashable {
  /// District by name; empty for "no location".
  let district: String
  /// Code of the ward or stable area of LSOAs; empty where it is not known or districts are counted.
  var unit = ""

  static func precedes(_ a: StreetArea, _ b: StreetArea) -> Bool {
    a.district == b.district ? FileKind.scalarOrder(a.unit, b.unit) : FileKind.scalarOrder(a.district, b.district)
  }
}

/// Names the area each place lies in.
struct StreetPlacing {
  /// Where a place lies, and how that is known.
  struct Spot {
    let area: StreetArea
    /// District by LSOA name, before any lookup.
    let named: String
    /// Whether its LSOA code is one that the lookups do not know, so that its name decided.
    var isMiss = false
    /// Whether its LSOA was split among wards, of which this one has most.
    var isBestFit = false
    /// Whether its LSOA was redrawn by a census and counts in a stable area.
    var isRedrawn = false
  }

  private let names: DistrictNames
  private let geography: Geography?
  private let level: AreaLevel
  private var canonical: [String: (named: String, placed: String)] = [:]

  /// Places by the lookups where they know the LSOA code, else by LSOA name; `level` is that of the areas counted by.
  init(names: DistrictNames, geography: Geography?, level: AreaLevel) {
    self.names = names
    self.geography = geography
    self.level = level
  }

  /// Where a place lies.
  mutating func spot(of place: StreetTally.Place) -> Spot {
    let (named, placed) = canonicalNames(place.district)
    guard let geography, !place.lsoa.isEmpty else { return Spot(area: StreetArea(district: placed), named: named) }
    let code = place.lsoa
    switch level {
    case .ward:
      guard let (ward, isBestFit) = geography.ward(ofLSOA: code) else { break }
      let district = ward.district ?? geography.district(ofLSOA: code) ?? placed
      return Spot(area: StreetArea(district: district, unit: ward.code), named: named, isBestFit: isBestFit)
    case .lsoa:
      guard let area = geography.stableAreas[code] else { break }
      let district = geography.district(ofLSOA: area.code) ?? placed
      return Spot(
        area: StreetArea(district: district, unit: area.code), named: named, isRedrawn: area.isRedrawn)
    default: break
    }
    let isFine = level == .ward || level == .lsoa
    guard let district = geography.district(ofLSOA: code) else {
      return Spot(
        area: StreetArea(district: placed), named: named, isMiss: isFine || geography.placesLSOAsInDistricts)
    }
    return Spot(area: StreetArea(district: district), named: named, isMiss: isFine)
  }

  /// The district that a name stands for, and the one it has become by the lineage table.
  private mutating func canonicalNames(_ name: String) -> (named: String, placed: String) {
    if let known = canonical[name] { return known }
    let named = names.district(named: name)?.name ?? name
    let found = (named, name.isEmpty ? "" : geography?.successor(ofDistrictNamed: named) ?? named)
    canonical[name] = found
    return found
  }
}
