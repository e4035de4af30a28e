import NumericCore

/// Counts with lone spikes held at three deviations from the middle of their neighbours, so that a bad month is not taken for
/// a new level (Hampel's filter; Davies & Gather 1993, JASA 88, 782-792).
///
/// The middle is the median of up to three periods either side and the period itself, which keeps edges where they are. The deviation is
/// that of a Poisson count, widened by the median absolute deviation of the whole sequence.
func withoutSpikes(_ counts: [Double], exposures: [Double]) -> [Double] {
  let n = counts.count
  guard n > 4 else { return counts }
  let rates = zip(counts, exposures).map { $0 / $1 }
  let middles = (0..<n).map { i in median(rates[max(0, i - 3)...min(n - 1, i + 3)]) * exposures[i] }
  let residuals = (0..<n).map { abs(counts[$0] - middles[$0]) / max(middles[$0], 1).squareRoot() }
  // 1.4826 makes the median absolute deviation of normal numbers their standard deviation.
  let scale = max(1, 1.4826 * median(residuals))
  return (0..<n).map { i in
    let reach = 3 * scale * max(middles[i], 1).squareRoot()
    return min(max(counts[i], middles[i] - reach), middles[i] + reach)
  }
}
