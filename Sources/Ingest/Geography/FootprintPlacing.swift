import CommunitySafety
import Diagnostics
import TimeSeries
import Wording

/// Tells in which area of a footprint the areas of a run lie.
struct FootprintPlacing: Sendable {
  let footprint: Footprint
  /// Whether the areas of the footprint take the place of those of the run, rather than being totals of them.
  let replacesAreas: Bool
  private let registry: AreaRegistry
  private let names: DistrictNames
  /// For each district by name the one area that has all of it.
  private let areaOfDistrict: [String: Int]
  /// For each LSOA, or stable area of LSOAs, by code the one area that lists it.
  private let areaOfLSOA: [String: Int]
  /// For each area the districts it is made of, in order.
  let districts: [[Area.District]]
  /// LSOAs of districts of which others are listed that no area lists, by district.
  let unlisted: [(district: String, lsoas: Int)]

  /// Resolves the codes of a footprint.
  ///
  /// - Throws: `HorizonError`: usage for a footprint whose LSOAs are not known, or that needs a lookup or base level that
  ///   was not given; data for a code that is not known, or an LSOA whose place is in doubt.
  init(_ footprint: Footprint, by level: AreaLevel?, registry: AreaRegistry, geography: Geography?) throws {
    self.footprint = footprint
    self.registry = registry
    names = DistrictNames(registry)
    replacesAreas = level == nil
    try FootprintPlacing.check(footprint, by: level, geography: geography)
    var areaOfDistrict: [String: Int] = [:]
    var districts: [[Area.District]] = footprint.areas.map { _ in [] }
    for (index, area) in footprint.areas.enumerated() {
      for code in area.districts {
        guard let district = registry.district(code: code) else {
          throw HorizonError(
            .data, "the footprint \"\(footprint.id)\" is made of the district \(code), which areas.yaml does not have",
            remedy: "Add it to areas.yaml, or give a footprints.yaml of your own")
        }
        areaOfDistrict[registry.lastSuccessor(of: district.name)] = index
        districts[index].append(.init(name: district.name, code: code, isWhole: true))
      }
    }
    self.areaOfDistrict = areaOfDistrict
    guard footprint.cutsThroughDistricts, let geography else {
      (areaOfLSOA, unlisted, self.districts) = ([:], [], districts)
      return
    }
    let listed = try FootprintPlacing.listed(footprint, geography)
    var parts: [String: Set<Int>] = [:]
    for (code, index) in listed {
      guard let district = geography.district(ofLSOA: code) else { continue }
      parts[district, default: []].insert(index)
    }
    for (district, indices) in parts.sorted(by: { FileKind.scalarOrder($0.key, $1.key) }) {
      let code = registry.district(named: district)?.code ?? geography.code(ofDistrictNamed: district) ?? ""
      if let whole = areaOfDistrict[district] {
        let other = indices.first { $0 != whole }.map { footprint.areas[$0].name }
        throw HorizonError(
          .data,
          "\(district) is wholly in the area \"\(footprint.areas[whole].name)\" of the footprint, and LSOAs of it are listed"
            + (other.map { " in \"\($0)\"" } ?? " there too"),
          remedy: "Take its LSOAs out of the list, or the district out of the footprint")
      }
      for index in indices.sorted() { districts[index].append(.init(name: district, code: code, isWhole: false)) }
    }
    areaOfLSOA = listed
    self.districts = districts
    var unlisted: [String: Int] = [:]
    for area in geography.stableAreas.areas where listed[area.code] == nil {
      if let district = geography.district(ofLSOA: area.code), parts[district] != nil {
        unlisted[district, default: 0] += 1
      }
    }
    self.unlisted = unlisted.sorted { FileKind.scalarOrder($0.key, $1.key) }.map { ($0.key, $0.value) }
  }

  /// What a footprint needs of the options.
  private static func check(_ footprint: Footprint, by level: AreaLevel?, geography: Geography?) throws {
    if level == .force {
      throw HorizonError(
        .usage, "--by force cannot be had on a footprint, whose areas are smaller",
        remedy: "Leave --by out, or give --by district, csp, ward or lsoa")
    }
    guard footprint.cutsThroughDistricts else { return }
    let unknown = footprint.areasWithoutList
    guard unknown.isEmpty else {
      throw HorizonError(
        .usage,
        "the footprint \"\(footprint.id)\" cuts through districts, and which LSOAs are in \(ListText.abridged(unknown)) is not known",
        remedy: "Give --footprint-list a CSV with a column of LSOA codes (LSOA21CD) and a column area that says "
          + ListText.abridged(unknown))
    }
    guard level == nil || level == .lsoa else {
      throw HorizonError(
        .usage,
        "the footprint \"\(footprint.id)\" cuts through districts, which --by \(level?.rawValue ?? "") does not",
        remedy: "Leave --by out, or give --by lsoa")
    }
    guard geography?.linksCensuses == true, geography?.placesLSOAsInDistricts == true else {
      throw HorizonError(
        .usage, "the footprint \"\(footprint.id)\" is made of LSOAs and needs a lookup of them",
        remedy:
          "Give --lookup the ONS table with columns like LSOA11CD, LSOA21CD, CHNGIND and LAD22CD, so that a series does "
          + "not break where the codes changed")
    }
  }

