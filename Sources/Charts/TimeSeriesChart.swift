/// A chart of one series over time: history with visible gaps, what was expected, a forecast with two bands, known
/// breaks, and exceptions. Plain numbers in, accessible SVG out.
///
/// Positions count periods from the first of the history (0); the forecast may lie beyond its end. Missing values are
/// NaN. The y axis starts at zero unless a value is negative.
public struct TimeSeriesChart: Sendable {
  /// The future: one value a step in every array.
  public struct Future: Sendable {
    /// Position of the first step.
    public var start: Int
    /// What is foreseen of each period, in one number.
    public var middle: [Double]
    /// Bounds of the inner (80 %) band; empty for none.
    public var inner: (lower: [Double], upper: [Double])
    /// Bounds of the outer (95 %) band; empty for none.
    public var outer: (lower: [Double], upper: [Double])

    /// A future.
    public init(
      start: Int, middle: [Double], inner: (lower: [Double], upper: [Double]) = ([], []),
      outer: (lower: [Double], upper: [Double]) = ([], [])
    ) {
      self.start = start
      self.middle = middle
      self.inner = inner
      self.outer = outer
    }
  }

  /// A labelled position: a known break.
  public struct Break: Sendable, Hashable {
    /// First position affected.
    public var position: Int
    /// Last position affected; nil for a lasting change, drawn as a line rather than a shaded stretch.
    public var through: Int?
    /// A short label (one or two words, or a letter explained beside the chart).
    public var label: String

    /// A break.
    public init(position: Int, through: Int? = nil, label: String) {
      self.position = position
      self.through = through
      self.label = label
    }
  }

  /// The range expected of one period.
  public struct ExpectedRange: Sendable, Hashable {
    /// Where.
    public var position: Int
    /// Ends of the range.
    public var lower: Double
    /// Ends of the range.
    public var upper: Double

    /// A range.
    public init(position: Int, lower: Double, upper: Double) {
      self.position = position
      self.lower = lower
      self.upper = upper
    }
  }

  /// A period unlike what was expected.
  public struct Exception: Sendable, Hashable {
    /// Where.
    public var position: Int
    /// Whether higher than expected (a filled triangle that points up) or lower (a hollow one that points down).
    public var isHigher: Bool

    /// An exception.
    public init(position: Int, isHigher: Bool) {
      self.position = position
      self.isHigher = isHigher
    }
  }

  /// A label of the time axis.
  public struct TimeTick: Sendable, Hashable {
    /// Where.
    public var position: Int
    /// The text.
    public var label: String

    /// A tick.
    public init(position: Int, label: String) {
      self.position = position
      self.label = label
    }
  }

  /// Identifier of the drawing within its page: a letter, then letters, digits or hyphens.
  public var id: String
  /// The finding, which names the picture for a screen reader.
  public var title: String
  /// The finding at more length, with the last value.
  public var description: String
  /// Recorded values from position 0; NaN where missing.
  public var history: [Double]
  /// Expected values from position 0; NaN where there are none.
  public var fitted: [Double] = []
  /// What the key calls them: "expected" of what was foreseen of each period, "fitted" of what a model makes of them with hindsight.
  public var fittedName = "expected"
  /// The future, if there is one.
  public var future: Future?
  /// Known breaks.
  public var breaks: [Break] = []
  /// Ranges within which single periods were expected, drawn as upright bars with caps.
  public var expectedRanges: [ExpectedRange] = []
  /// Exceptions within the history.
  public var exceptions: [Exception] = []
  /// Labels of the time axis.
  public var timeTicks: [TimeTick] = []
  /// Size in CSS pixels.
  public var width = 720.0
  /// Size in CSS pixels.
  public var height = 340.0
  /// Room to the right of the newest period where there is no future, in CSS pixels.
  public var rightMargin = 14.0

  /// A chart of a history; the rest is set as needed.
  public init(id: String, title: String, description: String, history: [Double]) {
    self.id = id
    self.title = title
    self.description = description
    self.history = history
  }

  /// The drawing.
  public func svg() -> Markup {
    let layout = Layout(self)
    return Shapes.svg(
      id: id, className: "chart", width: width, height: height, title: title, description: description,
      content: layout.drawing())
  }

  /// Whether part of the outer band lies beyond the top of the chart, which then says so.
  public var isClipped: Bool { Layout(self).isClipped }
}
