import Diagnostics
import Foundation
import Testing

@testable import Alerting

/// What `alert schedule` writes.
@Suite struct ScheduleTests {
  private func files(user: String = "horizon", path: String = "/srv/50% \"new\"/a.sqlite") throws -> [String: String] {
    let made = try ScheduleFiles(
      command: ["/usr/bin/horizon", "alert", "run", "/srv/in put", "--state", path],
      folders: ["/srv/out"], state: path, user: user, interval: .monthly)
    return Dictionary(
      made.files.map { ($0.path, String(decoding: $0.contents, as: UTF8.self)) },
      uniquingKeysWith: { first, _ in first })
  }

  @Test func pathsSurviveSystemdAndCron() throws {
    let files = try files()
    #expect(files["horizon-alert.service"]?.contains(#""/srv/50%% \"new\"/a.sqlite""#) == true)
    #expect(files["horizon-alert.cron"]?.contains(#"'/srv/50\% "new"/a.sqlite' --quiet"#) == true)
    #expect(files["horizon-alert.timer"]?.contains("Persistent=true") == true)
    #expect(files["RUNBOOK.md"]?.contains("alert doctor") == true)
    #expect(ScheduleFiles.cronWord("it's") == #"'it'\''s'"#)
  }

  @Test func whatNoUnitCanHoldIsRefused() {
    #expect(throws: HorizonError.self) { try files(user: "a b") }
    #expect(throws: HorizonError.self) { try files(path: "/srv/a\nExecStart=/bin/sh") }
  }

  /// systemd's own word on the units, where it is installed.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")))
  func systemdTakesTheUnits() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("units-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let made = try ScheduleFiles(
      command: ["/bin/true", "alert", "run"], folders: ["/tmp"], state: "/tmp/a.sqlite", user: "root", interval: .daily)
    for file in made.files where file.path.hasPrefix("horizon-alert") && !file.path.hasSuffix("cron") {
      try Data(file.contents).write(to: folder.appendingPathComponent(file.path))
    }
    let units = ["horizon-alert.service", "horizon-alert.timer", "horizon-alert-failed.service"].map {
      folder.appendingPathComponent($0).path
    }
    for command in [["verify"] + units, ["security", "--offline=yes", "--threshold=30", units[0]]] {
      let result = try Subprocess.run(["/usr/bin/systemd-analyze"] + command, input: [], seconds: 60)
      let words = result.errors + String(decoding: result.output, as: UTF8.self)
      #expect(result.status == 0, "\(words)")
      if command[0] == "verify" { #expect(!words.contains("horizon-alert."), "\(words)") }
    }
  }
}
