import Wording

/// A matrix of impact and likelihood: a cell for each pair of levels, shaded by its score, with the numbers of what lies in it.
public struct RiskMatrix: Sendable {
  /// One cell.
  public struct Cell: Sendable, Hashable {
    /// What its score is written as.
    public var score: String
    /// How dark it is, from 0 (the lowest band) to 1 (the highest).
    public var shade: Double
    /// What lies in it, in order: the numbers of rows of the table beside it.
    public var items: [String]

    /// A cell.
    public init(score: String, shade: Double, items: [String]) {
      (self.score, self.shade, self.items) = (score, shade, items)
    }
  }

  /// Identifier of the drawing within its page.
  public var id: String
  /// The finding, which names the picture for a screen reader.
  public var title: String
  /// The finding at more length.
  public var description: String
  /// Names of the columns, least likely first.
  public var columns: [String]
  /// Names of the rows, gravest first.
  public var rows: [String]
  /// Cells by row, then column.
  public var cells: [[Cell]]
  /// Width in CSS pixels.
  public var width = 640.0

  /// A matrix.
  public init(
    id: String, title: String, description: String, columns: [String], rows: [String], cells: [[Cell]]
  ) {
    self.id = id
    self.title = title
    self.description = description
    self.columns = columns
    self.rows = rows
    self.cells = cells
  }

  private static let left = 96.0
  private static let line = 17.0
  /// Numbers that fit a line of a cell.
  private var perLine: Int { max(2, Int((side - 16) / 26)) }
  private var side: Double { (width - RiskMatrix.left) / Double(max(columns.count, 1)) }

  /// The drawing. Rows grow with what they hold; shades differ in lightness, and every cell says its score.
  public func svg() -> Markup {
    var content: [Markup] = []
    var y = 4.0
    for (name, row) in zip(rows, cells) {
      let most = row.map { lines($0.items).count }.max() ?? 0
      let height = max(56, 30 + RiskMatrix.line * Double(most))
      content.append(Shapes.text(name, x: 0, y: y + height / 2 + 4))
      for (i, cell) in row.enumerated() {
        let x = RiskMatrix.left + Double(i) * side
        content.append(
          Shapes.rectangle(
            x: x, y: y, width: side, height: height, fill: fill(cell.shade), stroke: Palette.ink, className: "cell"))
        content.append(
          Shapes.text(cell.score, x: x + side - 6, y: y + 17, anchor: "end", size: 12, colour: Palette.history))
        for (at, text) in lines(cell.items).enumerated() {
          content.append(
            Shapes.text(text, x: x + 8, y: y + 24 + RiskMatrix.line * Double(at + 1) - 6, size: 14, isBold: true))
        }
      }
      y += height
    }
    for (i, name) in columns.enumerated() {
      content.append(
        Shapes.text(name, x: RiskMatrix.left + (Double(i) + 0.5) * side, y: y + 18, anchor: "middle"))
    }
    return Shapes.svg(
      id: id, className: "matrix", width: width, height: y + 26, title: title, description: description,
      content: content)
  }

  private func lines(_ items: [String]) -> [String] {
    stride(from: 0, to: items.count, by: perLine).map { start in
      let part = items[start..<min(items.count, start + perLine)].joined(separator: ", ")
      return start + perLine < items.count ? part + "," : part
    }
  }

  private func fill(_ shade: Double) -> String {
    switch shade {
    case ..<0.25: Palette.paper
    case ..<0.5: Palette.shade
    case ..<0.75: Palette.outerBand
    default: Palette.innerBand
    }
  }
}
