/// The interventions that concern each series of a run: a value, so that a job that allows for them can be written down,
/// compared and sent elsewhere.
///
/// Series under the same interventions share one list: of many thousand series it holds a few lists and a number each.
public struct Interventions: Sendable {
  /// Those of every series that is given none of its own.
  public let everywhere: [Intervention]
  /// Distinct lists of the others, none of them ``everywhere``.
  private let lists: [[Intervention]]
  /// Where in `lists` a series finds its own.
  private let places: [SeriesKey: Int32]

  /// The same interventions for every series; none by default.
  public init(everywhere: [Intervention] = []) {
    self.init(everywhere: everywhere, [] as [(SeriesKey, [Intervention])])
  }

  /// Interventions by series; of two lists of one series the later counts.
  ///
  /// - Parameter everywhere: those of every series that is not named.
  public init(
    everywhere: [Intervention] = [], _ own: some Sequence<(key: SeriesKey, interventions: [Intervention])>
  ) {
    self.everywhere = everywhere
    var lists: [[Intervention]] = []
    var known: [[Intervention]: Int32] = [:]
    var places: [SeriesKey: Int32] = [:]
    for (key, interventions) in own {
      guard interventions != everywhere else {
        places[key] = nil
        continue
      }
      let place = known[interventions] ?? Int32(lists.count)
      if place == lists.count {
        lists.append(interventions)
        known[interventions] = place
      }
      places[key] = place
    }
    self.lists = lists
    self.places = places
  }

  private init(everywhere: [Intervention], lists: [[Intervention]], places: [SeriesKey: Int32]) {
    self.everywhere = everywhere
    self.lists = lists
    self.places = places
  }

  /// The interventions that concern a series, in the order given.
  public subscript(key: SeriesKey) -> [Intervention] { places[key].map { lists[Int($0)] } ?? everywhere }

  /// What had begun by the end of a period: all that could be known then. Those of another frequency stay.
  public func begun(by period: Period) -> Interventions {
    func known(_ list: [Intervention]) -> [Intervention] {
      list.filter { $0.start.frequency != period.frequency || $0.start <= period }
    }
    return Interventions(everywhere: known(everywhere), lists: lists.map(known), places: places)
  }
}

extension Interventions: Hashable {
  /// Equal where every series has the same interventions.
  public static func == (a: Interventions, b: Interventions) -> Bool {
    a.everywhere == b.everywhere && a.own == b.own
  }

  /// Hashes those of every series and the number of series that have their own.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(everywhere)
    hasher.combine(places.values.count { lists[Int($0)] != everywhere })
  }

  /// The list of each series that differs from the rest, the same lists sharing their storage.
  private var own: [SeriesKey: [Intervention]] {
    places.mapValues { lists[Int($0)] }.filter { $0.value != everywhere }
  }
}

extension Interventions: Codable {
  /// A list with the series that it is of.
  private struct Group: Codable {
    var interventions: [Intervention]
    var series: [SeriesKey]
  }

  private enum CodingKeys: String, CodingKey { case everywhere, groups }

  /// Reads what ``encode(to:)`` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let groups = try container.decode([Group].self, forKey: .groups)
    self.init(
      everywhere: try container.decode([Intervention].self, forKey: .everywhere),
      groups.lazy.flatMap { group in group.series.lazy.map { ($0, group.interventions) } })
  }

  /// Writes each list once with its series in the order of their keys, lists in the order of their first series: equal
  /// values are written alike.
  public func encode(to encoder: any Encoder) throws {
    var groups: [Group] = []
    var known: [[Intervention]: Int] = [:]
    let own = own
    for key in own.keys.sorted() {
      guard let interventions = own[key] else { continue }
      if let group = known[interventions] {
        groups[group].series.append(key)
      } else {
        known[interventions] = groups.count
        groups.append(Group(interventions: interventions, series: [key]))
      }
    }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(everywhere, forKey: .everywhere)
    try container.encode(groups, forKey: .groups)
  }
}
