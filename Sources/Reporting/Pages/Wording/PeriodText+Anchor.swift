import TimeSeries

extension PeriodText {
  /// For anchors: `2024-04`.
  func anchor(_ period: Period) -> String { PeriodStyle.standard(for: period.frequency).format(period).lowercased() }
}
