/// Horizontal bars, each made of parts told apart by lightness and outline, with its value written at its end.
public struct BarOfParts: Sendable {
  /// One bar.
  public struct Bar: Sendable, Hashable {
    /// What it stands for.
    public var label: String
    /// Lengths of its parts, from the axis outwards, darkest first; parts that are not positive are left out.
    public var parts: [Double]
    /// The value written at its end.
    public var value: String
    /// Whether it is the one the page is about: its label is bold.
    public var isSubject: Bool

    /// A bar.
    public init(label: String, parts: [Double], value: String, isSubject: Bool = false) {
      self.label = label
      self.parts = parts
      self.value = value
      self.isSubject = isSubject
    }
  }

  /// Identifier of the drawing within its page.
  public var id: String
  /// The finding, which names the picture for a screen reader.
  public var title: String
  /// The finding at more length.
  public var description: String
  /// The bars, from the top.
  public var bars: [Bar]
  /// Width in CSS pixels.
  public var width = 720.0

  /// A chart of bars.
  public init(id: String, title: String, description: String, bars: [Bar]) {
    self.id = id
    self.title = title
    self.description = description
    self.bars = bars
  }

  /// The drawing. Labels stand above their bars, so that long ones fit.
  public func svg() -> Markup {
    let rowHeight = 40.0
    let totals = bars.map { bar in bar.parts.reduce(0) { $1.isFinite && $1 > 0 ? $0 + $1 : $0 } }
    let longest = max(totals.max() ?? 0, 1e-300)
    let fills = [Palette.darkBlue, Palette.innerBand, Palette.outerBand]
    var content: [Markup] = []
    for (i, bar) in bars.enumerated() {
      let y = Double(i) * rowHeight
      content.append(Shapes.text(bar.label, x: 0, y: y + 14, isBold: bar.isSubject))
      var cursor = 0.0
      let room = width - 130
      for (k, part) in bar.parts.enumerated() where part.isFinite && part > 0 {
        let length = room * min(part / longest, 1)
        content.append(
          Shapes.rectangle(
            x: cursor, y: y + 19, width: length, height: 14, fill: fills[min(k, fills.count - 1)],
            stroke: Palette.darkBlue, className: "part"))
        cursor += length
      }
      content.append(Shapes.text(bar.value, x: cursor + 6, y: y + 31, isBold: bar.isSubject))
    }
    return Shapes.svg(
      id: id, className: "bars", width: width, height: max(Double(bars.count) * rowHeight, rowHeight), title: title,
      description: description, content: content)
  }
}
