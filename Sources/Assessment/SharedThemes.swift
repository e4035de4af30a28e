import CommunitySafety
import RiskRanking
import TimeSeries

/// A problem that may get worse in several places: a county-wide theme rather than several local ones.
public struct SharedTheme: Sendable, Hashable {
  /// The measure.
  public let measure: Measure
  /// The event that is at least a realistic possibility in each of the places, without its base, which is each place's.
  public let direction: Event.Direction
  /// How large it is.
  public let size: Event.Size
  /// Those places, highest probability first.
  public let areas: [String]
  /// Places assessed.
  public let assessed: Int

  /// The name people see for the measure.
  public var label: String { measure.label }

  /// A theme.
  public init(measure: Measure, direction: Event.Direction, size: Event.Size, areas: [String], assessed: Int) {
    self.measure = measure
    self.direction = direction
    self.size = size
    self.areas = areas
    self.assessed = assessed
  }
}

/// Measures that may get worse in several places at once: at least two places and a third of those assessed, each with a
/// probability of a material change for the worse that is at least a realistic possibility and an expected change for the
/// worse. Authorities of a footprint or partnerships where there are any, districts otherwise; most places first, then by name. A measure of which
/// neither direction is worse is no such theme; places with too few to say are not among those assessed, and what only returns to
/// what was usual gets no worse.
func sharedThemes(_ risks: [Risk], profile: ScoringProfile) -> [SharedTheme] {
  let wide: [AreaLevel] = [.authority, .csp]
  let level = wide.first { level in risks.contains { $0.area.level == level } } ?? .district
  let assessed = risks.filter {
    $0.area.level == level && !$0.isGroup && $0.score != nil && $0.polarity.worse != nil
  }
  let byMeasure = Dictionary(grouping: assessed, by: \.measure.id)
  let themes: [SharedTheme] = byMeasure.values.compactMap { risks in
    let worsening =
      risks
      .filter {
        ($0.score?.probability ?? 0) >= profile.realisticPossibility && ($0.score?.expectedChange ?? 0) > 0
          && $0.recommendation != .returnToUsual
      }
      .sorted { a, b in
        let (x, y) = (a.score?.probability ?? 0, b.score?.probability ?? 0)
        return x != y ? x > y : a.area.name < b.area.name
      }
    guard let first = worsening.first, let event = first.score?.event, worsening.count >= 2,
      worsening.count * 3 >= risks.count
    else { return nil }
    return SharedTheme(
      measure: first.measure, direction: event.direction, size: event.size, areas: worsening.map(\.area.name),
      assessed: risks.count)
  }
  return themes.sorted { $0.areas.count != $1.areas.count ? $0.areas.count > $1.areas.count : $0.label < $1.label }
}
