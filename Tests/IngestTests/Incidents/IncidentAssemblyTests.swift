import CommunitySafety
import NumericCore
import TestSupport
import TimeSeries
import Testing

@testable import Ingest

@Suite struct IncidentAssemblyTests {
  let space: Workspace
  static let header =
    "source,incident_ref,date_reported,date_occurred,category,qualifier,area_code,person_pseudonym,location_pseudonym"

  init() throws { space = try Workspace() }

  private func file(_ name: String, _ rows: [String]) throws -> String {
    try space.write(name, ([IncidentAssemblyTests.header] + rows).joined(separator: "\n"))
  }

  private func file(_ rows: [String]) throws -> String { try file("i.csv", rows) }

  private func row(
    _ ref: String, _ reported: String, _ occurred: String, _ category: String = "ASB", _ qualifier: String = "",
    area: String = "E07000178", person: String = "", location: String = "", source: String = "council"
  ) -> String { "\(source),\(ref),\(reported),\(occurred),\(category),\(qualifier),\(area),\(person),\(location)" }

  /// `count` incidents a month, by day 1 and up, over months of 2023 and 2024.
  private func steady(_ months: Range<Int>, count: Int = 3, source: String = "council") -> [String] {
    months.flatMap { month in
      (0..<count).map { index in
        let number = month % 12 + 1
        let date = "\(2023 + month / 12)-\(number < 10 ? "0" : "")\(number)-\(10 + index)"
        return row("\(source)\(month)-\(index)", date, date, source: source)
      }
    }
  }

  @Test func streamsAreCountedByAreaCategoryAndQualifier() async throws {
    let data = try await read([
      try file([
        row("1", "2024-01-05", "2024-01-01", "ASB", "personal"),
        row("2", "2024-01-06", "2024-01-02", "asb", "Personal"),
        row("3", "2024-02-06", "2024-02-05", "ASB", "nuisance"),
        row("4", "2024-02-06", "2024-02-06", "ASB", "Personal"),
        row("5", "2024-02-27", "2024-02-06", "Hate", area: "E07000004"), row("6", "2024-01-30", "", area: "E01028550"),
        row("7", "2024-02-28", "2024-02-28", area: ""),
      ])
    ])
    #expect(data.kind == .incidents && data.panel.frequency == .monthly)
    #expect(data.values("Oxford", "ASB (Personal)") == [2, 1])
    // A month of the extract without such an incident is a month without one.
    #expect(data.values("Oxford", "ASB (nuisance)") == [0, 1])
    #expect(data.values("Buckinghamshire", "Hate") == [0, 1])
    #expect(data.values("E01028550", "ASB") == [1, 0])
    #expect(data.areas["E01028550"]?.level == .unclassified && data.areas["Oxford"]?.level == .district)
    #expect(data.accounting == RowAccounting(read: 7, counted: 6, residual: ["no area": 1]))
    #expect(data.codes().contains("no-pseudonym-key") && data.codes().contains("other-date"))
    #expect(data.panel.series.allSatisfy { $0.kind == .count })
  }

  @Test func aMonthWithoutAnyIncidentOfASourceIsMissing() async throws {
    let data = try await read([try file(steady(0..<3) + steady(4..<6))])
    let values = try #require(data.values("Oxford", "ASB"))
    #expect(values[0...2] == [3, 3, 3] && values[3].isNaN && values[4...5] == [3, 3])
    #expect(data.completeness.cells.map(\.status) == [.present, .present, .present, .absent, .present, .present])
    #expect(data.completeness.cells[0].source == "council")
  }

