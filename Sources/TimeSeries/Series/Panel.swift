/// Series of one frequency, in input order, found by key.
public struct Panel: Sendable {
  /// Frequency of every series.
  public let frequency: Frequency
  /// How the source wrote its periods.
  public let style: PeriodStyle
  /// The series, in input order.
  public let series: [Series]
  private let index: [SeriesKey: Int]

  /// A panel of series with distinct keys; of two series with one key the first is found by key.
  public init(frequency: Frequency, style: PeriodStyle, series: [Series]) {
    self.frequency = frequency
    self.style = style
    self.series = series
    self.index = Dictionary(series.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The series with this key.
  public subscript(key: SeriesKey) -> Series? { index[key].map { series[$0] } }

  /// First and last period over all series; nil for a panel without a period.
  public var span: ClosedRange<Period>? {
    var span: ClosedRange<Period>?
    for one in series where one.count > 0 {
      span = min(span?.lowerBound ?? one.start, one.start)...max(span?.upperBound ?? one.end, one.end)
    }
    return span
  }

  /// Distinct areas, in order of first appearance.
  public var areas: [String] { distinct(series.lazy.map(\.key.area)) }
  /// Distinct measures, in order of first appearance.
  public var measures: [String] { distinct(series.lazy.compactMap(\.key.measure)) }

  /// What was known at the end of `period`; series that had not begun are left out.
  public func asOf(_ period: Period) -> Panel {
    filterMap { series in
      let cut = series.through(period)
      return cut.count > 0 ? cut : nil
    }
  }

  /// A panel of the transformed series that are not nil.
  public func filterMap(_ transform: (Series) -> Series?) -> Panel {
    Panel(frequency: frequency, style: style, series: series.compactMap(transform))
  }

  private func distinct(_ names: some Sequence<String>) -> [String] {
    var seen = Set<String>()
    return names.filter { seen.insert($0).inserted }
  }
}
