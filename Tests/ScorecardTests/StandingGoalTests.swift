import Assessment
import CommunitySafety
import Diagnostics
import Ingest
import ModelFiles
import RiskRanking
import Testing
import TimeSeries

@testable import Scorecard

/// Targets that are a position among peers, as the assessor makes what they are drawn from.
@Suite struct StandingGoalTests {
  /// Steady burglary to the end of December: per 1,000 residents South Oxfordshire lies lowest, and next to it the Vale of White Horse
  /// or Reading, of which nobody knows which; then Oxford, then Slough.
  private static let monthly = [
    "Oxford": 90.0, "South Oxfordshire": 30, "Vale of White Horse": 42, "Reading": 52.7, "Slough": 150,
  ]

  private static var data: IngestedData {
    var random = SeededCounts(seed: 21)
    let own = scorecardData(months: 120, measures: ["Burglary"]) { area, _, _ in
      random.draw(mean: monthly[area] ?? .nan, scatter: 1.3)
    }
    let peers = [("Reading", 174_228), ("Slough", 158_495)].map { name, residents in
      Area(name: name, level: .district, force: "Thames Valley Police", csp: name, population: residents)
    }
    let series = peers.map { area in
      Series(
        key: SeriesKey(area: area.name, measure: "Burglary"), start: .month(2016, 1),
        values: (0..<120).map { _ in random.draw(mean: monthly[area.name] ?? .nan, scatter: 1.3) })
    }
    return own.with(
      peers: PeerDistricts(
        panel: Panel(frequency: .monthly, style: .yearMonth, series: series),
        areas: Dictionary(uniqueKeysWithValues: peers.map { ($0.name, $0) })))
  }

  private static let made = Task { try await scorecardAssessment(data, draws: true, peersAhead: ["Burglary"]) }

  private func result(
    _ figure: MeasureGoal.Figure, _ side: MeasureGoal.Side = .atMost, _ value: Double, area: String?,
    year: Int = 2025, months: Int = 12
  ) async throws -> GoalResult {
    let (assessment, windows) = try await Self.made.value
    let first = Period.month(year, 4).ordinal
    return try GoalResult(
      MeasureGoal(
        measure: "Burglary", area: area, figure: figure, side: side, value: value, baseline: nil,
        months: first...(first + months - 1), by: "\(year)", wording: "", line: 3), assessment, windows,
      file: "targets.yaml")
  }

  @Test func whatIsFarApartIsCertain() async throws {
    let lowest = try await result(.quartile, .atMost, 1, area: "South Oxfordshire")
    #expect(lowest.known == 1 && lowest.median == 1 && lowest.lower == 1 && lowest.upper == 1)
    #expect(lowest.readings.map(\.probability) == [1] && lowest.readings[0].settled == nil)
    #expect(lowest.standing == .init(peers: .force("Thames Valley Police"), places: 5))
    let oxford = try await result(.rank, .atMost, 2, area: "Oxford")
    #expect(oxford.known == 4 && oxford.readings[0].probability == 0)
    // The bound that holds rank 2 is the second lowest of the others', brought to its own residents.
    let needed = try #require(oxford.neededRate)
    let now = try #require(oxford.runRate)
    #expect(needed < 0.5 * now, "nine months at 90 leave little room: \(needed)")
  }

  /// Of two places of the same rate the year decides by chance, and what nine months have decided counts.
  @Test func whatIsCloseIsOpen() async throws {
    let vale = try await result(.rank, .atMost, 2, area: "Vale of White Horse")
    #expect((0.02...0.98).contains(vale.readings[0].probability) && vale.lower == 2 && vale.upper == 3)
    let atLeast = try await result(.rank, .atLeast, 3, area: "Vale of White Horse")
    #expect(abs(vale.readings[0].probability + atLeast.readings[0].probability - 1) < 1e-9)
    let both = try await result(.quartile, .ask, 2, area: "Vale of White Horse").readings
    #expect(both.map(\.side) == [.atMost, .atLeast] && both.allSatisfy { $0.assurance == nil })
  }

