import CommunitySafety
import RiskRanking
import TimeSeries

extension StrategicAssessment {
  /// What a place is advised to do about each of its current priorities, in their order, those without a series too.
  public func advice(of place: Area) -> [PriorityAdvice] {
    let current = (reference.priorities.byPartnership[place.name] ?? []).filter { $0.status == .current }
    guard !current.isEmpty else { return [] }
    let named = risks.filter { $0.area.name == place.name }
    let own = named.filter { $0.area.level == place.level }
    let byMeasure = Dictionary(
      (own.isEmpty ? named : own).map { ($0.measure.id, $0) }, uniquingKeysWith: { first, _ in first })
    return current.map { priority in
      PriorityAdvice(priority, of: place, evidence: priority.measures.compactMap { byMeasure[$0] })
    }
  }

  /// Current priorities past their day of review at the end of the data, with their partnerships, of the places of the run.
  public var overduePriorities: [(place: String, priority: LocalPriorities.Priority)] {
    guard let end = data.panel.span?.upperBound else { return [] }
    var seen = Set<String>()
    return areas.map(\.name).filter { seen.insert($0).inserted }.flatMap { place in
      (reference.priorities.byPartnership[place] ?? []).filter { $0.isOverdue(at: end) }.map { (place, $0) }
    }
  }
}
