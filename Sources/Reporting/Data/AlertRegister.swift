/// Alerts as a pack shows them: what the state of `horizon alert` held when it was read.
public struct AlertRegister: Sendable {
  /// A step of an alert's history.
  public struct Step: Sendable, Hashable {
    /// When, in universal time.
    public let at: String
    /// What happened.
    public let what: String
    /// Who did it; nil for a run.
    public let author: String?
    /// Why; nil for a run.
    public let reason: String?

    /// A step.
    public init(at: String, what: String, author: String?, reason: String?) {
      (self.at, self.what, self.author, self.reason) = (at, what, author, reason)
    }
  }

  /// An alert.
  public struct Alert: Sendable, Hashable {
    /// Its identifier on the command line.
    public let id: String
    /// Where it stands: firing, acknowledged, snoozed until, no data, resolved.
    public let standing: String
    /// Whether its episode goes on.
    public let isOpen: Bool
    /// Its latest finding in one line.
    public let finding: String
    /// The rule that it belongs to.
    public let rule: String
    /// Oldest first.
    public let history: [Step]

    /// An alert.
    public init(id: String, standing: String, isOpen: Bool, finding: String, rule: String, history: [Step]) {
      (self.id, self.standing, self.isOpen) = (id, standing, isOpen)
      (self.finding, self.rule, self.history) = (finding, rule, history)
    }
  }

  /// The latest run: when it was, and the newest period that it saw; nil if there has been none.
  public let latestRun: (at: String, period: String)?
  /// Every alert, by rule and series.
  public let alerts: [Alert]

  /// A register.
  public init(latestRun: (at: String, period: String)?, alerts: [Alert]) {
    self.latestRun = latestRun
    self.alerts = alerts
  }
}
