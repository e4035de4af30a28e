import Diagnostics
import Foundation
internal import GRDB
import Hashing
import Tables
import TimeSeries

/// A rule's part of a run.
public struct AlertRound: Sendable {
  /// Name of the rule.
  public var rule: String
  /// What the detector says under it.
  public var survey: AlertSurvey
  /// How it tells.
  public var policy = AlertPolicy()
  /// Names of its channels.
  public var channels: [String] = []
  /// Whether it tells at most one message.
  public var isDigest = false
  /// Who answers for it.
  public var owner: String?
  /// How much its messages matter.
  public var severity = AlertConfiguration.Severity.medium
  /// Series it is about; nil for all.
  public var selects: (@Sendable (SeriesKey) -> Bool)?
  /// Shapes that open an alert; empty for all.
  public var shapes: [String] = []

  /// A rule about every series.
  public init(_ rule: String, _ survey: AlertSurvey, channels: [String] = []) {
    self.rule = rule
    self.survey = survey
    self.channels = channels
  }

  /// Series that it judged, totals among them.
  public var judged: Int { survey.tested { selects?($0) ?? true } }

  /// Series that may fire.
  var openings: [SeriesKey] {
    survey.openings.filter { key in
      (selects?(key) ?? true) && (shapes.isEmpty || survey.shape(key).map(shapes.contains) ?? false)
    }
  }
}

/// A run: takes the verdicts of a survey into the state and puts what people are to be told into the outbox, in one
/// transaction. Sending is ``Outbox``'s, after it.
public struct AlertRun: Sendable {
  /// Name of the configuration, which the state belongs to.
  public var configuration = "default"
  /// More messages of a rule than this at once are told as one digest.
  public var most = 20
  /// When messages wait; nil for never.
  public var quietHours: QuietHours?
  /// Where missing figures are told; nil for in the heartbeat alone.
  public var noData: AlertConfiguration.NoDataRoute?
  /// Address under which the pack is read, for links.
  public var pack: String?
  /// Of the program, for the log.
  public var version = ""
  /// Path of the state as commands name it, where that is not the file of the run: of a trial nothing is kept.
  public var statePath: String?
  /// Of what the run saw, by which the next knows that nothing is new; nil for unknown.
  public var fingerprint: RunFingerprint?
  private let store: AlertStore
  private let now: Moment

  /// A run over a state file at a moment.
  public init(_ store: AlertStore, at now: Moment) {
    self.store = store
    self.now = now
  }

  /// What a run came to.
  public struct Outcome: Sendable {
    /// What is told, in the order of alerts; a digest stands for its alerts.
    public var messages: [AlertMessage] = []
    /// The same, each alert of a digest by itself.
    public var apart: [AlertMessage] = []
    /// Alerts that fired.
    public var fired = 0
    /// Alerts that are open after it, firing, taken on, snoozed or without figures.
    public var open = 0
    /// What a careful reader must know of the run.
    public var warnings: [String] = []
    /// Open alerts that the run found without a figure.
    var lost: [(record: AlertRecord, name: (label: String, place: String))] = []
  }

  /// What earlier runs leave to the detector.
  public struct Memory: Sendable {
    /// First period of an open alert's episode; nil where none is open.
    public let earliest: Period?
    /// Series on which an alert is open.
    public let open: Set<SeriesKey>
    /// Levels that people declared normal.
    public let rebased: [(series: SeriesKey, start: Period)]
  }

  /// What earlier runs leave to the detector of a panel of this frequency.
  ///
  /// - Throws: ``HorizonError`` (data) where the state is of another frequency.
  public static func memory(_ store: AlertStore, frequency: Frequency) throws -> Memory {
    try store.read { database in
      try check(database, "frequency", frequency.rawValue, store.path)
      let rows = try Row.fetchAll(database, sql: "SELECT area, measure, start FROM rebase ORDER BY id")
      let open = try AlertRecord.all(database).filter { $0.state.phase.isOpen }
      return Memory(
        earliest: open.compactMap { $0.state.mark?.opened }.min(), open: Set(open.map(\.key.series)),
        rebased: rows.map {
          (SeriesKey(area: $0[0], measure: $0[1]), Period(frequency: frequency, ordinal: $0[2]))
        })
    }
  }

  private static func check(_ database: Database, _ name: String, _ value: String, _ path: String) throws {
    let known = try String.fetchOne(database, sql: "SELECT value FROM setting WHERE name = ?", arguments: [name])
    guard known == nil || known == value else {
      throw HorizonError(
        .data, "this state belongs to the \(name) \(known ?? ""), and the run has \(value)", at: .init(file: path),
        remedy: name == "configuration"
          ? "Give each a state file of its own, or go on with this one by `name: \(known ?? "")` in the configuration"
          : "Give each \(name) a state file of its own")
    }
  }

