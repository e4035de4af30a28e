import NumericCore
import TimeSeries

/// A pass of an intermittent-demand method over a history.
struct IntermittentRun {
  /// The level expected of each period.
  var levels: [Double]
  /// The level expected of the next period.
  var level: Double
  /// Sum of squared differences of the observations from the levels.
  var squares: Double
}

/// A method that smooths the sizes of demands with one gain and what tells of their frequency with another.
protocol IntermittentMethod: Sendable {
  /// Runs over values (NaN where missing: nothing is learnt in such a period, and it is not counted as one).
  ///
  /// - Parameters:
  ///   - sizeGain: smoothing constant of the sizes.
  ///   - frequencyGain: smoothing constant of the frequency.
  ///   - levels: receives the level of each period, if given.
  func run(
    _ y: [Double], sizeGain: Double, frequencyGain: Double, levels: UnsafeMutableBufferPointer<Double>?
  ) -> (level: Double, squares: Double)
}

extension IntermittentMethod {
  /// The gains tried: the span of the literature (Syntetos & Boylan 2005: 0.05 to 0.2; Teunter et al. 2011: up to 0.3)
  /// and slower ones.
  static var gains: [Double] { [0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3] }

  /// The pass with the pair of ``gains`` whose one-step squared errors are least.
  func best(_ y: [Double]) -> IntermittentRun {
    var least = Double.infinity
    var chosen = (size: 0.1, frequency: 0.1)
    for size in Self.gains {
      for frequency in Self.gains {
        let squares = run(y, sizeGain: size, frequencyGain: frequency, levels: nil).squares
        if squares < least {
          least = squares
          chosen = (size, frequency)
        }
      }
    }
    var levels = [Double](repeating: 0, count: y.count)
    let (level, squares) = levels.withUnsafeMutableBufferPointer {
      run(y, sizeGain: chosen.size, frequencyGain: chosen.frequency, levels: $0)
    }
    return IntermittentRun(levels: levels, level: level, squares: squares)
  }

  /// Fits the method to a series of what is never negative.
  func fit(_ series: Series, name: String) throws(FitFailure) -> any FittedModel {
    let stretch = try ObservedStretch(series, minimum: 3, method: "a smoothed demand")
    guard !stretch.values.contains(where: { $0 < 0 }) else { throw FitFailure("it has negative values") }
    return IntermittentModel(name, series, stretch, best(stretch.values))
  }
}

/// The mean size of the demands and the share of observed periods with one.
func demandMeans(_ y: [Double]) -> (size: Double, share: Double) {
  var observed = 0.0
  var demands = 0.0
  for value in y where !value.isNaN {
    observed += 1
    if value > 0 { demands += 1 }
  }
  guard demands > 0 else { return (0, 0) }
  return (y.reduce(0) { $1 > 0 ? $0 + $1 / demands : $0 }, demands / observed)
}
