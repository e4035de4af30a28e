import Parallelism
import TimeSeries

/// What the counts model foresees of a series in the periods of one year, one period ahead at a time.
///
/// Season, weights of the level processes and dispersion are those learnt from what was known when the year began, from all
/// areas of the measure; the levels follow each count of the year. Of a period nothing is used that came with it or after it.
package struct CountsTrack: Sendable {
  /// A part of a predictive distribution: a negative binomial.
  package struct Part: Sendable {
    /// Its share; the shares of a period's parts sum to 1.
    package var weight: Double
    /// Its expected count.
    package var mean: Double
    /// Its variance, above the mean or equal to it.
    package var variance: Double
    /// Variance that the logarithm of the level gains in a period.
    package var wander = 0.0
  }

  /// A level process with its posterior weight.
  private struct Candidate: Sendable {
    let process: Int
    let weight: Double
    let inverseSize: Double
    /// Variance of the level one period ahead beyond that of a one-step error, in units of the observation variance.
    let excess: Double
  }

  /// Periods after which wandering levels are compared.
  private static let lasting = 18.0

  /// The periods of the year that it speaks of, as ordinals.
  package let year: ClosedRange<Int>
  private let start: Period
  private let candidates: [Candidate]
  /// Season x exposure from the start to the end of the year, and the relative variance of the season.
  private let scale: [Double]
  private let seasonVariance: [Double]
  private let extraDrift: Double
  private let initialLevel: Double
  private let unseenVariance: Double

  fileprivate init(_ model: CountsModel, start: Period, year: ClosedRange<Int>) {
    self.year = year
    self.start = start
    let grid = LevelProcess.grid
    candidates = model.components.map { component in
      Candidate(
        process: grid.firstIndex(of: component.process) ?? 0, weight: component.weight,
        inverseSize: component.inverseSize,
        excess: component.process.outlook(steps: 1, from: component.state)[0].excessVariance)
    }
    let ahead = model.scales(horizon: year.count)
    scale = model.own.scale + ahead.scale
    seasonVariance = ahead.variance
    extraDrift = model.extraDrift
    initialLevel = model.own.initialLevel
    unseenVariance = model.own.unseenVariance
  }

  /// The predictive distributions of some periods of the year, in few parts.
  ///
  /// - Parameters:
  ///   - values: the series' counts from its start, NaN where missing or not to be learnt from; those of a period and of later
  ///     ones do not matter to it.
  ///   - periods: ordinals within ``year``, rising.
  package func foresee(_ values: [Double], _ periods: [Int]) -> [[Part]] {
    guard let last = periods.last else { return [] }
    func padded(_ count: Int) -> [Double] {
      values.count >= count
        ? Array(values[..<count]) : values + [Double](repeating: .nan, count: count - values.count)
    }
    // What is not seen makes levels less sure: then where the processes stand is worked out for each period.
    let through = padded(last - start.ordinal + 1)
    let recent = through[max(0, through.count - 1 - 2 * year.count)..<(through.count - 1)]
    guard !recent.contains(where: \.isNaN) else {
      return periods.map { period in
        let offset = period - start.ordinal
        let run = CandidateRun(
          own: FilterInput(
            values: padded(offset + 1), scale: Array(scale[...offset]), initialLevel: initialLevel,
            unseenVariance: unseenVariance), pooled: nil)
        let before = CandidateRun(
          own: FilterInput(
            values: padded(offset), scale: Array(scale[..<offset]), initialLevel: initialLevel,
            unseenVariance: unseenVariance), pooled: nil)
        let grid = LevelProcess.grid
        return parts(at: offset, run) { candidate in
          grid[candidate.process].outlook(steps: 1, from: before.states[candidate.process])[0].excessVariance
        }
      }
    }
    let run = CandidateRun(
      own: FilterInput(
        values: through, scale: Array(scale[..<through.count]), initialLevel: initialLevel,
        unseenVariance: unseenVariance), pooled: nil)
    return periods.map { parts(at: $0 - start.ordinal, run, excess: \.excess) }
  }

  private func parts(
    at offset: Int, _ run: borrowing CandidateRun, excess: (Candidate) -> Double
  ) -> [Part] {
    var parts: [Part] = []
    parts.reserveCapacity(candidates.count)
    for candidate in candidates {
      parts.append(part(candidate, at: offset, run, excess: excess(candidate)))
    }
    return CountsTrack.merged(parts)
  }

  private func part(
    _ candidate: Candidate, at offset: Int, _ run: borrowing CandidateRun, excess: Double
  ) -> Part {
    let season = seasonVariance[offset + start.ordinal - year.lowerBound]
    let mean = run.expectation(of: candidate.process, at: offset)
    let level = mean / scale[offset]
    let noise = 1 / max(level, 1e-300) + candidate.inverseSize
    let spread = candidate.inverseSize + noise * excess + season + extraDrift
    // A level that reverts is as far away after a while as it will ever be.
    let process = LevelProcess.grid[candidate.process]
    let lasting = min(1, 1 / (CountsTrack.lasting * max(1e-9, 1 - process.reversion * process.reversion)))
    return Part(
      weight: candidate.weight, mean: mean, variance: mean + mean * mean * max(0, spread),
      wander: process.drift * noise * lasting)
  }

  /// Parts that reach about as far as one, each of about a quarter of the weight: neighbours hardly differ, and a tail costs
  /// as much as there are parts. Mean and variance stay what they are.
  static func merged(_ parts: [Part]) -> [Part] {
    let reach = parts.map { $0.mean + 2 * $0.variance.squareRoot() }
    let order = parts.indices.sorted { (reach[$0], $0) < (reach[$1], $1) }
    var merged: [Part] = []
    var sums = (weight: 0.0, mean: 0.0, square: 0.0, wander: 0.0)
    var passed = 0.0
    for (place, i) in order.enumerated() {
      let part = parts[i]
      sums.weight += part.weight
      sums.mean += part.weight * part.mean
      sums.square += part.weight * (part.variance + part.mean * part.mean)
      sums.wander += part.weight * part.wander
      passed += part.weight
      guard place == order.count - 1 || passed >= 0.25 * Double(merged.count + 1) - 1e-9 else { continue }
      let mean = sums.mean / sums.weight
      merged.append(
        Part(
          weight: sums.weight, mean: mean, variance: max(mean, sums.square / sums.weight - mean * mean),
          wander: sums.wander / sums.weight))
      sums = (0, 0, 0, 0)
    }
    return merged
  }
}

