import Wording

/// Upright columns of shares beside the share each would have if all were alike: a histogram that should be flat.
public struct ColumnChart: Sendable {
  /// Identifier of the drawing within its page.
  public var id: String
  /// The finding, which names the picture for a screen reader.
  public var title: String
  /// The finding at more length.
  public var description: String
  /// Share of each column; what is not finite or below 0 is not drawn.
  public var shares: [Double]
  /// Labels of the columns' edges, one more than there are columns.
  public var edges: [String]
  /// The share all columns would have, drawn as a dashed line with its label.
  public var reference: (share: Double, label: String)
  /// Size in CSS pixels.
  public var width = 360.0
  /// Size in CSS pixels.
  public var height = 220.0

  /// A chart of columns.
  public init(
    id: String, title: String, description: String, shares: [Double], edges: [String],
    reference: (share: Double, label: String)
  ) {
    self.id = id
    self.title = title
    self.description = description
    self.shares = shares
    self.edges = edges
    self.reference = reference
  }

  /// The drawing.
  public func svg() -> Markup {
    let (left, right, bottom) = (44.0, width - 8, height - 30)
    let scale = LinearScale(values: shares.map { $0 * 100 } + [reference.share * 150], low: bottom, high: 14)
    let step = (right - left) / Double(max(shares.count, 1))
    var content: [Markup] = []
    for tick in scale.ticks {
      content.append(Shapes.line(x1: left, y1: scale(tick), x2: right, y2: scale(tick), colour: Palette.rule))
      content.append(
        Shapes.text(
          "\(NumberText.axis(tick, step: scale.step))%", x: left - 6, y: scale(tick) + 4, anchor: "end",
          colour: Palette.quiet))
    }
    for (i, share) in shares.enumerated() where share.isFinite && share > 0 {
      let top = scale(share * 100)
      content.append(
        Shapes.rectangle(
          x: left + step * Double(i) + 1, y: top, width: step - 2, height: bottom - top, fill: Palette.innerBand,
          stroke: Palette.darkBlue, className: "column"))
    }
    for (i, label) in edges.enumerated() where i % 2 == 0 {
      let x = left + step * Double(i)
      content.append(
        Shapes.text(
          label, x: x, y: bottom + 18, anchor: i == 0 ? "start" : i == shares.count ? "end" : "middle",
          colour: Palette.quiet))
    }
    let y = scale(reference.share * 100)
    content.append(
      Shapes.line(x1: left, y1: y, x2: right, y2: y, colour: Palette.darkPink, width: 2, dashes: "6 4"))
    content.append(Shapes.text(reference.label, x: right, y: 12, anchor: "end", colour: Palette.darkPink))
    return Shapes.svg(
      id: id, className: "columns", width: width, height: height, title: title, description: description,
      content: content)
  }
}
