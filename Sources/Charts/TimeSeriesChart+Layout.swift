import Wording

extension TimeSeriesChart {
  /// Where everything goes. Layers are drawn from the back: grid, gaps, breaks, bands, lines, marks, labels.
  struct Layout {
    let chart: TimeSeriesChart
    let vertical: LinearScale
    let isClipped: Bool
    private let left: Double, right: Double, top: Double, bottom: Double
    private let positions: Int

    init(_ chart: TimeSeriesChart) {
      self.chart = chart
      let future = chart.future
      let last = max(chart.history.count, (future?.start ?? 0) + (future?.middle.count ?? 0))
      positions = max(last, 1)
      let main =
        chart.history + chart.fitted + (future?.middle ?? []) + (future?.inner.lower ?? [])
        + (future?.inner.upper ?? []) + chart.expectedRanges.flatMap { [$0.lower, $0.upper] }
      let outer = (future?.outer.lower ?? []) + (future?.outer.upper ?? [])
      let tallest = main.reduce(0) { $1.isFinite ? max($0, $1) : $0 }
      let limit = tallest > 0 ? tallest * 1.6 : Double.infinity
      isClipped = outer.contains { $0.isFinite && $0 > limit }
      top = 52
      bottom = chart.height - 30
      let scale = LinearScale(values: main + outer.map { min($0, limit) }, low: bottom, high: 52)
      vertical = scale
      let widest = scale.ticks.map { NumberText.axis($0, step: scale.step).count }.max() ?? 1
      left = Double(widest) * 7.5 + 14
      right = chart.width - (future == nil ? chart.rightMargin : 74)
    }

    func x(_ position: Int) -> Double {
      positions > 1
        ? left + (right - left) * Double(min(max(position, 0), positions - 1)) / Double(positions - 1)
        : (left + right) / 2
    }

    private func point(_ position: Int, _ value: Double) -> (x: Double, y: Double)? {
      value.isFinite ? (x(position), vertical(value)) : nil
    }

    func drawing() -> [Markup] {
      windows() + gaps() + grid() + bands() + ranges() + lines() + marks() + breakLabels() + gapLabels() + labels()
    }

    private func grid() -> [Markup] {
      var out: [Markup] = []
      for tick in vertical.ticks {
        let y = vertical(tick)
        out.append(
          Shapes.line(x1: left, y1: y, x2: right, y2: y, colour: tick == 0 ? Palette.quiet : Palette.rule))
        out.append(
          Shapes.text(
            NumberText.axis(tick, step: vertical.step), x: left - 7, y: y + 4, anchor: "end", colour: Palette.quiet))
      }
      var lastEnd = -Double.infinity
      for tick in chart.timeTicks.sorted(by: { $0.position < $1.position }) {
        let at = x(tick.position)
        let half = Double(tick.label.count) * 3.6
        out.append(Shapes.line(x1: at, y1: bottom, x2: at, y2: bottom + 5, colour: Palette.quiet))
        guard at - half > lastEnd + 6, at + half <= chart.width else { continue }
        out.append(
          Shapes.text(tick.label, x: at, y: bottom + 20, anchor: "middle", colour: Palette.quiet))
        lastEnd = at + half
      }
      return out
    }

    private var missingRuns: [Range<Int>] {
      PathText.runs(count: chart.history.count) { !chart.history[$0].isFinite }
    }

    /// Missing stretches, shaded.
    private func gaps() -> [Markup] {
      missingRuns.map { run in
        let from = x(run.lowerBound) - halfStep
        let to = x(run.upperBound - 1) + halfStep
        return Shapes.rectangle(
          x: from, y: top, width: to - from, height: bottom - top, fill: Palette.shade, className: "gap")
      }
    }

