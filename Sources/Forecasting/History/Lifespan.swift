import NumericCore
import TimeSeries

/// When what a count series records began and ended, as far as its own counts tell.
///
/// Zeros before the first count are no history where the level that followed makes them impossible: the measure, or its recording, had
/// not begun. Zeros after the last count are an end where the level before does. Both are one test, forwards and backwards. Of m
/// periods beside the run with the mean mu and the dispersion D (variance by mean, at least 1), a negative binomial period without
/// an event is as likely as a Poisson one that expects lambda = mu ln D / (D - 1); and events at a constant rate over m + n periods all fall
/// within the m, whatever the rate, with the probability
///
///     (m / (m + n)) ^ (m lambda)
///
/// (the conditional test of two Poisson rates: Przyborowski & Wilenski 1940, Biometrika 31, 313-323).
///
/// The bound is what held-out runs left. Of the 1,979 monthly series of New South Wales, 1995 to 2011, no run of zeros passes it. Of the
/// seven that pass e^-10, two of them e^-14, every one had events again within a year, at a fifth to three fifths of their level: what a local
/// burst is followed by. Nothing is known there of runs beyond the bound, and a series that has ended is forecast as 0 without a chance
/// of revival.
public struct Lifespan: Hashable, Sendable {
  /// The period of its first count, where the zeros before cannot be its history.
  public let began: Period?
  /// The period of its last count, where the zeros since cannot be its level.
  public let ended: Period?
  /// Observed periods since the last count, where there has been none for two seasons (or 24 periods, if that is more) and the level
  /// before does not tell whether it ended. Nil otherwise.
  public let silence: Int?

  /// What a series is taken to be before it is looked at: without a beginning or an end.
  public init() { self.init(began: nil, ended: nil, silence: nil) }

  private init(began: Period?, ended: Period?, silence: Int?) {
    self.began = began
    self.ended = ended
    self.silence = silence
  }

  /// Natural logarithm of the probability below which a run is impossible: that of 1 in 100 million.
  static let bound = -18.4
  /// Observed periods beside a run that tell its level: at most a season, or 12 if that is more, and at least this many.
  static let leastBeside = 3

  /// Reads the counts of a series.
  ///
  /// - Parameter leastZeros: observed zeros that an end takes; half a season, or six periods if that is more, unless given. One zero among hundreds is
  ///   more often a month that was not sent.
  public init(_ series: Series, leastZeros: Int? = nil) {
    guard series.kind == .count, let first = series.values.firstIndex(where: { $0 > 0 }),
      let last = series.values.lastIndex(where: { $0 > 0 }), series.values.allSatisfy({ !($0 < 0) })
    else {
      self.init()
      return
    }
    let season = series.start.frequency.seasonLength
    let before = series.values[..<first].count { !$0.isNaN }
    let since = series.values[(last + 1)...].count { !$0.isNaN }
    let most = max(12, season)
    let hasBegun = before > 0 && Lifespan.isImpossible(before, series.values[(first + 1)...], most: most)
    let hasEnded =
      since >= (leastZeros ?? most / 2)
      && Lifespan.isImpossible(since, series.values[..<last].reversed(), most: most)
    self.init(
      began: hasBegun ? series.start + first : nil, ended: hasEnded ? series.start + last : nil,
      silence: !hasEnded && since > 0 && series.count - 1 - last >= 2 * most ? since : nil)
  }

  /// Whether a run of zeros cannot be of the level of the periods beside it.
  ///
  /// - Parameter beside: counts from the run on, without the one that ends it, which is not 0 by choice; of them the first `most`
  ///   observed.
  private static func isImpossible(_ zeros: Int, _ beside: some Sequence<Double>, most: Int) -> Bool {
    var (count, mean, squares) = (0.0, 0.0, 0.0)
    for value in beside.lazy.filter({ !$0.isNaN }).prefix(most) {
      count += 1
      let difference = value - mean
      mean += difference / count
      squares += difference * (value - mean)
    }
    guard count >= Double(leastBeside), mean > 0 else { return false }
    let excess = squares / (count - 1) / mean - 1
    let expected = excess > 1e-9 ? mean * logarithm1p(excess) / excess : mean
    return -count * expected * logarithm1p(Double(zeros) / count) < bound
  }
}

extension Series {
  /// When what it counts began and ended.
  public var lifespan: Lifespan { Lifespan(self) }

  /// The series with its zeros before a beginning and after an end missing: what may be learnt from and compared.
  public func within(_ lifespan: Lifespan) -> Series {
    let first = lifespan.began.map { min(max(0, $0 - start), count) } ?? 0
    let end = lifespan.ended.map { min(max(0, $0 - start + 1), count) } ?? count
    guard first > 0 || end < count else { return self }
    var values = values
    for t in values.indices where t < first || t >= end { values[t] = .nan }
    return replacing(values: values)
  }
}
