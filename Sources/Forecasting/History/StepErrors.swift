/// The errors that forecasts made within the history had 1, 2, ... steps ahead, and the variances they call for.
///
/// A model's own variances rest on its being true; the errors made also hold what it leaves out, above all levels that
/// wander further than one-step errors tell. They are had at the final parameters, from the origins after the first
/// quarter of the history, of which the 500 latest are used.
struct StepErrors {
  /// Sums of squares and numbers of the errors at each step, from 1 on.
  private var squares: [Double]
  private var counts: [Int]

  /// Most origins used.
  static let mostOrigins = 500
  /// Fewest errors that tell of a step.
  static let leastErrors = 10

  /// The first origin (in periods so far) of a history of `n` periods.
  static func firstOrigin(_ n: Int) -> Int { max(3, n / 4, n - mostOrigins) }

  /// No errors yet, of up to `steps` steps.
  init(steps: Int) {
    squares = [Double](repeating: 0, count: steps)
    counts = [Int](repeating: 0, count: steps)
  }

  /// Adds errors made `step` + 1 steps ahead.
  mutating func add(step: Int, squares sum: Double, count: Int) {
    squares[step] += sum
    counts[step] += count
  }

  /// The variance of each step: the model's `own`, or the mean square of the errors made times `correction` (for the
  /// degrees of freedom spent) if it is larger, and never less than that of the step before. From the first step with
  /// fewer than 10 errors the last ratio between the two is kept.
  func variances(own: [Double], correction: Double) -> [Double] {
    var result = own
    var ratio = 1.0
    var tells = true
    for h in result.indices {
      tells = tells && h < counts.count && counts[h] >= StepErrors.leastErrors
      if tells, own[h] > 0 { ratio = max(1, squares[h] / Double(counts[h]) * correction / own[h]) }
      result[h] = max(own[h] * ratio, h > 0 ? result[h - 1] : 0)
    }
    return result
  }
}
