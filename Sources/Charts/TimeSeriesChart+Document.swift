import Wording

extension TimeSeriesChart {
  /// The drawing as a file of its own: on white, with its finding and a subtitle above it, in a font that is everywhere.
  ///
  /// - Parameter subtitle: what is plotted and its unit.
  public func document(subtitle: String) -> String {
    let layout = Layout(self)
    let heading = 54.0
    let drawing = Shapes.svg(
      id: id, className: "chart", width: width, height: height + heading, title: title, description: description,
      content: [
        .element(
          "g", ["font-family": "Arial, Helvetica, sans-serif"],
          Shapes.rectangle(x: 0, y: 0, width: width, height: height + heading, fill: Palette.paper),
          Shapes.text(title, x: 10, y: 22, size: 16, isBold: true),
          Shapes.text(subtitle, x: 10, y: 42, colour: Palette.quiet),
          .element("g", ["transform": "translate(0 \(NumberText.coordinate(heading)))"], layout.drawing()))
      ])
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\(drawing.source)\n"
  }
}