  /// Takes the verdicts of every rule, in one transaction.
  ///
  /// - Parameters:
  ///   - isDry: whether nothing is kept.
  ///   - names: measure and place of a series as people see them.
  /// - Throws: ``HorizonError``: data for a state of another configuration or frequency and for data that end before those of
  ///   an earlier run; cannotWrite; tryLater.
  public func take(
    _ rounds: [AlertRound], quietPeriods: Int, isDry: Bool = false,
    names: (SeriesKey) -> (label: String, place: String),
    through point: (RunPoint) throws -> Void = { _ in }
  ) throws -> Outcome {
    guard let survey = rounds.first?.survey else { return Outcome() }
    try point(.judged)
    let outcome = try store.write(keep: !isDry) { database in
      var outcome = try begin(database, survey)
      let isFirstRun = try Int.fetchOne(database, sql: "SELECT count(*) FROM run") == 0
      let context = AlertContext(now: now, period: survey.period, isFirstRun: isFirstRun)
      for round in rounds { try take(database, round, context, quietPeriods, names, &outcome) }
      try tellMissing(database, rounds, names, &outcome)
      try end(database, rounds, survey, &outcome)
      try point(.written)
      return outcome
    }
    try point(.committed)
    return outcome
  }

  /// Checks that the state is of these data.
  private func begin(_ database: Database, _ survey: AlertSurvey) throws -> Outcome {
    let frequency = survey.period.frequency
    try AlertRun.check(database, "configuration", configuration, store.path)
    try AlertRun.check(database, "frequency", frequency.rawValue, store.path)
    let last = try Row.fetchOne(database, sql: "SELECT max(period), max(at) FROM run")
    if let latest: Int = last?[0], latest > survey.period.ordinal {
      let words = PeriodText(frequency: frequency)
      throw HorizonError(
        .data,
        "the data end in \(words.label(survey.period)), and an earlier run had \(words.label(Period(frequency: frequency, ordinal: latest)))",
        remedy: "Give the newer data, or replay into a new state file")
    }
    var outcome = Outcome()
    if let seconds: Int = last?[1], seconds > now.seconds {
      outcome.warnings.append("the clock has gone back: the last run was at \(Moment(seconds: seconds).text)")
    }
    return outcome
  }

