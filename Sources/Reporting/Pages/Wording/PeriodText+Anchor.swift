import TimeSeries

/// The name under which pages know it.
typealias PeriodWords = PeriodText

extension PeriodText {
  /// For anchors: `2024-04`.
  func anchor(_ period: Period) -> String { PeriodStyle.standard(for: period.frequency).format(period).lowercased() }
}
