import Assessment
import RiskRanking

extension StrategicAssessment {
  /// The same run with other risks, to test what pages make of them.
  func with(_ risks: [Risk]) -> StrategicAssessment {
    StrategicAssessment(
      configuration: configuration, data: data, series: series, areas: areas, risks: risks, tests: tests,
      themes: themes, limitations: limitations, reference: reference, trackRecord: trackRecord, stories: stories,
      detectability: detectability, hierarchy: hierarchy)
  }
}
