import Wording

/// What people are told, once, on every channel alike. It holds no secret.
public struct AlertMessage: Hashable, Sendable, Codable {
  /// One of several alerts that a digest tells.
  public struct Entry: Hashable, Sendable, Codable {
    /// The alert.
    public let alert: String
    /// What happened to it.
    public let happening: Happening
    /// In one line.
    public let headline: String
  }

  /// Version of this shape.
  public let version: Int
  /// Names the message at every receiver: a repeat has the same.
  public let key: String
  /// The episode, by which messages are threaded.
  public let thread: String
  /// When it was made.
  public let madeAt: Moment
  /// The newest period of the data.
  public let period: String
  /// What happened; nil of a digest of several things.
  public let happening: Happening?
  /// The alert; nil of a digest.
  public let alert: String?
  /// The rule.
  public let rule: String
  /// Who answers for the rule; nil if nobody is named.
  public let owner: String?
  /// A subject line: what happened, to what, and where.
  public let subject: String
  /// The finding in one line.
  public let headline: String
  /// What happened and why it is told, in sentences.
  public let sentences: [String]
  /// The figures; nil where there are none.
  public let facts: AlertFacts?
  /// The alerts that a digest tells, those that fired first.
  public let entries: [Entry]
  /// How to answer, as commands.
  public let answers: [String]

  /// The message of one transition.
  ///
  /// - Throws: `HashingUnavailable`.
  public init(
    _ key: AlertKey, _ transition: AlertTransition, facts: AlertFacts?, at now: Moment, period: String,
    author: String? = nil, reason: String? = nil, owner: String? = nil, names: (label: String, place: String)
  ) throws {
    let id = try key.id()
    let what = "\(facts?.label ?? names.label) in \(facts?.place ?? names.place)"
    let happening = transition.happening
    version = 1
    self.key = try key.messageKey(episode: transition.episode, sequence: transition.sequence, happening)
    thread = "\(id)-\(transition.episode)"
    madeAt = now
    self.period = period
    self.happening = happening
    alert = id
    rule = key.rule
    self.owner = owner
    headline = AlertMessage.headline(happening, what, facts)
    subject = "[\(happening.word)] \(what), \(period)"
    let person = author.map { "By \($0)\(reason.map { ": \(SentenceText.stopped($0))" } ?? ".")" }
    sentences = [happening.sentence(period)] + (person.map { [$0] } ?? []) + (facts?.sentences ?? [])
    self.facts = facts
    entries = []
    answers =
      happening.leavesOpen
      ? [
        "horizon alert ack \(id) --reason TEXT", "horizon alert snooze \(id) --until DAY --reason TEXT",
        "horizon alert show \(id)",
      ] : ["horizon alert show \(id)"]
  }

  /// One message of many.
  public init(
    digest messages: [AlertMessage], key: String, at now: Moment, period: String, rule: String, owner: String? = nil
  ) {
    let order: [Happening] = [.fired, .snoozeEnded, .reminded, .adopted, .withdrawn, .resolved]
    let counts = Happening.allCases.compactMap { happening -> (Happening, Int)? in
      let count = messages.count { $0.happening == happening }
      return count > 0 ? (happening, count) : nil
    }
    let told = ListText.joined(counts.map { "\(NumberText.grouped($0.1)) \($0.0.word)" })
    version = 1
    self.key = key
    thread = key
    madeAt = now
    self.period = period
    happening = nil
    alert = nil
    self.rule = rule
    self.owner = owner
    headline = "\(NumberText.counted(messages.count, "alert")): \(told)"
    subject = "[digest] \(told), \(period)"
    sentences = [
      "So many alerts changed at once that they are told in one message. That is itself a finding: look first for a change of recording or a fault in the data."
    ]
    facts = nil
    entries = messages.enumerated().sorted { a, b in
      let rank = { (message: AlertMessage) in message.happening.flatMap(order.firstIndex) ?? order.count }
      return (rank(a.element), a.offset) < (rank(b.element), b.offset)
    }.compactMap { _, message in
      guard let alert = message.alert, let happening = message.happening else { return nil }
      return Entry(alert: alert, happening: happening, headline: message.headline)
    }
    answers = ["horizon alert list"]
  }

  private static func headline(_ happening: Happening, _ what: String, _ facts: AlertFacts?) -> String {
    guard let facts, let observed = facts.observed, let expected = facts.expected else {
      return "\(what): \(happening.word)"
    }
    let number = { (x: Double) in NumberText.grouped(x, decimals: x == x.rounded() || abs(x) >= 10 ? 0 : 2) }
    let when = facts.onset == facts.last ? facts.onset : "\(facts.onset) to \(facts.last)"
    return "\(what), \(when): \(number(observed)) recorded, \(number(expected)) expected (\(happening.word))"
  }
}

extension Happening {
  /// As a subject line has it.
  public var word: String {
    switch self {
    case .fired: "new"
    case .adopted: "already open"
    case .reminded: "still open"
    case .snoozeEnded: "snooze over, still open"
    case .resolved: "over"
    case .closed: "ended by hand"
    case .rebased: "new normal by hand"
    default: rawValue
    }
  }

  /// Whether the alert is still open after it.
  var leavesOpen: Bool {
    switch self {
    case .fired, .adopted, .reminded, .snoozeEnded: true
    default: false
    }
  }

  /// What happened, as a sentence.
  func sentence(_ period: String) -> String {
    switch self {
    case .fired: "This is new with the figures up to \(period)."
    case .adopted: "This had begun before alerts were kept, and still goes on in the figures up to \(period)."
    case .reminded: "Nobody has taken this on, and it still goes on in the figures up to \(period)."
    case .snoozeEnded:
      "The time for which this was silenced is over, and it still goes on in the figures up to \(period)."
    case .resolved: "This is over, by the figures up to \(period)."
    case .newNormal: "This has lasted so long that its level is what is expected from now on."
    case .withdrawn:
      "This alert is withdrawn: with figures that came or were corrected later, up to \(period), nothing unusual is left of it."
    case .closed: "This alert was ended by hand. It is told again when the exception has ended and another comes."
    case .rebased: "Its level was declared the new normal: later periods are compared with it."
    case .opened, .dropped, .acknowledged, .snoozed, .lost, .regained, .noted: "\(rawValue)."
    }
  }
}
