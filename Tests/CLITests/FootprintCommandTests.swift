import Foundation
import Testing

@Suite struct FootprintCommandTests {
  /// Four years of the five districts and West Berkshire: constants that tell which were added.
  private static func table(_ districts: [String] = all) -> String {
    var text = "area,measure,period,count\n"
    for (index, district) in districts.enumerated() {
      for month in 0..<48 {
        text +=
          "\(district),Burglary,\(2020 + month / 12)-\(String(101 + month % 12).dropFirst()),\((1 << index) * 10)\n"
      }
    }
    return text
  }
  private static let all = [
    "Cherwell", "Oxford", "South Oxfordshire", "Vale of White Horse", "West Oxfordshire", "West Berkshire",
  ]

  @Test(arguments: [
    ("one-county", ["Oxfordshire": 310]), ("oxford-shires-ridgeway", ["Oxford & Shires": 190, "Ridgeway": 440]),
    ("partnerships", ["Cherwell": 10, "Oxford City": 20, "South and Vale": 120, "West Oxfordshire": 160]),
  ])
  func everyCommandTellsFiguresByTheFootprint(_ footprint: String, _ sums: [String: Int]) throws {
    let input = FootprintCommandTests.table()
    func rows(_ command: [String]) throws -> [String] {
      let run = try HorizonProcess(
        [command[0], "-", "--footprint", footprint, "--format", "csv", "--quiet"] + command.dropFirst(), input: input)
      #expect(run.exitCode == 0, "\(command): \(run.errors)")
      return run.output.split(separator: "\n").map(String.init)
    }
    let series = try rows(["series"])
    #expect(series.count == sums.count + 1)
    for (area, sum) in sums {
      #expect(series.contains { $0.hasPrefix("\(area)|Burglary,") && $0.contains(",48,48,0,0,\(sum)") })
      let forecasts = try rows(["forecast", "--horizon", "2", "--model", "seasonal-naive"])
      #expect(
        forecasts.filter { $0.hasPrefix("\(area)|Burglary,") && $0.contains("seasonal-naive,\(sum),") }.count == 2)
    }
    for command in [["exceptions", "--all"], ["risks"], ["changes"], ["spc", "--simulations", "0"]] {
      let found = try rows(command)
      for area in sums.keys { #expect(found.contains { $0.contains("\(area)") }, "\(command)") }
      #expect(!found.contains { $0.contains("Vale of White Horse") })
    }
    #expect(try rows(["backtest", "--model", "seasonal-naive"]).count > 1)
  }

  @Test func whatCannotBeIsRefusedWithTheRemedy() throws {
    let input = FootprintCommandTests.table()
    let cutting = try HorizonProcess(["series", "-", "--footprint", "three-unitary"], input: input)
    #expect(cutting.exitCode == 64 && cutting.errors.contains("--footprint-list"))
    let unknown = try HorizonProcess(["series", "-", "--footprint", "one-conty"], input: input)
    #expect(unknown.exitCode == 64 && unknown.errors.contains("Perhaps 'one-county' was meant"))
    let partly = try HorizonProcess(
      ["series", "-", "--footprint", "oxford-shires-ridgeway", "--format", "csv"],
      input: FootprintCommandTests.table(Array(FootprintCommandTests.all.dropLast())))
    #expect(partly.exitCode == 0 && partly.errors.contains("Ridgeway (West Berkshire)"))
    #expect(!partly.output.contains("Ridgeway"))
  }

  @Test func totalsOfDistrictsAreRankedAsAuthorities() throws {
    let run = try HorizonProcess(
      [
        "risks", "-", "--footprint", "oxford-shires-ridgeway", "--by", "district", "--level", "authority", "--format",
        "csv",
      ], input: FootprintCommandTests.table())
    #expect(run.exitCode == 0)
    #expect(run.output.contains("Oxford & Shires,Burglary") && run.output.contains("Ridgeway,Burglary"))
  }

  @Test func theFileIsListedShownExportedAndChecked() throws {
    #expect(try HorizonProcess(["profile", "list"]).output.contains("footprints.yaml"))
    #expect(try HorizonProcess(["profile", "show", "footprints"]).output.contains("oxford-shires-ridgeway"))
    try withTemporaryFolder { folder in
      let models = folder.appendingPathComponent("models").path
      #expect(try HorizonProcess(["profile", "export", "--out", models]).exitCode == 0)
      #expect(try HorizonProcess(["profile", "check", models]).exitCode == 0)
      let path = models + "/footprints.yaml"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try text.replacing("[E07000178]", with: "[E07999999]").write(toFile: path, atomically: true, encoding: .utf8)
      let check = try HorizonProcess(["profile", "check", models])
      #expect(check.exitCode == 65 && check.errors.contains("footprints.yaml:"))
    }
  }
}
