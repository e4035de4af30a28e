import CommunitySafety
import Diagnostics
import Wording

/// The areas asked for by name or code of a district, partnership or force.
struct AreaSelection {
  /// An area that can be asked for.
  struct Candidate {
    let name: String
    /// Whether its name is offered in messages; residual areas come only with their force.
    let isListed: Bool
    /// Names and codes it answers to.
    let aliases: [String]
    /// Name of the wider area it will be added up into, which is kept whole.
    var group: String?
    /// Whether it has no part in the footprint of the run: it cannot be asked for.
    var isOutside = false
  }

  /// For each candidate whether it was asked for.
  let isKept: [Bool]

  /// Matches names without regard to case, hyphens and "&".
  ///
  /// - Parameters:
  ///   - wanted: the names; nil keeps all that can be asked for.
  ///   - footprint: id of the footprint of the run, of which areas are then asked for.
  /// - Throws: `HorizonError` of kind data for a name that nothing answers to, with those that come near.
  init(_ wanted: [String]?, among candidates: [Candidate], footprint: String? = nil) throws {
    guard let wanted else {
      isKept = candidates.map { !$0.isOutside }
      return
    }
    var kept = [Bool](repeating: false, count: candidates.count)
    var byAlias: [String: [Int]] = [:]
    for (index, candidate) in candidates.enumerated() where !candidate.isOutside {
      for alias in Set((candidate.aliases + [candidate.group].compactMap(\.self)).map(AreaSelection.normalised)) {
        byAlias[alias, default: []].append(index)
      }
    }
    let names = wanted.map(AreaSelection.normalised).filter { !$0.isEmpty }
    guard !names.isEmpty else {
      throw HorizonError(.usage, "no area was named", remedy: "Name at least one area, or leave the option out")
    }
    for (original, name) in zip(wanted.filter { !AreaSelection.normalised($0).isEmpty }, names) {
      guard let matches = byAlias[name] else { throw AreaSelection.unknown(original, name, candidates, footprint) }
      for index in matches { kept[index] = true }
    }
    let groups = Set(candidates.indices.lazy.filter { kept[$0] }.compactMap { candidates[$0].group })
    isKept = candidates.indices.map { index in
      kept[index] || candidates[index].group.map(groups.contains) ?? false && !candidates[index].isOutside
    }
  }

  /// What an area answers to: its name, with and without what follows a comma, code and partnership, and of a ward or
  /// LSOA the district it lies in.
  static func aliases(_ area: Area, in registry: AreaRegistry) -> [String] {
    let district = area.district.flatMap { registry.district(named: $0)?.code }
    return [area.name, DistrictNames.form(area.name), area.code, area.csp, area.district, district].compactMap(\.self)
  }

  private static func unknown(
    _ original: String, _ name: String, _ candidates: [Candidate], _ footprint: String?
  ) -> HorizonError {
    var offered: [String] = []
    for candidate in candidates where candidate.isListed && !candidate.isOutside {
      for name in [candidate.group, candidate.name] where name.map({ !offered.contains($0) }) ?? false {
        name.map { offered.append($0) }
      }
    }
    if let footprint {
      let groups = Set(candidates.lazy.filter { !$0.isOutside }.compactMap(\.group))
      let areas = groups.isEmpty ? offered : offered.filter(groups.contains)
      let isThere = candidates.contains { $0.isOutside && $0.aliases.map(normalised).contains(name) }
      return HorizonError(
        .data,
        "the footprint \"\(footprint)\" has no area \"\(SafeText.printable(original))\""
          + (isThere ? ", which the inputs hold outside of it" : " that the inputs hold"),
        remedy: "Its areas there are: \(ListText.abridged(areas.map { SafeText.printable($0) }, most: 40)); "
          + "leave --footprint out for the areas of the inputs")
    }
    let near = offered.filter {
      let other = normalised($0)
      return other.contains(name) || name.contains(other) || NearestName.distance(name, other) <= max(2, name.count / 4)
    }
    return HorizonError(
      .data, "the inputs hold no area \"\(SafeText.printable(original))\"",
      remedy: near.isEmpty
        ? "There are: \(ListText.abridged(offered.map { SafeText.printable($0) }, most: 40))"
        : "Perhaps: \(ListText.abridged(near.map { SafeText.printable($0) }, most: 8))"
          // Of a county the districts that bear its name are not all.
          + (near.count > 1 ? "; a county is asked for by all of its districts" : ""))
  }

  private static func normalised(_ name: String) -> String {
    name.lowercased().replacing("&", with: " and ").replacing("-", with: " ")
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
