import CommunitySafety
import RiskRanking

/// Measures that may rise in several places at once: at least two places and a third of those assessed, each with a
/// probability of a rise of 10 % or more that is at least a realistic possibility and an expected change for the worse.
/// Partnerships where there are any, districts otherwise; most places first, then by name.
func sharedThemes(_ risks: [Risk]) -> [SharedTheme] {
  let level: AreaLevel = risks.contains { $0.area.level == .csp } ? .csp : .district
  let assessed = risks.filter { $0.area.level == level && !$0.isGroup && $0.score != nil }
  let byMeasure = Dictionary(grouping: assessed, by: \.measure)
  let threshold = 0.375
  let themes: [SharedTheme] = byMeasure.values.compactMap { risks in
    let rising =
      risks
      .filter { ($0.score?.probability ?? 0) >= threshold && ($0.score?.expectedChange ?? 0) > 0 }
      .sorted { a, b in
        let (x, y) = (a.score?.probability ?? 0, b.score?.probability ?? 0)
        return x != y ? x > y : a.area.name < b.area.name
      }
    guard let first = rising.first, rising.count >= 2, rising.count * 3 >= risks.count else { return nil }
    return SharedTheme(
      label: first.label, measure: first.measure, areas: rising.map(\.area.name), assessed: risks.count)
  }
  return themes.sorted { $0.areas.count != $1.areas.count ? $0.areas.count > $1.areas.count : $0.label < $1.label }
}
