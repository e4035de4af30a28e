import Forecasting
import NumericCore
import TimeSeries

/// What was foreseen of a period from before it, and how the periods up to it turned out.
///
/// The counts model's one-step predictive distribution lets levels wander as the series' and its measure's have (``CountsTrack``).
struct Foresight: Sendable {
  /// Of the tested period.
  let predictive: PredictiveDistribution
  /// Variance that the logarithm of the level is held to gain in a period.
  var wander = 0.0
  /// Counts that it was learnt from.
  var learnt = 0
  /// The first and the last period that it was learnt from; nil if none.
  var span: ClosedRange<Period>?
  /// Normal scores of the tested period and those before it, newest first, each by what was foreseen of it from before; NaN
  /// where there is none.
  var scores = SIMD8<Double>(repeating: .nan)
  /// What was expected of those periods, and what was observed; 0 where there is no score.
  var expected = SIMD8<Double>.zero
  var observed = SIMD8<Double>.zero

  /// Share of an error by which the level follows it: the steady gain of a level that wanders so among errors of the predictive
  /// distribution's size (Durbin & Koopman 2012, *Time Series Analysis by State Space Methods*, section 2.11).
  var gain: Double {
    guard predictive.mean > 0, predictive.variance > 0 else { return 0 }
    let ratio = wander * predictive.mean * predictive.mean / predictive.variance
    // Of predictions with variance F and a level that gains q a period, q = gain^2 F.
    return min(1, max(0, ratio.squareRoot()))
  }

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
  /// complete, without what was before a known step, and without single outliers (``IsolatedCounts``).
  func learnt(for year: Period) -> Series {
    let counted = usable(for: year)
    return counted.replacing(values: IsolatedCounts.without(counted.values, before: year - counted.start, year: season))
  }

  private var season: Int { series.start.frequency.seasonLength }

  /// The same as it was counted.
  private func usable(for year: Period) -> Series {
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
    var spans = [ClosedRange<Period>?](repeating: nil, count: predictives.count)
    var wanders = [Double](repeating: 0, count: predictives.count)
    let wanted = reach > 1 ? predictives.indices.map { begin.ordinal + $0 } : periods.map(\.ordinal)
    for case let track? in tracks {
      let asked = wanted.filter { ordinal in
        track.year.contains(ordinal) && !steps.contains { $0 > track.year.lowerBound && $0 <= ordinal }
      }
      guard !asked.isEmpty else { continue }
      let yearBegin = first + (track.year.lowerBound - first.ordinal)
      var values = usable(for: yearBegin).values
      if let unseen {
        let from = max(0, unseen - series.start)
        for offset in from..<max(from, values.count) { values[offset] = .nan }
      }
      let known = values.indices.filter { values[$0].isFinite }
      let start = series.start.ordinal
      let runs = IsolatedCounts.runs(
        of: asked.map { $0 - start }, values, before: yearBegin - series.start, year: season)
      let all = runs.flatMap { track.foresee($0.values, $0.offsets.map { $0 + start }) }
      for (ordinal, parts) in zip(asked, all) {
        let plain = PredictiveDistribution(parts.map { ($0.weight, $0.mean, $0.variance) })
        let period = first + (ordinal - first.ordinal)
        wanders[ordinal - begin.ordinal] = parts.reduce(0) { $0 + $1.weight * $1.wander }
        let before = known.prefix { $0 < period - series.start }
        counted[ordinal - begin.ordinal] = before.count
        spans[ordinal - begin.ordinal] = before.first.flatMap { first in
          before.last.map { (series.start + first)...(series.start + $0) }
        }
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
      foresight.span = spans[place]
      foresight.wander = wanders[place]
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
