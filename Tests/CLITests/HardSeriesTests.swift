import Foundation
import Testing

/// Every model forecasts every series, however awkward, through the real binary: finite numbers in order, by the model
/// asked for or a named fallback.
@Suite struct HardSeriesTests {
  static let models = [
    "auto", "combination", "auto-ets", "ces", "auto-arima", "theta", "mstl", "counts", "proportions", "tsb",
    "croston-sba",
    "window-average",
    "seasonal-naive", "historic-average",
  ]

  /// Counts with a season of 12 and some scatter.
  private static func usual(_ n: Int) -> [Double] {
    (0..<n).map { i in
      let season = i % 12 < 6 ? 25 : 20
      return Double(season + (i * 7) % 5)
    }
  }

  private static let monthly: [(name: String, values: [Double])] = {
    var series = [1, 2, 11, 13].map { ("length \($0)", usual($0)) }
    series.append(("all zeros", [Double](repeating: 0, count: 48)))
    series.append(("all equal", [Double](repeating: 7, count: 48)))
    var outlier = usual(48)
    outlier[30] = 1e7
    series.append(("outlier", outlier))
    series.append(("huge", usual(48).map { $0 * 1e12 }))
    series.append(("tiny", usual(48).map { $0 * 1e-12 }))
    series.append(("leading zeros", [Double](repeating: 0, count: 40) + usual(20)))
    var gaps = usual(60)
    for i in [0, 1, 2, 20, 21, 22, 23, 57, 58, 59] { gaps[i] = .nan }
    series.append(("gaps", gaps))
    series.append(("stopped", usual(40) + [Double](repeating: 0, count: 32)))
    series.append(("silent", (0..<40).map { $0 % 4 == 3 ? 1 : 0 } + [Double](repeating: 0, count: 32)))
    return series
  }()

  private static let others: [(frequency: String, name: String, values: [Double])] = [
    ("weekly", "weeks", usual(156)), ("weekly", "season longer than history", usual(30)),
    ("quarterly", "quarters", usual(24)), ("yearly", "years", usual(30)), ("daily", "days", usual(400)),
    ("daily", "ten thousand days", usual(10_000)),
  ]

  private static func date(_ frequency: String, _ i: Int) -> String {
    func pad(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    switch frequency {
    case "monthly": return "\(2000 + i / 12)-\(pad(i % 12 + 1))-01"
    case "quarterly": return "\(2000 + i / 4)-\(pad(i % 4 * 3 + 1))-01"
    case "yearly": return "\(1950 + i)"
    default:
      let seconds = Double((frequency == "weekly" ? 7 * i : i) * 86_400)
      return Date(timeIntervalSince1970: seconds).formatted(.iso8601.year().month().day())
    }
  }

  /// Rows of a long table; missing values are blank.
  private static func rows(_ id: String, _ frequency: String, _ values: [Double]) -> [String] {
    values.enumerated().map { "\(id),\(date(frequency, $0)),\($1.isNaN ? "" : "\($1)")" }
  }

  private func forecast(_ model: String, _ frequency: String, _ lines: [String]) throws -> HorizonProcess {
    try HorizonProcess(
      ["forecast", "-", "--model", model, "--frequency", frequency, "--horizon", "6", "--format", "json"],
      input: "unique_id,ds,y\n" + lines.joined(separator: "\n") + "\n")
  }

  /// Six rows a series, each finite, in order, and not beyond what its history makes thinkable.
  private func check(_ run: HorizonProcess, _ model: String, _ series: [(id: String, values: [Double])]) throws {
    #expect(run.exitCode == 0, "\(model): \(run.errors)")
    let all = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
    let rows = Dictionary(grouping: all) { $0["unique_id"] as? String ?? "" }
    for (id, values) in series {
      let own = try #require(rows[id], "\(model): no row of \(id)")
      #expect(own.count == 6)
      let largest = values.filter { $0.isFinite }.reduce(0) { max($0, $1.magnitude) }
      for row in own {
        let maker = try #require(row["model"] as? String)
        #expect(!maker.isEmpty && maker != "no-data", "\(model) \(id)")
        let quantiles = ["lo-95", "lo-80", "median", "hi-80", "hi-95"].compactMap { row[$0] as? Double }
        let mean = try #require(row["mean"] as? Double, "\(model) \(id)")
        try #require(quantiles.count == 5, "\(model) \(id): \(row)")
        #expect(quantiles == quantiles.sorted(), "\(model) \(id): \(quantiles)")
        let isThinkable = (quantiles + [mean]).allSatisfy { $0.isFinite && $0.magnitude <= 100 * largest + 20 }
        #expect(isThinkable, "\(model) \(id): \(quantiles), mean \(mean)")
      }
    }
  }

  @Test func theModelsAreAllThereAre() throws {
    let refusal = try HorizonProcess(["forecast", "-", "--model", "crystal-ball"])
    let listed = refusal.errors.split(separator: "\n").filter { $0.hasPrefix("  - ") }.map { String($0.dropFirst(4)) }
    #expect(Set(listed) == Set(HardSeriesTests.models))
  }

  @Test(arguments: models)
  func everyMonthlySeriesIsForecast(model: String) throws {
    let series = HardSeriesTests.monthly.flatMap { name, values in
      // Of a pool, and alone.
      [(id: "\(name)|Theft", values: values), (id: name, values: values)]
    }
    let run = try forecast(model, "monthly", series.flatMap { HardSeriesTests.rows($0.id, "monthly", $0.values) })
    try check(run, model, series)
    // A fallback is counted and says why; what may have stopped is named.
    if ["counts", "theta", "seasonal-naive"].contains(model) { #expect(run.errors.contains("got a fallback")) }
    #expect(run.errors.contains("may have stopped") && run.errors.contains("silent|Theft (32 months)"))
    #expect(run.errors.contains("forecast as 0: stopped|Theft (ended in 2003-04"))
    #expect(run.errors.contains("not learnt from: leading zeros|Theft (began in 2003-05"))
  }

  @Test(arguments: models)
  func everyFrequencyIsForecast(model: String) throws {
    for (frequency, name, values) in HardSeriesTests.others {
      let run = try forecast(model, frequency, HardSeriesTests.rows("\(name)|Theft", frequency, values))
      try check(run, model, [("\(name)|Theft", values)])
    }
  }

  @Test func theOrderOfPeriodsChangesNothing() throws {
    let rows = HardSeriesTests.rows("A|Theft", "monthly", HardSeriesTests.usual(48))
    let ordered = try forecast("auto", "monthly", rows)
    let shuffled = try forecast("auto", "monthly", Array(rows[24...].reversed() + rows[..<24]))
    #expect(ordered.exitCode == 0 && ordered.output == shuffled.output)
  }

  @Test func aPeriodTwiceIsRefusedWithItsLine() throws {
    var rows = HardSeriesTests.rows("A|Theft", "monthly", HardSeriesTests.usual(24))
    rows.append("A|Theft,2000-05-01,3")
    let run = try forecast("auto", "monthly", rows)
    #expect(run.exitCode == 65 && run.errors.contains(":26"))
    #expect(run.output.isEmpty)
  }
}
