import Forecasting
import TimeSeries

/// The scores of one model under way, over all of its forecasts and by what they have in common.
struct ModelTally {
  private let model: ModelName
  private let levels: [Double]
  private var overall: ScoreSums
  private var byStep: [Int: ScoreSums] = [:]
  private var byBand: [CountBand: ScoreSums] = [:]
  private var byMeasure: (order: [String], sums: [String: ScoreSums]) = ([], [:])
  private var byOrigin: [Period: ScoreSums] = [:]
  private var fallbacks = 0

  init(model: ModelName, levels: [Double]) {
    self.model = model
    self.levels = levels
    overall = ScoreSums(levels: levels)
  }

  /// Adds a forecast; nil where there was none to score.
  mutating func add(_ forecast: ForecastCase?, origin: Period) {
    guard let forecast else { return }
    let all = forecast.steps.indices
    if forecast.fallbackReason != nil { fallbacks += 1 }
    overall.add(forecast, steps: all)
    for h in all { byStep[h + 1, default: ScoreSums(levels: levels)].add(forecast, steps: h..<h + 1) }
    if forecast.isCount {
      byBand[CountBand(mean: forecast.mean), default: ScoreSums(levels: levels)].add(forecast, steps: all)
    }
    if let measure = forecast.key.measure {
      if byMeasure.sums[measure] == nil { byMeasure.order.append(measure) }
      byMeasure.sums[measure, default: ScoreSums(levels: levels)].add(forecast, steps: all)
    }
    byOrigin[origin, default: ScoreSums(levels: levels)].add(forecast, steps: all)
  }

  var result: ModelResult {
    ModelResult(
      model: model, fallbacks: fallbacks, overall: overall.scores,
      byStep: byStep.sorted { $0.key < $1.key }.map { .init(group: $0.key, scores: $0.value.scores) },
      byBand: byBand.sorted { $0.key < $1.key }.map { .init(group: $0.key, scores: $0.value.scores) },
      byMeasure: byMeasure.order.compactMap { name in
        byMeasure.sums[name].map { .init(group: name, scores: $0.scores) }
      },
      byOrigin: byOrigin.sorted { $0.key < $1.key }.map { .init(group: $0.key, scores: $0.value.scores) })
  }
}
