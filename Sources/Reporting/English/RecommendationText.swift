import CommunitySafety
import RiskRanking

extension Recommendation {
  /// When it is given, as one sentence: the rule of ``Recommendation/init(outlook:polarity:isPriority:confidence:profile:)``
  /// in words, with the yardstick's terms for the thresholds of the profile.
  func meaning(_ profile: ScoringProfile) -> String {
    let likely = ProbabilityYardstick(probability: profile.likely).rawValue
    let worse =
      "\(likely) to get worse (\(ProbabilityYardstick(probability: profile.highlyLikely).rawValue), where confidence is low)"
    return switch self {
    case .escalate: "A current priority that is \(worse)."
    case .continue: "A current priority without a likely change, or without the evidence to say."
    case .deEscalate:
      "A current priority that is \(likely) to get better, with no period of the last year missing. Of a priority with several series it takes all of them, none a stand-in: nothing is stood down on missing data."
    case .new: "Not a current priority, and \(worse)."
    case .watch: "Not a current priority, and no likely change, or too little evidence of one: nothing to decide."
    case .returnToUsual:
      "A change is \(likely), and goes no further than back to what was usual before the last year: no new problem, and no success of its own."
    case .tooFew:
      "Fewer than \(Wording.count(profile.smallestBase)) were counted last year: no chance, arrow or advice is given on so few."
    case .notAssessable: "The data cannot say; the page says what is missing, which source it takes and who holds it."
    }
  }
}
