import Wording

/// A forecast total against last year's on one line: an interval as a thick bar, what is expected of it as a dot, last year as a
/// hollow diamond.
public struct IntervalDot: Sendable {
  /// Identifier of the drawing within its page.
  public var id: String
  /// The finding, which names the picture for a screen reader.
  public var title: String
  /// The finding at more length.
  public var description: String
  /// What is compared with.
  public var reference: Double
  /// Median of the forecast.
  public var middle: Double
  /// Ends of the interval.
  public var lower: Double
  /// Ends of the interval.
  public var upper: Double
  /// Width in CSS pixels.
  public var width = 720.0

  /// A forecast beside what it is compared with.
  public init(
    id: String, title: String, description: String, reference: Double, middle: Double, lower: Double, upper: Double
  ) {
    self.id = id
    self.title = title
    self.description = description
    self.reference = reference
    self.middle = middle
    self.lower = lower
    self.upper = upper
  }

  /// The drawing.
  public func svg() -> Markup {
    let height = 92.0
    let scale = LinearScale(values: [reference, middle, lower, upper], low: 30, high: width - 60, ticks: 5)
    var content: [Markup] = []
    for tick in scale.ticks {
      content.append(Shapes.line(x1: scale(tick), y1: 22, x2: scale(tick), y2: 66, colour: Palette.rule))
      content.append(
        Shapes.text(
          NumberText.axis(tick, step: scale.step), x: scale(tick), y: 84, anchor: "middle", colour: Palette.quiet))
    }
    if lower.isFinite, upper.isFinite {
      content.append(
        Shapes.rectangle(
          x: scale(min(lower, upper)), y: 38, width: (scale(upper) - scale(lower)).magnitude, height: 12,
          fill: Palette.innerBand, className: "band-80"))
    }
    if middle.isFinite {
      content.append(Shapes.dot(x: scale(middle), y: 44, radius: 6, fill: Palette.darkBlue, className: "forecast"))
    }
    if reference.isFinite {
      let x = scale(reference)
      let corners = [(x, 36.0), (x + 8, 44), (x, 52), (x - 8, 44)].map { PathText.pair($0.0, $0.1) }
      content.append(
        .element(
          "polygon",
          [
            "class": "last-year", "points": corners.joined(separator: " "), "fill": Palette.paper,
            "stroke": Palette.history, "stroke-width": "2",
          ]))
    }
    content.append(contentsOf: labels(scale))
    return Shapes.svg(
      id: id, className: "interval", width: width, height: height, title: title, description: description,
      content: content)
  }

  // The two labels stand to either side when they would run into each other.
  private func labels(_ scale: LinearScale) -> [Markup] {
    guard middle.isFinite, reference.isFinite else { return [] }
    let a = scale(reference)
    let b = scale(middle)
    let isClose = (a - b).magnitude < 140
    func anchor(_ x: Double, isLeft: Bool) -> String {
      if x < 70 { return "start" }
      if x > width - 90 { return "end" }
      return isClose ? (isLeft ? "end" : "start") : "middle"
    }
    return [
      Shapes.text(
        "last year \(NumberText.grouped(reference))", x: a, y: 16, anchor: anchor(a, isLeft: a <= b),
        colour: Palette.history),
      Shapes.text(
        "forecast \(NumberText.grouped(middle))", x: b, y: isClose && min(a, b) < 90 ? 32 : 16,
        anchor: anchor(b, isLeft: b < a), colour: Palette.darkBlue, isBold: true),
    ]
  }
}
