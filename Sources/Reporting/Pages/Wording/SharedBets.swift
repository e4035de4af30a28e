import RiskRanking
import Wording

/// Which risks of a list are one bet: those of one measure, whose totals move together.
struct SharedBets {
  /// The risks of a measure, two or more, in the order of the list.
  struct Bet {
    let risks: [Risk]
    /// Mean correlation of the totals of two of its places.
    let correlation: Double
  }

  /// The bets of a list in its order; risks of measures whose places share nothing are in none.
  let bets: [Bet]

  /// The bets among some risks of one level.
  init(_ risks: [Risk]) {
    var order: [String] = []
    var byMeasure: [String: [Risk]] = [:]
    for risk in risks where (risk.outlook?.sharedLoading ?? 0) > 0 {
      if byMeasure[risk.label] == nil { order.append(risk.label) }
      byMeasure[risk.label, default: []].append(risk)
    }
    bets = order.compactMap { label in
      let members = byMeasure[label] ?? []
      let outlooks = members.compactMap(\.outlook)
      guard outlooks.count > 1 else { return nil }
      var sum = 0.0
      for (i, one) in outlooks.enumerated() {
        for other in outlooks.dropFirst(i + 1) { sum += one.correlation(with: other) }
      }
      return Bet(risks: members, correlation: sum / Double(outlooks.count * (outlooks.count - 1) / 2))
    }
  }

  /// "Risks of one measure are partly one bet: ... Burglary in A, B and C (correlation of their totals 0.21)."; none where
  /// there is no bet.
  var sentences: [String] {
    guard !bets.isEmpty else { return [] }
    let parts = bets.map { bet in
      "\(bet.risks[0].title) in \(Wording.list(bet.risks.map(\.area.name)))"
        + " (correlation of their totals \(NumberText.fixed(bet.correlation, decimals: 2)))"
    }
    return [
      "Problems of one measure are partly one bet: what moves it in one place moves it in the others, and they come true or fail together more often than each by itself would say.",
      "Here these are \(parts.joined(separator: "; ")).",
    ]
  }
}
