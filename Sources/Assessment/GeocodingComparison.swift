import CommunitySafety
import Ingest
import TimeSeries

/// The counts of a place before and after a change in the share of records without a place: as they stand, and with those
/// records shared out.
public struct GeocodingComparison: Sendable, Hashable {
  /// A level before and after.
  public struct Levels: Sendable, Hashable, Codable {
    /// Records a month before.
    public let before: Double
    /// Records a month after.
    public let after: Double

    /// Levels a month.
    public init(before: Double, after: Double) {
      self.before = before
      self.after = after
    }

    /// The change; nil where there was nothing before.
    public var change: Double? { before > 0 ? after / before - 1 : nil }
  }

  /// The levels of a place, to be told.
  public struct Figures: Sendable, Hashable, Codable {
    /// The place.
    public let place: String
    /// The measure; nil for all that changed.
    public let measure: String?
    /// With records without a place set aside.
    public let setAside: Levels
    /// With them shared out.
    public let sharedOut: Levels

    /// Whether the one way shows a rise and the other a fall.
    public var isOpposed: Bool {
      (setAside.after - setAside.before) * (sharedOut.after - sharedOut.before) < 0
    }
  }

  /// The change of the share.
  public let drift: GeocodingDrift
  /// The place.
  public let area: Area
  /// The measure; nil for all that the drift concerns together.
  public let measure: String?
  /// Calendar months, 1 to 12, that are known on both sides: the levels are means over these, so that the season does not
  /// matter. Empty where there are fewer than three, and all known months are taken.
  public let calendarMonths: [Int]
  /// With records without a place set aside.
  public let setAside: Levels
  /// With them shared out.
  public let sharedOut: Levels

  /// A comparison.
  public init(
    drift: GeocodingDrift, area: Area, measure: String?, calendarMonths: [Int], setAside: Levels, sharedOut: Levels
  ) {
    self.drift = drift
    self.area = area
    self.measure = measure
    self.calendarMonths = calendarMonths
    self.setAside = setAside
    self.sharedOut = sharedOut
  }

  /// Its levels, to be told.
  public var figures: Figures {
    Figures(place: area.name, measure: measure, setAside: setAside, sharedOut: sharedOut)
  }

  /// Whether the one way shows a rise and the other a fall.
  public var isOpposed: Bool { figures.isOpposed }
}

/// Makes the comparisons of a run.
struct GeocodingComparisons {
  /// Fewest calendar months that both sides must have for the comparison to be over these alone.
  static let fewestMonths = 3

  let choice: UnallocatedChoice
  let drifts: [GeocodingDrift]

  /// A series either way.
  private struct Pair {
    let setAside: Series
    let sharedOut: Series
  }

  /// By drift, then place; of each all measures together, then one by one.
  func comparisons(_ panels: AggregatedPanels) -> [GeocodingComparison] {
    let series = panels.layers.filter { !$0.isGroup && $0.level != .residual }.flatMap { layer in
      layer.panel.series.map { (level: layer.level, series: $0) }
    }
    let areas = Dictionary(panels.places.all.map { ($0.memberName, $0) }, uniquingKeysWith: { first, _ in first })
    return drifts.flatMap { drift -> [GeocodingComparison] in
      let types = Set(drift.shifts.map(\.type))
      var order: [HierarchyDimension.Name] = []
      var byArea: [HierarchyDimension.Name: [Pair]] = [:]
      for (level, series) in series where types.contains(series.key.measure ?? "") {
        let name = HierarchyDimension.Name(series.key.area, level.rawValue)
        guard areas[name].map({ concerns(drift, $0) }) ?? false else { continue }
        // A type of which a place is given nothing counts all the same.
        let other = choice.otherwise(series) ?? series
        if byArea[name] == nil { order.append(name) }
        byArea[name, default: []].append(
          choice.isShared ? Pair(setAside: other, sharedOut: series) : Pair(setAside: series, sharedOut: other))
      }
      return order.flatMap { name -> [GeocodingComparison] in
        guard let area = areas[name], let pairs = byArea[name],
          pairs.contains(where: { choice.otherwise($0.setAside) != nil })
        else { return [] }
        let all = comparison(drift, area, nil, pairs)
        return [all].compactMap(\.self) + pairs.compactMap { comparison(drift, area, $0.setAside.key.measure, [$0]) }
      }
    }
  }

  private func concerns(_ drift: GeocodingDrift, _ area: Area) -> Bool {
    area.force == drift.forceName || area.level == .whole
  }

  private func comparison(
    _ drift: GeocodingDrift, _ area: Area, _ measure: String?, _ pairs: [Pair]
  ) -> GeocodingComparison? {
    func known(_ range: ClosedRange<Period>) -> [Period] {
      (0...(range.upperBound - range.lowerBound)).map { range.lowerBound + $0 }.filter { period in
        pairs.allSatisfy { $0.setAside[period] != nil && !$0.setAside.isPartial(period) }
      }
    }
    let (before, after) = (known(drift.before), known(drift.after))
    let shared = Set(before.map(\.seasonIndex)).intersection(after.map(\.seasonIndex))
    let months = shared.count >= GeocodingComparisons.fewestMonths ? shared : []
    func level(_ periods: [Period], _ side: KeyPath<Pair, Series>) -> Double? {
      // Each calendar month weighs the same, however many years have it.
      var bySeason: [Int: (sum: Double, months: Int)] = [:]
      for period in periods where months.isEmpty || months.contains(period.seasonIndex) {
        var season = bySeason[months.isEmpty ? 0 : period.seasonIndex] ?? (0, 0)
        for pair in pairs { season.sum += pair[keyPath: side][period] ?? 0 }
        season.months += 1
        bySeason[months.isEmpty ? 0 : period.seasonIndex] = season
      }
      guard !bySeason.isEmpty else { return nil }
      var total = 0.0
      for season in bySeason.keys.sorted() {
        if let own = bySeason[season] { total += own.sum / Double(own.months) }
      }
      return total / Double(bySeason.count)
    }
    guard let first = level(before, \.setAside), let last = level(after, \.setAside),
      let firstShared = level(before, \.sharedOut), let lastShared = level(after, \.sharedOut)
    else { return nil }
    return GeocodingComparison(
      drift: drift, area: area, measure: measure, calendarMonths: months.map { $0 + 1 }.sorted(),
      setAside: .init(before: first, after: last), sharedOut: .init(before: firstShared, after: lastShared))
  }
}