  private func take(
    _ database: Database, _ round: AlertRound, _ context: AlertContext, _ quietPeriods: Int,
    _ names: (SeriesKey) -> (label: String, place: String), _ outcome: inout Outcome
  ) throws {
    let survey = round.survey
    let records = try AlertRecord.all(database).filter { $0.key.rule == round.rule }
    let known = Dictionary(records.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    let live = records.filter { $0.state.phase.isOpen || $0.state.isStanding }.map(\.key)
    let keys = Set(live + round.openings.map { AlertKey(rule: round.rule, series: $0) }).sorted()
    var common = frame(survey)
    (common.owner, common.severity) = (round.owner, round.severity)
    var messages: [AlertMessage] = []
    for key in keys {
      let name = names(key.series)
      var record =
        try known[key]
        ?? AlertRecord(id: key.id(), key: key, state: AlertState(), headline: "", changed: now, terms: nil)
      let verdict = survey.verdict(key.series, known: record.state.mark)
      let (state, transitions) = record.state.taking(verdict, context, round.policy, judgedFrom: survey.judgedFrom)
      guard state != record.state || !transitions.isEmpty else { continue }
      let facts =
        transitions.contains { $0.happening.isTold }
        ? survey.facts(key.series, label: name.label, place: name.place, quietPeriods: quietPeriods) : nil
      let before = record
      // A receiver that sorts by names and severity must know an end for that of the episode that it was told of.
      if record.terms == nil || state.episode != before.state.episode {
        record.terms = AlertTerms(label: name.label, place: name.place)
        record.terms?.severity = round.severity
      }
      record.terms?.owner = round.owner
      record.terms?.channels = round.channels
      record.state = state
      record.changed = now
      var told: [AlertMessage] = []
      for transition in transitions where transition.happening.isTold {
        let isEarlier = transition.episode == before.state.episode
        let terms = (isEarlier ? before.terms : nil) ?? record.terms ?? AlertTerms(key.series)
        var frame = common
        frame.severity = terms.severity
        told.append(
          try AlertMessage(
            key, transition, facts: facts, frame, previous: AlertRun.previous(transition.happening, before, survey),
            names: (terms.label, terms.place)))
      }
      if let headline = told.last?.headline { record.headline = headline }
      try record.save(database)
      for transition in transitions {
        try AlertEvent(
          alert: record.id, episode: transition.episode, sequence: transition.sequence,
          happening: transition.happening, at: now, author: nil, reason: nil
        ).save(database, period: survey.period)
      }
      outcome.fired += transitions.count { $0.happening == .fired }
      if transitions.contains(where: { $0.happening == .lost }), !survey.hasFigure(key.series) {
        outcome.lost.append((record, name))
      }
      messages += told
    }
    let due = quietHours?.due(now) ?? now
    outcome.apart += messages
    for message in try digested(messages, round, common) {
      try AlertRun.post(database, message, to: round.channels, due: due)
      outcome.messages.append(message)
    }
  }

  /// What was told before: of the last episode where another begins, and of this one where nothing is left of it.
  private static func previous(_ happening: Happening, _ record: AlertRecord, _ survey: AlertSurvey) -> String? {
    guard let finding = record.finding else { return nil }
    switch happening {
    case .fired, .adopted: return "Last time: \(finding)."
    case .withdrawn:
      let now = record.state.mark.flatMap { survey.figure(record.key.series, of: $0.last) }
      return (["What had been told: \(finding)."] + [now].compactMap(\.self)).joined(separator: " ")
    default: return nil
    }
  }

  private func frame(_ survey: AlertSurvey) -> AlertMessage.Frame {
    var frame = AlertMessage.Frame(now: now, period: PeriodText.label(of: survey.period))
    frame.pack = pack
    frame.state = statePath.map { URL(fileURLWithPath: $0).lastPathComponent } ?? store.fileName
    return frame
  }

  /// More groups than these without figures at once are told in one message.
  private static let mostGroups = 5

  /// Tells, group by group and once a period, what the data have no figure of: series that had one before, and open alerts.
  private func tellMissing(
    _ database: Database, _ rounds: [AlertRound], _ names: (SeriesKey) -> (label: String, place: String),
    _ outcome: inout Outcome
  ) throws {
    guard let route = noData, let survey = rounds.first?.survey else { return }
    func group(_ name: (label: String, place: String)) -> String {
      switch route.grouping {
      case .area: name.place
      case .measure: name.label
      case .all: "All figures"
      }
    }
    let stopped = Dictionary(grouping: survey.stopped.map(names), by: group)
    let lost = Dictionary(grouping: outcome.lost, by: { group($0.name) })
    let channels = route.channels.isEmpty ? Set(rounds.flatMap(\.channels)).sorted() : route.channels
    let frame = frame(survey)
    let groups = Set(stopped.keys).union(lost.keys).sorted()
    var fresh: [(group: String, message: AlertMessage)] = []
    for group in groups {
      let entries = (lost[group] ?? []).map { lost in
        AlertMessage.Entry(
          alert: lost.record.id, happening: .lost,
          headline: "\(lost.name.label) in \(lost.name.place) has an open alert", label: lost.name.label,
          place: lost.name.place)
      }
      let key = try SHA256.hexadecimal(of: Array("\(configuration)\n\(group)\n\(survey.period.ordinal)".utf8)).prefix(
        16)
      let message = AlertMessage(
        missing: stopped[group] ?? [], lost: entries, group: group, key: "no-data-\(key)", frame)
      let isKnown = try Bool.fetchOne(
        database, sql: "SELECT EXISTS (SELECT * FROM message WHERE key = ?)", arguments: [message.key])
      if isKnown != true { fresh.append((group, message)) }
    }
    var told = fresh.map(\.message)
    if fresh.count > AlertRun.mostGroups {
      // A delivery that did not come: told once, and each group is known to have been told.
      for message in told { try AlertRun.post(database, message, to: []) }
      let names = fresh.flatMap { stopped[$0.group] ?? [] }
      let key = try SHA256.hexadecimal(of: told.flatMap { Array("\($0.key)\n".utf8) }).prefix(16)
      told = [
        AlertMessage(
          missing: names, lost: told.flatMap(\.entries), groups: fresh.map(\.group), key: "no-data-\(key)", frame)
      ]
    }
    for message in told { try AlertRun.post(database, message, to: channels, due: quietHours?.due(now)) }
    outcome.messages += told
    outcome.apart += told
  }

  private func end(
    _ database: Database, _ rounds: [AlertRound], _ survey: AlertSurvey, _ outcome: inout Outcome
  ) throws {
    outcome.open =
      try Int.fetchOne(database, sql: "SELECT count(*) FROM alert WHERE phase NOT IN ('resolved', 'pending')") ?? 0
    for (name, value) in [
      ("configuration", configuration), ("frequency", survey.period.frequency.rawValue),
      ("channels", Set(rounds.flatMap(\.channels)).sorted().joined(separator: "\n")),
      ("fingerprint", fingerprint?.text ?? ""), ("pack", pack ?? ""), ("steps", try AlertRun.steps(database)),
      ("judged", "\(survey.judged)"), ("unjudged", "\(survey.unjudged.count)"),
    ] {
      try database.execute(sql: "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", arguments: [name, value])
    }
    try AlertStore.forgetFailure(database)
    try database.execute(
      sql: "INSERT INTO run (at, period, judged, unjudged, fired, horizon_version) VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [
        now.seconds, survey.period.ordinal, survey.judged, survey.unjudged.count, outcome.fired, version,
      ])
  }

