import CommunitySafety
import RiskRanking
import TimeSeries

extension StrategicAssessment {
  /// The level page one ranks: partnerships where there are any, else districts, else the areas as they came.
  public var headlineLevel: AreaLevel {
    [.csp, .district, .unclassified, .force, .ward, .lsoa].first { !risks(level: $0, groups: false).isEmpty } ?? .whole
  }

  /// First and last period of what was assessed.
  public var span: ClosedRange<Period>? {
    let observed = series.map(\.observed).filter { $0.count > 0 }
    guard let start = observed.map(\.start).min(), let end = observed.map(\.end).max() else { return nil }
    return start...end
  }
}
