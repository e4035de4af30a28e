import CommunitySafety

/// The names of a place, in words: a partnership of one district is that district too.
struct PlaceWords {
  /// The name it goes by: that of a partnership, where it is one.
  let name: String
  private let areas: [(name: String, level: AreaLevel)]

  /// A place by all its names.
  ///
  /// - Parameters:
  ///   - areas: as areas of the run; empty for a place of one name that is no area, which is `fallback`.
  ///   - whole: what everything together is called.
  init(_ areas: [Area], fallback: String, whole: String? = nil) {
    self.areas = areas.map { ($0.level == .whole ? whole ?? $0.name : $0.name, $0.level) }
    name = (self.areas.first { $0.level == .csp } ?? self.areas.first)?.name ?? fallback
  }

  /// Whether it has names of different spelling.
  var hasOtherNames: Bool { areas.contains { $0.name != name } }

  /// "Oxford City (district Oxford)"; of a place of one name that name.
  var full: String { name + others(than: name) }

  /// What else a place of this name is called: " (district Oxford)", or nothing.
  func others(than name: String) -> String {
    let others = areas.filter { $0.name != name }.map(PlaceWords.levelled)
    return others.isEmpty ? "" : " (\(others.joined(separator: ", ")))"
  }

  /// "Oxford City (partnership, also the district Oxford)", "Cherwell (district and partnership)".
  var described: String {
    let levels = areas.filter { $0.name == name }.map(\.level.words)
    let others = areas.filter { $0.name != name }.map {
      $0.level == .whole ? PlaceWords.levelled($0) : "the \(PlaceWords.levelled($0))"
    }
    guard !levels.isEmpty else { return name }
    let also = others.isEmpty ? "" : ", also \(Wording.list(others))"
    return "\(name) (\(Wording.list(levels))\(also))"
  }

  private static func levelled(_ area: (name: String, level: AreaLevel)) -> String {
    area.level == .whole ? area.name : "\(area.level.words) \(area.name)"
  }
}

extension PackContext {
  /// The names of the place that goes by this one.
  func place(_ area: String) -> PlaceWords { PlaceWords(assessment.names(of: area), fallback: area, whole: wholeName) }

  /// The name a place goes by: a district that is the whole of its partnership goes by the partnership's.
  func displayName(_ area: String) -> String { place(area).name }

  /// The name that anchors are made of, which does not change with the title of a pack.
  func anchorName(_ area: String) -> String { PlaceWords(assessment.names(of: area), fallback: area).name }

  /// The name an area goes by among areas of its level: its own, of everything what the pack is about.
  func displayName(_ area: Area) -> String { area.level == .whole ? displayName(area.name) : area.name }
}
