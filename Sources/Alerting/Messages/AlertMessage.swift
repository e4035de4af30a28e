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
    /// The measure as people see it.
    public let label: String?
    /// The place as people see it.
    public let place: String?
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
  /// The measure as people see it; nil of a digest.
  public let label: String?
  /// The place as people see it; nil of a digest.
  public let place: String?
  /// The rule.
  public let rule: String
  /// Who answers for the rule; nil if nobody is named.
  public let owner: String?
  /// How much it matters, as the rule says.
  public let severity: AlertConfiguration.Severity
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
  /// What it was the last time that this alert fired; nil where it never had.
  public let previous: String?
  /// Its place in the pack; nil where no pack is named.
  public let link: String?
  /// How to answer, as commands.
  public let answers: [String]

  /// Whether it is of one alert that is still open.
  public var isOpen: Bool { happening?.leavesOpen ?? false }

  /// What every message of a rule has in common.
  public struct Frame: Hashable, Sendable {
    /// When it is made.
    public var now: Moment
    /// The newest period of the data.
    public var period: String
    /// Who answers for the rule.
    public var owner: String?
    /// How much it matters.
    public var severity = AlertConfiguration.Severity.medium
    /// Address under which the pack is read.
    public var pack: String?
    /// Name of the state file, for commands.
    public var state = "alerts.sqlite"

    /// Of a moment and the newest period.
    public init(now: Moment, period: String) {
      self.now = now
      self.period = period
    }

    /// A command on alerts, as it is typed where the state file lies.
    func command(_ words: String, _ more: String = "") -> String {
      let isPlain = state.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
      let file = isPlain ? state : "'" + state.replacing("'", with: "'\\''") + "'"
      return "horizon alert \(words) --state \(file)\(more)"
    }

    /// The place of an alert in the pack, or of them all.
    func link(_ alert: String? = nil) -> String? {
      pack.map { "\($0)\($0.hasSuffix("/") ? "" : "/")alerts.html\(alert.map { "#alert-\($0)" } ?? "")" }
    }
  }

  /// The message of one transition.
  ///
  /// - Throws: `HashingUnavailable`.
  public init(
    _ key: AlertKey, _ transition: AlertTransition, facts: AlertFacts?, _ frame: Frame, author: String? = nil,
    reason: String? = nil, previous: String? = nil, names: (label: String, place: String)
  ) throws {
    let id = try key.id()
    let what = "\(names.label) in \(names.place)"
    let happening = transition.happening
    version = 1
    self.key = try key.messageKey(episode: transition.episode, sequence: transition.sequence, happening)
    thread = "\(id)-\(transition.episode)"
    madeAt = frame.now
    period = frame.period
    self.happening = happening
    alert = id
    label = names.label
    place = names.place
    rule = key.rule
    owner = frame.owner
    severity = frame.severity
    self.previous = previous
    link = frame.link(id)
    headline = AlertMessage.headline(happening, what, facts)
    subject = AlertMessage.subject(happening.word, "\(what), \(frame.period)", frame.severity)
    let person = author.map { "By \($0)\(reason.map { ": \(SentenceText.stopped($0))" } ?? ".")" }
    sentences = [happening.sentence(frame.period)] + (person.map { [$0] } ?? []) + (facts?.sentences ?? [])
    self.facts = facts
    entries = []
    answers =
      happening.leavesOpen
      ? [
        frame.command("ack \(id)", " --author NAME --reason TEXT"),
        frame.command("snooze \(id)", " --until DAY --author NAME --reason TEXT"),
        frame.command("show \(id)"),
      ] : [frame.command("show \(id)")]
  }

  /// One message of many.
  ///
  /// - Parameter isMany: whether they are more than anybody would read one by one.
  public init(digest messages: [AlertMessage], isMany: Bool, key: String, rule: String, _ frame: Frame) {
    let order: [Happening] = [.fired, .snoozeEnded, .reminded, .adopted, .withdrawn, .resolved]
    let counts = Happening.allCases.compactMap { happening -> (Happening, Int)? in
      let count = messages.count { $0.happening == happening }
      return count > 0 ? (happening, count) : nil
    }
    let told = ListText.joined(counts.map { "\(NumberText.grouped($0.1)) \($0.0.word)" })
    version = 1
    self.key = key
    thread = key
    madeAt = frame.now
    period = frame.period
    happening = nil
    alert = nil
    (label, place) = (nil, nil)
    self.rule = rule
    owner = frame.owner
    severity = frame.severity
    previous = nil
    link = frame.link()
    let only = counts.count == 1 ? counts.first?.0 : nil
    headline =
      only.map { only in
        only == .fired
          ? NumberText.counted(messages.count, "new alert")
          : "\(NumberText.counted(messages.count, "alert")) \(only.word)"
      } ?? "\(NumberText.counted(messages.count, "alert")): \(told)"
    subject = AlertMessage.subject("digest", "\(told), \(frame.period)", frame.severity)
    sentences =
      isMany
      ? [
        "So many alerts changed at once that they are told in one message. That is itself a finding: look first for a change of recording or a fault in the data."
      ]
      : only == .adopted
        ? ["These had begun before alerts were kept, and still go on in the figures up to \(frame.period)."] : []
    facts = nil
    entries = messages.enumerated().sorted { a, b in
      let rank = { (message: AlertMessage) in message.happening.flatMap(order.firstIndex) ?? order.count }
      return (rank(a.element), a.offset) < (rank(b.element), b.offset)
    }.compactMap { _, message in
      guard let alert = message.alert, let happening = message.happening else { return nil }
      return Entry(
        alert: alert, happening: happening, headline: message.headline, label: message.label, place: message.place)
    }
    answers = [frame.command("list")]
  }

  /// That figures are missing: a message of its own, apart from the alerts.
  ///
  /// - Parameters:
  ///   - group: what they have in common: an area, a measure, or all.
  ///   - series: measure and place of each series that is missing.
  ///   - lost: open alerts among them, and those whose series is no longer in the data at all.
  public init(
    missing series: [(label: String, place: String)], lost: [Entry], group: String, key: String, _ frame: Frame
  ) {
    self.init(missing: series, lost: lost, groups: [group], key: key, frame)
  }

  /// The same of several groups at once.
  init(
    missing series: [(label: String, place: String)], lost: [Entry], groups: [String], key: String, _ frame: Frame
  ) {
    let group = groups.count == 1 ? groups[0] : "\(groups[0]) and \(NumberText.grouped(groups.count - 1)) more"
    version = 1
    self.key = key
    thread = key
    madeAt = frame.now
    period = frame.period
    happening = .lost
    alert = nil
    (label, place) = (nil, nil)
    rule = "no data"
    owner = frame.owner
    severity = frame.severity
    previous = nil
    link = frame.link()
    let names = groups.count == 1 ? series.map { "\($0.label) in \($0.place)" } : groups
    headline =
      series.isEmpty
      ? "\(group): \(NumberText.counted(lost.count, "open alert")) without a figure for \(frame.period)"
      : "\(group): no figure for \(frame.period) of \(NumberText.grouped(series.count)) series"
    subject = AlertMessage.subject("no data", "\(group), \(frame.period)", frame.severity)
    sentences =
      (groups.count > 1 ? ["So much at once is a delivery that did not come, or came in part: ask for it."] : [])
      + (names.isEmpty ? [] : ["Missing: \(SentenceText.stopped(ListText.abridged(names, most: 40)))"]) + [
        "A missing figure is not zero and not a fall: nothing was judged of it, and an open alert stays as it is until there is one. A series that is no longer in the data may have been renamed: then end its alert by hand."
      ]
    facts = nil
    entries = lost
    answers = [frame.command("list")]
  }

  /// That messages arrive: of no alert.
  public init(testAt now: Moment) {
    version = 1
    key = "test-\(now.seconds)"
    thread = key
    madeAt = now
    period = String(now.text.prefix(10))
    happening = nil
    alert = nil
    (label, place) = (nil, nil)
    rule = "test"
    owner = nil
    severity = .low
    previous = nil
    link = nil
    headline = "A test: messages of Horizon arrive here"
    subject = AlertMessage.subject("test", "messages of Horizon arrive here", .low)
    sentences = ["Somebody tries the ways to people. Nothing was judged, and there is nothing to do."]
    facts = nil
    entries = []
    answers = []
  }

  private static func subject(_ word: String, _ text: String, _ severity: AlertConfiguration.Severity) -> String {
    "[\(word)] \(severity == .high ? "High: " : "")\(text)"
  }

  private static func headline(_ happening: Happening, _ what: String, _ facts: AlertFacts?) -> String {
    guard let facts, let observed = facts.observed, let expected = facts.expected else {
      return "\(what): \(happening.word)"
    }
    let when = facts.onset == facts.last ? facts.onset : "\(facts.onset) to \(facts.last)"
    let part = facts.judged.map { " in the \($0) judged" } ?? ""
    return "\(what), \(when): \(number(observed)) recorded, \(number(expected)) expected\(part) (\(happening.word))"
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
