import CommunitySafety
import Forecasting
import ModelFiles
import RiskRanking
import Testing
import TimeSeries

@testable import Assessment

/// What an assessment keeps of each series' draws.
@Suite struct AssessedOutlookTests {
  @Test func eachSeriesKeepsItsOutlookAndNotItsDraws() async throws {
    var reference = try ModelFileLoader.builtIn()
    // The engine beside it knows of no breaks.
    reference.breaks = BreakCalendar(entries: [])
    var configuration = AssessmentConfiguration()
    configuration.pathCount = 50
    let data = fixtureData(months: 36) { area, measure, month in
      area.hasPrefix("Thames") ? 1 : Double((area.utf8.count + measure.utf8.count) * (20 + month % 12) / 20)
    }
    let assessment = try await Assessor(configuration: configuration, reference: reference, threads: 2).assess(data)
    let engine = ForecastEngine(
      horizon: configuration.horizon, levels: configuration.levels, pathCount: configuration.pathCount,
      seed: configuration.seed)
    let base = assessment.data.panel.filterMap { $0.key.area.hasPrefix("Thames") ? nil : $0 }
    for (series, forecast) in zip(base.series, try await engine.run(base)) {
      let assessed = try #require(assessment.series(series.key))
      let outlook = try #require(Outlook(observed: series, forecast: forecast))
      #expect(assessed.outlook == outlook, "\(series.key.uniqueID)")
      #expect(assessed.forecast?.forecast.mean == forecast.forecast.mean)
    }
    #expect(assessment.series.allSatisfy { $0.forecast?.paths == nil })
    #expect(assessment.series.contains { $0.area.level == AreaLevel.csp && $0.outlook != nil })
    // Records without a place are drawn no futures.
    #expect(assessment.series.allSatisfy { $0.area.level != AreaLevel.residual || $0.outlook == nil })
    for risk in assessment.risks { #expect(risk.outlook == assessment.series(risk.key)?.outlook) }
  }
}
