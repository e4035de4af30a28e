/// How many periods were judged, how many were not, and why: no verdict is never told of as an ordinary one.
public struct VerdictTally: Hashable, Sendable {
  /// Periods with a verdict.
  public private(set) var judged = 0
  /// How many periods have none, by reason.
  public private(set) var reasons: [String: Int] = [:]

  /// A tally of verdicts.
  public init(_ tests: some Sequence<PeriodTest> = []) { for test in tests { add(test) } }

  /// Counts one more.
  public mutating func add(_ test: PeriodTest) {
    if test.kind == .notTested {
      reasons[test.reason ?? "no reason is given", default: 0] += 1
    } else {
      judged += 1
    }
  }

  /// Periods without a verdict.
  public var unjudged: Int { reasons.values.reduce(0, +) }
  /// All of them.
  public var total: Int { judged + unjudged }

  /// Reasons with how many periods each concerns, the most frequent first.
  public var ordered: [(reason: String, periods: Int)] {
    reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }

  /// "because ...", the reason that concerns most of what was not judged; nil where all was.
  public var because: String? {
    let ordered = ordered
    guard let most = ordered.first else { return nil }
    if ordered.count == 1 { return "because \(most.reason)" }
    return most.periods > ordered[1].periods
      ? "mostly because \(most.reason)" : "because \(most.reason), and for other reasons"
  }
}
