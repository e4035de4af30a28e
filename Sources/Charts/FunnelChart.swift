import Wording

/// A funnel plot: rates against the size of the places they are of, with a common rate and limits that narrow as places grow.
public struct FunnelChart: Sendable {
  /// One place.
  public struct Place: Sendable, Hashable {
    /// Its name.
    public var label: String
    /// Its size: residents.
    public var size: Double
    /// Its rate, in the unit of the axis.
    public var rate: Double
    /// Whether it is one that the reader came for.
    public var isOwn: Bool

    /// A place.
    public init(label: String, size: Double, rate: Double, isOwn: Bool) {
      (self.label, self.size, self.rate, self.isOwn) = (label, size, rate, isOwn)
    }
  }

  /// A pair of limits at sizes that rise.
  public struct Limits: Sendable, Hashable {
    /// What they are: "95 %".
    public var label: String
    /// The sizes.
    public var sizes: [Double]
    /// The lower and upper limit at each.
    public var lower: [Double], upper: [Double]

    /// A pair of limits.
    public init(label: String, sizes: [Double], lower: [Double], upper: [Double]) {
      (self.label, self.sizes, self.lower, self.upper) = (label, sizes, lower, upper)
    }
  }

  /// Identifier of the drawing within its page.
  public var id: String
  /// The finding, which names the picture for a screen reader.
  public var title: String
  /// The finding at more length.
  public var description: String
  /// The places.
  public var places: [Place]
  /// The common rate.
  public var centre: Double
  /// The limits, the widest last.
  public var limits: [Limits]
  /// What the axes show.
  public var sizeTitle = "Residents", rateTitle: String
  /// Width and height in CSS pixels.
  public var width = 720.0, height = 360.0

  /// A funnel plot.
  public init(
    id: String, title: String, description: String, places: [Place], centre: Double, limits: [Limits], rateTitle: String
  ) {
    (self.id, self.title, self.description) = (id, title, description)
    (self.places, self.centre, self.limits, self.rateTitle) = (places, centre, limits, rateTitle)
  }

  /// The drawing. Own places are filled and named; of the others only those beyond the widest limits are named.
  public func svg() -> Markup {
    let (top, bottom, left) = (30.0, height - 44, 56.0)
    let right = width - 44
    let sizes = places.map(\.size) + limits.flatMap(\.sizes)
    let rates = places.map(\.rate) + [centre] + limits.flatMap(\.upper)
    let across = LinearScale(values: sizes, low: left, high: right, ticks: 5)
    let up = LinearScale(values: rates, low: bottom, high: top, ticks: 4)
    var content: [Markup] = []
    for tick in up.ticks {
      content.append(Shapes.line(x1: left, y1: up(tick), x2: right, y2: up(tick), colour: Palette.rule))
      content.append(
        Shapes.text(
          NumberText.axis(tick, step: up.step), x: left - 8, y: up(tick) + 4, anchor: "end", colour: Palette.quiet))
    }
    for tick in across.ticks {
      content.append(
        Shapes.text(
          NumberText.axis(tick, step: across.step), x: across(tick), y: bottom + 18, anchor: "middle",
          colour: Palette.quiet))
    }
    content.append(Shapes.text(rateTitle, x: 0, y: 14, colour: Palette.quiet))
    content.append(Shapes.text(sizeTitle, x: right, y: height - 6, anchor: "end", colour: Palette.quiet))
    content.append(
      Shapes.line(x1: left, y1: up(centre), x2: right, y2: up(centre), colour: Palette.history, width: 1.5))
    for (i, pair) in limits.enumerated() {
      let dashes = i == 0 ? "6 4" : nil
      for side in [pair.lower, pair.upper] {
        let points = zip(pair.sizes, side).map { (x: across($0), y: up($1)) as (x: Double, y: Double)? }
        content.append(
          Shapes.path(PathText.line(points), className: "limit", colour: Palette.darkPink, width: 1.5, dashes: dashes))
      }
      if let last = pair.upper.last {
        content.append(Shapes.text(pair.label, x: right + 4, y: up(last) + 4, size: 12, colour: Palette.darkPink))
      }
    }
    for place in places.filter({ !$0.isOwn }) + places.filter(\.isOwn) {
      content.append(
        Shapes.dot(
          x: across(place.size), y: up(place.rate), radius: place.isOwn ? 6 : 4,
          fill: place.isOwn ? Palette.darkBlue : Palette.history, className: place.isOwn ? "own" : "peer"))
    }
    content += names(across, up, right)
    return Shapes.svg(
      id: id, className: "funnel", width: width, height: height, title: title, description: description,
      content: content)
  }

  /// Names beside their dots, each moved down to where no other stands.
  private func names(_ across: LinearScale, _ up: LinearScale, _ right: Double) -> [Markup] {
    let named = places.filter { $0.isOwn || isOutside($0) }.sorted { a, b in
      a.rate != b.rate ? a.rate > b.rate : a.label < b.label
    }
    var taken: [(x: ClosedRange<Double>, y: Double)] = []
    return named.map { place in
      let x = across(place.size)
      let length = 7 * Double(place.label.count) + 9
      let isLeft = x + length > right
      let span = isLeft ? (x - length)...x : x...(x + length)
      var y = up(place.rate) + 4
      // Further down than what counts as too near, so that each step leaves the name behind that it met.
      while let other = taken.first(where: { $0.x.overlaps(span) && abs($0.y - y) < 12.5 }) { y = other.y + 13 }
      taken.append((span, y))
      return Shapes.text(
        place.label, x: isLeft ? x - 9 : x + 9, y: y, anchor: isLeft ? "end" : "start", size: 12,
        colour: place.isOwn ? Palette.darkBlue : Palette.history, isBold: place.isOwn)
    }
  }

  /// Whether a place lies beyond the widest limits, between the sizes at which they are known.
  private func isOutside(_ place: Place) -> Bool {
    guard let widest = limits.last, let at = widest.sizes.firstIndex(where: { $0 >= place.size }) else { return false }
    return place.rate > widest.upper[at] || place.rate < widest.lower[at]
  }
}
