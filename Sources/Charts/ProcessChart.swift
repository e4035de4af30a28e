import Wording

/// A control chart: points in time order, the mean and process limits of each stretch, a target, and marks on the points that show
/// special cause. Plain numbers in, accessible SVG out.
///
/// Marks differ in shape as well as in colour: a triangle that points up is high, one that points down is low; filled blue is for the better,
/// filled orange for the worse, hollow is neither. Ordinary points are grey dots.
public struct ProcessChart: Sendable {
  /// Whether a point that stands out is for the better or the worse.
  public enum Judgement: Hashable, Sendable { case better, worse, neither }

  /// A point that shows special cause.
  public struct Mark: Hashable, Sendable {
    /// Where.
    public var position: Int
    /// Whether it is high.
    public var isHigh: Bool
    /// For better or worse.
    public var judgement: Judgement

    /// A mark.
    public init(position: Int, isHigh: Bool, judgement: Judgement) {
      self.position = position
      self.isHigh = isHigh
      self.judgement = judgement
    }
  }

  /// Identifier of the drawing within its page: a letter, then letters, digits or hyphens.
  public var id: String
  /// The finding, which names the picture for a screen reader.
  public var title: String
  /// The finding at more length, with the last value and the limits.
  public var description: String
  /// Values by position; NaN where missing.
  public var values: [Double]
  /// Mean, lower and upper limit by position; NaN where there are none.
  public var mean: [Double]
  /// Lower process limit.
  public var lower: [Double]
  /// Upper process limit.
  public var upper: [Double]
  /// Points that show special cause.
  public var marks: [Mark] = []
  /// A target; nil for none.
  public var target: Double?
  /// Rebases, as lines with a label.
  public var rebases: [TimeSeriesChart.Break] = []
  /// Labels of the time axis.
  public var timeTicks: [TimeSeriesChart.TimeTick] = []
  /// Size in CSS pixels.
  public var width = 720.0
  /// Size in CSS pixels.
  public var height = 320.0

  /// A chart; marks, target, rebases and ticks are set as needed.
  public init(
    id: String, title: String, description: String, values: [Double], mean: [Double], lower: [Double], upper: [Double]
  ) {
    self.id = id
    self.title = title
    self.description = description
    self.values = values
    self.mean = mean
    self.lower = lower
    self.upper = upper
  }

  /// The drawing.
  public func svg() -> Markup {
    let scale = LinearScale(
      values: values + lower + upper + mean + [target ?? .nan], low: height - 30, high: 44)
    let widest = scale.ticks.map { NumberText.axis($0, step: scale.step).count }.max() ?? 1
    let plot = Plot(
      left: Double(widest) * 7.5 + 14, right: width - 14, count: values.count, scale: scale)
    return Shapes.svg(
      id: id, className: "chart process-chart", width: width, height: height, title: title, description: description,
      content: grid(plot) + rebaseLines(plot) + limits(plot) + points(plot) + key(plot))
  }

  /// Where things go.
  private struct Plot {
    let left: Double
    let right: Double
    let count: Int
    let scale: LinearScale

    func x(_ position: Int) -> Double {
      count > 1
        ? left + (right - left) * Double(min(max(position, 0), count - 1)) / Double(count - 1) : (left + right) / 2
    }
    var halfStep: Double { count > 1 ? (right - left) / Double(count - 1) / 2 : 4 }
  }

  private func grid(_ plot: Plot) -> [Markup] {
    var out: [Markup] = []
    for tick in plot.scale.ticks {
      let y = plot.scale(tick)
      out.append(Shapes.line(x1: plot.left, y1: y, x2: plot.right, y2: y, colour: Palette.rule))
      out.append(
        Shapes.text(
          NumberText.axis(tick, step: plot.scale.step), x: plot.left - 7, y: y + 4, anchor: "end",
          colour: Palette.quiet))
    }
    var lastEnd = -Double.infinity
    for tick in timeTicks.sorted(by: { $0.position < $1.position }) {
      let (at, half) = (plot.x(tick.position), Double(tick.label.count) * 3.6)
      guard at - half > lastEnd + 6, at + half <= width else { continue }
      out.append(
        Shapes.text(tick.label, x: at, y: height - 10, anchor: "middle", colour: Palette.quiet))
      lastEnd = at + half
    }
    return out
  }

