/// A file of a pack or export, rendered but not yet written.
public struct OutputFile: Sendable, Equatable {
  /// Path relative to the output folder, with forward slashes.
  public let path: String
  /// Its bytes.
  public let contents: [UInt8]

  /// A file of these bytes.
  public init(path: String, contents: [UInt8]) {
    self.path = path
    self.contents = contents
  }

  /// A text file, UTF-8.
  public init(path: String, text: String) {
    self.init(path: path, contents: Array(text.utf8))
  }
}
