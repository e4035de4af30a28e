import TimeSeries

/// How much of each figure of a run had been reported when it was read: a value, so that a job that allows for late
/// reports can be written down, compared and sent elsewhere.
///
/// Figures are known by source (a force, say), measure and period, not by series: areas of one source share them.
public struct ReportingCompleteness: Hashable, Sendable {
  /// Whose figures of what.
  fileprivate struct Group: Hashable, Comparable {
    /// Nil where there is but one source.
    let source: String?
    let measure: String

    static func < (a: Group, b: Group) -> Bool {
      (a.source ?? "", a.measure) < (b.source ?? "", b.measure)
    }
  }

  /// What is known of the figures of a group that are not complete.
  fileprivate var figures: [Group: [Period: Completeness]] = [:]
  /// The source of an area, where there are several.
  fileprivate var sources: [String: String] = [:]

  /// Every figure is complete.
  public init() {}

  /// The figures of the sources and measures that delays are known of.
  ///
  /// - Parameter sources: the source of each area, by name; areas without one have the only source there is.
  public init(_ delays: ReportingDelays, sources: [String: String]) {
    let only = delays.sources.count == 1 ? delays.sources[0] : nil
    for (source, measure, periods) in delays.figures {
      let known = periods.compactMapValues { $0 }
      guard !known.isEmpty else { continue }
      figures[Group(source: source, measure: measure)] = known
      if source == only { figures[Group(source: nil, measure: measure)] = known }
    }
    self.sources = sources.filter { delays.sources.contains($0.value) }
  }

  /// The figures of one source; every area is taken to be its.
  ///
  /// - Parameter figures: by measure, or name of a series that stands alone, and period.
  public init(_ figures: [String: [Period: Completeness]]) {
    for (measure, periods) in figures where !periods.isEmpty {
      self.figures[Group(source: nil, measure: measure)] = periods
    }
  }

  /// Whether every figure is complete.
  public var isWhole: Bool { figures.isEmpty }

  /// How complete a figure was when it was read; nil where it is complete or nothing is known of it.
  public subscript(key: SeriesKey, period: Period) -> Completeness? {
    guard !figures.isEmpty else { return nil }
    return figures[Group(source: sources[key.area], measure: key.measure ?? key.area)]?[period]
  }
}

extension ReportingCompleteness: Codable {
  private struct Row: Codable {
    let source: String?
    let measure: String
    let figures: [Figure]
  }
  private struct Figure: Codable {
    let period: Period
    let completeness: Completeness
  }

  private enum CodingKeys: String, CodingKey { case figures, sources }

  /// Reads what ``encode(to:)`` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    sources = try container.decode([String: String].self, forKey: .sources)
    for row in try container.decode([Row].self, forKey: .figures) {
      for figure in row.figures {
        figures[Group(source: row.source, measure: row.measure), default: [:]][figure.period] = figure.completeness
      }
    }
  }

  /// Writes figures by source, measure and period, in their order: equal values are written alike.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(sources, forKey: .sources)
    try container.encode(
      figures.keys.sorted().map { group in
        let periods = figures[group] ?? [:]
        return Row(
          source: group.source, measure: group.measure,
          figures: periods.keys.sorted().compactMap { period in
            periods[period].map { Figure(period: period, completeness: $0) }
          })
      }, forKey: .figures)
  }
}
