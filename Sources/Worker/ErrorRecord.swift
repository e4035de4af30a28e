import Diagnostics
import Foundation

/// An error for programs to read: as the worker answers with it, and as the command line prints it where the environment variable
/// `HORIZON_ERRORS` is `json`.
public struct ErrorRecord: Codable, Equatable, Sendable {
  /// `usage`, `data`, `no-input`, `cannot-write` or `try-later`.
  public let kind: String
  /// What is wrong.
  public let message: String
  /// What to do about it.
  public let remedy: String?
  /// The file it is in.
  public let file: String?
  /// Of a workbook its sheet.
  public let sheet: String?
  /// Line, from 1.
  public let line: Int?
  /// Column, from 1.
  public let column: Int?

  /// The record of an error.
  public init(_ error: HorizonError) {
    kind =
      switch error.kind {
      case .usage: "usage"
      case .data: "data"
      case .noInput: "no-input"
      case .cannotWrite: "cannot-write"
      case .tryLater: "try-later"
      }
    message = error.message
    remedy = error.remedy
    file = error.location?.file
    sheet = error.location?.sheet
    line = error.location?.line
    column = error.location?.column
  }

  /// The record as one line of JSON.
  public var json: [UInt8] { JSONText.bytes(self) }
}

/// JSON of values that have no floating-point numbers but finite ones, and so always have a text.
enum JSONText {
  static func bytes(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(value)).map(Array.init) ?? Array("{}".utf8)
  }
}
