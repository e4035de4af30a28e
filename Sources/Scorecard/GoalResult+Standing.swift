import Assessment
import CommunitySafety
import Diagnostics
import NumericCore
import RiskRanking
import TimeSeries

extension GoalResult {
  /// Where a target stands that is a position among peers.
  init(_ stretch: Stretch, _ level: StandingLevel, _ error: (String, String) -> HorizonError) throws {
    let (goal, remaining) = (stretch.goal, stretch.remaining)
    let isRank = goal.figure == .rank
    guard let value = Int(exactly: goal.value), (1...(isRank ? level.places : 4)).contains(value) else {
      throw error("there are \(level.places) places to be ranked, and no rank \(goal.value)", "Name one of their ranks")
    }
    /// The last rank that meets "at most", the first that meets "at least".
    func bound(_ side: MeasureGoal.Side) throws -> Int {
      let bound = isRank ? value : level.rank(ofQuartile: value, last: side == .atMost)
      guard let bound else {
        throw error("of \(level.places) places none is in quarter \(value)", "Set the target as a rank")
      }
      return bound
    }
    let sides: [MeasureGoal.Side] = goal.side == .ask ? [.atMost, .atLeast] : [goal.side]
    let bounds = try sides.map(bound)
    let sorted = level.ranks.map(Double.init).sorted()
    self.goal = goal
    series = stretch.series
    periods = stretch.periods
    knownPeriods = stretch.past.count
    remainingPeriods = remaining
    known = level.known.map(Double.init)
    threshold = Double(bounds[0])
    base = nil
    mean = sorted.reduce(0, +) / Double(sorted.count)
    (median, lower, upper) = (
      NumericCore.quantile(0.5, ofSorted: sorted), NumericCore.quantile(0.1, ofSorted: sorted),
      NumericCore.quantile(0.9, ofSorted: sorted)
    )
    let holding = sides[0] == .atMost && remaining > 0 ? level.count(holding: bounds[0]) : nil
    neededRate = holding.map { ($0 - level.ownKnown) / Double(remaining) }
    runRate = level.sharedPeriods > 0 ? level.ownKnown / Double(level.sharedPeriods) : nil
    assumedWholes = []
    readings = zip(sides, bounds).map { side, bound in
      let part =
        Double(level.ranks.count { side == .atMost ? $0 <= bound : $0 >= bound }) / Double(level.ranks.count)
      return Reading(side: side, probability: part, assurance: nil, settled: remaining == 0 ? part == 1 : nil)
    }
    standing = Standing(peers: level.peers, places: level.places)
  }

  static func standing(
    _ stretch: Stretch, _ assessment: StrategicAssessment, end: Period, _ error: (String, String) -> HorizonError
  ) throws -> StandingLevel {
    let (goal, series, remaining) = (stretch.goal, stretch.series, stretch.remaining)
    let place = series.area.name
    guard series.observed.kind == .count else {
      throw error("'\(goal.measure)' is no count, and places are ranked by counts per 1,000", "Set another figure")
    }
    do {
      return try StandingLevel(
        of: series.measure, in: Set(assessment.names(of: place).map(\.name) + [place]), assessment.peerFutures,
        past: stretch.past, remaining: remaining > 0 ? (1...remaining).map { end + $0 } : [])
    } catch let failure {
      switch failure {
      case .noPeers:
        throw error(
          "\(place) has no peers to be ranked among in '\(goal.measure)'",
          "Name with area: a place that has, with itself, \(PeerRanks.leastPeers) or more of known residents in the inputs: a district of its force, or the places of peer-groups.yaml"
        )
      case .gaps(let peers):
        throw error(
          "half of \(goal.by) is not known of all of \(peers.name)",
          "Give the missing figures, or set the target as a rate")
      case .tooFar:
        throw error(
          "\(goal.by) reaches further ahead than is forecast of its peers",
          "Set the target on a stretch that ends sooner")
      }
    }
  }
}
