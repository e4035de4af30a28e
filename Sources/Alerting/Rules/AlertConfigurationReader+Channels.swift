import Diagnostics
import Foundation
import ModelFiles

extension AlertConfigurationReader {
  /// Keys of each kind of channel besides name and kind.
  private static let channelKeys: [String: [String]] = [
    "folder": ["path"], "stdout": [], "atom": ["path"], "alertmanager": ["url", "allow_private"],
    "webhook": ["url", "secret_file", "secret_env", "allow_private", "template"], "mail": ["from", "to", "program"],
    "smtp": ["url", "from", "to", "user", "secret_file", "secret_env", "allow_private"],
  ]

  /// Reads a channel.
  static func channel(_ value: YAMLValue) throws -> AlertConfiguration.Channel {
    let keys = Set(channelKeys.values.joined()).sorted()
    let map = try value.mapping("a channel", required: ["name", "kind"], optional: keys)
    let kind = try map.required("kind")
    let name = try kind.text("kind")
    guard let allowed = channelKeys[name] else {
      throw kind.error(
        "there is no kind of channel '\(name)'",
        remedy: "Use one of: \(channelKeys.keys.sorted().joined(separator: ", "))")
    }
    for key in keys where !allowed.contains(key) {
      if let extra = map.optional(key) {
        throw extra.error("a channel of kind \(name) has no '\(key)'", remedy: "Take it out, or check the kind")
      }
    }
    let allowsPrivate = try map.optional("allow_private")?.truth("allow_private") ?? false
    let channel: AlertConfiguration.Channel.Kind
    switch name {
    case "folder": channel = .folder(path: try map.required("path").text("path"))
    case "atom": channel = .atom(path: try map.required("path").text("path"))
    case "alertmanager":
      channel = .alertmanager(url: try url(map.required("url"), "url"), allowsPrivate: allowsPrivate)
    case "webhook":
      channel = .webhook(
        url: try url(map.required("url"), "url"), secret: try secret(map), allowsPrivate: allowsPrivate,
        template: try map.optional("template").map { try choice($0, "template") } ?? .message)
    case "mail":
      let program = try map.optional("program")?.texts("program") ?? ["/usr/sbin/sendmail", "-i", "-t"]
      guard program.first?.hasPrefix("/") ?? false else {
        throw kind.error("program must begin with a whole path", remedy: "Write [/usr/sbin/sendmail, -i, -t]")
      }
      channel = .mail(from: try address(map.required("from")), to: try addresses(map), program: program)
    case "smtp":
      let user = try map.optional("user").map { value in
        let text = try value.text("user")
        guard text.unicodeScalars.allSatisfy({ $0.value > 32 && !":\"\\".unicodeScalars.contains($0) }) else {
          throw value.error("user holds a blank, a colon or a quote", remedy: "Write the name alone")
        }
        return text
      }
      let password = try secret(map)
      guard (user == nil) == (password == nil) else {
        throw kind.error(
          "a user and a secret go together", remedy: "Give user with secret_file or secret_env, or neither")
      }
      channel = .smtp(
        url: try url(map.required("url"), "url", schemes: ["smtp", "smtps"]), from: try address(map.required("from")),
        to: try addresses(map), user: user, secret: password, allowsPrivate: allowsPrivate)
    default: channel = .stdout
    }
    return AlertConfiguration.Channel(name: try map.required("name").text("name"), kind: channel)
  }

  private static func secret(_ map: YAMLMapping) throws -> Secret? {
    if let file = map.optional("secret_file"), map.optional("secret_env") != nil {
      throw file.error("the secret stands in two places", remedy: "Keep secret_file or secret_env")
    }
    return try map.optional("secret_file").map { Secret.file(try $0.text("secret_file")) }
      ?? map.optional("secret_env").map { Secret.environment(try $0.text("secret_env")) }
  }

  private static func addresses(_ map: YAMLMapping) throws -> [String] {
    let to = try map.required("to")
    let addresses = try to.list("to").map(address)
    guard !addresses.isEmpty else { throw to.error("nobody is written to", remedy: "Add an address") }
    return addresses
  }

  private static func address(_ value: YAMLValue) throws -> String {
    let text = try value.text("an address")
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }),
      text.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 32 && !"<>,;:\"()[]\\".unicodeScalars.contains($0) })
    else { throw value.error("'\(text)' is no mail address", remedy: "Write name@example.org") }
    return text
  }
}