  /// For each stable area of LSOAs the area of the footprint that lists it. Codes of either census will do, if they say the
  /// same of all that a census redrew together.
  private static func listed(_ footprint: Footprint, _ geography: Geography) throws -> [String: Int] {
    var areaOfCode: [String: Int] = [:]
    for (index, area) in footprint.areas.enumerated() {
      for code in area.lsoas {
        guard geography.stableAreas[code] != nil else {
          throw HorizonError(
            .data, "the LSOA \(code) of \"\(area.name)\" is in no lookup",
            remedy: "Correct the code in the list, or give --lookup a table that has it")
        }
        if let other = areaOfCode.updateValue(index, forKey: code), other != index {
          throw HorizonError(
            .data,
            "the LSOA \(code) is in two areas of the footprint, \"\(footprint.areas[other].name)\" and \"\(area.name)\"",
            remedy: "Keep it in one of them")
        }
      }
    }
    var listed: [String: Int] = [:]
    for area in Set(areaOfCode.keys.compactMap { geography.stableAreas[$0] }) {
      let codes = area.older + area.newer
      let owners = Set(codes.compactMap { areaOfCode[$0] })
      let isComplete = [area.older, area.newer].contains { $0.allSatisfy { areaOfCode[$0] != nil } }
      guard let owner = owners.first, owners.count == 1, isComplete else {
        let together = Set(codes).sorted(by: FileKind.scalarOrder)
        throw HorizonError(
          .data,
          "the census of 2021 redrew \(ListText.abridged(together, most: 8)) together, and the footprint has "
            + (owners.count > 1
              ? "them in \(ListText.abridged(owners.sorted().map { footprint.areas[$0].name }))" : "only some of them"),
          remedy: "Put all of them into one area: what was recorded before cannot be divided")
      }
      listed[area.code] = owner
    }
    return listed
  }

  /// Positions of the areas of the footprint that an area lies in, or has part in; none if it lies outside.
  func positions(of area: Area) -> Set<Int> {
    func whole(_ name: String?) -> Set<Int> {
      name.flatMap { areaOfDistrict[registry.lastSuccessor(of: $0)] }.map { [$0] } ?? []
    }
    switch area.level {
    case .district: return whole(registry.district(of: area)?.name ?? area.name)
    case .lsoa:
      let listed = area.code.flatMap { areaOfLSOA[$0] }
      return listed.map { [$0] } ?? whole(area.district)
    // Of a district that is wholly in an area, a record whose ward or LSOA is not known is in it too.
    case .ward, .residual: return whole(area.district)
    case .csp:
      let csp = area.csp ?? area.name
      let members = registry.districts.filter { $0.csp == csp && $0.successor == nil }
      guard !members.isEmpty else { return whole(names.district(named: area.name)?.name) }
      let found = members.map { areaOfDistrict[$0.name] }
      // A partnership that is only partly in the footprint has part in more than the area it is in.
      return Set(found.map { $0 ?? -1 }).count == 1 ? Set(found.compactMap(\.self)) : Set(found.map { $0 ?? -1 })
    default: return []
    }
  }

  /// Position of the area of the footprint that an area lies in; nil if it lies in none, or in several.
  func position(of area: Area) -> Int? {
    let positions = positions(of: area)
    return positions.count == 1 ? positions.first : nil
  }

  /// Name of the area of the footprint that an area lies in; nil if it lies in none, or in several.
  func name(of area: Area) -> String? { position(of: area).map { footprint.areas[$0].name } }

  /// First and last period of a district that began or ended, where its series hold nothing beyond: a sum does without it
  /// there.
  func dates(of area: Area, frequency: Frequency, _ series: [Series]) -> (first: Period?, last: Period?) {
    guard let district = registry.district(of: area), area.level == .district else { return (nil, nil) }
    func isEmpty(_ periods: (Period) -> Bool) -> Bool {
      series.allSatisfy { series in
        series.values.indices.allSatisfy { offset in
          !periods(series.start + offset) || series.values[offset].isNaN || series.values[offset] == 0
        }
      }
    }
    let began = district.began.map { Period(frequency, containing: $0) }
    let ended = district.ended.map { Period(frequency, containing: $0) }
    return (
      began.flatMap { first in isEmpty { $0 < first } ? first : nil },
      ended.flatMap { last in isEmpty { $0 > last } ? last : nil }
    )
  }

  /// The districts of an area of the footprint of which the data has nothing.
  func lacking(_ position: Int, among areas: [Area]) -> [String] {
    let present = Set(
      areas.flatMap { area -> [String] in
        switch area.level {
        case .csp:
          let csp = area.csp ?? area.name
          let members = registry.districts.filter { $0.csp == csp && $0.successor == nil }.map(\.name)
          return members.isEmpty ? [names.district(named: area.name)?.name].compactMap(\.self) : members
        case .district: return [registry.district(of: area)?.name ?? area.name]
        // Rows that no LSOA could be told of are not all there is of a district.
        case .lsoa, .ward: return [area.district].compactMap(\.self)
        default: return []
        }
      })
    return districts[position].map(\.name).filter { name in
      guard !present.contains(name) else { return false }
      // Data from before a merger may have what was merged instead.
      let former = registry.districts.filter { $0.ended != nil && registry.lastSuccessor(of: $0.name) == name }
      return former.isEmpty || !former.allSatisfy { present.contains($0.name) }
    }
  }
}

extension IngestOptions {
  /// Name of the wider area that an area will be added up into, which is kept whole.
  func group(of area: Area) -> String? {
    if let placing, placing.replacesAreas { return placing.name(of: area) }
    return by.flatMap { AreaGrouping.name(of: area, at: $0) }
  }
}
