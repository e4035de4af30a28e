import NumericCore
import TimeSeries

/// What the surveillance regression adds to what was foreseen, and how far it may be believed of a series.
///
/// The regression compares with a level from before the guard gap: where levels stay it sees lasting rises better than one-step
/// predictions do, and where they wander it takes the wandering for events. Which of the two a series is, its own past says, the
/// root mean square of the regression's normal scores of some earlier periods being 1 where it is right, and the counts model,
/// which knows how much levels of the measure wander in the length of the gap. Scores are divided by the larger where it is more
/// than 1, and the opinion loses its weight as it goes on growing.
struct SecondOpinion: Sendable {
  /// Root mean square of the earlier scores or what wandering makes it, at least 1.
  let scale: Double
  /// Its weight against what was foreseen, 0 ... ``most``.
  let weight: Double

  /// Weight of the opinion on a series whose past bears it out.
  static let most = 0.5
  /// Up to the first scale it has its whole weight, from the second on none.
  static let scales = 1.3...1.6
  /// Earlier scores that a scale of 1 is worth.
  static let priorScores = 2.0
  /// An earlier score counts as no more than this: one event does not discredit the past.
  static let bound = 3.0
  /// Periods back that are looked at, and every how many of them.
  static let back = 36
  static let step = 3

  /// - Parameters:
  ///   - earlier: normal scores of earlier periods.
  ///   - isSharp: whether the regression's season is too smooth for a period in its reach (``BaselineFit/isSharp(_:windows:)``).
  ///   - drifted: what the wandering of the level makes the scale, at least 1.
  init(_ earlier: some Sequence<Double>, isSharp: Bool = false, drifted: Double = 1) {
    var sum = SecondOpinion.priorScores
    var count = SecondOpinion.priorScores
    for score in earlier where score.isFinite {
      let held = min(SecondOpinion.bound, max(-SecondOpinion.bound, score))
      sum += held * held
      count += 1
    }
    scale = max(1, (sum / count).squareRoot(), drifted)
    let (low, high) = (SecondOpinion.scales.lowerBound, SecondOpinion.scales.upperBound)
    weight = isSharp ? 0 : SecondOpinion.most * min(1, max(0, (high - scale) / (high - low)))
  }

  /// A p-value of the regression as its past bears it out.
  func rescaled(_ p: Double) -> Double {
    scale == 1 ? p : Normal.cdf(Normal.quantile(min(1 - 1e-12, max(1e-300, p))) / scale)
  }
}

extension SecondOpinion {
  /// Whether a period is one of those whose scores are looked at.
  static func isLookedAt(_ period: Period) -> Bool { period.ordinal % step == 0 }

  /// The periods before and among judged ones, rising, that are looked at and not judged.
  static func earlier(_ judged: [Period], since start: Period?) -> [Period] {
    guard let first = judged.first, let last = judged.last, let start else { return [] }
    let taken = Set(judged)
    let begin = max(start, first - back)
    return begin >= last
      ? [] : (0..<(last - begin)).map { begin + $0 }.filter { isLookedAt($0) && !taken.contains($0) }
  }
}

extension BaselineFit {
  /// Whether a period, or one in its windows, is in a season that is out of the ordinary year after year: of the last three
  /// periods of its season in the history two were unusual in one direction. The regression's season is too smooth for it, and takes
  /// it for an event.
  func isSharp(_ tested: Period, windows: Int) -> Bool {
    let year = tested.frequency.seasonLength
    guard year > 1, downWeighted.count > 1 else { return false }
    let high = downWeighted.filter { !low.contains($0) }
    return (0..<windows).contains { back in
      var same = tested - back
      while same > span.upperBound { same = same - year }
      let last = same
      func times(_ side: [Period]) -> Int { (0..<3).count { side.contains(last - $0 * year) } }
      return times(high) >= 2 || times(low) >= 2
    }
  }

  /// The unusual periods of the history but for those of a season that was unusual in the same direction in another year too:
  /// that may be its season.
  var unusual: [Period] {
    downWeighted.filter { one in
      let isLow = low.contains(one)
      return downWeighted.count { $0.seasonIndex == one.seasonIndex && low.contains($0) == isLow } < 2
    }
  }
}
