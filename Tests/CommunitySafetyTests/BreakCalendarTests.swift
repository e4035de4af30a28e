import Testing
import TimeSeries

@testable import CommunitySafety

@Suite struct BreakCalendarTests {
  let calendar: BreakCalendar
  init() throws {
    func date(_ year: Int, _ month: Int, _ day: Int) throws -> CivilDate {
      try #require(CivilDate(year: year, month: month, day: day))
    }
    calendar = BreakCalendar(entries: [
      .init(
        id: "step", from: try date(2025, 4, 10), through: nil, areas: ["Cherwell", "thames-valley"],
        measures: ["Violence and sexual offences"], kind: .recordingChange, note: "counted otherwise"),
      .init(
        id: "shut", from: try date(2020, 3, 26), through: try date(2020, 7, 3), areas: nil, measures: nil,
        kind: .covidRestriction, note: "shut"),
    ])
  }

  @Test func aBreakConcernsPlacesByAnyOfTheirNames() {
    func steps(_ places: Set<String>, _ measures: Set<String>) -> Int {
      calendar.interventions(places: places, measures: measures, frequency: .monthly)
        .filter { $0.effect == .step }.count
    }
    #expect(steps(["Cherwell"], ["Violence and sexual offences"]) == 1)
    #expect(steps(["Oxford", "Oxford City", "thames-valley"], ["Violence and sexual offences"]) == 1)
    #expect(steps(["Oxford"], ["Violence and sexual offences"]) == 0)
    #expect(steps(["Cherwell"], ["Burglary"]) == 0)
    // A group is broken where a member is.
    #expect(steps(["Cherwell"], ["All crime (excluding ASB)", "Burglary", "Violence and sexual offences"]) == 1)
  }

  @Test func aStepStartsInThePeriodOfItsFirstDay() throws {
    let found = calendar.interventions(
      places: ["Cherwell"], measures: ["Violence and sexual offences"], frequency: .monthly)
    #expect(found.map(\.start) == [.month(2025, 4), .month(2020, 3)])
    #expect(found[0].label == "recording change: counted otherwise")
    #expect(found[1].effect == .window(through: .month(2020, 7)))
  }

  @Test(arguments: [(Frequency.monthly, 5), (.quarterly, 3), (.yearly, 1), (.weekly, 15), (.daily, 100)])
  func aWindowCoversEveryPeriodItTouches(frequency: Frequency, periods: Int) throws {
    let window = try #require(
      calendar.interventions(places: ["X"], measures: ["Y"], frequency: frequency).first)
    let masked = (-200...400).filter { window.masks(window.start + $0) }
    #expect(masked == Array(0..<periods))
  }

  @Test func aCalendarThatFollowsAnotherReplacesEntriesOfItsOwnNames() throws {
    let day = try #require(CivilDate(year: 2020, month: 1, day: 1))
    func entry(_ id: String, _ note: String) -> BreakCalendar.Entry {
      .init(id: id, from: day, through: nil, areas: nil, measures: nil, kind: .recordingChange, note: note)
    }
    let builtIn = BreakCalendar(entries: [entry("a", "theirs"), entry("b", "theirs")]).asBuiltIn
    let both = BreakCalendar(entries: [entry("c", "own"), entry("a", "own")]).following(builtIn).entries
    #expect(both.map(\.id) == ["b", "c", "a"] && both.map(\.note) == ["theirs", "own", "own"])
    #expect(both.map(\.isBuiltIn) == [true, false, false])
  }
}
