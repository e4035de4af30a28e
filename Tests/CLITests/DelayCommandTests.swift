import Foundation
import Testing

@Suite struct DelayCommandTests {
  /// Months to `last` as known at its end: of the newest half, of the one before three quarters.
  private static func vintage(_ last: Int) -> String {
    var text = "unique_id,ds,y\n"
    for month in 0...last {
      let whole = 80 + (month * 7) % 9
      let known = month == last ? whole / 2 : month == last - 1 ? whole * 3 / 4 : whole
      text += "North|Burglary,\(label(month)),\(known)\n"
    }
    return text
  }

  private static func label(_ month: Int) -> String {
    "\(2019 + month / 12)-\(month % 12 < 9 ? "0" : "")\(month % 12 + 1)"
  }

  @Test func vintagesTellWhatTheNewestMonthShouldShow() throws {
    try withTemporaryFolder { folder in
      for last in 48..<60 {
        try Data(Self.vintage(last).utf8).write(to: folder.appendingPathComponent("v.csv"))
        let run = try HorizonProcess(
          ["ingest", "v.csv", "--store", "s.sqlite", "--vintage", Self.label(last), "--quiet"], in: folder)
        #expect(run.exitCode == 0, "\(run.errors)")
      }
      func newest(_ options: [String]) throws -> (row: String, errors: String) {
        let run = try HorizonProcess(
          ["exceptions", "s.sqlite", "--last", "1", "--all", "--explain", "--format", "csv"] + options, in: folder)
        #expect(run.exitCode == 0, "\(run.errors)")
        return (run.output.split(separator: "\n").last.map(String.init) ?? "", run.errors)
      }
      let (allowed, note) = try newest([])
      let (naive, _) = try newest(["--as-reported", "--caution", "1"])
      #expect(allowed.contains(",expected,0") && allowed.contains("% of its reports had arrived"))
      #expect(note.contains("50 % is expected to be known"))
      #expect(naive.contains(",drop,0") && naive.contains("may be an unfinished one"))
      #expect(try HorizonProcess(["exceptions", "s.sqlite", "--caution", "-1"], in: folder).exitCode == 64)

      // What does not allow for it says so.
      let words = "50 % of Dec 2023, 75 % of Nov 2023 is expected to be known"
      for command in [["forecast"], ["risks"], ["sia", "--out", "pack"]] {
        let run = try HorizonProcess(command + ["s.sqlite"], in: folder)
        #expect(run.exitCode == 0 && run.errors.contains(words), "\(command): \(run.errors)")
      }
      let page = try String(contentsOf: folder.appendingPathComponent("pack/index.html"), encoding: .utf8)
      #expect(page.contains("Doubt about the data:</strong>") && page.contains(words))
      // Of the month before the last two all is known.
      let earlier = try HorizonProcess(["forecast", "v.csv"], in: folder)
      #expect(!earlier.errors.contains("is expected to be known"))
    }
  }
}
