import Foundation
import Testing

@Suite struct FixedShapeTests {
  @Test func versionAndHelp() throws {
    let version = try HorizonProcess(["--version"])
    #expect(version.exitCode == 0)
    let facts = version.output.split(separator: "\n")
    #expect(facts.first?.split(separator: ".").count == 3)
    #expect(facts.dropFirst().map { $0.prefix { $0 != ":" } } == ["commit", "Swift", "platform"])
    let help = try HorizonProcess(["--help"])
    for command in ["sia", "series", "forecast", "exceptions", "risks", "simulate", "profile"] {
      #expect(help.output.contains(command))
    }
  }

  @Test(arguments: ["auto", "auto-ets", "counts", "seasonal-naive", "historic-average"])
  func forecastWritesOneRowASeriesAndPeriodInInputOrder(model: String) throws {
    let run = try HorizonProcess(
      ["forecast", "-", "--horizon", "18", "--frequency", "monthly", "--model", model, "--format", "csv"],
      input: longTable(areas: ["Zebra", "Aardvark"]))
    #expect(run.exitCode == 0)
    let lines = run.output.split(separator: "\n")
    #expect(lines.first == "unique_id,ds,model,mean,median,lo-80,hi-80,lo-95,hi-95")
    #expect(lines.count == 1 + 2 * 18)
    // The periods are echoed in the input's own format, from the period after the last.
    #expect(lines[1].hasPrefix("Zebra|Burglary,2024-01-01,"))
    #expect(lines[18].hasPrefix("Zebra|Burglary,2025-06-01,"))
    #expect(lines[19].hasPrefix("Aardvark|Burglary,2024-01-01,"))
    for line in lines.dropFirst() {
      let numbers = line.split(separator: ",").suffix(6).compactMap { Double($0) }
      #expect(numbers.count == 6)
      let (median, lo80, hi80, lo95, hi95) = (numbers[1], numbers[2], numbers[3], numbers[4], numbers[5])
      #expect(lo95 <= lo80 && lo80 <= median && median <= hi80 && hi80 <= hi95 && lo95 >= 0)
    }
  }

  @Test func exceptionsJudgesEveryPeriodAskedFor() throws {
    var table = longTable()
    table += "East|Burglary,2023-12-01,5\n"
    let run = try HorizonProcess(
      ["exceptions", "-", "--frequency", "monthly", "--last", "6", "--alpha", "0.01", "--all", "--format", "csv"],
      input: table)
    #expect(run.exitCode == 0)
    let lines = run.output.split(separator: "\n")
    #expect(lines.first == "unique_id,ds,observed,expected,lower,upper,p_value,q_value,kind,flagged")
    #expect(lines.count { $0.hasPrefix("North|Burglary,") } == 6)
    for line in lines.dropFirst() where line.hasPrefix("North") || line.hasPrefix("South") {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      let p = try #require(Double(fields[6]))
      #expect(fields[9] == (p < 0.01 ? "1" : "0"))
    }
  }

  @Test func aPlantedSpikeIsFlaggedAndGivesExitCodeTen() throws {
    var lines = longTable().split(separator: "\n")
    let last = try #require(lines.firstIndex { $0.hasPrefix("North|Burglary,2023-12-01") })
    lines[last] = "North|Burglary,2023-12-01,90"
    let run = try HorizonProcess(
      ["exceptions", "-", "--last", "1", "--explain", "--exit-code", "--format", "csv"],
      input: lines.joined(separator: "\n"))
    #expect(run.exitCode == 10)
    let rows = run.output.split(separator: "\n").dropFirst()
    #expect(rows.count == 1)
    #expect(rows.first?.contains("spike,1") == true)
    #expect(rows.first?.contains("expected") == true)
  }

  @Test func risksBeginsWithTheFixedColumns() throws {
    let run = try HorizonProcess(["risks", "-", "--as-of", "2022-12", "--format", "csv"], input: longTable())
    #expect(run.exitCode == 0)
    let lines = run.output.split(separator: "\n")
    #expect(lines.first?.hasPrefix("rank,area,measure,score,probability,expected_change,harm,confidence") == true)
    #expect(lines.count == 3)
    #expect(lines[1].hasPrefix("1,"))
  }

  @Test func asOfUsesNothingThatCameLater() throws {
    let whole = longTable(months: 48)
    let cut = longTable(months: 36)
    let later = try HorizonProcess(["forecast", "-", "--as-of", "2022-12", "--format", "csv"], input: whole)
    let then = try HorizonProcess(["forecast", "-", "--format", "csv"], input: cut)
    #expect(later.output == then.output)
    #expect(later.output.contains(",2023-01-01,"))
  }

  @Test func formatsAgree() throws {
    let json = try HorizonProcess(["series", "-", "--format", "json", "--quiet"], input: longTable())
    let rows = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
    #expect(rows.count == 2)
    #expect(rows[0]["observed"] as? Int == 48)
    #expect(json.errors.isEmpty)
  }
}
