import Diagnostics
import ExceptionDetection
import Session
import Testing
import TimeSeries

@Suite struct LateReportsTests {
  private let workspace: Workspace
  init() throws { workspace = try Workspace() }

  private static let key = SeriesKey(area: "North", measure: "Burglary")

  private func open(_ inputs: [String], _ change: (inout SessionOptions) -> Void) async throws -> Session {
    var options = SessionOptions(inputs: inputs)
    change(&options)
    return try await Session(options)
  }

  @Test func aStoreIsReadLikeTheFilesThatWentIntoIt() async throws {
    let store = try await workspace.lateStore()
    let session = try await open([store]) { _ in }
    let plain = try await open([workspace.path("v.csv")]) { _ in }
    #expect(session.panel.series.map(\.values) == plain.panel.series.map(\.values))
    #expect(session.panel.series.map(\.key) == [Self.key] && session.panel.span == plain.panel.span)
  }

  /// Shares known of the newest periods in the warning, the newest first.
  private static func percents(_ session: Session) -> [Int] {
    guard case .vintages(.lateReports(let known, frequency: .monthly))? = session.warnings.first,
      zip(known, known.dropFirst()).allSatisfy({ $0.period - $1.period == 1 })
    else { return [] }
    return known.map { Int((100 * $0.least).rounded()) }
  }

  @Test func whatIsDoneAboutLateReportsIsChosen() async throws {
    let store = try await workspace.lateStore()
    let ignored = try await open([store]) { $0.lateReports = .ignored }
    #expect(ignored.lateReports == nil && ignored.completeness.isWhole && ignored.warnings.isEmpty)

    let noted = try await open([store]) { $0.lateReports = .noted }
    #expect(noted.warnings.map(\.code) == ["late-reports"])
    #expect(Self.percents(noted) == [50, 75])

    let allowed = try await open([store]) { $0.lateReports = .allowedFor }
    #expect(allowed.warnings.isEmpty)
    let newest = try #require(allowed.completeness[Self.key, .month(2022, 12)])
    #expect(abs(newest.share - 0.5) < 0.01)
    #expect(allowed.completeness[Self.key, .month(2022, 6)] == nil)
    #expect(allowed.lateReports?.share(.month(2022, 11), allowed.panel).map { Int((100 * $0.least).rounded()) } == 75)
  }

  @Test func whatLaterVintagesAddedIsNotKnownBefore() async throws {
    let store = try await workspace.lateStore()
    let early = try await open([store]) {
      $0.lateReports = .allowedFor
      $0.asOf = "2022-01"
    }
    // The first vintage is of January 2022: nothing has been seen twice.
    #expect(early.completeness.isWhole && early.lateReports == nil)
    #expect(early.panel.span?.upperBound == .month(2022, 1))
    let later = try await open([store]) {
      $0.lateReports = .noted
      $0.asOf = "2022-09"
    }
    #expect(Self.percents(later) == [50, 75])
    #expect(later.panel[Self.key]?.values.last == Double((80 + (44 * 7) % 9) / 2))
  }

  @Test func onlyOneStoreTellsOfLateReports() async throws {
    let store = try await workspace.lateStore()
    let other = try workspace.table("other.csv", areas: ["South"])
    let both = try await open([store, other]) { $0.lateReports = .noted }
    #expect(both.panel.areas == ["North", "South"] && both.lateReports == nil && both.warnings.isEmpty)
    let table = try await open([other]) { $0.lateReports = .noted }
    #expect(table.lateReports == nil)
    #expect(try Session.vintages(of: [store]).count > 100)
    #expect(try await failure { try Session.vintages(of: [store, other]) }?.kind == .usage)
    #expect(try await failure { try Session.vintages(of: [other]) }?.kind == .usage)
  }
}
