import CommunitySafety
import Diagnostics
import TimeSeries

/// A panel whose values were counted from rows while they were read, before areas are chosen.
struct CountedData {
  /// An area of the panel.
  struct Place {
    let area: Area
    /// Further names it answers to.
    var aliases: [String] = []
    /// Rows counted in it.
    var rows = 0
    /// Why rows count there only, for a residual area.
    var residualReason = ""
  }

  let kind: IngestedData.SourceKind
  let panel: Panel
  let places: [Place]
  /// Rows read and set aside so far; what `places` counted comes on top.
  var accounting: RowAccounting
  let completeness: CompletenessCalendar
  var notes: [DataNote]

  /// The data of the areas that the options ask for, which may be named by what `registry` knows of them.
  ///
  /// - Throws: `HorizonError` of kind data for a name that no area answers to.
  consuming func data(
    _ options: IngestOptions, registry: AreaRegistry, sources: [SourceFile], notes earlier: [DataNote]
  ) throws -> IngestedData {
    let reach = try FootprintReach(options, among: places.map(\.area))
    let candidates = places.map { place in
      let force = place.area.force.map { ForceName.aliases(slug: ForceName.slug(ofName: $0), display: $0) } ?? []
      let own = place.area.level == .residual ? [place.area.name] : AreaSelection.aliases(place.area, in: registry)
      return AreaSelection.Candidate(
        name: place.area.name, isListed: place.area.level != .residual, aliases: own + place.aliases + force,
        group: options.placing == nil ? nil : options.group(of: place.area), isOutside: !reach.contains(place.area))
    }
    let isKept = try AreaSelection(
      options.areas, among: candidates, footprint: options.placing?.footprint.id
    ).isKept
    var accounting = accounting
    var kept: [String: Area] = [:]
    for (place, isKept) in zip(places, isKept) {
      if !isKept {
        if place.rows > 0 { accounting.setAside["area not asked for", default: 0] += place.rows }
      } else {
        kept[place.area.name] = place.area
        if place.area.level == .residual {
          if place.rows > 0 { accounting.residual[place.residualReason, default: 0] += place.rows }
        } else {
          accounting.counted += place.rows
        }
      }
    }
    return IngestedData(
      kind: kind, panel: panel.filterMap { kept[$0.key.area] == nil ? nil : $0 }, areas: kept,
      completeness: completeness, accounting: accounting, sources: sources, notes: earlier + notes + reach.notes)
  }
}
