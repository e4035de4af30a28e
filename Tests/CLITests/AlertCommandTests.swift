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

  /// A channel that fails holds up no other, and is heard of at once: by the exit code, by a quiet run and by the doctor.
  @Test func aChannelThatFailsIsHeardOf() throws {
    try withTemporaryFolder { folder in
      let inner = folder.appendingPathComponent("etc")
      try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
      let rules = """
        name: t
        rules: [{name: exceptions}]
        channels:
          - {name: bad, kind: folder, path: /dev/null/messages}
          - {name: mail, kind: mail, from: a@example.org, to: [b@example.org], program: [/bin/false]}
          - {name: good, kind: folder, path: messages}

        """
      try Data(rules.utf8).write(to: inner.appendingPathComponent("alerts.yaml"))
      func run(_ period: String) throws -> HorizonProcess {
        try alert(
          [
            "run", "-", "--state", "a.sqlite", "--config", "etc/alerts.yaml", "--as-of", period, "--now",
            "\(period)-28", "--quiet",
          ], in: folder)
      }
      #expect(try run("2023-10").exitCode == 0)
      let fired = try run("2023-11")
      #expect(fired.exitCode == 69, "\(fired.errors)")
      #expect(fired.errors.contains("the channel bad does not take messages, which wait: "))
      #expect(fired.errors.contains("the channel mail does not take messages, which wait: /bin/false ends with 1"))
      // Paths in a configuration start from its folder.
      let told = try FileManager.default.contentsOfDirectory(atPath: inner.appendingPathComponent("messages").path)
      #expect(told.count == 1)
      // Before the next attempt is due they wait all the same.
      #expect(try run("2023-11").exitCode == 69)
      let tried = try alert(["test-channels", "--config", "etc/alerts.yaml"], in: folder)
      #expect(tried.exitCode == 69 && tried.errors.contains("The channel good took it."), "\(tried.errors)")
      #expect(tried.errors.contains("the channel mail does not take messages: /bin/false"))
      #expect(try alert(["test-channels", "--folder", "out"], in: folder).exitCode == 0)
      #expect(messages(folder).first?.hasPrefix("test-") == true)
    }
  }

  @Test func theDoctorKnowsOfRunsThatFailed() throws {
    try withTemporaryFolder { folder in
      func doctor() throws -> String {
        try alert(["doctor", "--state", "a.sqlite", "--now", "2023-11-29", "--format", "csv"], in: folder).output
      }
      let missing = ["run", "none.csv", "--state", "a.sqlite", "--folder", "out", "--now", "2023-11-28"]
      #expect(try alert(missing, in: folder).exitCode == 66)
      #expect(try doctor().contains("none ended well; the run at 2023-11-28T00:00:00Z failed: "))
      #expect(try run("2023-11", in: folder).exitCode == 10)
      #expect(try doctor().contains("runs,yes,"))
      #expect(try alert(missing, in: folder).exitCode == 66)
      #expect(try doctor().contains("runs,no,"))
      // A configuration of another name says how to go on with the state.
      let rules = "name: t\nchannels: [{name: out, kind: stdout}]\nrules: [{name: r}]\n"
      try Data(rules.utf8).write(to: folder.appendingPathComponent("alerts.yaml"))
      let other = try alert(["run", "-", "--state", "a.sqlite", "--config", "alerts.yaml"], in: folder)
      #expect(other.exitCode == 65 && other.errors.contains("`name: default`"), "\(other.errors)")
    }
  }

  /// The file that is installed is one that runs take, and so is what it shows of every other key.
  @Test func theShippedConfigurationIsTaken() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let shipped = try String(contentsOf: root.appendingPathComponent("Packaging/alerts.yaml"), encoding: .utf8)
    let examples = shipped.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line -> String? in
      let indent = line.prefix { $0 == " " }
      let text = line.dropFirst(indent.count)
      if text.hasPrefix("##") { return nil }
      return text.hasPrefix("# ") ? String(indent + text.dropFirst(2)) : String(line)
    }.joined(separator: "\n").replacing("[Oxford, Cherwell]", with: "[North]")
      .replacing("[Burglary, Vehicle crime]", with: "[Burglary]")
    #expect(examples.contains("kind: smtp") && examples.contains("false_alarms"))
    for text in [shipped, examples] {
      try withTemporaryFolder { folder in
        try Data(text.utf8).write(to: folder.appendingPathComponent("alerts.yaml"))
        let tried = try alert(["run", "-", "--state", "a.sqlite", "--config", "alerts.yaml", "--dry-run"], in: folder)
        #expect(tried.exitCode == 0, "\(tried.errors)")
      }
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

  /// What is proposed is a configuration as it stands, and keeps to what was asked.
  @Test func aBudgetOfMessagesIsARuleSet() throws {
    try withTemporaryFolder { folder in
      let proposed = try alert(
        ["suggest", "-", "--messages-a-month", "2", "--last", "6", "-o", "alerts.yaml", "--quiet"], in: folder)
      #expect(proposed.exitCode == 0, "\(proposed.errors)")
      let text = try String(contentsOf: folder.appendingPathComponent("alerts.yaml"), encoding: .utf8)
      #expect(text.contains("false_alarms: 5") && text.contains("digest: false"))
      let tried = try alert(
        ["test-rule", "-", "--last", "6", "--config", "alerts.yaml", "--format", "csv"], in: folder)
      #expect(tried.exitCode == 0 && tried.output.contains("2023-11,fired,"), "\(tried.errors)")
      #expect(tried.errors.contains("of them a year are expected to be false alarms"))
      #expect(try alert(["suggest", "-", "--messages-a-month", "0"], in: folder).exitCode == 64)
    }
  }

  /// A rule that tells one digest a run sends one message, whatever it holds; what it tells stands apart.
  @Test func aDigestIsOneMessageToTheBudget() throws {
    try withTemporaryFolder { folder in
      let table = Self.table.replacing("South,Burglary,2023-11,43", with: "South,Burglary,2023-11,99")
      #expect(table != Self.table)
      func tried(_ options: String) throws -> HorizonProcess {
        let rules = "name: t\nchannels: [{name: out, kind: stdout}]\nrules: [{name: r\(options)}]\n"
        try Data(rules.utf8).write(to: folder.appendingPathComponent("alerts.yaml"))
        return try HorizonProcess(
          ["alert", "test-rule", "-", "--last", "2", "--no-totals", "--config", "alerts.yaml", "--format", "csv"],
          input: table, in: folder)
      }
      let each = try tried("")
      #expect(each.output.split(separator: "\n").count == 3 && each.errors.contains("1.0 messages a month"))
      #expect(each.errors.contains("2023-11: 2 new; 2 open") && each.errors.contains("By the budget of the rule about"))
      let digest = try tried(", digest: true")
      #expect(digest.output.split(separator: "\n").count == 3 && digest.errors.contains("0.5 messages a month"))
      #expect(digest.errors.contains("2023-11: 2 new, in 1 message; 2 open"))
      let two = try tried("}, {name: s, areas: [North]")
      #expect(two.errors.contains("By the budget of the rules about"))
    }
  }

  /// A word of the command line is no path: in a folder where `alert` and `run` are pipes nothing waits for them.
  @Test func wordsOfTheCommandAreNotRead() throws {
    try withTemporaryFolder { folder in
      try Data(Self.table.utf8).write(to: folder.appendingPathComponent("counts.csv"))
      for name in ["alert", "run", "2023-11"] {
        try #require(mkfifo(folder.appendingPathComponent(name).path, 0o600) == 0)
      }
      let done = try alert(
        ["run", "counts.csv", "--state", "a.sqlite", "--folder", "out", "--as-of", "2023-11", "--now", "2023-12-01"],
        in: folder)
      #expect(done.exitCode == 0 && messages(folder).count == 1, "\(done.errors)")
    }
  }

  @Test func anAlertIsDrawnAndStandsInThePack() throws {
    try withTemporaryFolder { folder in
      _ = try run("2023-11", in: folder)
      let list = try alert(["list", "--state", "a.sqlite", "--format", "csv"], in: folder)
      let id = try #require(list.output.split(separator: "\n").last?.prefix { $0 != "," }).description
      let drawn = try alert(["show", id, "--state", "a.sqlite", "--svg"], in: folder)
      #expect(drawn.exitCode == 0 && drawn.output.contains("<svg xmlns=") && drawn.output.contains("Nov 2023"))
      let shown = try alert(["show", id, "--state", "a.sqlite"], in: folder)
      #expect(shown.output.contains("The chance that any of the next three months is an exception too is "))
      let schema = try alert(["schema"], in: folder)
      #expect(schema.output.contains("\"$schema\" : \"https://json-schema.org/draft/2020-12/schema\""))
      let pack = try HorizonProcess(
        ["sia", "-", "--alerts", "a.sqlite", "--out", "pack", "--quiet"], input: Self.table, in: folder)
      #expect(pack.exitCode == 0, "\(pack.errors)")
      let page = try String(contentsOf: folder.appendingPathComponent("pack/alerts.html"), encoding: .utf8)
      #expect(page.contains("id=\"alert-\(id)\"") && page.contains("Burglary in North, Nov 2023"))
      let none = try HorizonProcess(
        ["sia", "-", "--alerts", "none.sqlite", "--out", "pack2", "--quiet"], input: Self.table, in: folder)
      #expect(none.exitCode == 66)
    }
  }

  /// The same inputs again: nothing is looked at, and all that a run leaves behind is there.
  @Test func aRunThatCanSeeNothingNewEndsEarly() throws {
    try withTemporaryFolder { folder in
      try Data(Self.table.utf8).write(to: folder.appendingPathComponent("counts.csv"))
      func run(_ now: String, _ more: [String] = []) throws -> HorizonProcess {
        try alert(["run", "counts.csv", "--state", "a.sqlite", "--folder", "out", "--now", now] + more, in: folder)
      }
      func heartbeat() throws -> String {
        try String(contentsOf: folder.appendingPathComponent("a.sqlite.heartbeat.json"), encoding: .utf8)
      }
      _ = try run("2024-01-10")
      let first = try heartbeat()
      let again = try run("2024-01-11")
      #expect(again.exitCode == 0 && again.errors.contains("2 series judged, newest Dec 2023"))
      #expect(try heartbeat() == first.replacing("2024-01-10T", with: "2024-01-11T"))
      let id = try #require(
        try alert(["list", "--state", "a.sqlite", "--format", "csv"], in: folder).output.split(separator: "\n").last?
          .prefix { $0 != "," }
      ).description
      // What a person does, and a snooze that is over, are looked into.
      _ = try alert(
        [
          "snooze", id, "--until", "2024-01-20", "--now", "2024-01-12", "--state", "a.sqlite", "--reason", "r",
          "--author", "A",
        ], in: folder)
      _ = try run("2024-01-13")
      #expect(messages(folder).count == 1)
      _ = try run("2024-01-21")
      #expect(messages(folder).count == 2)
    }
  }
}
