import Diagnostics
import Tables
import TimeSeries

/// What a machine needs to run alerts by itself: units of systemd, a line for cron, and a page for whoever looks after it.
public struct ScheduleFiles: Sendable {
  /// How often.
  public enum Interval: String, CaseIterable, Sendable {
    /// At six every morning.
    case daily
    /// At six on Mondays.
    case weekly
    /// At six on the 20th.
    case monthly

    var calendar: String {
      switch self {
      case .daily: "*-*-* 06:00:00"
      case .weekly: "Mon *-*-* 06:00:00"
      case .monthly: "*-*-20 06:00:00"
      }
    }
    var cron: String {
      switch self {
      case .daily: "0 6 * * *"
      case .weekly: "0 6 * * 1"
      case .monthly: "0 6 20 * *"
      }
    }
  }

  private let command: [String]
  private let folders: [String]
  private let state: String
  private let user: String
  private let interval: Interval

  /// Files for a command.
  ///
  /// - Parameters:
  ///   - command: the program and its arguments, paths whole.
  ///   - folders: what it may write to: those of state, messages, feed.
  ///   - state: the state file.
  ///   - user: as whom it runs.
  /// - Throws: ``HorizonError`` (usage) for a text that no unit can hold.
  public init(command: [String], folders: [String], state: String, user: String, interval: Interval) throws {
    for text in command + folders + [state, user] where text.unicodeScalars.contains(where: { $0.value < 32 }) {
      throw HorizonError(.usage, "a path or name holds a control character", remedy: "Rename it")
    }
    guard user.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }), !user.isEmpty else {
      throw HorizonError(.usage, "'\(user)' is no user name", remedy: "Name a user of this machine")
    }
    (self.command, self.folders, self.state, self.user, self.interval) = (command, folders, state, user, interval)
  }

  /// The files.
  public var files: [OutputFile] {
    [
      OutputFile(path: "horizon-alert.service", text: service),
      OutputFile(path: "horizon-alert.timer", text: timer),
      OutputFile(path: "horizon-alert-failed.service", text: failed),
      OutputFile(path: "horizon-alert.cron", text: cron),
      OutputFile(path: "RUNBOOK.md", text: runbook),
    ]
  }

  /// A word of a unit: quoted, with what systemd would expand doubled.
  static func unitWord(_ text: String) -> String {
    var out = ""
    for character in text {
      switch character {
      case "\"", "\\": out += "\\\(character)"
      case "%": out += "%%"
      case "$": out += "$$"
      default: out.append(character)
      }
    }
    return "\"\(out)\""
  }

  /// A word of a shell's line in a crontab, where a bare % would end the command.
  static func cronWord(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''").replacing("%", with: "\\%") + "'"
  }

  private static let hardening = """
    NoNewPrivileges=yes
    ProtectSystem=strict
    ProtectHome=read-only
    PrivateTmp=yes
    PrivateDevices=yes
    PrivateMounts=yes
    ProtectClock=yes
    ProtectControlGroups=yes
    ProtectHostname=yes
    ProtectKernelLogs=yes
    ProtectKernelModules=yes
    ProtectKernelTunables=yes
    ProtectProc=invisible
    ProcSubset=pid
    RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
    RestrictNamespaces=yes
    RestrictRealtime=yes
    RestrictSUIDSGID=yes
    RemoveIPC=yes
    LockPersonality=yes
    MemoryDenyWriteExecute=yes
    SystemCallArchitectures=native
    SystemCallFilter=@system-service
    SystemCallFilter=~@privileged @resources
    SystemCallErrorNumber=EPERM
    CapabilityBoundingSet=
    AmbientCapabilities=
    UMask=0077
    """

  private var service: String {
    """
    [Unit]
    Description=Horizon alerts
    # After the last of the attempts below, or at once where another would fail too.
    OnFailure=horizon-alert-failed.service
    Wants=network-online.target
    After=network-online.target
    StartLimitIntervalSec=6h
    StartLimitBurst=5

    [Service]
    Type=oneshot
    User=\(user)
    ExecStart=\(command.map(ScheduleFiles.unitWord).joined(separator: " "))
    TimeoutStartSec=2h
    # Another run holds the state: no failure, it does the work.
    SuccessExitStatus=10 75
    # A channel that takes no messages (69) may take them later; the data, the command and the disk stay as they are.
    Restart=on-failure
    RestartSec=15min
    RestartPreventExitStatus=64 65 66 73
    ReadWritePaths=\(folders.map { ScheduleFiles.unitWord("-" + $0) }.joined(separator: " "))
    \(ScheduleFiles.hardening)

    """
  }

  private var timer: String {
    """
    [Unit]
    Description=When Horizon alerts run

    [Timer]
    OnCalendar=\(interval.calendar)
    # A run that was due while the machine was off is made up for.
    Persistent=true
    RandomizedDelaySec=10min

    [Install]
    WantedBy=timers.target

    """
  }

  private var failed: String {
    """
    [Unit]
    Description=Say that Horizon alerts failed

    [Service]
    Type=oneshot
    User=\(user)
    # Put here what reaches a person when alerts themselves do not.
    ExecStart=/usr/bin/logger -p user.err -t horizon-alert "alerts failed; see journalctl -u horizon-alert"
    \(ScheduleFiles.hardening)

    """
  }

  private var cron: String {
    """
    # Horizon alerts; cron mails what a run could not do to:
    MAILTO=root
    \(interval.cron) \(command.map(ScheduleFiles.cronWord).joined(separator: " ")) --quiet

    """
  }

  private var runbook: String {
    let alert = "runuser -u \(user) -- \(command.first ?? "horizon") alert"
    return """
      # Alerts: what to do when

      Runs \(interval.rawValue) as the user `\(user)`. State: `\(state)`. Install with

          sudo install -m 644 horizon-alert*.service horizon-alert.timer /etc/systemd/system/
          sudo systemctl daemon-reload
          sudo systemctl enable --now horizon-alert.timer

      or put the line of `horizon-alert.cron` into the crontab of `\(user)`, not both. Try it with
      `sudo systemctl start horizon-alert.service`, and the ways to people with `\(alert) test-channels --config FILE`.

      | what you see | what to do |
      |---|---|
      | the heartbeat file beside the state is old | `systemctl list-timers horizon-alert.timer`, then `journalctl -u horizon-alert` |
      | exit 65 | the data is wrong: the message has file, line and remedy; waiting messages went out all the same |
      | exit 66 | an input is not there |
      | exit 69 | a channel took no messages: they wait, and the unit tries four times more before it says that it failed |
      | exit 73 | disk full or no right to write: the state is as it was; run again |
      | exit 75 | another run works on the state; it lets go by itself, also when killed |
      | messages do not arrive | `\(alert) doctor --state \(state)`; what waits is sent by the next run or `alert send` |
      | one alert is a nuisance | `alert ack`, `alert snooze`, or `alert rebase` where its level is the new normal, with a reason |
      | a rule is a nuisance | `alert test-rule --config`: lower `false_alarms` or raise `minimum_excess`, then look again |
      | a state of a later version | use that version of Horizon, or restore the copy made before it |

      Copy the state with `sqlite3 \(state) ".backup copy.sqlite"` (package sqlite3), not with cp, while runs may write. A
      state that is lost is made again by the next run, which tells everything that is open in one message.

      The unit may write nowhere but to the folders that it names, and gains no rights: the `sendmail` of Postfix and of Exim,
      which must change user, cannot work in it. Send to the mail server instead, with a channel such as
      `{name: mail, kind: smtp, url: "smtp://127.0.0.1:25", allow_private: true, from: ..., to: [...]}` (needs curl), or through
      msmtp: `{kind: mail, program: [/usr/bin/msmtp, -t], ...}`.

      """
  }
}
