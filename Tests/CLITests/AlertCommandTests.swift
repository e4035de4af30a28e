import Foundation
import Testing

/// `horizon alert` from the outside: what a schedule and a duty officer meet.
@Suite struct AlertCommandTests {
  /// Four years of a steady count in two areas; November 2023 of North stands out.
  private static let table: String = {
    var text = "area,measure,period,count\n"
    for area in ["North", "South"] {
      for month in 0..<48 {
        let isSpike = area == "North" && month == 46
        let count = 40 + (month * 7) % 9 - 4 + (isSpike ? 50 : 0)
        text += "\(area),Burglary,\(2020 + month / 12)-\(month % 12 < 9 ? "0" : "")\(month % 12 + 1),\(count)\n"
      }
    }
    return text
  }()

  private func alert(_ arguments: [String], in folder: URL) throws -> HorizonProcess {
    try HorizonProcess(["alert"] + arguments, input: Self.table, in: folder)
  }

  private func run(_ period: String, in folder: URL, _ more: [String] = []) throws -> HorizonProcess {
    try alert(
      [
        "run", "-", "--state", "a.sqlite", "--folder", "out", "--as-of", period, "--now", "\(period)-28", "--exit-code",
      ] + more, in: folder)
  }

  private func messages(_ folder: URL) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("out").path)) ?? []).sorted()
  }

  @Test func aScheduleTellsWhatIsNewOnce() throws {
    try withTemporaryFolder { folder in
      let quiet = try run("2023-10", in: folder)
      #expect(quiet.exitCode == 0)
      #expect(quiet.errors.contains("Nothing new, nothing exceptional: 2 series judged, newest Oct 2023."))
      #expect(messages(folder) == [])
      let dry = try run("2023-11", in: folder, ["--dry-run"])
      #expect(dry.exitCode == 10 && dry.output.contains("[new] Burglary in North, Nov 2023"))
      #expect(messages(folder) == [])
      #expect(try run("2023-11", in: folder).exitCode == 10)
      #expect(messages(folder).count == 1)
      let again = try run("2023-12", in: folder)
      #expect(again.exitCode == 0 && again.errors.contains("1 alert open"))
      #expect(messages(folder).count == 1)
      let older = try run("2023-11", in: folder)
      #expect(older.exitCode == 65 && older.errors.contains("an earlier run had Dec 2023"))
      struct Beat: Decodable { let judged: Int }
      let beat = try Data(contentsOf: folder.appendingPathComponent("a.sqlite.heartbeat.json"))
      #expect(try JSONDecoder().decode(Beat.self, from: beat).judged == 2)
    }
  }

  @Test func peopleAnswer() throws {
    try withTemporaryFolder { folder in
      _ = try run("2023-11", in: folder)
      let list = try alert(["list", "--state", "a.sqlite", "--format", "csv"], in: folder)
      let id = try #require(list.output.split(separator: "\n").last?.prefix { $0 != "," }).description
      let blank = try alert(["ack", id, "--state", "a.sqlite", "--reason", " ", "--author", "A"], in: folder)
      #expect(blank.exitCode == 64)
      let taken = try alert(
        ["ack", id, "--state", "a.sqlite", "--reason", "a campaign", "--author", "A. Analyst"], in: folder)
      #expect(taken.exitCode == 0)
      let shown = try alert(["show", id, "--state", "a.sqlite"], in: folder)
      #expect(shown.output.contains("acknowledged by A. Analyst: a campaign"))
      let bulk = try alert(
        ["resolve", "--area", "North", "--state", "a.sqlite", "--reason", "done", "--author", "A"], in: folder)
      #expect(bulk.exitCode == 0)
      #expect(
        try alert(["resolve", id, "--state", "a.sqlite", "--reason", "x", "--author", "A"], in: folder).exitCode == 64)
      let doctor = try alert(
        ["doctor", "--state", "a.sqlite", "--exit-code", "--now", "2024-03-01", "--format", "csv"], in: folder)
      #expect(doctor.exitCode == 10 && doctor.output.contains("94 days ago"))
      #expect(try alert(["list", "--state", "none.sqlite"], in: folder).exitCode == 66)
      #expect(try alert(["list", "--state", "a.sqlite", "--now", "soon"], in: folder).exitCode == 0)
    }
  }

  @Test func aRuleIsTriedOnThePast() throws {
    try withTemporaryFolder { folder in
      let tried = try alert(["test-rule", "-", "--last", "6", "--format", "csv"], in: folder)
      #expect(tried.exitCode == 0)
      let lines = tried.output.split(separator: "\n")
      #expect(lines.first == "period,happening,alert,area,measure,headline")
      #expect(lines.count == 2 && lines[1].hasPrefix("2023-11,fired,"))
      #expect(tried.errors.contains("1 alert fired in 6 months"))
    }
  }
}
