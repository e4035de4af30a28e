import Forecasting
import NumericCore
import TimeSeries

/// What was foreseen of a period from before it, and how the periods up to it turned out.
///
/// The counts model's one-step predictive distribution lets levels wander as the series' and its measure's have (``CountsTrack``).
struct Foresight: Sendable {
  /// Of the tested period.
  let predictive: PredictiveDistribution
  /// Counts that it was learnt from.
  var learnt = 0
  /// Normal scores of the tested period and those before it, newest first, each by what was foreseen of it from before; NaN
  /// where there is none.
  var scores = SIMD8<Double>(repeating: .nan)
  /// What was expected of those periods, and what was observed; 0 where there is no score.
  var expected = SIMD8<Double>.zero
  var observed = SIMD8<Double>.zero

  /// Score of an upper-tail p-value.
  static func score(upper p: Double) -> Double { -Normal.quantile(min(1 - 1e-9, max(1e-300, p))) }

  /// Score of a period's count in its own predictive distribution.
  static func score(_ count: Double, _ predictive: PredictiveDistribution) -> Double {
    let tails = predictive.midTails(count)
    return min(37, max(-37, normalScore(tails.lower, tails.upper)))
  }
}

/// What is foreseen of the periods of one series, and what it is foreseen from.
struct ForesightCourse: Sendable {
  private let series: Series
  private let masks: [Intervention]
  /// Ordinals of the first periods of known steps.
  private let steps: [Int]
  private let completeness: (@Sendable (Period) -> Completeness?)
  private var tracks: [CountsTrack?] = []

  init(_ series: Series, _ interventions: [Intervention], completeness: @escaping @Sendable (Period) -> Completeness?) {
    self.series = series.trusted
    masks = interventions.filter { $0.effect != .step }
    steps = interventions.filter { $0.effect == .step }.map(\.start.ordinal)
    self.completeness = completeness
  }

  /// With what the counts model learnt of it, year by year.
  func following(_ tracks: [CountsTrack?]) -> ForesightCourse {
    var course = self
    course.tracks = tracks
    return course
  }

  /// The series as it is learnt from for a year that begins in a period: without masked periods, without figures that are not
  /// complete, and without what was before a known step.
  func learnt(for year: Period) -> Series {
    let step = steps.filter { $0 <= year.ordinal }.max()
    var values = series.values
    for offset in values.indices where values[offset].isFinite {
      let period = series.start + offset
      if step.map({ period.ordinal < $0 }) ?? false || isMasked(period) || completeness(period) != nil {
        values[offset] = .nan
      }
    }
    return series.replacing(values: values)
  }

  private func isMasked(_ period: Period) -> Bool { masks.contains { $0.masks(period) } }

  /// What was foreseen of some periods, in rising order, each with the periods of its windows; nil where nothing was, and in the
  /// rest of a year after a known step.
  ///
  /// - Parameters:
  ///   - windows: longest window, 1 ... 8 periods.
  ///   - unseen: from this period on nothing is learnt: what is foreseen is from before it, and there are no windows.
  func foresights(_ periods: [Period], windows: Int, unseen: Period? = nil) -> [Foresight?] {
    guard let first = periods.first, let last = periods.last else { return [] }
    let reach = unseen == nil ? max(1, min(8, windows)) : 1
    let begin = first - (reach - 1)
    var predictives = [PredictiveDistribution?](repeating: nil, count: last - begin + 1)
    var counted = [Int](repeating: 0, count: predictives.count)
    let wanted = reach > 1 ? predictives.indices.map { begin.ordinal + $0 } : periods.map(\.ordinal)
    for case let track? in tracks {
      let asked = wanted.filter { ordinal in
        track.year.contains(ordinal) && !steps.contains { $0 > track.year.lowerBound && $0 <= ordinal }
      }
      guard !asked.isEmpty else { continue }
      let yearBegin = first + (track.year.lowerBound - first.ordinal)
      var values = learnt(for: yearBegin).values
      if let unseen {
        let from = max(0, unseen - series.start)
        for offset in from..<max(from, values.count) { values[offset] = .nan }
      }
      for (ordinal, parts) in zip(asked, track.foresee(values, asked)) {
        let plain = PredictiveDistribution(parts.map { ($0.weight, $0.mean, $0.variance) })
        let period = first + (ordinal - first.ordinal)
        counted[ordinal - begin.ordinal] = values.prefix(max(0, period - series.start)).count { $0.isFinite }
        predictives[ordinal - begin.ordinal] =
          completeness(period).map { plain.thinned(share: $0.share, logVariance: $0.logVariance) } ?? plain
      }
    }
    let scores = predictives.enumerated().map { i, predictive in
      guard let predictive, let count = series[begin + i], !isMasked(begin + i) else { return Double.nan }
      return Foresight.score(count, predictive)
    }
    return periods.map { period in
      let place = period - begin
      guard let predictive = predictives[place] else { return nil }
      var foresight = Foresight(predictive: predictive)
      foresight.learnt = counted[place]
      for back in 0..<reach where place >= back && scores[place - back].isFinite {
        guard let mean = predictives[place - back]?.mean, let count = series[period - back] else { continue }
        foresight.scores[back] = scores[place - back]
        foresight.expected[back] = mean
        foresight.observed[back] = count
      }
      return foresight
    }
  }
}
