import TimeSeries

/// A series from its first to its last observation, checked and measured for a method that works in double precision.
struct ObservedStretch {
  /// Values from the first observation to the last; NaN where missing.
  let values: [Double]
  /// Missing periods before the stretch.
  let first: Int
  /// Missing periods after it: steps ahead are counted from its end.
  let gap: Int
  /// Observations.
  let observed: Int
  /// Mean magnitude of the observations, to divide by; 1 where they are too small for that.
  let scale: Double
  /// Whether every observation is above zero.
  let isPositive: Bool

  /// - Parameter method: what needs the observations, for the message.
  /// - Throws: ``FitFailure`` where fewer than `minimum` periods were observed or the values cannot be squared.
  init(_ series: Series, minimum: Int, method: String) throws(FitFailure) {
    guard let first = series.values.firstIndex(where: \.isFinite),
      let last = series.values.lastIndex(where: \.isFinite)
    else { throw FitFailure("it has no observation") }
    let values = series.values[first...last].map { $0.isFinite ? $0 : .nan }
    var observed = 0
    var lowest = Double.infinity
    for value in values where !value.isNaN {
      observed += 1
      lowest = min(lowest, value)
    }
    guard observed >= minimum else {
      throw FitFailure(
        "it has \(observed) observed \(series.start.frequency.noun)s and \(method) needs \(minimum)")
    }
    let n = Double(observed)
    let size = values.reduce(0) { $1.isNaN ? $0 : $0 + abs($1) / n }
    guard size < 1e140 else { throw FitFailure("the squares of its values are too large for double precision") }
    self.values = values
    self.first = first
    gap = series.count - 1 - last
    self.observed = observed
    scale = size > 1e-140 ? size : 1
    isPositive = lowest > 0
  }

  /// Whether each of `m` seasons was observed at least twice.
  func hasEverySeasonTwice(_ m: Int) -> Bool {
    var counts = [Int](repeating: 0, count: m)
    for (t, value) in values.enumerated() where !value.isNaN { counts[t % m] += 1 }
    return !counts.contains { $0 < 2 }
  }

  /// The values with each gap bridged by a straight line.
  var bridged: [Double] { ObservedStretch.bridged(values) }

  /// Values with each gap (NaN) bridged by a straight line; the first and the last are not NaN.
  static func bridged(_ values: [Double]) -> [Double] {
    var result = values
    var last: Int?
    for t in values.indices where !values[t].isNaN {
      if let before = last, t - before > 1 {
        for j in before + 1..<t {
          let share = Double(j - before) / Double(t - before)
          result[j] = values[before] + share * (values[t] - values[before])
        }
      }
      last = t
    }
    return result
  }
}