  private func rebaseLines(_ plot: Plot) -> [Markup] {
    rebases.filter { values.indices.contains($0.position) }.flatMap { rebase -> [Markup] in
      let at = plot.x(rebase.position) - plot.halfStep
      let flips = at + Double(rebase.label.count) * 7.4 + 6 > plot.right
      return [
        Shapes.line(x1: at, y1: 40, x2: at, y2: height - 30, colour: Palette.darkPink, width: 1.5, dashes: "5 4"),
        Shapes.text(
          rebase.label, x: flips ? at - 4 : at + 4, y: 42, anchor: flips ? "end" : "start", size: 12,
          colour: Palette.darkPink),
      ]
    }
  }

  /// Steps at the middle between positions, so that limits that differ from point to point stay readable.
  private func steps(_ line: [Double], _ plot: Plot) -> String {
    var points: [(x: Double, y: Double)?] = []
    for (i, value) in line.enumerated() {
      guard value.isFinite else {
        points.append(nil)
        continue
      }
      if i > 0, line[i - 1].isFinite, line[i - 1] != value, rebases.contains(where: { $0.position == i }) {
        points.append(nil)
      }
      // Half a step is wide where points are few: lines end where the grid does.
      points.append((max(plot.left, plot.x(i) - plot.halfStep), plot.scale(value)))
      points.append((min(plot.right, plot.x(i) + plot.halfStep), plot.scale(value)))
    }
    return PathText.line(points)
  }

  private func limits(_ plot: Plot) -> [Markup] {
    var out = [
      Shapes.path(steps(lower, plot), className: "limit", colour: Palette.quiet, width: 1.25, dashes: "6 4"),
      Shapes.path(steps(upper, plot), className: "limit", colour: Palette.quiet, width: 1.25, dashes: "6 4"),
      Shapes.path(steps(mean, plot), className: "mean", colour: Palette.ink, width: 1.25),
    ]
    if let target, target.isFinite {
      let y = plot.scale(target)
      out.append(
        Shapes.line(x1: plot.left, y1: y, x2: plot.right, y2: y, colour: Palette.darkPink, width: 1.5, dashes: "2 3"))
    }
    return out
  }

  private func points(_ plot: Plot) -> [Markup] {
    let at = values.enumerated().map { i, value in value.isFinite ? (x: plot.x(i), y: plot.scale(value)) : nil }
    var out = [Shapes.path(PathText.line(at), className: "history", colour: Palette.history, width: 1.5)]
    let marked = Dictionary(marks.map { ($0.position, $0) }, uniquingKeysWith: { first, _ in first })
    for (i, point) in at.enumerated() {
      guard let point else { continue }
      out.append(
        marked[i].map { triangle($0, x: point.x, y: point.y) }
          ?? Shapes.dot(x: point.x, y: point.y, radius: 3, fill: Palette.history, className: "common-cause"))
    }
    return out
  }

  private func triangle(_ mark: Mark, x: Double, y: Double) -> Markup {
    let sign: Double = mark.isHigh ? -1 : 1
    let corners = [
      PathText.pair(x, y + sign * 6), PathText.pair(x + 6, y - sign * 4.5), PathText.pair(x - 6, y - sign * 4.5),
    ].joined(separator: " ")
    let (name, fill) =
      switch mark.judgement {
      case .better: ("improvement", Palette.darkBlue)
      case .worse: ("concern", Palette.orange)
      case .neither: ("special-cause", Palette.paper)
      }
    return .element(
      "polygon", ["class": name, "points": corners, "fill": fill, "stroke": Palette.ink, "stroke-width": "1.25"])
  }

  private func key(_ plot: Plot) -> [Markup] {
    var out: [Markup] = []
    var cursor = plot.left
    func entry(_ text: String, _ sample: (Double) -> Markup) {
      guard cursor + Double(text.count) * 7.2 + 27 < width else { return }
      out.append(sample(cursor))
      out.append(Shapes.text(text, x: cursor + 27, y: 18))
      cursor += 27 + Double(text.count) * 7.2 + 14
    }
    entry("mean") { Shapes.line(x1: $0, y1: 14, x2: $0 + 22, y2: 14, colour: Palette.ink, width: 1.25) }
    entry("process limits") {
      Shapes.line(x1: $0, y1: 14, x2: $0 + 22, y2: 14, colour: Palette.quiet, width: 1.25, dashes: "6 4")
    }
    if target != nil {
      entry("target") {
        Shapes.line(x1: $0, y1: 14, x2: $0 + 22, y2: 14, colour: Palette.darkPink, width: 1.5, dashes: "2 3")
      }
    }
    for (judgement, text) in [
      (Judgement.better, "improvement"), (.worse, "concern"), (.neither, "special cause"),
    ] {
      if let mark = marks.first(where: { $0.judgement == judgement }) {
        entry(text) { triangle(mark, x: $0 + 11, y: 14) }
      }
    }
    return out
  }
}
