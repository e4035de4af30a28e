/// What the candidates need of a series: counts, season x exposure, a starting level.
struct FilterInput: Sendable {
  let values: [Double]
  /// Season x exposure.
  let scale: [Double]
  let initialLevel: Double
  /// Least level variance added in a missing period, in units of the observation variance.
  let unseenVariance: Double
}

extension FilterInput {
  /// - Parameter scale: season x exposure (x level of the pool).
  init(_ history: CountHistory, scale: [Double]) {
    let values = history.values
    // Mean rate of the first year (or cycle), with half an event for what a run of zeros does not rule out.
    let wanted = max(12, history.seasonLength)
    var events = 0.5
    var exposure = 0.0
    var seen = 0
    var all = 0.0
    for t in values.indices where !values[t].isNaN {
      if seen < wanted {
        events += values[t]
        exposure += scale[t]
        seen += 1
      }
      all += values[t]
    }
    let mean = max(all / Double(max(1, history.observed)), 0.01)
    // Observation variance relative to the squared level at a typical size of 16.
    let relativeVariance = 1 / mean + 1.0 / 16
    self.init(
      values: values, scale: scale, initialLevel: exposure > 0 ? events / exposure : 0.5,
      unseenVariance: unseenDrift * unseenDrift / relativeVariance)
  }
}
