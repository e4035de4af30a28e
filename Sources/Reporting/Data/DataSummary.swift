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
    for run in data.completeness.remarkRuns {
      let months = [run.first, run.last].map(panel.style.format)
      lines.append(
        "\(run.source) \(months[0] == months[1] ? months[0] : "\(months[0]) to \(months[1])"): \(run.remark.text).")
    }
    for share in data.completeness.recorded {
      lines.append("\(share.forceName) \(share.yearText), archive \(share.state.rawValue): \(share.text).")
    }
    let use = data.unallocated?.isShared == true ? "; here these records are shared out" : ""
    for drift in data.geocodingDrifts {
      lines.append(
        "Geocoding drift in \(drift.forceName) from \(panel.style.format(drift.after.lowerBound)): \(drift.note)\(use)."
      )
    }
    return lines
  }
}