    /// "no data" under missing stretches, where there is room.
    private func gapLabels() -> [Markup] {
      var out: [Markup] = []
      var lastEnd = left
      for run in missingRuns {
        let middle = (x(run.lowerBound) + x(run.upperBound - 1)) / 2
        let crossesBreak = shownBreaks.contains { (x($0.position) - halfStep - middle).magnitude < 26 }
        guard middle - 24 > lastEnd, middle + 24 < chart.width, !crossesBreak else { continue }
        out.append(
          Shapes.text("no data", x: middle, y: bottom - 6, anchor: "middle", size: 12, colour: Palette.quiet))
        lastEnd = middle + 28
      }
      return out
    }

    private var halfStep: Double { positions > 1 ? (right - left) / Double(positions - 1) / 2 : 4 }

    private var shownBreaks: [Break] {
      chart.breaks.sorted { ($0.position, $0.label) < ($1.position, $1.label) }
        .filter { $0.position < positions && ($0.through ?? $0.position) >= 0 }
    }

    /// Untypical stretches, shaded.
    private func windows() -> [Markup] {
      shownBreaks.compactMap { item in
        item.through.map { through in
          let from = x(item.position) - halfStep
          return Shapes.rectangle(
            x: from, y: top, width: x(through) + halfStep - from, height: bottom - top, fill: "#F3E3EC",
            className: "break-window")
        }
      }
    }

    /// A dashed line with its label where each break begins; a label takes the first line in which it runs into no other.
    private func breakLabels() -> [Markup] {
      var out: [Markup] = []
      // Of each line of labels where the last of them ends.
      var ends: [Double] = []
      for item in shownBreaks {
        let at = x(item.position) - halfStep
        out.append(
          Shapes.line(x1: at, y1: top - 6, x2: at, y2: bottom, colour: Palette.darkPink, width: 2, dashes: "5 4"))
        let width = Double(item.label.count) * 7.4 + 6
        let flips = at + width > right
        let start = flips ? at - 4 - width : at + 4
        let row = ends.firstIndex { $0 + 4 <= start } ?? ends.count
        if row == ends.count { ends.append(start + width) } else { ends[row] = start + width }
        out.append(
          Shapes.text(
            item.label, x: flips ? at - 4 : at + 4, y: top + 8 + 14 * Double(row),
            anchor: flips ? "end" : "start",
            colour: Palette.darkPink, isBold: true))
      }
      return out
    }

    private func bands() -> [Markup] {
      guard let future = chart.future else { return [] }
      func band(_ bounds: (lower: [Double], upper: [Double]), _ className: String, _ fill: String) -> Markup {
        let count = min(bounds.lower.count, bounds.upper.count)
        let lower = bounds.lower.prefix(count).map { $0.isFinite ? vertical($0) : nil as Double? }
        let upper = bounds.upper.prefix(count).map { $0.isFinite ? vertical($0) : nil as Double? }
        if count == 1, let low = lower.first ?? nil, let high = upper.first ?? nil {
          return Shapes.rectangle(
            x: x(future.start) - 3, y: high, width: 6, height: low - high, fill: fill, className: className)
        }
        return Shapes.area(
          PathText.band(x: (0..<count).map { x(future.start + $0) }, lower: lower, upper: upper),
          className: className, fill: fill)
      }
      return [band(future.outer, "band-95", Palette.outerBand), band(future.inner, "band-80", Palette.innerBand)]
    }

    private func ranges() -> [Markup] {
      chart.expectedRanges.flatMap { range -> [Markup] in
        guard range.lower.isFinite, range.upper.isFinite, (0..<positions).contains(range.position) else { return [] }
        let at = x(range.position)
        let ends = [vertical(range.lower), vertical(range.upper)]
        return [
          Shapes.line(x1: at, y1: ends[0], x2: at, y2: ends[1], colour: Palette.turquoise, width: 2)
        ] + ends.map { Shapes.line(x1: at - 3, y1: $0, x2: at + 3, y2: $0, colour: Palette.turquoise, width: 2) }
      }
    }

