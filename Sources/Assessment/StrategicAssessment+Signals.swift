import CommunitySafety
import TimeSeries

extension StrategicAssessment {
  /// Last day of the data, `YYYY-MM-DD`; nil of a run without any.
  public var lastDay: String? {
    span.map { CivilDate(daysSinceEpoch: ($0.upperBound + 1).firstDay.daysSinceEpoch - 1).isoText }
  }

  /// Signals that concern a place of the run.
  public var signals: [Signal] {
    let places = Set(areas.map(\.name))
    return reference.signals.filter { $0.places.isEmpty || !places.isDisjoint(with: $0.places) }
  }

  /// Those of them whose review was due by the end of the data. Nothing takes anything from the clock.
  public var expiredSignals: [Signal] {
    guard let lastDay else { return [] }
    return signals.filter { $0.hasExpired(by: lastDay) }
  }
}
