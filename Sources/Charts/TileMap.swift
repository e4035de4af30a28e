import Wording

/// Places as tiles on a grid, about where they lie to each other, each shaded by its value and numbered: no map of anything that
/// happened.
public struct TileMap: Sendable {
  /// One place.
  public struct Tile: Sendable, Hashable {
    /// Its number from the left.
    public var column: Int
    /// Its number from the top.
    public var row: Int
    /// What is written on it: a number that a table explains.
    public var label: String
    /// What it stands for, as a screen reader says it.
    public var name: String
    /// What it is shaded by, none negative; NaN leaves it white.
    public var value: Double

    /// A place.
    public init(column: Int, row: Int, label: String, name: String, value: Double) {
      (self.column, self.row, self.label, self.name, self.value) = (column, row, label, name, value)
    }
  }

  /// Identifier of the drawing within its page.
  public var id: String
  /// The finding, which names the picture for a screen reader.
  public var title: String
  /// The finding at more length.
  public var description: String
  /// The places.
  public var tiles: [Tile]
  /// Width in CSS pixels.
  public var width = 480.0

  /// A map of tiles.
  public init(id: String, title: String, description: String, tiles: [Tile]) {
    (self.id, self.title, self.description, self.tiles) = (id, title, description, tiles)
  }

  /// From nothing to the largest value in four equal steps, lightest first; text on each is told from it.
  private static let shades = [Palette.paper, Palette.outerBand, Palette.innerBand, Palette.darkBlue]

  /// The drawing: square tiles, no larger than 48 pixels, and the steps of shade below.
  public func svg() -> Markup {
    let columns = tiles.map(\.column)
    let rows = tiles.map(\.row)
    guard let left = columns.min(), let right = columns.max(), let top = rows.min(), let bottom = rows.max() else {
      return .empty
    }
    let size = min(48, width / Double(right - left + 1))
    let most = tiles.map(\.value).filter(\.isFinite).max() ?? 0
    var content: [Markup] = tiles.map { tile in
      let x = Double(tile.column - left) * size
      let y = Double(tile.row - top) * size
      let shade = step(tile.value, most)
      return .element(
        "g", ["class": "tile"], .element("title", [:], Markup(text: tile.name)),
        Shapes.rectangle(
          x: x + 1, y: y + 1, width: size - 2, height: size - 2, fill: TileMap.shades[shade], stroke: Palette.darkBlue),
        size < 18
          ? .empty
          : Shapes.text(
            tile.label, x: x + size / 2, y: y + size / 2 + 5, anchor: "middle",
            colour: shade == TileMap.shades.count - 1 ? Palette.paper : Palette.ink))
    }
    let below = Double(bottom - top + 1) * size + 10
    for (i, shade) in TileMap.shades.enumerated() {
      let x = Double(i) * 112
      content.append(
        Shapes.rectangle(x: x + 1, y: below, width: 16, height: 16, fill: shade, stroke: Palette.darkBlue))
      let end = most * Double(i + 1) / Double(TileMap.shades.count)
      content.append(
        Shapes.text("\(i == 0 ? "up to" : "to") \(NumberText.grouped(end))", x: x + 22, y: below + 13))
    }
    return Shapes.svg(
      id: id, className: "tiles", width: max(width, 448), height: below + 22, title: title, description: description,
      content: content)
  }

  private func step(_ value: Double, _ most: Double) -> Int {
    guard value.isFinite, most > 0, value > 0 else { return 0 }
    return min(TileMap.shades.count - 1, Int((value / most * Double(TileMap.shades.count)).rounded(.up)) - 1)
  }
}
