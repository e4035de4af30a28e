import Alerting
import ArgumentParser
import Diagnostics
import Foundation
import Tables

/// `horizon alert test-channels`: whether messages would arrive.
struct AlertTestChannelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test-channels", abstract: "Sends a message marked as a test through every channel.",
    discussion: """
      Reads no data, and keeps nothing. Exits 69 where a channel does not take it. Run it as the user of the runs.

      Example: horizon alert test-channels --folder messages
      """)
  @OptionGroup var ways: AlertWayOptions

  func validate() throws {
    guard ways.isGiven else { throw ValidationError("Name the --config, --folder or --stdout of the runs.") }
  }

  func run() throws {
    let message = AlertMessage(testAt: Moment(seconds: Int(Date().timeIntervalSince1970)))
    let delivery = Delivery(key: message.key, body: try CanonicalJSON.document(message))
    var failures: [String: String] = [:]
    for channel in try ways.open(try ways.configuration()) {
      do {
        try channel.send(delivery)
        Console.note("The channel \(channel.name) took it.", quiet: false)
      } catch {
        failures[channel.name] = error.reason
      }
    }
    try Undelivered.report(failures, waits: false)
  }
}
