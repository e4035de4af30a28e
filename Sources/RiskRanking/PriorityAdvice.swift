import CommunitySafety

/// What a partnership is advised to do about one of its priorities, from all that gives evidence on it.
public struct PriorityAdvice: Sendable {
  /// Why it is what it is: a code, of which the English is made where text is written.
  public enum Reason: Sendable, Hashable {
    /// A series that gives evidence on it is likely to get worse.
    case worsening
    /// All of them are likely to get better.
    case improving
    /// Some are likely to get better, and that is not all there is to know: what stands in the way.
    case improvingInPart(Obstacle)
    /// What is likely goes no further than back to what was usual.
    case returning
    /// No large change is likely, or none is shown.
    case steady
    /// No series gives evidence on it.
    case noSeries
    /// There are series, and they are too small to say.
    case tooFew
    /// There are series, and next year cannot be compared with last.
    case notComparable
  }

  /// Why a priority is not stood down although something falls.
  public enum Obstacle: Sendable, Hashable {
    /// The series only stands in for it.
    case proxy
    /// Another series of it does not fall, or cannot be judged.
    case others
  }

  /// The priority.
  public let priority: LocalPriorities.Priority
  /// Whose it is.
  public let place: Area
  /// What to do.
  public let recommendation: Recommendation
  /// Why.
  public let reason: Reason
  /// What gives evidence on it, in the order of its measures.
  public let evidence: [Risk]
  /// Of that what decided, strongest first; empty where nothing did.
  public let deciding: [Risk]

  /// Advice on a priority.
  ///
  /// Nothing is stood down on missing data: without a series that can be judged it is not assessable, and to de-escalate takes every series
  /// of it, each likely to get better with no period of its last year missing, none of them a stand-in. One that is likely to get
  /// worse is enough to escalate.
  public init(_ priority: LocalPriorities.Priority, of place: Area, evidence: [Risk]) {
    self.priority = priority
    self.place = place
    self.evidence = evidence
    let judged = evidence.filter { $0.outlook != nil && !$0.isTooFew }
    func those(_ recommendation: Recommendation) -> [Risk] {
      let isBetter = recommendation == .deEscalate
      func strength(_ risk: Risk) -> Double { risk.chances.map { isBetter ? $0.better : $0.worse } ?? 0 }
      return judged.filter { $0.recommendation == recommendation }.sorted {
        (strength($0), $1.key) > (strength($1), $0.key)
      }
    }
    let (worse, better, back) = (those(.escalate), those(.deEscalate), those(.returnToUsual))
    let isProxy = priority.note != nil || evidence.contains { $0.measure.proxyReason != nil }
    if judged.isEmpty {
      recommendation = .notAssessable
      deciding = []
      reason = evidence.isEmpty ? .noSeries : evidence.contains(where: \.isTooFew) ? .tooFew : .notComparable
    } else if !worse.isEmpty {
      (recommendation, reason, deciding) = (.escalate, .worsening, worse)
    } else if better.count == evidence.count, !isProxy {
      (recommendation, reason, deciding) = (.deEscalate, .improving, better)
    } else if !better.isEmpty {
      (recommendation, deciding) = (.continue, better)
      reason = .improvingInPart(better.count == evidence.count ? .proxy : .others)
    } else if back.count == judged.count {
      (recommendation, reason, deciding) = (.returnToUsual, .returning, back)
    } else {
      (recommendation, reason, deciding) = (.continue, .steady, judged)
    }
  }
}
