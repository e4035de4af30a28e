import ExceptionDetection
import TimeSeries

/// What an analyst says of alerts: rules, and ways to people.
public struct AlertConfiguration: Hashable, Sendable {
  /// What to tell, and to whom.
  public struct Rule: Hashable, Sendable {
    /// Its name: part of every alert's identity.
    public var name: String
    /// Areas it is about; empty for all, and the total of all areas.
    public var areas: [String] = []
    /// Measures it is about, by name or label; empty for all.
    public var measures: [String] = []
    /// What counts as an exception, besides ``falseAlarms``.
    public var exception: ExceptionRule
    /// False alarms a year that 100 series of it may give: what its threshold is made of (``FalseAlarmBudget``).
    public var falseAlarms = FalseAlarmBudget.usual
    /// How much its messages matter.
    public var severity = Severity.medium
    /// Shapes that open an alert; empty for all.
    public var shapes: [String] = []
    /// How it tells.
    public var policy = AlertPolicy()
    /// Names of channels; empty for all.
    public var channels: [String] = []
    /// Whether each run tells at most one message.
    public var isDigest = false
    /// Who answers for it.
    public var owner: String?

    /// A rule about everything.
    public init(
      name: String, exception: ExceptionRule = ExceptionRule(minimumExcessShare: FalseAlarmBudget.usualExcessShare)
    ) {
      self.name = name
      self.exception = exception
    }
  }

  /// How much a message matters to whoever reads it: in its subject, and a label for receivers that sort by it.
  public enum Severity: String, CaseIterable, Hashable, Sendable, Codable { case low, medium, high }

  /// Where it is told that figures are missing, apart from the alerts.
  public struct NoDataRoute: Hashable, Sendable {
    /// What is told together: a message each.
    public enum Grouping: String, CaseIterable, Hashable, Sendable { case area, measure, all }
    /// Names of channels; empty for all.
    public var channels: [String] = []
    /// What is told together.
    public var grouping = Grouping.area

    /// To all channels, by area.
    public init() {}
  }

  /// What a webhook's receiver is posted.
  public enum Template: String, CaseIterable, Hashable, Sendable {
    /// The message itself, by its schema.
    case message
    /// An adaptive card, as Microsoft Teams and its workflows take it.
    case teams
    /// Text with light markup, as Slack and Mattermost take it.
    case slack
  }

  /// A way to people, and how it is reached.
  public struct Channel: Hashable, Sendable {
    /// What it is.
    public enum Kind: Hashable, Sendable {
      /// A folder of JSON files.
      case folder(path: String)
      /// Standard output.
      case stdout
      /// An Atom feed in a file.
      case atom(path: String)
      /// A JSON POST.
      case webhook(url: String, secret: Secret?, allowsPrivate: Bool, template: Template)
      /// Prometheus Alertmanager's API, version 2.
      case alertmanager(url: String, allowsPrivate: Bool)
      /// Mail through a program that takes it on standard input.
      case mail(from: String, to: [String], program: [String])
      /// Mail handed to a server.
      case smtp(url: String, from: String, to: [String], user: String?, secret: Secret?, allowsPrivate: Bool)
    }
    /// Its name in rules and in the state.
    public var name: String
    /// What it is.
    public var kind: Kind

    /// A channel.
    public init(name: String, kind: Kind) {
      self.name = name
      self.kind = kind
    }

    /// The same with its paths, and those of its secrets, as `whole` makes them.
    func with(paths whole: (String) -> String) -> Channel {
      func secret(_ secret: Secret?) -> Secret? {
        guard case .file(let path) = secret else { return secret }
        return .file(whole(path))
      }
      switch kind {
      case .folder(let path): return Channel(name: name, kind: .folder(path: whole(path)))
      case .atom(let path): return Channel(name: name, kind: .atom(path: whole(path)))
      case .webhook(let url, let key, let allowsPrivate, let template):
        return Channel(
          name: name,
          kind: .webhook(url: url, secret: secret(key), allowsPrivate: allowsPrivate, template: template))
      case .smtp(let url, let from, let to, let user, let key, let allowsPrivate):
        return Channel(
          name: name,
          kind: .smtp(url: url, from: from, to: to, user: user, secret: secret(key), allowsPrivate: allowsPrivate))
      case .stdout, .alertmanager, .mail: return self
      }
    }
  }

  /// Name: a state file belongs to one.
  public var name: String
  /// In file order.
  public var rules: [Rule]
  /// In file order.
  public var channels: [Channel]
  /// More messages of a rule than this at once are one digest.
  public var most = 20
  /// When messages wait; nil for never.
  public var quietHours: QuietHours?
  /// Where missing figures are told; nil for in the heartbeat alone.
  public var noData: NoDataRoute?
  /// Address under which the pack is read, for links; nil for no links.
  public var pack: String?

  /// What holds where nobody has written one: every exception of the usual budget, and what figures are missing.
  public static var usual: AlertConfiguration {
    var configuration = AlertConfiguration(name: "default", rules: [Rule(name: "exceptions")], channels: [])
    configuration.noData = NoDataRoute()
    return configuration
  }

  /// A configuration without quiet hours.
  public init(name: String, rules: [Rule], channels: [Channel]) {
    self.name = name
    self.rules = rules
    self.channels = channels
  }
}

/// Hours of the day, in universal time, in which messages wait for the end of them.
public struct QuietHours: Hashable, Sendable {
  /// Seconds after midnight at which they begin and end; an end before the beginning is on the next day.
  public let from: Int
  /// See ``from``.
  public let to: Int

  /// Quiet hours.
  public init(from: Int, to: Int) {
    self.from = from
    self.to = to
  }

  /// When a message of this moment may go out: at once, or at the end of the quiet hours.
  public func due(_ moment: Moment) -> Moment {
    let midnight = moment.day.daysSinceEpoch * 86_400
    let time = moment.seconds - midnight
    let isQuiet = from <= to ? time >= from && time < to : time >= from || time < to
    guard isQuiet else { return moment }
    return Moment(seconds: midnight + to + (time >= to ? 86_400 : 0))
  }
}
