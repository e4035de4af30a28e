/// A small chart of one series, made to stand in a row with others on one time axis: history, forecast band, exceptions.
///
/// Every sparkline of a row is given the same number of positions, so that the same place is the same period.
public struct Sparkline: Sendable {
  /// Identifier of the drawing within its page.
  public var id: String
  /// The finding, which names the picture for a screen reader.
  public var title: String
  /// The finding at more length, with the last value.
  public var description: String
  /// Positions of the row's common time axis.
  public var positions: Int
  /// Values of the history by position; NaN where missing or outside the series.
  public var history: [Double]
  /// Position of the first step of the forecast.
  public var forecastStart: Int
  /// Medians, lower and upper bounds of the forecast; empty for none.
  public var middle: [Double] = []
  /// Lower bounds of the 80 % interval.
  public var lower: [Double] = []
  /// Upper bounds of the 80 % interval.
  public var upper: [Double] = []
  /// Exceptions within the history.
  public var exceptions: [TimeSeriesChart.Exception] = []
  /// Size in CSS pixels.
  public var width = 200.0
  /// Size in CSS pixels.
  public var height = 56.0

  /// A sparkline of a history on a common axis.
  public init(id: String, title: String, description: String, positions: Int, history: [Double]) {
    self.id = id
    self.title = title
    self.description = description
    self.positions = positions
    self.history = history
    forecastStart = history.count
  }

  /// The drawing.
  public func svg() -> Markup {
    let scale = LinearScale(values: history + middle + upper, low: height - 4, high: 8, isTight: true)
    let last = Double(max(positions - 1, 1))
    func x(_ position: Int) -> Double { 3 + (width - 6) * Double(min(max(position, 0), max(positions - 1, 0))) / last }
    func point(_ position: Int, _ value: Double) -> (x: Double, y: Double)? {
      value.isFinite ? (x(position), scale(value)) : nil
    }
    var content: [Markup] = [
      Shapes.line(x1: 0, y1: height - 4, x2: width, y2: height - 4, colour: Palette.rule)
    ]
    let steps = min(lower.count, upper.count)
    content.append(
      Shapes.area(
        PathText.band(
          x: (0..<steps).map { x(forecastStart + $0) },
          lower: lower.prefix(steps).map { $0.isFinite ? scale($0) : nil },
          upper: upper.prefix(steps).map { $0.isFinite ? scale($0) : nil }),
        className: "band-80", fill: Palette.innerBand))
    let line = history.enumerated().map { point($0, $1) }
    content.append(Shapes.path(PathText.line(line), className: "history", colour: Palette.history, width: 2))
    for run in PathText.runs(count: line.count, where: { line[$0] != nil }) where run.count == 1 {
      if let only = line[run.lowerBound] {
        content.append(Shapes.dot(x: only.x, y: only.y, fill: Palette.history, className: "history"))
      }
    }
    content.append(
      Shapes.path(
        PathText.line(middle.enumerated().map { point(forecastStart + $0, $1) }), className: "forecast",
        colour: Palette.darkBlue, width: 2, dashes: "4 3"))
    for mark in exceptions.sorted(by: { $0.position < $1.position }) where history.indices.contains(mark.position) {
      if let at = point(mark.position, history[mark.position]) {
        content.append(Shapes.triangle(x: at.x, y: at.y, isUp: mark.isHigher, size: 5))
      }
    }
    return Shapes.svg(
      id: id, className: "sparkline", width: width, height: height, title: title, description: description,
      content: content)
  }
}
