import Wording

/// Drawing pieces that every chart uses.
enum Shapes {
  /// Text at a point. `anchor` is `start`, `middle` or `end`.
  static func text(
    _ content: String, x: Double, y: Double, anchor: String = "start", size: Int = 13, colour: String = Palette.ink,
    isBold: Bool = false
  ) -> Markup {
    .element(
      "text",
      [
        "x": NumberText.coordinate(x), "y": NumberText.coordinate(y), "text-anchor": anchor == "start" ? nil : anchor,
        "font-size": String(size), "fill": colour, "font-weight": isBold ? "bold" : nil,
      ], Markup(text: content))
  }

  static func line(
    x1: Double, y1: Double, x2: Double, y2: Double, colour: String, width: Double = 1, dashes: String? = nil
  ) -> Markup {
    .element(
      "line",
      [
        "x1": NumberText.coordinate(x1), "y1": NumberText.coordinate(y1), "x2": NumberText.coordinate(x2),
        "y2": NumberText.coordinate(y2), "stroke": colour, "stroke-width": NumberText.coordinate(width),
        "stroke-dasharray": dashes,
      ])
  }

  static func rectangle(
    x: Double, y: Double, width: Double, height: Double, fill: String, stroke: String? = nil, className: String? = nil
  ) -> Markup {
    .element(
      "rect",
      [
        "class": className, "x": NumberText.coordinate(x), "y": NumberText.coordinate(y),
        "width": NumberText.coordinate(max(width, 0)), "height": NumberText.coordinate(max(height, 0)), "fill": fill,
        "stroke": stroke,
      ])
  }

  /// A line through points that may be missing.
  static func path(_ d: String, className: String, colour: String, width: Double = 2, dashes: String? = nil) -> Markup {
    d.isEmpty
      ? .empty
      : .element(
        "path",
        [
          "class": className, "d": d, "fill": "none", "stroke": colour, "stroke-width": NumberText.coordinate(width),
          "stroke-dasharray": dashes, "stroke-linejoin": "round", "stroke-linecap": "round",
        ])
  }

  static func area(_ d: String, className: String, fill: String) -> Markup {
    d.isEmpty ? .empty : .element("path", ["class": className, "d": d, "fill": fill, "stroke": "none"])
  }

  static func dot(x: Double, y: Double, radius: Double = 2, fill: String, className: String) -> Markup {
    .element(
      "circle",
      [
        "class": className, "cx": NumberText.coordinate(x), "cy": NumberText.coordinate(y),
        "r": NumberText.coordinate(radius), "fill": fill,
      ])
  }

  /// An exception: a filled triangle that points up, or a hollow one that points down, outlined in ink.
  static func triangle(x: Double, y: Double, isUp: Bool, size: Double = 6) -> Markup {
    let tip = isUp ? y - size : y + size
    let base = isUp ? y + size * 0.7 : y - size * 0.7
    let points = [
      PathText.pair(x, tip), PathText.pair(x + size, base), PathText.pair(x - size, base),
    ].joined(separator: " ")
    return .element(
      "polygon",
      [
        "class": isUp ? "higher" : "lower", "points": points, "fill": isUp ? Palette.orange : Palette.paper,
        "stroke": Palette.ink, "stroke-width": "1.5",
      ])
  }

  /// The `svg` element with its name and description, the way screen readers are told of both.
  static func svg(
    id: String, className: String, width: Double, height: Double, title: String, description: String,
    content: [Markup]
  ) -> Markup {
    let head: [Markup] = [
      .element("title", ["id": "\(id)-title"], Markup(text: title)),
      .element("desc", ["id": "\(id)-desc"], Markup(text: description)),
    ]
    return .element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": className, "role": "img",
        "viewBox": "0 0 \(NumberText.coordinate(width)) \(NumberText.coordinate(height))",
        "width": NumberText.coordinate(width), "height": NumberText.coordinate(height),
        "aria-labelledby": "\(id)-title", "aria-describedby": "\(id)-desc",
      ], head + content)
  }
}
