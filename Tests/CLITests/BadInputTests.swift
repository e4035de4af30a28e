import Foundation
import Testing

@Suite struct BadInputTests {
  /// Writes a file, runs `horizon series` on it, and returns the run.
  private func series(of contents: String, named name: String = "data.csv") throws -> HorizonProcess {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent(name)
      try Data(contents.utf8).write(to: url)
      return try HorizonProcess(["series", url.path])
    }
  }

  @Test func noSuchFile() throws {
    let run = try HorizonProcess(["series", "no-such-file.zip"])
    #expect(run.exitCode == 66)
    #expect(run.errors.contains("no-such-file.zip"))
  }

  @Test func usage() throws {
    #expect(try HorizonProcess(["forecast", "-", "--horizon", "0"]).exitCode == 64)
    #expect(try HorizonProcess(["forecast", "-", "--levels", "80,200"]).exitCode == 64)
    let share = try HorizonProcess(["forecast", "-", "--levels", "0.8,0.95"])
    #expect(share.exitCode == 64 && share.errors.contains("Levels are per cent: write 80, not 0.8."), "\(share.errors)")
    #expect(try HorizonProcess(["forecast", "-", "--levels", "80%95"]).exitCode == 64)
    let signs = try HorizonProcess(["forecast", "-", "--levels", "95%, 80%"], input: longTable())
    #expect(signs.exitCode == 0 && signs.output.hasPrefix("unique_id,ds,model,mean,median,lo-80,hi-80,lo-95,hi-95"))
    let slip = try HorizonProcess(["forecats", "-"])
    #expect(slip.exitCode == 64 && slip.errors.contains("Perhaps `horizon forecast` was meant"), "\(slip.errors)")
    let none = try HorizonProcess(["xyzzy"])
    #expect(none.exitCode == 64 && none.errors.contains("Use one of: sia, series, "), "\(none.errors)")
    #expect(try HorizonProcess(["forecast", "-", "--model", "crystal-ball"]).exitCode == 64)
    #expect(try HorizonProcess(["exceptions", "-", "--alpha", "2"]).exitCode == 64)
    #expect(try HorizonProcess(["sia"]).exitCode == 64)
    #expect(try HorizonProcess(["risks", "-", "--harm-weights", "none"], input: longTable()).exitCode == 64)
    #expect(try HorizonProcess(["series", "-", "--without-break", "nope"], input: longTable()).exitCode == 64)
    #expect(try HorizonProcess(["series", "-", "--unallocated", "share"], input: longTable()).exitCode == 64)
    #expect(try HorizonProcess(["series", "-", "--recorded-crime", "x.csv"], input: longTable()).exitCode == 64)
    #expect(try HorizonProcess(["series", "-", "--by", "parish"], input: longTable()).exitCode == 64)
    #expect(try HorizonProcess(["series", "-", "--by", "ward"], input: longTable()).exitCode == 64)
    #expect(try HorizonProcess(["forecast", "-", "--as-of", "soon"], input: longTable()).exitCode == 64)
  }

  @Test func dataErrorsNameFileLineAndRemedy() throws {
    let empty = try series(of: "")
    #expect(empty.exitCode == 65)
    let headerOnly = try series(of: "unique_id,ds,y\n")
    #expect(headerOnly.exitCode == 65)
    let wrongHeader = try series(of: "name,when,how many\na,2020-01,1\n")
    #expect(wrongHeader.exitCode == 65)
    let badMonth = try series(of: "unique_id,ds,y\nA,2020-01-01,1\nA,2020-13-01,2\n")
    #expect(badMonth.exitCode == 65)
    #expect(badMonth.errors.contains("data.csv:3"))
    let badNumber = try series(of: "unique_id,ds,y\nA,2020-01-01,1\nA,2020-02-01,many\n")
    #expect(badNumber.exitCode == 65)
    #expect(badNumber.errors.contains("data.csv:3"))
    let twice = try series(of: "unique_id,ds,y\nA,2020-01-01,1\nA,2020-02-01,2\nA,2020-01-01,3\n")
    #expect(twice.exitCode == 65)
    #expect(twice.errors.contains(":4"))
    let notAZip = try series(of: "this is no archive", named: "archive.zip")
    #expect(notAZip.exitCode == 65)
  }

  @Test func brokenBreakCalendarNamesItsLine() throws {
    try withTemporaryFolder { folder in
      let calendar = folder.appendingPathComponent("breaks.yaml")
      try Data("breaks:\n  - id: a\n    from: 2020-02-31\n    kind: recording change\n    note: x\n".utf8).write(
        to: calendar)
      let run = try HorizonProcess(["series", "-", "--breaks", calendar.path], input: longTable())
      #expect(run.exitCode == 65)
      #expect(run.errors.contains("breaks.yaml:3"))
    }
  }

  @Test func outputsAreWholeOrNotThere() throws {
    try withTemporaryFolder { folder in
      let missing = folder.appendingPathComponent("no/such/folder/fc.csv").path
      let run = try HorizonProcess(["forecast", "-", "--output", missing], input: longTable())
      #expect(run.exitCode == 73)

      let precious = folder.appendingPathComponent("out")
      try FileManager.default.createDirectory(at: precious, withIntermediateDirectories: true)
      try Data("mine".utf8).write(to: precious.appendingPathComponent("thesis.txt"))
      let refused = try HorizonProcess(["sia", "-", "--out", precious.path], input: longTable())
      #expect(refused.exitCode == 73)
      #expect(try FileManager.default.contentsOfDirectory(atPath: precious.path) == ["thesis.txt"])

      // A failure while reading leaves no folder behind.
      let out = folder.appendingPathComponent("pack").path
      #expect(try HorizonProcess(["sia", "-", "--out", out], input: "unique_id,ds,y\nA,x,1\n").exitCode == 65)
      #expect(!FileManager.default.fileExists(atPath: out))
    }
  }
}