  /// The last step of any alert's history: what people did after a run lies beyond it.
  private static func steps(_ database: Database) throws -> String {
    "\(try Int.fetchOne(database, sql: "SELECT max(id) FROM event") ?? 0)"
  }

  /// Ends a run that can see nothing new, without a look at the data: the inputs, rules and program are those of the last run,
  /// nobody has acted since, and no snooze or interval of a reminder is over.
  ///
  /// - Returns: the heartbeat's figures; nil where the data must be looked at.
  public func passUnchanged(_ policies: [AlertPolicy]) throws -> Heartbeat? {
    guard let fingerprint else { return nil }
    return try store.write { database in
      let settings = Dictionary(
        uniqueKeysWithValues: try Row.fetchAll(database, sql: "SELECT name, value FROM setting").map {
          ($0[0] as String, $0[1] as String)
        })
      guard settings["fingerprint"] == fingerprint.text, settings["configuration"] == configuration,
        settings["steps"] == (try AlertRun.steps(database)), let judged = settings["judged"].flatMap({ Int($0) }),
        let unjudged = settings["unjudged"].flatMap({ Int($0) }),
        let frequency = settings["frequency"].flatMap(Frequency.init(rawValue:)),
        let last = try Row.fetchOne(database, sql: "SELECT at, period FROM run ORDER BY id DESC LIMIT 1"),
        (last[0] as Int) <= now.seconds
      else { return nil }
      let alerts = try AlertRecord.all(database)
      let shortest = policies.compactMap(\.reminder).min()
      let isDue = alerts.contains { record in
        switch record.state.standing {
        case .snoozed: record.state.until.map { $0 <= now } ?? true
        case .firing: shortest.flatMap { days in record.state.toldAt.map { now.seconds - $0.seconds >= days } } ?? false
        case .pending, .acknowledged, .resolved, .noData: false
        }
      }
      guard !isDue else { return nil }
      let period: Int = last[1]
      try database.execute(
        sql: "INSERT INTO run (at, period, judged, unjudged, fired, horizon_version) VALUES (?, ?, ?, ?, 0, ?)",
        arguments: [now.seconds, period, judged, unjudged, version])
      try AlertStore.forgetFailure(database)
      return Heartbeat(
        at: now, period: PeriodText.label(of: Period(frequency: frequency, ordinal: period)), judged: judged,
        unjudged: unjudged, fired: 0, open: alerts.count { $0.state.phase.isOpen && $0.state.phase != .pending },
        waiting: 0)
    }
  }

  /// What was open before alerts were kept as one message, and everything as one where it is too much.
  private func digested(
    _ messages: [AlertMessage], _ round: AlertRound, _ frame: AlertMessage.Frame
  ) throws -> [AlertMessage] {
    func digest(_ part: [AlertMessage]) throws -> AlertMessage {
      let keys = part.flatMap { Array("\($0.key)\n".utf8) }
      return AlertMessage(
        digest: part, isMany: part.count > most, key: "digest-\(try SHA256.hexadecimal(of: keys).prefix(16))",
        rule: round.rule, frame)
    }
    if messages.count > (round.isDigest ? 1 : most) { return [try digest(messages)] }
    let adopted = messages.filter { $0.happening == .adopted }
    guard adopted.count > 1 else { return messages }
    return [try digest(adopted)] + messages.filter { $0.happening != .adopted }
  }

  /// Puts a message into the outbox.
  ///
  /// - Returns: whether it is new; one that was put there before stays as it was.
  @discardableResult
  static func post(
    _ database: Database, _ message: AlertMessage, to channels: [String], due: Moment? = nil
  ) throws -> Bool {
    let body = String(decoding: try CanonicalJSON.document(message), as: UTF8.self)
    try database.execute(
      sql: "INSERT INTO message (key, at, body) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING",
      arguments: [message.key, message.madeAt.seconds, body])
    guard database.changesCount > 0 else { return false }
    for channel in channels {
      try database.execute(
        sql: """
          INSERT INTO outbox (message, channel, state, attempts, due) VALUES (?, ?, 'waiting', 0, ?)
          ON CONFLICT (message, channel) DO NOTHING
          """, arguments: [message.key, channel, (due ?? message.madeAt).seconds])
    }
    return true
  }
}
