import Hashing

/// The smallest `manifest.json`: by which ``FolderMark`` knows a folder again, and what belongs to it.
public struct FolderManifest: Encodable, Sendable {
  private struct Output: Encodable {
    let path: String
    let sha256: String
  }
  private let horizonVersion: String
  private let outputs: [Output]

  /// The manifest of a folder that holds these files beside it. `version` is Horizon's own.
  public init(_ files: [OutputFile], version: String) throws {
    horizonVersion = version
    outputs = try files.map { Output(path: $0.path, sha256: try SHA256.hexadecimal(of: $0.contents)) }
  }

  /// The manifest as a file of its folder.
  public func file() throws -> OutputFile {
    OutputFile(path: FolderMark.manifestName, contents: try CanonicalJSON.document(self))
  }
}
