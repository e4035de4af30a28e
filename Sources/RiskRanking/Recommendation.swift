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
  /// A change is likely, and it goes no further than back to what was usual before the last year: no news.
  case returnToUsual = "return to usual"
  /// So few were counted that nothing is said of chances.
  case tooFew = "too few to say"
  /// The data cannot say.
  case notAssessable = "not assessable"

  /// Advice for a partnership, a function of the evidence, of whether it is a priority, and of the profile.
  ///
  /// On too small a base (``RiskEvidence/isTooFew(_:)``) nothing is advised. Where a material change is likely and only returns to
  /// what was usual (``UsualLevel/isReturn(_:)``), that is what is said of it, whatever the priorities and the polarity: neither is a
  /// priority made of a rebound nor one stood down because an unusual year is over. Else, where
  /// a material change for the worse is likely (highly likely, where the confidence is low): escalate a current priority,
  /// else new. One for the better is likely, the confidence is not low and no period of the last year is missing: de-escalate a current
  /// priority. Otherwise continue a current priority, else watch. A measure of polarity neither has no worse: it is continued or watched,
  /// whatever it does.
  public init(
    outlook: Outlook?, polarity: Polarity, isPriority: Bool, confidence: Confidence, usual: UsualLevel? = nil,
    isTooFew: Bool = false, profile: ScoringProfile = ScoringProfile()
  ) {
    guard let outlook else {
      self = .notAssessable
      return
    }
    guard !isTooFew else {
      self = .tooFew
      return
    }
    for direction in [Event.Direction.rise, .fall]
    where outlook.probability(of: direction) >= profile.likely && usual?.isReturn(direction) == true {
      self = .returnToUsual
      return
    }
    self = isPriority ? .continue : .watch
    guard let worse = polarity.worse else { return }
    let isWeak = confidence.rating == .low
    if outlook.probability(of: worse) >= (isWeak ? profile.highlyLikely : profile.likely) {
      self = isPriority ? .escalate : .new
    } else if outlook.probability(of: worse.opposite) >= profile.likely, isPriority, !isWeak,
      outlook.matchedPeriods == outlook.periodsInYear
    {
      self = .deEscalate
    }
  }
}
