import CommunitySafety
import Diagnostics
import Wording

/// Which areas of the inputs are told by the footprint of a run: those of its areas of which the inputs hold every part.
struct FootprintReach {
  private let placing: FootprintPlacing?
  private let beside: FootprintPlacing?
  private let whole: Set<Int>
  /// What to say about areas of the footprint that are not.
  let notes: [DataNote]

  /// Looks for the parts of the footprint among all areas of the inputs; without a footprint everything is in reach.
  ///
  /// - Throws: `HorizonError` of kind data if they hold no area of the footprint as a whole, or lack parts of one that was
  ///   asked for.
  init(_ options: IngestOptions, among areas: [Area]) throws {
    placing = options.placing
    beside = options.besidePlacing
    guard let placing else {
      (whole, notes) = ([], [])
      return
    }
    var parts: [Int: [Area]] = [:]
    for area in areas {
      if let position = placing.position(of: area) { parts[position, default: []].append(area) }
    }
    var whole = Set<Int>()
    var lacking: [AreaNote.Group] = []
    for (position, area) in placing.footprint.areas.enumerated() {
      let lacks = placing.lacking(position, among: parts[position] ?? [])
      if lacks.isEmpty { whole.insert(position) } else { lacking.append(.init(area.name, lacks: lacks)) }
    }
    let asked = Set((options.areas ?? []).map { $0.lowercased() })
    let missed = whole.isEmpty ? lacking : lacking.filter { asked.contains($0.name.lowercased()) }
    guard missed.isEmpty else {
      let words = missed.map { "\($0.name) lacks \(ListText.abridged($0.lacks))" }
      throw HorizonError(
        .data,
        whole.isEmpty
          ? "the inputs hold no area of the footprint \"\(placing.footprint.id)\" as a whole"
          : "the inputs do not hold all of the area asked for",
        remedy: "\(words.joined(separator: "; ")); add the files that have them, or choose another footprint")
    }
    self.whole = whole
    notes = lacking.isEmpty ? [] : [.areas(.footprintLacks(lacking))]
  }

  /// Whether rows of an area count. As totals of smaller areas, areas of the footprint that lack a part are only not made.
  func contains(_ area: Area) -> Bool {
    guard let placing else { return true }
    if let beside, beside.position(of: area) != nil { return true }
    guard let position = placing.position(of: area) else { return false }
    return whole.contains(position) || !placing.replacesAreas
  }
}