extension CountsTrack {
  /// The tracks of some series over the years that hold a range of periods.
  ///
  /// - Parameters:
  ///   - count: how many series there are: whole measures.
  ///   - periods: the periods that will be asked for.
  ///   - learnt: a series, by its place, as it is to be learnt from for a year that begins in a period; what is not to be learnt
  ///     from is missing, and values from then on are not looked at.
  /// - Returns: by series, a track for each year from the first to the last; nil where fewer than three counts were known when
  ///   the year began, or values that are no counts.
  package static func tracks(
    _ count: Int, _ periods: ClosedRange<Period>, threads: Int, learnt: @Sendable @escaping (Int, Period) -> Series
  ) async throws -> [[CountsTrack?]] {
    var tracks = [[CountsTrack?]](repeating: [], count: count)
    var begin = periods.lowerBound - periods.lowerBound.seasonIndex
    while begin <= periods.upperBound {
      let length = begin.frequency.seasonLength
      let before = begin - 1
      let known = try await parallelMap(count: count, threads: threads, grain: 16) {
        learnt($0, before + 1).through(before)
      }
      let members = known.indices.filter {
        known[$0].observedCount >= CountsForecaster.leastObserved && known[$0].whyNotCounts == nil
          && known[$0].end == before
      }
      let models = try await CountsFitting.fit(members.map { known[$0] }, sharesLevel: false, threads: threads)
      let ordinals = begin.ordinal...(begin.ordinal + length - 1)
      let made = try await parallelMap(count: members.count, threads: threads, grain: 16) {
        CountsTrack(models[$0], start: known[members[$0]].start, year: ordinals)
      }
      var year = [CountsTrack?](repeating: nil, count: count)
      for (s, track) in zip(members, made) { year[s] = track }
      for s in tracks.indices { tracks[s].append(year[s]) }
      begin = begin + length
    }
    return tracks
  }
}
