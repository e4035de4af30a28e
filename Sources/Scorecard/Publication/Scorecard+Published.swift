import Assessment
import CommunitySafety
import Forecasting
import TimeSeries

extension Scorecard {
  /// Why a figure is not published.
  public enum Withholding: String, CaseIterable, Hashable, Sendable {
    /// It is under the threshold, or would give one away that is.
    case small = "withheld: under 5, or would give such a figure away"
    /// Its measure is not for the public.
    case notPublic = "not for the public"
  }

  /// A figure that is not published.
  public struct Withheld: Hashable, Sendable {
    /// The place.
    public let area: Area
    /// The measure.
    public let measure: Measure
    /// Why.
    public let reason: Withholding
  }

  /// Counts under this are not published.
  public static let publicationThreshold = 5.0

  /// The scorecard as it may be published, made of data by quarters (``Ingest/IngestedData/byQuarter``): without measures that are not for
  /// the public, and without figures that ``DisclosureControl`` withholds over all of the history, charts and forecasts of them included.
  ///
  /// Of a share its two parts are looked at: what is counted and what is not.
  public func published(_ assessment: StrategicAssessment) -> Scorecard {
    var withheld: [Withheld] = []
    var small: Set<SeriesKey> = []
    let counts = rows.filter { $0.measure.kind == .count }
    if !counts.isEmpty { small.formUnion(Scorecard.small(counts, assessment) { [$0] }) }
    for measure in Set(rows.filter { $0.measure.kind == .proportion }.map(\.measure.id)).sorted() {
      small.formUnion(
        Scorecard.small(rows.filter { $0.measure.id == measure && !$0.measure.isGroup }, assessment) { series in
          guard let tops = series.numerators, let wholes = series.denominators else { return [] }
          return [series.replacing(values: tops), series.replacing(values: zip(wholes, tops).map { $0 - $1 })]
        })
    }
    // The pooled share of a group is made of its members'.
    for row in rows where row.measure.kind == .proportion && row.measure.isGroup {
      let members = Set(row.measure.members ?? [])
      let isTold = rows.contains {
        members.contains($0.measure.id) && $0.area.name == row.area.name && small.contains($0.series.observed.key)
      }
      if isTold { small.insert(row.series.observed.key) }
    }
    let kept = rows.filter { row in
      let sharing = row.measure.registration.sharing
      if let sharing, sharing != .public {
        withheld.append(Withheld(area: row.area, measure: row.measure, reason: .notPublic))
        return false
      }
      guard !small.contains(row.series.observed.key) else {
        withheld.append(Withheld(area: row.area, measure: row.measure, reason: .small))
        return false
      }
      return true
    }
    let shown = Set(kept.map(\.series.observed.key))
    // Nobody has looked through the figures of peers.
    let shownGoals = goals.filter { $0.standing == nil && shown.contains($0.series.observed.key) }
    return Scorecard(
      windows: windows, rule: rule, rows: kept,
      withoutData: withoutData.filter { $0.registration.sharing ?? .public == .public }, smallAreas: smallAreas,
      goals: shownGoals, withheld: withheld, withheldGoals: goals.count - shownGoals.count)
  }

  /// The rows whose figures are withheld.
  ///
  /// - Parameters:
  ///   - rows: of one kind of number.
  ///   - parts: the counts that the series of a row are made of.
  private static func small(
    _ rows: [ScorecardRow], _ assessment: StrategicAssessment, parts: (Series) -> [Series]
  ) -> Set<SeriesKey> {
    guard let span = assessment.data.panel.span else { return Set(rows.map(\.series.observed.key)) }
    let hierarchy = assessment.hierarchy
    var leafPlaces: [String: Int] = [:]
    var leafMeasures: [String: Int] = [:]
    var places: [String: Set<Int>] = [:]
    var measures: [String: Set<Int>] = [:]
    func leaf(_ name: String, in known: inout [String: Int]) -> Int {
      let number = known[name] ?? known.count
      known[name] = number
      return number
    }
    for row in rows {
      let key = row.series.observed.key
      guard let node = hierarchy.node(key) else { continue }
      for position in hierarchy.leaves(of: node) {
        let own = hierarchy.nodes[position].key
        places[key.area, default: []].insert(leaf(own.area, in: &leafPlaces))
        measures[key.measure ?? "", default: []].insert(leaf(own.measure ?? "", in: &leafMeasures))
      }
    }
    let width = max(1, rows.first.map { parts($0.series.observed).count } ?? 1)
    // A cell that is no leaf is not counted, and adds nothing; a leaf is not known in the periods that it lacks.
    let cellCount = leafPlaces.count * leafMeasures.count * width
    var isUncounted = [Bool](repeating: true, count: cellCount)
    var times = [[Double]](
      repeating: [Double](repeating: 0, count: cellCount), count: span.upperBound - span.lowerBound + 1)
    for position in hierarchy.leaves {
      let node = hierarchy.nodes[position]
      guard let place = leafPlaces[node.key.area], let measure = leafMeasures[node.key.measure ?? ""] else { continue }
      let panel = assessment.data.panel
      let series = panel[node.key] ?? node.aliases.lazy.compactMap { panel[$0] }.first
      let counted = series.map(parts) ?? []
      for part in 0..<width {
        let cell = (place * leafMeasures.count + measure) * width + part
        isUncounted[cell] = false
        for time in times.indices {
          let period = span.lowerBound + time
          let value = counted.indices.contains(part) ? counted[part][period] : nil
          times[time][cell] = hierarchy.areas.members[node.area].exists(in: period) ? value ?? .nan : 0
        }
      }
    }
    let placeNames = places.keys.sorted()
    let measureNames = measures.keys.sorted()
    let control = DisclosureControl(
      DisclosureTable(
        places: placeNames.map { (places[$0] ?? []).sorted() },
        measures: measureNames.flatMap { name in
          (0..<width).map { part in (measures[name] ?? []).map { $0 * width + part }.sorted() }
        },
        leafPlaces: leafPlaces.count, leafMeasures: leafMeasures.count * width, times: times, isUncounted: isUncounted),
      threshold: publicationThreshold)
    var found: Set<SeriesKey> = []
    for row in rows {
      let series = row.series.observed
      // What the table has not, or has another figure of, cannot be protected by it.
      guard hierarchy.node(series.key) != nil, let place = placeNames.firstIndex(of: series.key.area),
        let measure = measureNames.firstIndex(of: series.key.measure ?? "")
      else {
        found.insert(series.key)
        continue
      }
      let figures = (0..<width).map { control.table.figure(place, measure * width + $0) }
      let printed = parts(series)
      let isTold =
        printed.count == width
        && zip(figures, printed).allSatisfy { figure, part in
          times.indices.allSatisfy { time in
            guard let value = part[span.lowerBound + time] else { return true }
            return abs(value - control.table.value(figure, times[time])) <= 1e-6 * max(1, value.magnitude)
          }
        }
      if !isTold || figures.contains(where: { control.isWithheld[$0] }) { found.insert(series.key) }
    }
    return found
  }
}
