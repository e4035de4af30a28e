import Ingest
import TimeSeries

/// What was understood from the inputs, in a few lines for a terminal.
public enum DataSummary {
  /// The lines, without line feeds.
  public static func lines(_ data: IngestedData) -> [String] {
    var lines: [String] = []
    let panel = data.panel
    if let span = panel.span {
      let home = data.areas.values.count { $0.level != .residual }
      lines.append(
        "\(data.kind.rawValue): \(home) areas, \(panel.measures.count) measures, "
          + "\(panel.style.format(span.lowerBound)) to \(panel.style.format(span.upperBound)) (\(panel.frequency.rawValue))."
      )
    }
    let accounting = data.accounting
    var account = "\(accounting.read) \(accounting.unit.rawValue) read = \(accounting.counted) counted"
    for (fate, reasons) in [("in residual areas", accounting.residual), ("set aside", accounting.setAside)] {
      for reason in reasons.keys.sorted() { account += " + \(reasons[reason] ?? 0) \(fate) (\(reason))" }
    }
    lines.append(account + ".")
    let doubtful = Dictionary(grouping: data.completeness.doubtful, by: \.status)
    for status in [CompletenessCalendar.Status.absent, .strayRowsOnly, .partial] {
      guard let cells = doubtful[status] else { continue }
      let listed = cells.prefix(6).map { "\($0.source) \(panel.style.format($0.period))" }.joined(separator: ", ")
      lines.append(
        "\(cells.count) source-\(panel.frequency.noun)s \(status.rawValue): \(listed)\(cells.count > 6 ? ", ..." : "")."
      )
    }
    return lines
  }
}
