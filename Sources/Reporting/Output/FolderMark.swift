import Foundation
import Hashing

/// The mark of a folder of charts: what ``OutputFolder`` looks for before it replaces one.
struct FolderMark: Encodable {
  private struct Output: Encodable {
    let path: String
    let sha256: String
  }
  private let horizonVersion: String
  private let outputs: [Output]

  /// The mark of a folder that holds these files beside it. `version` is Horizon's own.
  init(_ files: [OutputFile], version: String) throws {
    horizonVersion = version
    outputs = try files.map { Output(path: $0.path, sha256: try SHA256.hexadecimal(of: $0.contents)) }
  }

  /// The mark as a file of its folder.
  func file() throws -> OutputFile {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return OutputFile(path: OutputFolder.manifestName, contents: Array(try encoder.encode(self)) + [10])
  }
}