  /// A year that is over is met or missed by what was recorded, with no draw in it.
  @Test func aYearThatIsOverIsSettled() async throws {
    let over = try await result(.quartile, .atMost, 1, area: "South Oxfordshire", year: 2024)
    #expect(over.readings[0].settled == true && over.remainingPeriods == 0 && over.neededRate == nil)
    #expect(try await result(.quartile, .atMost, 1, area: "Oxford", year: 2024).readings[0].settled == false)
    let data = Self.data
    let rates = Self.monthly.keys.sorted().map { name -> Double in
      let series =
        data.panel[SeriesKey(area: name, measure: "Burglary")]
        ?? data.peers?.panel[SeriesKey(area: name, measure: "Burglary")]
      let residents = Double((data.areas[name] ?? data.peers?.areas[name])?.population ?? 0)
      return (0..<12).reduce(0) { $0 + (series?[.month(2024, 4) + $1] ?? .nan) } / residents
    }
    let vale = try await result(.rank, .atMost, 1, area: "Vale of White Horse", year: 2024)
    #expect(vale.known == Double(1 + rates.count { $0 < rates[4] }))
  }

  /// The rest of its own year is of the draws that every other target of it is of.
  @Test func itsOwnDrawsAreThoseOfItsOtherTargets() async throws {
    let (assessment, _) = try await Self.made.value
    let own = try #require(assessment.series(SeriesKey(area: "Oxford", measure: "Burglary"))?.forecast?.paths)
    let members = try #require(assessment.peerFutures.first?.members)
    #expect(members.map(\.area.name) == ["Oxford", "South Oxfordshire", "Vale of White Horse", "Reading", "Slough"])
    #expect(
      members[0].forecast.paths?.values == own.values && members.map(\.isOwn) == [true, true, true, false, false])
  }

  @Test(
    arguments: [
      (.rank, 6, "Oxford", 12, "no rank 6"), (.rank, 1, nil, 12, "no peers"),
      (.quartile, 1, "Oxford", 36, "further ahead"),
    ] as [(MeasureGoal.Figure, Double, String?, Int, String)])
  func whatCannotBeRankedIsAnErrorWithItsLine(
    _ figure: MeasureGoal.Figure, _ value: Double, _ area: String?, _ months: Int, _ words: String
  ) async {
    let error = await #expect(throws: HorizonError.self) {
      try await result(figure, .atMost, value, area: area, months: months)
    }
    #expect(error?.location?.line == 3 && error?.message.contains(words) == true, "\(String(describing: error))")
  }

  /// A group of the user's takes the place of the force, for the places that it is for.
  @Test func aPeerGroupTakesThePlaceOfTheForce() async throws {
    let groups = """
      groups:
        - name: Like Oxford
          for: Oxford
          areas: [South Oxfordshire, Reading, Slough]
          source: this test
      """
    let (assessment, windows) = try await scorecardAssessment(
      Self.data, draws: true, peersAhead: ["Burglary"], files: [.peerGroups: groups])
    let own = assessment.peers.filter { $0.isOwn && $0.measure.label == "Burglary" }
    #expect(Set(own.map(\.area.name)) == ["Oxford", "South Oxfordshire", "Vale of White Horse"] && own.count == 3)
    let oxford = try #require(own.first { $0.area.name == "Oxford" })
    #expect(oxford.peers == .group("Like Oxford") && oxford.rank.rank == 3 && oxford.rank.peers == 4)
    #expect(own.first { $0.area.name == "South Oxfordshire" }?.peers == .force("Thames Valley Police"))
    let first = Period.month(2025, 4).ordinal
    let goal = try GoalResult(
      MeasureGoal(
        measure: "Burglary", area: "Oxford", figure: .rank, side: .atMost, value: 3, baseline: nil,
        months: first...(first + 11), by: "2025/26", wording: "", line: 3), assessment, windows, file: "targets.yaml")
    #expect(goal.standing == .init(peers: .group("Like Oxford"), places: 4) && goal.readings[0].probability > 0.99)
    let published = try await Scorecard(assessment, windows: windows, goals: [goal.goal]).published(assessment)
    #expect(published.goals.isEmpty && published.withheldGoals == 1)
  }

  /// A group of which the inputs hold too few is said, and takes nobody out of the districts of the force.
  @Test func aGroupOfTooFewIsNotUsed() async throws {
    let groups = "groups:\n  - {name: Far away, for: Oxford, areas: [Exeter, Norwich, Reading], source: this test}\n"
    let (assessment, _) = try await scorecardAssessment(Self.data, files: [.peerGroups: groups])
    let oxford = assessment.peers.filter { $0.isOwn && $0.area.name == "Oxford" && $0.measure.label == "Burglary" }
    #expect(oxford.map(\.peers) == [.force("Thames Valley Police")])
    #expect(assessment.limitations.contains(.peerGroupsShort([.init(name: "Far away", held: 2)], needed: 4)))
  }
}
