import NumericCore
import TimeSeries

/// A series of proportions as the proportions model reads it.
struct ProportionHistory: Sendable {
  let series: Series
  /// What is counted among the denominators, and these; both 0 where missing.
  let numerators: [Double]
  let denominators: [Double]
  /// Periods observed.
  let observed: Int

  /// nil for a series without denominators, or whose denominators are not all whole.
  init?(_ series: Series) {
    guard series.kind == .proportion, let known = series.denominators else { return nil }
    var (x, n) = ([Double](), [Double]())
    var observed = 0
    for (value, denominator) in zip(series.values, known) {
      guard value.isFinite, denominator.isFinite, denominator > 0 else {
        x.append(0)
        n.append(0)
        continue
      }
      guard (0...1).contains(value), denominator == denominator.rounded(), denominator < 0x1p53 else { return nil }
      x.append((value * denominator).rounded())
      n.append(denominator)
      observed += 1
    }
    self.series = series
    numerators = x
    denominators = n
    self.observed = observed
  }

  var seasonLength: Int { series.start.frequency.seasonLength }

  /// One value a period of the seasons' values.
  func expand(_ seasons: [Double]) -> [Double] {
    numerators.indices.map { seasons[(series.start.seasonIndex + $0) % max(1, seasons.count)] }
  }

  /// The whole that shares ahead are taken of: the mean of the last cycle's that were observed (a year's where there is no
  /// cycle), at least 1.
  var denominatorAhead: Double {
    let recent = denominators.filter { $0 > 0 }.suffix(max(seasonLength, 4))
    return recent.isEmpty ? 1 : max(1, (recent.reduce(0, +) / Double(recent.count)).rounded())
  }
}
