import CommunitySafety
import TimeSeries

/// A district that replaced others within the span of the data.
public struct AreaChange: Hashable, Sendable, Codable {
  /// What became of the figures.
  public enum Figures: Hashable, Sendable, Codable {
    /// Each district is counted while it existed: totals are of those that did.
    case followed
    /// The data counts some of them on beyond their dates, by one set of boundaries.
    case countedBeyond([String])
    /// The data lacks some of them: what was before and what is after are of different places.
    case lacking([String])
  }

  /// The district that began.
  public let began: String
  /// The districts that ended.
  public let ended: [String]
  /// The first period of the new one.
  public let from: Period
  /// What became of the figures.
  public let figures: Figures

  /// A change of districts.
  public init(began: String, ended: [String], from: Period, figures: Figures) {
    self.began = began
    self.ended = ended
    self.from = from
    self.figures = figures
  }
}

/// Places that are counted although one holds or replaced the other: their totals count them twice.
public struct AreaOverlap: Hashable, Sendable, Codable {
  /// The wider or newer place.
  public let area: String
  /// The places within it.
  public let parts: [String]
  /// The periods in which both are counted, rising.
  public let periods: [Period]

  /// An overlap.
  public init(area: String, parts: [String], periods: [Period]) {
    self.area = area
    self.parts = parts
    self.periods = periods
  }
}

/// When the districts of a run existed, by the registry, and what follows for their totals.
///
/// Totals go by the dates where the data does. Where every district of a change is there and none is counted beyond its
/// dates, a total is the sum of those that existed, and known throughout. Data that is placed by one set of boundaries
/// counts districts before they began or after they ended (police.uk names its rows by the LSOAs of one census): such
/// figures stand, and the run says so. So do those of a change of which the data lacks a district: a total that did
/// without it would fall for no reason.
struct AreaHistory {
  /// First and last period of an area; nil without end.
  struct Dates: Hashable {
    var first: Period?
    var last: Period?
  }

  /// The dates that totals go by, by area.
  private(set) var dates: [String: Dates] = [:]
  /// Changes within the span of the data, in the order of the registry.
  private(set) var changes: [AreaChange] = []
  /// Places that are counted twice, in the order of the areas.
  private(set) var overlaps: [AreaOverlap] = []

  /// What the registry knows of the areas of a panel.
  init(_ panel: Panel, areas: [Area], registry: AreaRegistry) {
    let figures = Figures(panel)
    guard let span = panel.span else { return }
    var named: [String: Area] = [:]
    for area in areas where area.level == .district {
      guard let district = registry.district(of: area), named[district.name] == nil else { continue }
      named[district.name] = area
    }
    for change in registry.changes {
      let from = Period(panel.frequency, containing: change.date)
      let districts = [change.began] + change.ended
      guard districts.contains(where: { named[$0.name] != nil }), from > span.lowerBound, from <= span.upperBound else {
        continue
      }
      let new = named[change.began.name].map { (area: $0, periods: figures.counted(in: $0)) }
      let old = change.ended.compactMap { district in
        named[district.name].map { (area: $0, periods: figures.counted(in: $0)) }
      }
      // Where the change falls within a period, the last of the old ones is the first of the new one.
      let last = Period(panel.frequency, containing: CivilDate(daysSinceEpoch: change.date.daysSinceEpoch - 1))
      if let new {
        let others = old.map { (area: $0.area, periods: $0.periods.intersection(new.periods)) }
          .filter { !$0.periods.subtracting(from == last ? [from] : []).isEmpty }
        add(new.area, others)
      }
      let beyond =
        (new.map { $0.periods.contains { $0 < from } ? [$0.area.name] : [] } ?? [])
        + old.filter { $0.periods.contains { $0 > last } }.map(\.area.name)
      let lacking = districts.map(\.name).filter { named[$0] == nil }
      changes.append(
        AreaChange(
          began: change.began.name, ended: change.ended.map(\.name), from: from,
          figures: !beyond.isEmpty ? .countedBeyond(beyond) : !lacking.isEmpty ? .lacking(lacking) : .followed))
      guard beyond.isEmpty && lacking.isEmpty else { continue }
      if let new { dates[new.area.name, default: Dates()].first = from }
      for place in old { dates[place.area.name, default: Dates()].last = last }
    }
    addNested(areas, figures)
  }

  private mutating func add(_ area: Area, _ others: [(area: Area, periods: Set<Period>)]) {
    let twice = others.filter { !$0.periods.isEmpty }
    guard !twice.isEmpty else { return }
    let periods = twice.reduce(into: Set<Period>()) { $0.formUnion($1.periods) }
    overlaps.append(AreaOverlap(area: area.name, parts: twice.map(\.area.name), periods: periods.sorted()))
  }

  /// Partnerships and forces of the data that hold other areas of it.
  private mutating func addNested(_ areas: [Area], _ figures: Figures) {
    let wide = areas.filter { $0.level == .csp || $0.level == .force }
    guard !wide.isEmpty, wide.count < areas.count else { return }
    for place in wide {
      let parts = areas.filter { area in
        switch place.level {
        case .csp: area.level != .csp && area.level != .residual && area.csp == place.csp ?? place.name
        default: area.level != .force && area.level != .residual && area.force == place.force ?? place.name
        }
      }
      let own = figures.counted(in: place)
      add(place, parts.map { ($0, figures.counted(in: $0).intersection(own)) })
    }
  }

  /// What was recorded where and when.
  private struct Figures {
    let byArea: [String: [Series]]

    init(_ panel: Panel) { byArea = Dictionary(grouping: panel.series, by: \.key.area) }

    /// The periods in which anything was recorded in an area: zero is what a file says of a place that is not there.
    func counted(in area: Area) -> Set<Period> {
      (byArea[area.name] ?? []).reduce(into: Set()) { found, series in
        for (offset, value) in series.values.enumerated() where value.isFinite && value != 0 {
          found.insert(series.start + offset)
        }
      }
    }
  }
}
