import Charts

extension AlertFacts {
  /// The last periods as a drawing; nil where none has a figure.
  func chart(title: String) -> TimeSeriesChart? {
    guard rows.contains(where: { $0.observed != nil }) else { return nil }
    var chart = TimeSeriesChart(
      id: "alert", title: title, description: sentences.joined(separator: " "),
      history: rows.map { $0.observed ?? .nan })
    chart.fitted = rows.map { $0.expected ?? .nan }
    for (position, row) in rows.enumerated() {
      guard let lower = row.lower, let upper = row.upper else { continue }
      chart.expectedRanges.append(.init(position: position, lower: lower, upper: upper))
      if let observed = row.observed, isHigher ? observed > upper : observed < lower {
        chart.exceptions.append(.init(position: position, isHigher: isHigher))
      }
    }
    chart.timeTicks = rows.indices.filter { $0 % 4 == 0 }.map {
      .init(position: $0, label: rows[$0].period)
    }
    // The newest period is the one that matters: its label needs room.
    chart.rightMargin = 40
    chart.width = 420
    chart.height = 240
    return chart
  }
}

extension AlertMessage {
  /// The chart as a file of its own; nil where the message has no figures.
  public var svg: String? {
    facts?.chart(title: headline)?.document(
      subtitle: "Recorded (line), expected (dashes) and what is usual (bars) of each period up to \(period)")
  }
}
