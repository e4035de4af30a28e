import TimeSeries

/// What to know about rows that were counted while they were read.
public enum CountedNote: Hashable, Sendable, Codable {
  /// One name written in several ways.
  public struct Spelling: Hashable, Sendable, Codable {
    /// How it is written now.
    public let now: String
    /// The other ways, in scalar order.
    public let others: [String]

    package init(now: String, others: [String]) {
      self.now = now
      self.others = others
    }
  }

  /// A total below nought.
  public struct NegativeTotal: Hashable, Sendable, Codable {
    /// Where and what.
    public let series: SeriesKey
    /// When.
    public let period: Period
    /// How much.
    public let total: Int

    package init(_ series: SeriesKey, _ period: Period, _ total: Int) {
      self.series = series
      self.period = period
      self.total = total
    }
  }

  /// Names written in several ways were brought under the latest.
  case spellings([Spelling])
  /// Rows of no partnership counted apart, in these areas.
  case residualAreas([String], rows: Int)
  /// Totals below nought: more crimes cancelled than recorded; missing.
  case negativeTotals([NegativeTotal])

  var facts: DataNote.Facts {
    switch self {
    case .spellings: .init("spelling", .information)
    case .residualAreas(let areas, _): .init("residual-areas", .information, .init(areas: areas))
    case .negativeTotals(let totals):
      .init(
        "negative-totals", .warning,
        .init(
          areas: totals.map(\.series.area), measures: totals.compactMap(\.series.measure),
          periods: totals.map(\.period)))
    }
  }
}