  @Test func datesAndTheirBasis() async throws {
    let path = try file(
      steady(0..<4) + [
        row("a", "2023-03-20", "2023-02-20"), row("b", "20/03/2023 10:15", "1998-05-01"),
        row("c", "2023-02-20T08:00", "2203-02-20"), row("d", "", ""),
      ])
    let occurred = try await read([path])
    #expect(occurred.values("Oxford", "ASB") == [3, 4, 3, 3])
    #expect(
      occurred.accounting.setAside == [
        "occurred before the extract begins": 1, "dated after the extract ends": 1, "no date": 1,
      ])
    #expect(occurred.accounting.balances)
    let reported = try await read([path]) { $0.incidents.date = .reported }
    #expect(reported.values("Oxford", "ASB") == [3, 4, 5, 3])
    let bad = try file("b.csv", [row("1", "2024-01-05", "2024-13-01")])
    let error = try #require(try await failure([bad]))
    #expect(error.location == .init(file: bad, line: 2, column: 4) && !"\(error)".contains("2024-13-01"))
    #expect(try await failure([try file("n.csv", [row("1", "", "")])])?.message == "no incident has a date")
  }

  @Test func weeksBeginOnMondaysAndQuartersAtTheEndsArePartial() async throws {
    let path = try file([
      row("1", "2024-01-07", "2024-01-07"), row("2", "2024-01-08", "2024-01-08"),
      row("3", "2024-01-31", "2024-01-31"),
    ])
    let weekly = try await read([path]) { $0.frequency = .weekly }
    #expect(weekly.values("Oxford", "ASB") == [1, 1, 0, 0, 1])
    #expect(weekly.panel.style.format(weekly.panel.series[0].start) == "2024-01-01")
    let quarterly = try await read([try file("q.csv", steady(1..<7))]) { $0.frequency = .quarterly }
    #expect(quarterly.values("Oxford", "ASB") == [6, 9, 3] && quarterly.panel.series[0].partial == [0, 2])
  }

  @Test func aMonthThatStopsEarlyIsPartial() async throws {
    let daily = (1...31).map { row("j\($0)", "2024-01-\($0 < 10 ? "0" : "")\($0)", "") }
    let part = (1...9).map { row("f\($0)", "2024-02-0\($0)", "") }
    let data = try await read([try file(daily + part)])
    #expect(data.values("Oxford", "ASB") == [31, 9] && data.panel.series[0].partial == [1])
    #expect(data.completeness.cells.map(\.status) == [.present, .partial])
  }

  @Test func aReferenceCountsOnceInItsSourceOverAllFiles() async throws {
    let a = try file("a.csv", [row("1", "2024-01-05", ""), row("2", "2024-01-09", ""), row("2", "2024-01-09", "")])
    let b = try file("b.csv", [row("1", "2024-01-05", ""), row("1", "2024-01-06", "", source: "fire")])
    for inputs in [[a, b], [b, a]] {
      for threads in [1, 2] {
        let data = try await read(inputs) { $0.threads = threads }
        #expect(data.accounting.setAside == ["repeated incident reference": 2])
        #expect(data.values("Oxford", "ASB")?.reduce(0, +) == 3 && data.accounting.balances)
      }
    }
    let same = try await read([a, a])
    #expect(same.accounting.setAside == ["repeated file": 3, "repeated incident reference": 1])
  }

  /// Against a direct count over every pair of incidents, on simulated extracts in shuffled order.
  @Test func repeatsAgreeWithADirectCount() async throws {
    struct Truth { let day: Int; let person: Int; let area: Int }
    var random = RandomSource(seed: 11)
    let start = CivilDate(year: 2022, month: 1, day: 1)!.daysSinceEpoch
    let truth = (0..<900).map { _ in
      Truth(day: start + Int(random.next() % 1096), person: Int(random.next() % 200), area: Int(random.next() % 2))
    }
    let style = PeriodStyle.date(.offset(0), suffix: "")
    let areas = ["E07000178", "E07000177"]
    func text(_ day: Int) -> String { style.format(Period(frequency: .daily, ordinal: day)) }
    let rows = truth.enumerated().map { index, incident in
      row(
        "R\(index)", text(incident.day), text(incident.day), area: areas[incident.area],
        person: incident.person < 20 ? "" : "Px\(incident.person)")
    }
    for window in [3, 12] {
      let data = try await read([try file("w\(window).csv", rows)]) {
        $0.incidents.pseudonymKey = Array("a key of the tests".utf8)
        $0.incidents.repeatWindow = window
      }
      for (number, area) in ["Oxford", "Cherwell"].enumerated() {
        let series = try #require(data.panel[.init(area: area, measure: "ASB: repeats by person")])
        #expect(series.kind == .proportion)
        #expect(series.start == .month(2022, 1) + window && series.end == .month(2024, 12))
        for offset in 0..<series.count {
          let month = series.start + offset
          let days = month.firstDay.daysSinceEpoch..<(month + 1).firstDay.daysSinceEpoch
          let here = truth.indices.filter {
            truth[$0].area == number && truth[$0].person >= 20 && days.contains(truth[$0].day)
          }
          let again = here.filter { i in
            let date = CivilDate(daysSinceEpoch: truth[i].day)
            let ago = Period.month(date.year, date.month) - window
            let from = ago.firstDay.daysSinceEpoch + min(date.day, ago.days) - 1
            return truth.indices.contains { j in
              // Of two on one day one is the first; the areas of the extract are numbered as they appear.
              j != i && truth[j].person == truth[i].person && truth[j].day >= from && truth[j].day < truth[i].day
            }
          }
          let sameDay = here.filter { i in
            truth.indices.contains { $0 != i && truth[$0].person == truth[i].person && truth[$0].day == truth[i].day }
          }
          #expect(series.denominators?[offset] == Double(here.count))
          let found = (series.numerators?[offset] ?? 0)
          #expect(found >= Double(again.count) && found <= Double(again.count + sameDay.count))
        }
      }
      #expect(data.codes().contains("repeats") && data.codes().contains("no-pseudonym"))
    }
  }

  @Test func repeatsNeedAKeyAndAPastAndStayWithinTheirSource() async throws {
    let rows = [
      row("1", "2023-01-02", "", person: "Pq1"), row("2", "2023-01-31", "", person: "Pq1"),
      row("3", "2023-02-10", "", person: "Pq1", source: "fire"), row("4", "2023-02-11", "", person: "Pq2"),
      row("5", "2023-02-11", "", "Hate", person: "Pq2"), row("6", "2023-02-28", "", location: "L1", source: "fire"),
    ]
    let path = try file(rows)
    #expect(try await read([path]).panel.series.allSatisfy { $0.kind == .count })
    let data = try await read([path]) {
      $0.incidents.pseudonymKey = [UInt8](repeating: 7, count: 32)
      $0.incidents.repeatWindow = 1
    }
    #expect(data.panel[.init(area: "Oxford", measure: "ASB: repeats by person")] == nil)
    #expect(data.note("no-repeats") == .incidents(.noRepeats(window: 1)) || data.codes().contains("repeats"))
    let long = try await read([path]) { $0.incidents.pseudonymKey = [UInt8](repeating: 7, count: 32) }
    #expect(long.codes(.warning).contains("no-repeats"))
    // Keys change what is held in memory, never what is said.
    let other = try await read([path]) {
      $0.incidents.pseudonymKey = [UInt8](repeating: 9, count: 32)
      $0.incidents.repeatWindow = 1
    }
    #expect(other.panel.series == data.panel.series && other.notes == data.notes)
  }

  @Test func theShippedExtractIsReadWithoutFalseAlarm() async throws {
    let path = Fixture.packageRoot.appendingPathComponent("Datasets/oxfordshire-simulated/asb-partner-extract.csv").path
    let data = try await read([path]) { $0.incidents.pseudonymKey = Array("0123456789abcdef".utf8) }
    #expect(data.panel.areas.contains("Oxford") && data.accounting.balances)
    let repeats = data.panel.series.filter { $0.kind == .proportion }
    #expect(!repeats.isEmpty)
    #expect(repeats.allSatisfy { $0.values.allSatisfy { $0.isNaN || (0...1).contains($0) } })
  }
}
