import TimeSeries

/// What a partnership is advised to do about a problem.
public enum Recommendation: String, Sendable, Hashable, CaseIterable, Codable {
  /// A current priority that is likely to get worse.
  case escalate
  /// A current priority without a likely change.
  case `continue`
  /// A current priority that is likely to get better.
  case deEscalate = "de-escalate"
  /// Not a current priority, and likely to get worse.
  case new
  /// Not a current priority, and no likely change: nothing to decide, keep watching.
  case watch
  /// The data cannot say.
  case notAssessable = "not assessable"

  /// Advice for a partnership, a function of the evidence, of whether it is a priority, and of the profile.
  ///
  /// A material change for the worse is likely (highly likely, where the confidence is low): escalate a current priority,
  /// else new. One for the better is likely and the confidence is not low: de-escalate a current priority. Otherwise
  /// continue a current priority, else watch. A measure of polarity neither has no worse: it is continued or watched,
  /// whatever it does.
  public init(
    outlook: Outlook?, polarity: Polarity, isPriority: Bool, confidence: Confidence,
    profile: ScoringProfile = ScoringProfile()
  ) {
    guard let outlook else {
      self = .notAssessable
      return
    }
    self = isPriority ? .continue : .watch
    guard let worse = polarity.worse else { return }
    let isWeak = confidence.rating == .low
    if outlook.probability(of: worse) >= (isWeak ? profile.highlyLikely : profile.likely) {
      self = isPriority ? .escalate : .new
    } else if outlook.probability(of: worse.opposite) >= profile.likely, isPriority, !isWeak {
      self = .deEscalate
    }
  }
}
