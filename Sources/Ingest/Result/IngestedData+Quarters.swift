import TimeSeries

extension IngestedData {
  /// The same by calendar quarters, of which all months are known (``TimeSeries/Series/byQuarter()``): for what is published, since months
  /// of small places are small. Its calendar of completeness, which is by months, is left out, and so is the account of rows without a place.
  ///
  /// - Returns: nil for data that is neither by months nor by quarters, and for none that holds a whole quarter.
  public var byQuarter: IngestedData? {
    guard [.monthly, .quarterly].contains(panel.frequency) else { return nil }
    guard panel.frequency == .monthly else { return self }
    let series = panel.series.compactMap { $0.byQuarter() }
    guard !series.isEmpty else { return nil }
    let quarters = Panel(frequency: .quarterly, style: .standard(for: .quarterly), series: series)
    let names = Set(quarters.areas)
    return IngestedData(
      kind: kind, panel: quarters, areas: areas.filter { names.contains($0.key) },
      completeness: CompletenessCalendar(cells: []), accounting: accounting, sources: sources, notes: notes,
      units: units)
  }
}
