import TimeSeries

extension ExceptionDetector {
  /// Says of every test how complete its figure is taken to be.
  func markReporting(_ tests: inout [[PeriodTest]], _ panel: Panel) {
    guard let newest = panel.span?.upperBound else { return }
    for s in tests.indices {
      for p in tests[s].indices {
        let test = tests[s][p]
        if test.figure == .count, let known = completeness[test.key, test.period] {
          tests[s][p].reporting = .expected(share: known.share)
        } else if newest - test.period < caution {
          tests[s][p].reporting = .caution
        }
      }
    }
  }
}
