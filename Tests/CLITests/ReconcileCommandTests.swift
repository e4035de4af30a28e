import Foundation
import Testing

@Suite struct ReconcileCommandTests {
  private static let keys = ["North|Theft", "North|Drugs", "South|Theft", "South|Drugs"]

  /// Five years of months; what `published` adds is a series of its own.
  private static func table(published: ((Int) -> Int)? = nil) -> String {
    var lines = ["unique_id,ds,y"]
    for month in 0..<60 {
      let ds = "\(2019 + month / 12)-" + String(format: "%02d", month % 12 + 1) + "-01"
      let values = keys.indices.map { 3 + ($0 * 7 + month * (3 + $0)) % (5 + 2 * $0) }
      for (key, value) in zip(keys, values) { lines.append("\(key),\(ds),\(value)") }
      if let published { lines.append("County|Theft,\(ds),\(values[0] + values[2] + published(month))") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func rows(_ output: String) -> [(id: String, fields: [String])] {
    output.split(separator: "\n").dropFirst().map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return (fields[0], fields)
    }
  }

  private static func hierarchy(_ text: String) throws -> String {
    let path = NSTemporaryDirectory() + "hierarchy-\(UUID().uuidString).yaml"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  /// Sixty months to December: of a financial year nine are known; totals add up over it as over months.
  @Test func yearsUnderWayAreAddedUp() throws {
    let run = try HorizonProcess(
      [
        "forecast", "-", "--horizon", "15", "--reconcile", "bottom-up", "--sum-to", "financial-year", "--format", "csv",
      ],
      input: Self.table())
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(
      run.output.hasPrefix(
        "unique_id,ds,through,known_periods,known,model,mean,median,lo-80,hi-80,lo-95,hi-95,level\n"))
    let rows = Self.rows(run.output)
    #expect(rows.count == 9 * 2)
    func year(_ id: String, _ place: Int) -> [String] { rows.filter { $0.id == id }[place].fields }
    let theft = year("North|Theft", 0)
    // April 2023 is month 51 of the table; what it holds to December is known.
    let known = (51..<60).reduce(0) { $0 + 3 + ($1 * 3) % 5 }
    #expect(theft[1].hasPrefix("2023-04") && theft[2].hasPrefix("2024-03") && theft[3] == "9")
    #expect(theft[4].asNumber == Double(known))
    #expect(theft[8].asNumber >= Double(known) && theft[8].asNumber <= theft[6].asNumber)
    for place in 0...1 {
      for column in [4, 6] {
        let sum = Self.keys.reduce(0) { $0 + year($1, place)[column].asNumber }
        #expect(abs(year("All areas|All measures", place)[column].asNumber - sum) <= 1e-4 * sum)
      }
    }
    // Months, quarters and years of one run are one forecast.
    let months = try HorizonProcess(
      ["forecast", "-", "--horizon", "15", "--reconcile", "bottom-up", "--format", "csv"], input: Self.table())
    let rest = Self.rows(months.output).filter { $0.id == "North|Theft" }.prefix(3).reduce(0) {
      $0 + $1.fields[3].asNumber
    }
    #expect(abs(theft[6].asNumber - Double(known) - rest) <= 1e-4 * rest)
  }

  @Test func whatDoesNotAddUpIsRefused() throws {
    let weeks =
      "unique_id,ds,y\n"
      + (0..<60).map { "A|x,2020-W\(String(format: "%02d", $0 % 52 + 1)),\($0)\n" }.prefix(50).joined()
    let run = try HorizonProcess(["forecast", "-", "--sum-to", "quarter", "--frequency", "weekly"], input: weeks)
    #expect(run.exitCode != 0 && run.errors.contains("no series adds up to a quarter"), "\(run.errors)")
  }

  @Test(arguments: ["auto", "bottom-up", "ols", "wls-struct", "wls-var", "mint", "counts"])
  func totalsAreTheSumsOfTheirParts(method: String) throws {
    let run = try HorizonProcess(
      ["forecast", "-", "--horizon", "3", "--reconcile", method, "--format", "csv"], input: Self.table())
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.output.hasPrefix("unique_id,ds,model,mean,median,lo-80,hi-80,lo-95,hi-95,level\n"))
    let rows = Self.rows(run.output)
    #expect(rows.count == 9 * 3)
    // The series of the input first, in its order.
    #expect(stride(from: 0, to: 12, by: 3).map { rows[$0].id } == Self.keys)
    func mean(_ id: String, _ step: Int) throws -> Double {
      rows.filter { $0.id == id }[step].fields[3].asNumber
    }
    for step in 0..<3 {
      for (total, parts) in [
        ("All areas|Theft", ["North|Theft", "South|Theft"]), ("North|All measures", ["North|Theft", "North|Drugs"]),
        ("All areas|All measures", Self.keys), ("All areas|All measures", ["All areas|Theft", "All areas|Drugs"]),
      ] {
        let sum = try parts.reduce(0) { try $0 + mean($1, step) }
        #expect(abs(try mean(total, step) - sum) < 1e-5 * sum, "\(total)")
      }
    }
    for row in rows {
      let bounds = row.fields[4...8].map(\.asNumber)
      #expect(bounds[3] <= bounds[1] && bounds[1] <= bounds[0] && bounds[0] <= bounds[2] && bounds[2] <= bounds[4])
      #expect(bounds[3] >= 0)
    }
  }

  @Test func totalsHaveTheNamesOfTheFile() throws {
    let file = try Self.hierarchy(
      "areas:\n  - name: County\n    level: county\n    parts: [North, South]\nmeasures:\n  - name: Crime\n    parts: [Theft, Drugs]\n"
    )
    let run = try HorizonProcess(
      ["forecast", "-", "--horizon", "1", "--reconcile", "auto", "--hierarchy", file, "--format", "csv"],
      input: Self.table())
    #expect(run.exitCode == 0)
    let rows = Self.rows(run.output)
    #expect(
      rows.map(\.id) == Self.keys + ["North|Crime", "South|Crime", "County|Theft", "County|Drugs", "County|Crime"])
    #expect(rows.last?.fields.last == "county x total")
    #expect(run.errors.contains("reconciled by counts: 4 series and 5 totals"))
    let tree = try HorizonProcess(
      ["series", "-", "--tree", "--hierarchy", file, "--format", "csv"], input: Self.table())
    #expect(tree.output.contains("areas,0,County,county,2,2,0,,,\nareas,1,  North,area,0,1,0,,,\n"))
  }

  /// Series without a measure add up by a file too.
  @Test func seriesThatStandAloneAddUpByAFile() throws {
    let file = try Self.hierarchy("areas:\n  - name: All\n    parts: [p, q]\n")
    var table = "unique_id,ds,y\n"
    for key in ["p", "q"] {
      for month in 0..<36 {
        table += "\(key),\(2020 + month / 12)-\(String(format: "%02d", month % 12 + 1))-01,\(month % 5 + 2)\n"
      }
    }
    let run = try HorizonProcess(
      ["forecast", "-", "--horizon", "1", "--reconcile", "bottom-up", "--hierarchy", file, "--format", "csv"],
      input: table)
    let rows = Self.rows(run.output)
    #expect(rows.map(\.id) == ["p", "q", "All"])
    #expect(rows.map { $0.fields.last ?? "" } == ["area", "area", "total"])
    #expect(abs(rows[2].fields[3].asNumber - rows[0].fields[3].asNumber - rows[1].fields[3].asNumber) < 1e-5)
  }

  @Test func publishedTotalsThatDifferAreReportedAndTheirRestKept() throws {
    let file = try Self.hierarchy("areas:\n  - name: County\n    parts: [North, South]\n")
    let more = try HorizonProcess(
      ["forecast", "-", "--horizon", "1", "--reconcile", "bottom-up", "--hierarchy", file, "--format", "csv"],
      input: Self.table { $0 % 3 })
    #expect(
      more.errors.contains(
        "County|Theft is not the sum of its parts in 40 of 60 months, by up to 2 more: kept as County (rest)"))
    #expect(Self.rows(more.output).contains { $0.id == "County (rest)|Theft" })
    let less = try HorizonProcess(
      ["forecast", "-", "--horizon", "1", "--reconcile", "bottom-up", "--hierarchy", file, "--format", "csv"],
      input: Self.table { $0 % 3 - 1 })
    #expect(less.errors.contains("by −1 to 1: the sum is used"))
    #expect(less.exitCode == 0)
  }

  @Test func mistakesAreNamed() throws {
    let cycle = try Self.hierarchy("areas:\n  - name: A\n    parts: [B]\n  - name: B\n    parts: [A]\n")
    let run = try HorizonProcess(["forecast", "-", "--reconcile", "auto", "--hierarchy", cycle], input: Self.table())
    #expect(run.exitCode == 65)
    #expect(run.errors.contains(":2:") && run.errors.contains("is part of itself"))
    let alone = try HorizonProcess(["forecast", "-", "--hierarchy", cycle], input: Self.table())
    #expect(alone.exitCode == 64)
    let absent = try HorizonProcess(
      ["forecast", "-", "--reconcile", "auto", "--hierarchy", "/nowhere.yaml"], input: Self.table())
    #expect(absent.exitCode == 66)
  }
}

extension String {
  fileprivate var asNumber: Double { Double(self) ?? .nan }
}
