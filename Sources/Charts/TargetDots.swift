import Wording

/// Shares measured beside the shares aimed at, a row each, on one axis from 0 to 100 %: the target as a hollow diamond,
/// what was measured as a dot.
public struct TargetDots: Sendable {
  /// One row.
  public struct Row: Sendable, Hashable {
    /// What was measured.
    public var label: String
    /// The share aimed at, 0 to 1.
    public var target: Double
    /// The share measured, 0 to 1; NaN if there is none.
    public var measured: Double

    /// A row.
    public init(label: String, target: Double, measured: Double) {
      self.label = label
      self.target = target
      self.measured = measured
    }
  }

  /// Identifier of the drawing within its page.
  public var id: String
  /// The finding, which names the picture for a screen reader.
  public var title: String
  /// The finding at more length.
  public var description: String
  /// The rows, from the top.
  public var rows: [Row]
  /// Width in CSS pixels.
  public var width = 720.0

  /// A chart of rows.
  public init(id: String, title: String, description: String, rows: [Row]) {
    self.id = id
    self.title = title
    self.description = description
    self.rows = rows
  }

  /// The drawing. Labels stand above their rows, so that long ones fit.
  public func svg() -> Markup {
    let rowHeight = 40.0
    let bottom = Double(rows.count) * rowHeight + 4
    let scale = LinearScale(values: [0, 100], low: 6, high: width - 64, ticks: 5)
    var content: [Markup] = []
    for tick in scale.ticks {
      content.append(Shapes.line(x1: scale(tick), y1: 0, x2: scale(tick), y2: bottom, colour: Palette.rule))
      content.append(
        Shapes.text(
          "\(NumberText.axis(tick, step: scale.step))%", x: scale(tick), y: bottom + 18, anchor: "middle",
          colour: Palette.quiet))
    }
    for (i, row) in rows.enumerated() {
      let top = Double(i) * rowHeight
      let y = top + 28
      content.append(Shapes.text(row.label, x: 0, y: top + 14))
      content.append(Shapes.line(x1: scale(0), y1: y, x2: scale(100), y2: y, colour: Palette.rule))
      let aim = scale(row.target * 100)
      content.append(
        .element(
          "polygon",
          [
            "class": "target",
            "points": [(aim, y - 8), (aim + 8, y), (aim, y + 8), (aim - 8, y)].map { PathText.pair($0.0, $0.1) }
              .joined(separator: " "), "fill": Palette.paper, "stroke": Palette.darkPink, "stroke-width": "2",
          ]))
      guard row.measured.isFinite else { continue }
      content.append(
        Shapes.dot(x: scale(row.measured * 100), y: y, radius: 5, fill: Palette.darkBlue, className: "measured"))
      content.append(
        Shapes.text(
          "\(NumberText.grouped(row.measured * 100, decimals: 1))%", x: width, y: y + 5, anchor: "end",
          colour: Palette.darkBlue, isBold: true))
    }
    return Shapes.svg(
      id: id, className: "targets", width: width, height: bottom + 26, title: title, description: description,
      content: content)
  }
}