    private func lines() -> [Markup] {
      var out: [Markup] = []
      let fitted = chart.fitted.enumerated().map { point($0, $1) }
      out.append(
        Shapes.path(PathText.line(fitted), className: "expected", colour: Palette.darkBlue, width: 2, dashes: "1 4"))
      let history = chart.history.enumerated().map { point($0, $1) }
      out.append(Shapes.path(PathText.line(history), className: "history", colour: Palette.history, width: 2.25))
      // A value between two gaps has no line to either side: a dot keeps it visible.
      for run in PathText.runs(count: history.count, where: { history[$0] != nil }) where run.count == 1 {
        if let only = history[run.lowerBound] {
          out.append(Shapes.dot(x: only.x, y: only.y, radius: 2.5, fill: Palette.history, className: "history"))
        }
      }
      if let future = chart.future {
        let points = future.middle.enumerated().map { point(future.start + $0, $1) }
        out.append(
          Shapes.path(
            PathText.line(points), className: "forecast", colour: Palette.darkBlue, width: 2.5, dashes: "7 4"))
        if points.count == 1, let only = points[0] {
          out.append(Shapes.dot(x: only.x, y: only.y, radius: 3, fill: Palette.darkBlue, className: "forecast"))
        }
      }
      return out
    }

    private func marks() -> [Markup] {
      chart.exceptions.sorted { $0.position < $1.position }.compactMap { mark in
        guard chart.history.indices.contains(mark.position), let at = point(mark.position, chart.history[mark.position])
        else { return nil }
        return Shapes.triangle(x: at.x, y: at.y, isUp: mark.isHigher, size: 7)
      }
    }

    /// The key above the plot, which names each line where it begins, and the labels of the last forecast step.
    private func labels() -> [Markup] {
      var out: [Markup] = []
      var cursor = left
      func entry(_ text: String, colour: String, width: Double, dashes: String?) {
        out.append(
          Shapes.line(x1: cursor, y1: 14, x2: cursor + 22, y2: 14, colour: colour, width: width, dashes: dashes))
        out.append(Shapes.text(text, x: cursor + 27, y: 18, colour: colour))
        cursor += 27 + Double(text.count) * 7.2 + 14
      }
      entry("recorded", colour: Palette.history, width: 2.25, dashes: nil)
      if chart.fitted.contains(where: \.isFinite) {
        entry(chart.fittedName, colour: Palette.darkBlue, width: 2, dashes: "1 4")
      }
      if chart.future != nil { entry("forecast", colour: Palette.darkBlue, width: 2.5, dashes: "7 4") }
      for isHigher in [true, false] where chart.exceptions.contains(where: { $0.isHigher == isHigher }) {
        let text = isHigher ? "higher than expected" : "lower than expected"
        if cursor + Double(text.count) * 7.2 > chart.width - 20 { continue }
        out.append(Shapes.triangle(x: cursor + 6, y: 14, isUp: isHigher))
        out.append(Shapes.text(text, x: cursor + 17, y: 18))
        cursor += 17 + Double(text.count) * 7.2 + 14
      }
      out += endLabels()
      if isClipped {
        out.append(
          Shapes.text(
            "95 % range goes beyond the top", x: right, y: 38, anchor: "end", size: 12, colour: Palette.quiet))
      }
      return out
    }

    private func endLabels() -> [Markup] {
      guard let future = chart.future, let middle = future.middle.last, middle.isFinite else { return [] }
      var wanted: [(y: Double, text: String, isBold: Bool)] = [
        (
          vertical(middle),
          NumberText.axis(
            RealisticNumber.count(middle), step: middle < 10 && middle != middle.rounded() ? 0.1 : 1), true
        )
      ]
      if let upper = future.inner.upper.last, upper.isFinite { wanted.append((vertical(upper), "80 % range", false)) }
      if let upper = future.outer.upper.last, upper.isFinite { wanted.append((vertical(upper), "95 % range", false)) }
      // From the bottom up, each label at least a line above the one below.
      var out: [Markup] = []
      var ceiling = Double.infinity
      for label in wanted {
        let y = min(label.y + 4, ceiling - 14)
        out.append(
          Shapes.text(
            label.text, x: right + 5, y: y, size: label.isBold ? 14 : 12, colour: Palette.darkBlue,
            isBold: label.isBold))
        ceiling = y
      }
      return out
    }
  }
}
