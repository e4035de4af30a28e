import CommunitySafety
import RiskRanking
import TimeSeries
import Wording

/// Advice on a priority in sentences: what it rests on, and what that asks for.
struct AdviceText {
  let advice: PriorityAdvice
  let words: (Risk) -> RiskWords

  /// One or two sentences that defend the recommendation.
  var reason: String {
    switch advice.reason {
    case .worsening:
      return "\(findings(ofWorse: true)) Consider more, or something else, than is done now."
    case .improving:
      return "\(findings(ofWorse: false)) Consider whether effort is needed more elsewhere."
    case .improvingInPart(.proxy):
      let left = advice.priority.note.map { " (\(Wording.unstopped($0)))" } ?? ""
      return
        "\(findings(ofWorse: false))\(against) Yet these figures only stand in for the priority\(left): that is not enough to stand it down."
    case .improvingInPart(.others):
      let others = advice.evidence.filter { risk in !advice.deciding.contains { $0.key == risk.key } }.map(\.title)
      return
        "\(findings(ofWorse: false))\(against) Yet \(Wording.list(others)) \(others.count == 1 ? "speaks" : "speak") to it too and \(others.count == 1 ? "is" : "are") not likely to get better: carry on."
    case .returning:
      let usual = advice.deciding.first.flatMap { risk in
        risk.evidence.usual.map { $0.sentence(MeasureText(risk.measure)) }
      }
      return "\(usual ?? "A likely change goes no further than back to what was usual.") It is no success of its own."
    case .steady: return steady
    case .noSeries: return "No series of this pack speaks to it. \(needs)"
    case .tooFew:
      return
        "Too few of \(Wording.list(advice.evidence.map(\.title))) were counted last year to say anything of chances: judge each case by itself. \(needs)"
    case .notComparable:
      let why = advice.evidence.first.flatMap { words($0).reasonsNotAssessable.first } ?? "the history is too short"
      return
        "What next year may bring cannot be assessed: \(Wording.stopped(why.prefix(1).lowercased() + why.dropFirst())) Nothing is stood down on missing data. \(needs)"
    }
  }

  /// The chance of each series that decided, two at most.
  private func findings(ofWorse isWorse: Bool) -> String {
    advice.deciding.prefix(2).map { Wording.stopped(words($0).statement(ofWorse: isWorse)) }.joined(separator: " ")
  }

  /// What may well get worse although something else falls: the likeliest; nothing where none has a realistic possibility of it.
  private var against: String {
    let may = advice.evidence.filter { risk in
      let chances = risk.chances
      return (chances?.worse ?? 0) >= ProbabilityYardstick.realisticPossibility.start
        && (chances?.better ?? 1) < ProbabilityYardstick.likely.start
    }
    guard let first = may.max(by: { ($0.chances?.worse ?? 0, $1.key) < ($1.chances?.worse ?? 0, $0.key) }) else {
      return ""
    }
    return " Against that: \(Wording.stopped(words(first).statement(ofWorse: true)))"
  }

  private var steady: String {
    let likely = ProbabilityYardstick.likely.start
    let worse = advice.deciding.filter { ($0.chances?.worse ?? 0) >= likely }
    let better = advice.deciding.filter { ($0.chances?.better ?? 0) >= likely }
    func said(_ risks: [Risk], ofWorse isWorse: Bool) -> String {
      risks.prefix(2).map { Wording.stopped(words($0).statement(ofWorse: isWorse)) }.joined(separator: " ")
    }
    // Likely, and yet too weakly shown to act on.
    if !worse.isEmpty {
      return
        "\(said(worse, ofWorse: true)) The evidence is too weak to act on: keep watching, and look again with more data."
    }
    if let first = better.first {
      return "\(said(better, ofWorse: false))\(against) Yet \(words(first).whyNotStoodDown): carry on."
    }
    guard let first = advice.deciding.first else { return "No large change is likely: carry on." }
    let finding = Wording.stopped(words(first).headline)
    let more =
      advice.deciding.count > 1
      ? " Nor is a large change for the worse likely in \(Wording.list(advice.deciding.dropFirst().map(\.title)))."
      : ""
    return "\(finding)\(more) Carry on, and judge what is done by its results."
  }

  /// The source it takes and who holds it.
  var needs: String {
    let needs = advice.priority.needs
    guard !needs.isEmpty else {
      return advice.evidence.isEmpty
        ? "It takes figures by month and place, without names, from the partner who holds them; the file of priorities names neither."
        : ""
    }
    return "It takes \(Wording.list(needs.map { "\($0.source) (held by \($0.holder))" }))."
  }
}

extension LocalPriorities.Priority {
  /// "review was due on 1 Apr 2025"; nil of one whose day is to come.
  func overdue(at period: Period?) -> String? {
    guard let period, let review, isOverdue(at: period) else { return nil }
    return "its review was due on \(PeriodText.date(review))"
  }
}
