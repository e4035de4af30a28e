import Wording

/// The `d` attribute of SVG paths through points that may be missing.
enum PathText {
  /// A line through the points; a missing point (nil) ends the line, and the next one begins another.
  static func line(_ points: [(x: Double, y: Double)?]) -> String {
    var parts: [String] = []
    var isDrawing = false
    for point in points {
      guard let point else {
        isDrawing = false
        continue
      }
      parts.append((isDrawing ? "L" : "M") + pair(point.x, point.y))
      isDrawing = true
    }
    return parts.joined(separator: " ")
  }

  /// A closed band between two lines, in pieces where either is missing. A piece of one point has no area and is left
  /// out.
  static func band(x: [Double], lower: [Double?], upper: [Double?]) -> String {
    var parts: [String] = []
    for run in runs(count: min(x.count, lower.count, upper.count), where: { lower[$0] != nil && upper[$0] != nil })
    where run.count > 1 {
      let there = run.compactMap { i in upper[i].map { pair(x[i], $0) } }
      let back = run.reversed().compactMap { i in lower[i].map { pair(x[i], $0) } }
      parts.append("M" + (there + back).joined(separator: " L") + " Z")
    }
    return parts.joined(separator: " ")
  }

  /// Maximal runs of consecutive indices for which `condition` holds.
  static func runs(count: Int, where condition: (Int) -> Bool) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start: Int?
    for i in 0..<max(count, 0) {
      if condition(i) {
        if start == nil { start = i }
      } else if let begun = start {
        found.append(begun..<i)
        start = nil
      }
    }
    if let begun = start { found.append(begun..<count) }
    return found
  }

  static func pair(_ x: Double, _ y: Double) -> String {
    "\(NumberText.coordinate(x)) \(NumberText.coordinate(y))"
  }
}
