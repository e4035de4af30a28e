import CommunitySafety

extension Recommendation {
  /// Probability from which a change counts as likely: the yardstick's "likely" begins here.
  static let likely = 0.5
  /// Probability from which it is highly likely: enough to act on even where the confidence is low.
  static let highlyLikely = 0.775

  /// Advice for a partnership.
  ///
  /// Worse by 10 % or more is likely (highly likely, where the confidence is low): escalate a current priority, else
  /// new. Better by 10 % or more is likely and the
  /// confidence is not low: de-escalate a current priority. Otherwise continue a current priority, else watch.
  public init(outlook: Outlook?, polarity: Polarity, isPriority: Bool, confidence: Confidence) {
    guard let outlook else {
      self = .notAssessable
      return
    }
    let higherIsBetter = polarity == .higherIsBetter
    let worse = higherIsBetter ? outlook.probabilityOfFall : outlook.probabilityOfRise
    let better = higherIsBetter ? outlook.probabilityOfRise : outlook.probabilityOfFall
    if worse >= (confidence.rating == .low ? Recommendation.highlyLikely : Recommendation.likely) {
      self = isPriority ? .escalate : .new
    } else if better >= Recommendation.likely && isPriority && confidence.rating != .low {
      self = .deEscalate
    } else {
      self = isPriority ? .continue : .watch
    }
  }
}
