import Diagnostics

extension AlertConfiguration {
  /// The channels as they send; those of kind stdout are the caller's. None is tried: one that cannot send holds up no other.
  public func open(stdout: (String) -> any AlertChannel) -> [any AlertChannel] {
    channels.map { channel -> any AlertChannel in
      switch channel.kind {
      case .folder(let path): FolderChannel(path, name: channel.name)
      case .stdout: stdout(channel.name)
      case .atom(let path): AtomChannel(name: channel.name, path: path)
      case .webhook(let url, let secret, let allowsPrivate, let template):
        WebhookChannel(
          name: channel.name, url: url, secret: secret, allowsPrivate: allowsPrivate, template: template)
      case .alertmanager(let url, let allowsPrivate):
        AlertmanagerChannel(name: channel.name, url: url, allowsPrivate: allowsPrivate)
      case .mail(let from, let to, let program):
        MailChannel(name: channel.name, from: from, to: to, program: program)
      case .smtp(let url, let from, let to, let user, let secret, let allowsPrivate):
        SMTPChannel(
          name: channel.name, url: url, from: from, to: to, user: user, secret: secret, allowsPrivate: allowsPrivate)
      }
    }
  }
}
