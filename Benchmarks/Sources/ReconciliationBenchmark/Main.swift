import Forecasting
import Foundation
import NumericCore

/// Times reconciliations of one structure and writes MinT's means.
///
///     ReconciliationBenchmark CASE OUT RUNS
///
/// CASE holds little-endian numbers: nodes, totals, periods and steps as 64-bit integers, of each total the number of its parts and their
/// positions likewise, then errors and forecasts as doubles, row after row. Standard output: `method,wall,cpu` of the fastest of RUNS.
@main
enum ReconciliationBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let runs = Int(arguments[3]),
      let bytes = FileManager.default.contents(atPath: arguments[1])
    else {
      FileHandle.standardError.write(Data("usage: ReconciliationBenchmark CASE OUT RUNS\n".utf8))
      exit(64)
    }
    var at = 0
    func whole() -> Int {
      defer { at += 8 }
      return Int(bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: at, as: Int64.self) })
    }
    func row(_ count: Int) -> [Double] {
      defer { at += 8 * count }
      return bytes.withUnsafeBytes { raw in
        (0..<count).map { raw.loadUnaligned(fromByteOffset: at + 8 * $0, as: Double.self) }
      }
    }
    let (nodes, totals, periods, steps) = (whole(), whole(), whole(), whole())
    let sums = (0..<totals).map { total in (total: total, parts: (0..<whole()).map { _ in whole() }) }
    let errors = (0..<nodes).map { _ in row(periods) }
    let base = (0..<nodes).map { _ in row(steps) }
    let names = (0..<nodes).map { String($0) }

    func time(_ name: String, _ work: () throws -> Void) rethrows {
      var best = (wall: Double.infinity, cpu: Double.infinity)
      for _ in 0..<runs {
        let (wall, cpu) = (Date(), clock())
        try work()
        best.wall = min(best.wall, Date().timeIntervalSince(wall))
        best.cpu = min(best.cpu, Double(clock() - cpu) / Double(CLOCKS_PER_SEC))
      }
      print("\(name),\(best.wall),\(best.cpu)")
    }
    var means: [[Double]] = []
    try time("mint") {
      let structure = try SummingStructure(names: names, sums: sums)
      means = try Reconciler(structure, .mint, residuals: errors).reconcile(base)
    }
    try time("wls-struct") {
      let structure = try SummingStructure(names: names, sums: sums)
      _ = try Reconciler(structure, .wlsStruct).reconcile(base)
    }
    let structure = try SummingStructure(names: names, sums: sums)
    let paths = base.enumerated().map { node, means in
      var random = RandomSource(seed: UInt64(node + 1))
      return SamplePaths(
        horizon: steps, count: 1000, values: (0..<1000).flatMap { _ in means.map { random.poisson(mean: max(0, $0)) } })
    }
    let own = paths.map { CoherentDraws.Own($0, window: steps) }
    try time("counts") {
      let weighted = try Reconciler(
        structure, variances: CountWeights.variances(structure, own: own, window: steps)
      ).reconcile(base, nonNegative: true)
      _ = try CoherentDraws(
        structure, means: weighted, leaves: structure.leaves.map { paths[$0] }, base: base, own: own, window: steps,
        seed: 1)
    }
    var out = Data()
    for value in means.joined() { withUnsafeBytes(of: value) { out.append(contentsOf: $0) } }
    try out.write(to: URL(fileURLWithPath: arguments[2]))
  }
}
