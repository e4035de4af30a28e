import Alerting
import Testing

@Suite struct HeartbeatTests {
  private func text(judged: Int, unjudged: Int = 0, fired: Int = 0, open: Int = 0) throws -> String {
    Heartbeat(
      at: try #require(Moment("2026-01-01T00:00:00Z")), period: "Dec 2025", judged: judged, unjudged: unjudged,
      fired: fired, open: open, waiting: 0
    ).text
  }

  /// What was not judged is not cleared.
  @Test func nothingJudgedIsNoAllClear() throws {
    #expect(
      try text(judged: 0, unjudged: 6)
        == "Nothing could be judged: 0 series judged, 6 without a verdict, newest Dec 2025.")
    #expect(try text(judged: 0, unjudged: 6, open: 1).hasPrefix("Nothing could be judged; 1 alert open"))
    #expect(try text(judged: 266).hasPrefix("Nothing new, nothing exceptional: 266 series judged, newest"))
    #expect(try text(judged: 9, fired: 2, open: 2).hasPrefix("2 new exceptions; 2 alerts open"))
  }
}
