import Diagnostics
import Foundation
import Tables

/// What a channel is handed: the message as its receivers know it again, and its JSON.
public struct Delivery: Hashable, Sendable {
  /// Names the message: the same at every attempt.
  public let key: String
  /// JSON of ``AlertMessage``, canonical.
  public let body: [UInt8]

  /// A message by its key.
  public init(key: String, body: [UInt8]) {
    self.key = key
    self.body = body
  }
}

/// Why a message did not go out.
public enum DeliveryFailure: Error, Hashable, Sendable {
  /// It may go out later.
  case later(String)
  /// The receiver will never take it.
  case refused(String)

  /// In words.
  public var reason: String {
    switch self {
    case .later(let reason), .refused(let reason): reason
    }
  }
}

/// A way to people. It may be handed the same message twice (after a crash), with the same key.
public protocol AlertChannel: Sendable {
  /// Its name in the state and in the configuration.
  var name: String { get }
  /// Hands a message over.
  func send(_ delivery: Delivery) throws(DeliveryFailure)
}

/// A folder with a JSON file a message, each written whole, named by its key so that a repeat replaces itself.
public struct FolderChannel: AlertChannel {
  /// Its name.
  public let name: String
  private let path: String

  /// The folder, made when it is first needed.
  public init(_ path: String, name: String = "folder") {
    self.name = name
    self.path = path
  }

  /// Makes the folder if it is not there.
  ///
  /// - Throws: ``HorizonError`` (cannotWrite; usage for a blank path).
  public func prepare() throws {
    guard !path.isEmpty else { throw HorizonError(.usage, "--folder is blank", remedy: "Name a folder for messages") }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw HorizonError(
        .cannotWrite, "cannot make the folder \(path)",
        remedy: "Name one that \(NSUserName()) may write to, or make it for that user")
    }
  }

  /// Writes the file.
  public func send(_ delivery: Delivery) throws(DeliveryFailure) {
    do {
      try prepare()
      try WholeFile.write(delivery.body, to: (path as NSString).appendingPathComponent("\(delivery.key).json"))
    } catch {
      throw .later("\(error)")
    }
  }
}
