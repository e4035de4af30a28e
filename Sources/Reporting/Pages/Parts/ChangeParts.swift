import RiskRanking
import TimeSeries
import Wording

/// Which parts make the change that is expected of a total: the districts of a county, the measures of a group.
///
/// Means of forecasts add up, and so do the levels of last year that they are compared with. Each part's change is said as its own page
/// says it, rounded to what can be foreseen; what the others make is what is left of the total's as printed.
struct ChangeParts {
  let context: PackContext
  let total: Risk

  /// What the total is taken apart by.
  enum Side { case places, measures }

  /// Most parts that are named.
  static let mostNamed = 3

  /// "Of the 85 more that are expected of the next 12 months than of the last, Oxford makes 60, Cherwell 40 and the others 15 fewer"; nil
  /// where the total is none of counts, has too few, or the parts of the run do not make it.
  func sentence(by side: Side) -> String? {
    guard total.measure.kind == .count, !total.isTooFew, let outlook = total.outlook, outlook.expectedChange.isFinite,
      let parts = parts(by: side)
    else { return nil }
    let sum = parts.reduce(0) { $0 + $1.outlook.expectedChange }
    guard (sum - outlook.expectedChange).magnitude < 1e-6 * max(1, outlook.mean) else { return nil }
    let change = printed(outlook)
    guard change != 0 else { return nil }
    let changes = parts.map { (name: $0.name, change: printed($0.outlook)) }
    let sorted = changes.filter { $0.change != 0 }
      .sorted { ($1.change.magnitude, $0.name) < ($0.change.magnitude, $1.name) }
    guard let first = sorted.first else { return nil }
    let named = sorted.count == ChangeParts.mostNamed + 1 ? sorted[...] : sorted.prefix(ChangeParts.mostNamed)
    var said = ["\(first.name) makes \(of(first.change))"]
    said += named.dropFirst().map { "\($0.name) \(of($0.change))" }
    let rest = change - named.reduce(0) { $0 + $1.change }
    if parts.count > named.count || rest != 0 {
      said.append(
        parts.count > named.count
          ? "the other\(parts.count - named.count == 1 ? "" : "s") \(of(rest))"
          : "rounding \(of(rest))")
    }
    return
      "Of the \(of(change)) expected in the next \(context.periods.year) than in the last, like for like, \(Wording.list(said))."
  }

  /// "60 more", "15 fewer", "none".
  private func of(_ change: Double) -> String {
    change == 0 ? "none" : "\(Wording.count(change.magnitude)) \(change > 0 ? "more" : "fewer")"
  }

  /// The change as pages print it.
  private func printed(_ outlook: Outlook) -> Double {
    RealisticNumber.change(from: outlook.lastYear, to: outlook.mean)
  }

  private func parts(by side: Side) -> [(name: String, outlook: Outlook)]? {
    let hierarchy = context.assessment.hierarchy
    guard let node = hierarchy.node(total.key) else { return nil }
    let own = hierarchy.nodes[node]
    for sum in hierarchy.sums where sum.total == node && sum.parts.count > 1 {
      let members = sum.parts.map { hierarchy.nodes[$0] }
      guard members.allSatisfy({ side == .places ? $0.measure == own.measure : $0.area == own.area }) else { continue }
      let changes = members.map { member -> (name: String, outlook: Outlook)? in
        guard let series = context.assessment.series(member.key), let outlook = series.outlook else { return nil }
        return (side == .places ? context.displayName(series.area.name) : Wording.name(series.label), outlook)
      }
      let known = changes.compactMap { $0 }
      if known.count == changes.count { return known }
    }
    return nil
  }
}
