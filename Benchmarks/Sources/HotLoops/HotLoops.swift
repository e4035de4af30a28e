import ControlCharts
import ExceptionDetection
import Forecasting
import Foundation
import NumericCore
import TimeSeries

/// Times the loops that a run spends its time in, each on one thread over the same simulated series: microseconds of processor time a series.
///
///     swift run -c release --package-path Benchmarks HotLoops [SERIES] [RUNS]
///
/// Series are 120 months of counts of four measures, negative binomial about a level of 2 to 200 with a season and a random walk of 1 % a
/// month. The fastest of RUNS is given, which other work on the machine can only add to, and the middle one. To judge a change run it before and
/// after on the same machine: the figures of two machines cannot be compared.
@main
enum HotLoops {
  static func main() async throws {
    let numbers = CommandLine.arguments.dropFirst().map { Int($0) ?? 0 }
    let (series, runs) = (numbers.first ?? 400, numbers.dropFirst().first ?? 5)
    guard series > 0, runs > 0 else {
      FileHandle.standardError.write(Data("usage: HotLoops [SERIES] [RUNS], whole numbers above 0\n".utf8))
      exit(64)
    }
    let panel = simulated(series)
    print("| loop | fastest | middle |\n|---|---|---|")
    func row(_ name: String, _ work: () async throws -> Void) async throws {
      var times: [Double] = []
      for _ in 0..<runs {
        let begin = clock()
        try await work()
        times.append(1e6 * Double(clock() - begin) / Double(CLOCKS_PER_SEC) / Double(series))
      }
      times.sort()
      print("| \(name) | \(rounded(times[0])) | \(rounded(times[runs / 2])) |")
    }
    for model in [ModelName.counts, .autoETS, .theta, .ces, .mstl, .auto] {
      try await row("forecast, `\(model.rawValue)`") {
        _ = try await ForecastEngine(model: model, horizon: 12).run(panel)
      }
    }
    try await row("forecast, `counts`, and 1,000 paths") {
      _ = try await ForecastEngine(model: .counts, horizon: 12, pathCount: 1000).run(panel)
    }
    try await row("exceptions, last 3") { _ = try await ExceptionDetector(last: 3).run(panel) }
    try await row("exceptions, last 36") { _ = try await ExceptionDetector(last: 36).run(panel) }
    try await row("control charts") { _ = try await ControlCharts().run(panel) }
  }

  static func rounded(_ x: Double) -> String { x < 10 ? String(format: "%.1f", x) : String(Int(x.rounded())) }

  static func simulated(_ count: Int) -> Panel {
    let series = (0..<count).map { index in
      let key = SeriesKey(area: "Area \(index / 4)", measure: "Measure \(index % 4)")
      var random = RandomSource(seed: 1, stream: key.uniqueID)
      var level = logarithm(2) + random.uniform() * logarithm(100)
      let values = (0..<120).map { month in
        level += 0.01 * random.normal()
        let mean = exponential(level + 0.15 * cos(2 * .pi * Double(month + 3 * (index % 4)) / 12))
        return random.negativeBinomial(mean: mean, size: 20)
      }
      return Series(key: key, start: .month(2014, 1), values: values)
    }
    return Panel(frequency: .monthly, style: .yearMonth, series: series)
  }
}
