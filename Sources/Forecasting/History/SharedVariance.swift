/// The share of the variance of a method's errors that the errors of one cycle have in common, within [0, 1]: the mean
/// correlation of two of them, so that a sum over a cycle varies as such sums of the errors have varied.
///
///     rho = (mean of (e_t + ... + e_(t+m-1))² / (m mean of e²) - 1) / (m - 1)
///
/// - Parameters:
///   - errors: one a period, NaN where there is none; sums over a stretch that lacks one are left out.
///   - m: periods of a cycle; four where that is 1, half of the errors where they are less than two cycles.
/// - Returns: 0 where there are fewer than four errors or no sum.
func sharedVariance(_ errors: [Double], cycle m: Int) -> Double {
  var (squares, count) = (0.0, 0)
  for error in errors where error.isFinite {
    squares += error * error
    count += 1
  }
  let width = min(m > 1 ? m : 4, count / 2)
  guard width > 1, squares > 0, squares.isFinite else { return 0 }
  var (sum, present) = (0.0, 0)
  var (sums, stretches) = (0.0, 0)
  for t in errors.indices {
    if errors[t].isFinite {
      sum += errors[t]
      present += 1
    }
    if t >= width, errors[t - width].isFinite {
      sum -= errors[t - width]
      present -= 1
    }
    guard present == width else { continue }
    sums += sum * sum
    stretches += 1
  }
  guard stretches > 0 else { return 0 }
  let ratio = sums / Double(stretches) / (Double(width) * squares / Double(count))
  return min(max((ratio - 1) / Double(width - 1), 0), 1)
}
