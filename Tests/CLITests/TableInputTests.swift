import Foundation
import Testing

@Suite struct TableInputTests {
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// Three years of one series in a wide table.
  private static let wide: String = {
    let header = (2019...2021).flatMap { year in months.map { "\($0) \(year)" } }
    let values = (0..<36).map { String(20 + $0 % 12) }
    return "Borough,Offence,\(header.joined(separator: ",")),Total\nOxford,Theft,\(values.joined(separator: ",")),0\n"
  }()

  @Test func aWideTableIsForecastInItsOwnForm() throws {
    let run = try HorizonProcess(
      ["forecast", "-", "--horizon", "2", "--model", "seasonal-naive", "--format", "csv"], input: TableInputTests.wide)
    #expect(run.exitCode == 0)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(
      lines[1].hasPrefix("Oxford|Theft,Jan 2022,seasonal-naive,20,") && lines[2].hasPrefix("Oxford|Theft,Feb 2022,"))
    let series = try HorizonProcess(["series", "-"], input: TableInputTests.wide)
    #expect(series.errors.contains("36 cells read = 36 counted"))
  }

  @Test func forecastsOfAProportionAreShares() throws {
    var table = "area,measure,period,numerator,denominator\n"
    for month in 0..<36 {
      table += "Oxford,Detected,\(2019 + month / 12)-\(String(101 + month % 12).dropFirst()),\(60 + month),100\n"
    }
    let run = try HorizonProcess(["forecast", "-", "--horizon", "24", "--format", "csv"], input: table)
    #expect(run.exitCode == 0)
    let lines = run.output.split(separator: "\n").dropFirst()
    #expect(lines.count == 24)
    for line in lines {
      let numbers = line.split(separator: ",", omittingEmptySubsequences: false).suffix(6).map { Double($0) }
      #expect(numbers.allSatisfy { $0.map { (0...1).contains($0) } ?? false })
    }
  }

  @Test func financialYearsAreKnownByAsOf() throws {
    let table = "unique_id,ds,y\n" + (2010...2019).map { "A,\($0)/\($0 % 100 + 1),\($0 % 7)\n" }.joined()
    let run = try HorizonProcess(
      ["forecast", "-", "--horizon", "1", "--as-of", "2017/18", "--format", "csv"], input: table)
    #expect(run.exitCode == 0)
    #expect(run.output.contains("A,2018/19,"))
  }

  @Test func optionsOfTables() throws {
    let twice = "area,measure,period,count\nA,x,2019,1\nA,x,2019,2\n"
    let refused = try HorizonProcess(["series", "-"], input: twice)
    #expect(refused.exitCode == 65 && refused.errors.contains("--duplicates sum"))
    let summed = try HorizonProcess(["series", "-", "--duplicates", "sum", "--format", "csv"], input: twice)
    #expect(summed.exitCode == 0 && summed.output.contains(",2019,2019,1,1,0,0,3,3,"))
    let measure = try HorizonProcess(
      ["series", "-", "--measure", "Burglary", "--format", "csv"], input: "area,year,count\nA,2019,1\n")
    #expect(measure.output.contains("A|Burglary,A,Burglary,"))
    let kind = try HorizonProcess(
      ["series", "-", "--input-kind", "wide", "--format", "csv"], input: "area,2019\nA,1\n")
    #expect(kind.exitCode == 0 && kind.output.contains("A,A,,"))
    #expect(try HorizonProcess(["series", "-", "--input-kind", "tall"], input: twice).exitCode == 64)
  }
}
