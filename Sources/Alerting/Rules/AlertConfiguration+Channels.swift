import Diagnostics

extension AlertConfiguration {
  /// The channels as they send; those of kind stdout are the caller's.
  ///
  /// - Throws: ``HorizonError`` (cannotWrite) for a folder that cannot be made.
  public func open(stdout: (String) -> any AlertChannel) throws -> [any AlertChannel] {
    try channels.map { channel -> any AlertChannel in
      switch channel.kind {
      case .folder(let path): try FolderChannel(path, name: channel.name)
      case .stdout: stdout(channel.name)
      case .atom(let path): AtomChannel(name: channel.name, path: path)
      case .webhook(let url, let secret, let allowsPrivate):
        WebhookChannel(name: channel.name, url: url, secret: secret, allowsPrivate: allowsPrivate)
      case .alertmanager(let url, let allowsPrivate):
        AlertmanagerChannel(name: channel.name, url: url, allowsPrivate: allowsPrivate)
      case .mail(let from, let to, let program):
        MailChannel(name: channel.name, from: from, to: to, program: program)
      }
    }
  }
}
