import Forecasting
import TimeSeries

/// A history like for like: at today's level of recording, with a single count far out of line as what is typical of it. It is
/// what years are compared by; what was recorded stands beside it.
public struct ComparableHistory: Sendable {
  /// The history at today's level. What lies in an untypical window is there as it was recorded, brought to that level.
  public let series: Series
  /// The steps of recording within the history, in time order.
  public let steps: [Intervention]
  /// First periods of those whose size could not be measured: before them the history is not at today's level.
  public let unmeasured: [Period]
  private let factors: [Period: Double]

  /// What a forecast made of the history of a series.
  ///
  /// Of a count every value before a step is multiplied by the factor that the forecast used, once however many changes begin
  /// together. A share or a value has no factor: all of its steps are unmeasured.
  public init(_ observed: Series, forecast: SeriesForecast?) {
    var values = observed.values
    var factors: [Period: Double] = [:]
    var steps: [Intervention] = []
    for adjustment in forecast?.adjustments ?? [] where adjustment.intervention.effect == .step {
      let start = adjustment.intervention.start
      guard start > observed.start, start <= observed.end else { continue }
      steps.append(adjustment.intervention)
      if let factor = adjustment.factor, factor.isFinite { factors[start] = factor }
    }
    for (start, factor) in factors.sorted(by: { $0.key < $1.key }) {
      for i in 0..<min(start - observed.start, values.count) { values[i] *= factor }
    }
    for one in forecast?.outliers ?? [] where values.indices.contains(one.period - observed.start) {
      values[one.period - observed.start] = one.typical
    }
    series = observed.replacing(values: values)
    self.steps = steps.sorted { $0.start < $1.start }
    unmeasured = Set(steps.map(\.start)).filter { factors[$0] == nil }.sorted()
    self.factors = factors
  }

  /// What a value of a period is multiplied by to bring it to today's level.
  public func scale(at period: Period) -> Double {
    factors.sorted { $0.key < $1.key }.reduce(1) { $1.key > period ? $0 * $1.value : $0 }
  }
}
