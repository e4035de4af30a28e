import Wording

/// A few lines over common positions, told apart by dashes as well as colour and labelled at their ends.
public struct ScoreLines: Sendable {
  /// One line.
  public struct Line: Sendable, Hashable {
    /// What it stands for.
    public var label: String
    /// Values by position; NaN where there is none.
    public var values: [Double]

    /// A line.
    public init(label: String, values: [Double]) {
      self.label = label
      self.values = values
    }
  }

  /// Identifier of the drawing within its page.
  public var id: String
  /// The finding, which names the picture for a screen reader.
  public var title: String
  /// The finding at more length.
  public var description: String
  /// The lines; those beyond the fourth are not drawn.
  public var lines: [Line]
  /// Labels of positions, from the first.
  public var positions: [String]
  /// What the positions are, written below them.
  public var axis: String
  /// Size in CSS pixels.
  public var width = 720.0
  /// Size in CSS pixels.
  public var height = 320.0

  /// Most lines a reader can keep apart.
  public static let mostLines = 4

  /// A chart of lines.
  public init(id: String, title: String, description: String, lines: [Line], positions: [String], axis: String) {
    self.id = id
    self.title = title
    self.description = description
    self.lines = lines
    self.positions = positions
    self.axis = axis
  }

  private static let looks: [(colour: String, dashes: String?)] = [
    (Palette.darkBlue, nil), (Palette.darkPink, "8 4"), (Palette.history, "2 4"), (Palette.ink, "10 3 2 3"),
  ]

  /// The drawing.
  public func svg() -> Markup {
    let shown = Array(lines.prefix(ScoreLines.mostLines))
    let longest = Double(shown.map(\.label.count).max() ?? 0)
    let (left, right, bottom) = (44.0, width - min(longest * 7.5 + 14, width * 0.4), height - 44)
    let scale = LinearScale(values: shown.flatMap(\.values), low: bottom, high: 14)
    let last = Double(max(positions.count - 1, 1))
    func x(_ i: Int) -> Double {
      positions.count < 2 ? (left + right) / 2 : left + 8 + (right - left - 16) * Double(i) / last
    }
    var content: [Markup] = []
    for tick in scale.ticks {
      content.append(Shapes.line(x1: left, y1: scale(tick), x2: right, y2: scale(tick), colour: Palette.rule))
      content.append(
        Shapes.text(
          NumberText.axis(tick, step: scale.step), x: left - 6, y: scale(tick) + 4, anchor: "end",
          colour: Palette.quiet))
    }
    let stride = max(1, Int((Double(positions.count) * 34 / (right - left)).rounded(.up)))
    for (i, label) in positions.enumerated() where i % stride == 0 {
      content.append(Shapes.text(label, x: x(i), y: bottom + 18, anchor: "middle", colour: Palette.quiet))
    }
    content.append(Shapes.text(axis, x: (left + right) / 2, y: bottom + 38, anchor: "middle", colour: Palette.quiet))
    var labels: [(y: Double, text: String, colour: String)] = []
    for (line, look) in zip(shown, ScoreLines.looks) {
      let points = line.values.enumerated().map { $1.isFinite ? (x: x($0), y: scale($1)) : nil }
      content.append(
        Shapes.path(PathText.line(points), className: "score", colour: look.colour, width: 2.5, dashes: look.dashes))
      for run in PathText.runs(count: points.count, where: { points[$0] != nil }) where run.count == 1 {
        if let only = points[run.lowerBound] {
          content.append(Shapes.dot(x: only.x, y: only.y, radius: 3, fill: look.colour, className: "score"))
        }
      }
      if let end = points.last(where: { $0 != nil }), let end { labels.append((end.y, line.label, look.colour)) }
    }
    content += placed(labels, x: right + 6, bottom: bottom)
    return Shapes.svg(
      id: id, className: "lines", width: width, height: height, title: title, description: description,
      content: content)
  }

  /// Labels from the bottom up, each at least a line above the one below.
  private func placed(_ labels: [(y: Double, text: String, colour: String)], x: Double, bottom: Double) -> [Markup] {
    var ceiling = bottom + 16
    return labels.sorted { $0.y > $1.y }.map { label in
      let y = min(label.y + 4, ceiling - 16)
      ceiling = y
      return Shapes.text(label.text, x: x, y: y, colour: label.colour, isBold: true)
    }
  }
}
