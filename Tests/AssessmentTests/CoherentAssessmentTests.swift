import CommunitySafety
import Forecasting
import Ingest
import ModelFiles
import RiskRanking
import Testing
import TimeSeries

@testable import Assessment

/// Every number that is presented as a sum is the sum of its parts: forecasts, last year's levels and changes.
@Suite struct CoherentAssessmentTests {
  private static func data(_ value: ((String, String, Int) -> Double)? = nil) -> IngestedData {
    fixtureData(months: 60) { area, measure, month in
      if let value { return value(area, measure, month) }
      let level = Double((area.utf8.count * 5 + measure.utf8.count * 3) % 40)
      return (level * (1 + 0.2 * Double(month % 12) / 12) + Double((month * 7 + area.utf8.count) % 6)).rounded()
    }
  }

  private func assess(
    _ data: IngestedData, breaks: BreakCalendar = BreakCalendar(entries: []),
    by reconciliation: Reconciliation = .bottomUp,
    threads: Int = 2
  ) async throws -> StrategicAssessment {
    var reference = try ModelFileLoader.builtIn()
    reference.breaks = breaks
    var configuration = AssessmentConfiguration()
    configuration.pathCount = 300
    configuration.reconciliation = reconciliation
    var assessor = Assessor(configuration: configuration, reference: reference, threads: threads)
    assessor.parts = []
    return try await assessor.assess(data)
  }

  /// Holds every sum of the assessment's hierarchy against its parts.
  private func check(_ assessment: StrategicAssessment) throws -> Int {
    var checked = 0
    let nodes = assessment.hierarchy.nodes
    for sum in assessment.hierarchy.sums {
      // Groups of records without a place are no series of their own.
      guard let total = assessment.series(nodes[sum.total].key) else { continue }
      let parts = sum.parts.compactMap { assessment.series(nodes[$0].key) }
      guard parts.count == sum.parts.count, let forecast = total.forecast?.forecast else { continue }
      for h in forecast.mean.indices {
        let mean = parts.reduce(0) { $0 + ($1.forecast?.forecast.mean[h] ?? .nan) }
        #expect(abs(forecast.mean[h] - mean) <= 1e-9 * max(1, mean), "\(nodes[sum.total].key.uniqueID)")
      }
      guard let outlook = total.outlook else { continue }
      let outlooks = parts.compactMap(\.outlook)
      // Records without a place have no outlook of their own.
      guard outlooks.count == parts.count, outlooks.allSatisfy({ $0.matchedPeriods == outlook.matchedPeriods }) else {
        continue
      }
      let mean = outlooks.reduce(0) { $0 + $1.mean }
      let lastYear = outlooks.reduce(0) { $0 + $1.lastYear }
      #expect(abs(outlook.mean - mean) <= 1e-9 * max(1, mean))
      #expect(abs(outlook.lastYear - lastYear) <= 1e-9 * max(1, lastYear), "\(nodes[sum.total].key.uniqueID)")
      #expect(abs(outlook.expectedChange - outlooks.reduce(0) { $0 + $1.expectedChange }) <= 1e-6 * max(1, mean))
      // Joint draws: a total is no wider than its parts' bounds one on top of the other.
      #expect(outlook.lower80 >= outlooks.reduce(0) { $0 + $1.lower80 } - 1e-9 * mean - Double(outlooks.count))
      #expect(outlook.upper80 <= outlooks.reduce(0) { $0 + $1.upper80 } + 1e-9 * mean + Double(outlooks.count))
      checked += 1
    }
    return checked
  }

  @Test(arguments: [Reconciliation.auto, .bottomUp])
  func everySumIsTheSumOfItsParts(reconciliation: Reconciliation) async throws {
    let assessment = try await assess(Self.data(), by: reconciliation)
    // Partnerships, the whole and groups, areas by measures.
    #expect(try check(assessment) > 20)
  }

  /// A step, a masked window and a figure out of line change what last year is compared as, in total and parts alike.
  @Test func lastYearsLevelsAddUpWhereTheyAreAdjusted() async throws {
    let data = Self.data { area, measure, month in
      let level = Double((area.utf8.count * 5 + measure.utf8.count * 3) % 40 + 20)
      let step = measure == "Burglary" && month >= 52 ? 1.5 : 1
      let spike = measure == "Drugs" && area == "Oxford" && month == 55 ? 4000.0 : 0
      return (level * step + Double((month * 7) % 6) + spike).rounded()
    }
    let breaks = BreakCalendar(entries: [])
    let assessment = try await assess(data, breaks: breaks)
    #expect(try check(assessment) > 20)
    let drugs = try #require(assessment.series(SeriesKey(area: "Oxford", measure: "Drugs")))
    let outlook = try #require(drugs.outlook)
    #expect(!(drugs.forecast?.outliers.isEmpty ?? true) && outlook.lastYear < 2000)
  }

  /// Without it totals are forecast by themselves, and differ from the sums of their parts.
  @Test func withoutReconciliationTotalsAreTheirOwn() async throws {
    let assessment = try await assess(Self.data(), by: .none)
    let nodes = assessment.hierarchy.nodes
    let isOff = assessment.hierarchy.sums.contains { sum in
      guard let total = assessment.series(nodes[sum.total].key)?.forecast?.forecast else { return false }
      let parts = sum.parts.compactMap { assessment.series(nodes[$0].key)?.forecast?.forecast.mean[0] }
      return abs(total.mean[0] - parts.reduce(0, +)) > 0.01
    }
    #expect(isOff)
  }

  @Test func threadsChangeNothing() async throws {
    let (one, two) = (try await assess(Self.data(), threads: 1), try await assess(Self.data(), threads: 2))
    #expect(one.risks.map(\.outlook) == two.risks.map(\.outlook))
  }

  @Test func fewerDrawsAreKeptOfManyLeaves() {
    #expect(CoherentLayers.draws(leaves: 70, steps: 12, of: 1000) == 1000)
    #expect(CoherentLayers.draws(leaves: 20000, steps: 12, of: 1000) == 250)
    #expect(CoherentLayers.draws(leaves: 1_000_000, steps: 12, of: 1000) == 200)
    // So many are not added up at all, and it is said.
    #expect(CoherentLayers.limitations(leaves: 25_000).isEmpty)
    #expect(CoherentLayers.limitations(leaves: 25_001) == [.totalsApart(series: 25_001, most: 25_000)])
  }
}
