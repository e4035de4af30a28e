import CommunitySafety
import ExceptionDetection
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
    // The engine below is told of no breaks.
    configuration.withoutBreaks = reference.breaks.entries.map(\.id)
    // Nor does it add anything up.
    configuration.reconciliation = .none
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
      // What is ranked and what is forecast are one answer, to the last digit.
      #expect(outlook.matchedPeriods == 12 && outlook.mean == forecast.forecast.mean.reduce(0, +))
      #expect(assessed.forecast?.forecast.mean == forecast.forecast.mean)
    }
    #expect(assessment.series.allSatisfy { $0.forecast?.paths == nil })
    #expect(assessment.series.contains { $0.area.level == AreaLevel.csp && $0.outlook != nil })
    // Records without a place are drawn no futures.
    #expect(assessment.series.allSatisfy { $0.area.level != AreaLevel.residual || $0.outlook == nil })
    for risk in assessment.risks { #expect(risk.outlook == assessment.series(risk.key)?.outlook) }
  }

  @Test func ranksDoNotRestOnThePartsThatOnlyPagesShow() async throws {
    let reference = try ModelFileLoader.load(overrides: [:])
    var configuration = AssessmentConfiguration()
    configuration.pathCount = 20
    let data = fixtureData(months: 40) { area, measure, month in
      Double((area.utf8.count * 3 + measure.utf8.count + month * month) % 17) + (month == 39 ? 30 : 0)
    }
    var assessor = Assessor(configuration: configuration, reference: reference, threads: 2)
    let whole = try await assessor.assess(data)
    assessor.parts = []
    let least = try await assessor.assess(data)
    #expect(least.risks.count == whole.risks.count && whole.risks.contains { !$0.exceptions.isEmpty })
    for (a, b) in zip(least.risks, whole.risks) {
      #expect(a.key == b.key)
      #expect(a.rank == b.rank)
      #expect(a.evidence == b.evidence)
      let (found, expected): ([PeriodTest], [PeriodTest]) = (a.exceptions, b.exceptions)
      #expect(found.map { $0.period } == expected.map { $0.period })
      #expect(found.map { $0.qValue } == expected.map { $0.qValue })
    }
    #expect(least.stories.isEmpty && least.detectability.isEmpty && !whole.detectability.isEmpty)
    #expect(least.series.allSatisfy { $0.forecast?.fitted.isEmpty ?? true })
    #expect(whole.series.contains { !($0.forecast?.fitted.isEmpty ?? true) })
  }
}
