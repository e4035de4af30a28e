import CommunitySafety

/// Where LSOA codes and districts lie, by the lookups of a run; districts are named as the registry names them.
package struct Geography: Sendable {
  /// A ward.
  struct Ward: Sendable, Hashable {
    let code: String
    /// Name, with the district where wards of several districts share it.
    let name: String
    /// District it lies in, by name; nil if no lookup says.
    let district: String?
  }

  /// Paths of the lookups, for messages.
  let files: [String]
  /// LSOAs kept together across censuses.
  let stableAreas: StableAreas
  private let links: LookupLinks
  private let registry: AreaRegistry
  private let wardOfLSOA: [String: (ward: Int32, isBestFit: Bool)]
  private let wards: [Ward]
  private let lsoasOfWard: [String: [String]]
  private let districtOfLSOA: [String: String]
  private let codeOfDistrict: [String: String]

  /// Resolves the links of all lookups.
  package init(_ links: LookupLinks, registry: AreaRegistry, files: [String]) {
    self.links = links
    self.registry = registry
    self.files = files
    stableAreas = StableAreas(newerCodes: links.newerLSOAs)
    var codeOfDistrict: [String: String] = [:]
    let byAge = links.districts.sorted { a, b in
      a.value.vintage == b.value.vintage ? FileKind.scalarOrder(a.key, b.key) : a.value.vintage > b.value.vintage
    }
    for (code, district) in byAge {
      let form = DistrictNames.form(district.name)
      if codeOfDistrict[form] == nil { codeOfDistrict[form] = code }
    }
    self.codeOfDistrict = codeOfDistrict

    let namer = DistrictNamer(links: links, registry: registry)
    wards = Geography.namedWards(links, namer)
    let positionOfWard = Dictionary(uniqueKeysWithValues: wards.enumerated().map { ($1.code, Int32($0)) })
    lsoasOfWard = Dictionary(grouping: links.wardOfLSOA.keys) { links.wardOfLSOA[$0]?.code ?? "" }
    var wardOfLSOA: [String: (ward: Int32, isBestFit: Bool)] = [:]
    for (lsoa, link) in links.wardOfLSOA {
      if let ward = positionOfWard[link.code] { wardOfLSOA[lsoa] = (ward, false) }
    }
    var districtOfLSOA = links.districtOfLSOA.mapValues { namer.name(code: $0.code) }
    for (lsoa, newer) in links.newerLSOAs where newer != [lsoa] {
      if links.wardOfLSOA[lsoa] == nil {
        let (ward, isBestFit) = Geography.bestFit(newer.map { links.wardOfLSOA[$0]?.code })
        if let ward, let position = positionOfWard[ward] { wardOfLSOA[lsoa] = (position, isBestFit) }
      }
      // The district of the newest table, even if only the newer codes are in it.
      let children = newer.compactMap { links.districtOfLSOA[$0] }
      let vintage = children.map(\.vintage).max() ?? -1
      if vintage > links.districtOfLSOA[lsoa]?.vintage ?? -1 {
        let (district, _) = Geography.bestFit(children.filter { $0.vintage == vintage }.map(\.code))
        if let district { districtOfLSOA[lsoa] = namer.name(code: district) }
      }
    }
    self.wardOfLSOA = wardOfLSOA
    self.districtOfLSOA = districtOfLSOA
  }

  /// Whether any lookup says in which district an LSOA lies.
  var placesLSOAsInDistricts: Bool { !links.districtOfLSOA.isEmpty }
  /// Whether any lookup says in which ward an LSOA lies.
  var placesLSOAsInWards: Bool { !links.wardOfLSOA.isEmpty }
  /// Whether any lookup links the LSOAs of two censuses.
  var linksCensuses: Bool { !links.newerLSOAs.isEmpty }

  /// Name of the district an LSOA of any census in the lookups lies in.
  func district(ofLSOA code: String) -> String? { districtOfLSOA[code] }

  /// The ward of an LSOA; best-fitted where an older LSOA was split among several.
  func ward(ofLSOA code: String) -> (ward: Ward, isBestFit: Bool)? {
    wardOfLSOA[code].map { (wards[Int($0.ward)], $0.isBestFit) }
  }

  /// Where an LSOA is drawn on a tile map: its ward's place, else its own.
  func tile(ofLSOA code: String) -> Area.Tile? {
    ward(ofLSOA: code).flatMap { links.tiles[$0.ward.code] } ?? links.tiles[code]
  }

  /// Names of wards by code.
  var wardNames: [String: String] {
    Dictionary(wards.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
  }

  /// Codes of the LSOAs that make up a ward, as the lookup of wards has them.
  func lsoas(inWard code: String) -> [String] { lsoasOfWard[code] ?? [] }

  /// District that a district of this name has become by the lineage table; nil if no table knows the name.
  func successor(ofDistrictNamed name: String) -> String? {
    guard !links.successorsOfDistrict.isEmpty else { return nil }
    let code = registry.district(named: name)?.code ?? codeOfDistrict[DistrictNames.form(name)]
    guard let code, links.successorsOfDistrict[code] != nil else { return nil }
    return DistrictNamer(links: links, registry: registry).name(code: code)
  }

  /// Sets of district codes that each make up the district with this code, those of the newest year first.
  func predecessors(ofDistrict code: String) -> [[String]] {
    (links.predecessorsOfDistrict[code] ?? [:]).sorted { $0.key > $1.key }.map { $0.value.sorted() }
  }

  /// Code of a district of this name, by the lookups.
  func code(ofDistrictNamed name: String) -> String? { codeOfDistrict[DistrictNames.form(name)] }

  /// Name of the partnership of a district that the registry does not know.
  func csp(ofDistrictNamed name: String) -> String? {
    code(ofDistrictNamed: name).flatMap { links.cspOfDistrict[$0]?.name }
  }

  /// Name of the force of a district that the registry does not know.
  func force(ofDistrictNamed name: String) -> String? {
    code(ofDistrictNamed: name).flatMap { links.forceOfDistrict[$0]?.name }
  }

  /// The one that most name, of several the first in scalar order; and whether there was a choice. What names none has
  /// no vote.
  static func bestFit(_ votes: [String?]) -> (winner: String?, isBestFit: Bool) {
    var counts: [String: Int] = [:]
    for vote in votes.compactMap(\.self) { counts[vote, default: 0] += 1 }
    let winner = counts.min { a, b in a.value == b.value ? FileKind.scalarOrder(a.key, b.key) : a.value > b.value }
    return (winner?.key, counts.count > 1)
  }

  private static func namedWards(_ links: LookupLinks, _ namer: DistrictNamer) -> [Ward] {
    var users: [String: Int] = [:]
    for ward in links.wards.values { users[ward.name, default: 0] += 1 }
    var taken = Set<String>()
    return links.wards.keys.sorted(by: FileKind.scalarOrder).map { code in
      let name = links.wards[code]?.name ?? code
      let district = links.districtOfWard[code].map { namer.name(code: $0.code) }
      var label = (users[name] ?? 0) > 1 ? district.map { "\(name) (\($0))" } ?? "\(name) (\(code))" : name
      if !taken.insert(label).inserted {
        label = "\(name) (\(code))"
        taken.insert(label)
      }
      return Ward(code: code, name: label, district: district)
    }
  }
}

/// Names districts by code: the registry's name for the district that the lineage table leads to, else the lookups'.
struct DistrictNamer {
  let links: LookupLinks
  let registry: AreaRegistry

  /// The name; the code itself if nothing names it.
  func name(code: String) -> String {
    let successors = links.successorsOfDistrict[code] ?? []
    // A district that was divided among several has no one successor.
    let last = successors.count == 1 ? successors[0] : code
    return registry.district(code: last)?.name ?? links.districts[last]?.name ?? last
  }
}
