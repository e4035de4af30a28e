import CommunitySafety
import RiskRanking
import TimeSeries

extension AssessedSeries {
  /// The series while it existed.
  private var existing: Series { observed.within(lifespan) }

  /// Its last year: the one that ends with its last period, as ``PastComparison`` has it.
  public var lastYear: ClosedRange<Period> {
    let end = existing.end
    return end - (end.frequency.periodsPerYear - 1)...end
  }

  /// The last year's count beside the year before's; nil where they cannot be compared.
  public var growth: Growth? { compared(lastYear, yearsBack: 1).flatMap { Growth($0, of: existing) } }

  /// A window set beside the same calendar periods of an earlier year; nil where they share none.
  public func compared(_ window: ClosedRange<Period>, yearsBack: Int) -> WindowComparison? {
    WindowComparison(
      existing, window, yearsBack: yearsBack, adjusted: forecast?.adjusted, interventions: interventions)
  }
}

extension StrategicAssessment {
  /// What answers "is crime up?": all crime, anti-social behaviour, violence, serious acquisitive crime, of these what the run
  /// has; without any, up to four measures of the headline kind, the largest first.
  public var headlineMeasures: [Measure] {
    let groups = reference.measures.groups
    let wanted: [Measure?] = [
      allCrime ?? groups.first { $0.name.lowercased().hasPrefix("all crime") },
      reference.measures.measure(named: CrimeType.antiSocialBehaviour.rawValue),
      reference.measures.measure(named: CrimeType.violenceAndSexualOffences.rawValue),
      groups.first { $0.name.lowercased().hasPrefix("serious acquisitive crime") },
    ]
    var byID: [MeasureID: Measure] = [:]
    for one in series where byID[one.measure.id] == nil { byID[one.measure.id] = one.measure }
    let found = wanted.compactMap { $0.flatMap { byID[$0.id] } }
    if found.contains(where: { $0.kind == .count }) { return found }
    let rest = byID.values.filter { !$0.isGroup && $0.kind == headlineKind }.map { measure in
      (measure, widest(measure).flatMap { $0.compared($0.lastYear, yearsBack: 0)?.later.recorded } ?? 0)
    }
    return rest.sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0.id < $1.0.id }.prefix(4).map(\.0)
  }

  /// The series of a measure in the widest place that has it.
  public func widest(_ measure: Measure) -> AssessedSeries? {
    let own = series.filter { $0.measure.id == measure.id && $0.area.level != .residual }
    let levels: [AreaLevel] = [.whole, .authority, .force, .csp, .district, .unclassified, .ward, .lsoa]
    for level in levels {
      if let found = own.first(where: { one in names(of: one.area.name).contains { $0.level == level } }) {
        return found
      }
    }
    return own.first
  }
}
