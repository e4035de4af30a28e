/// One file of a simulated dataset.
public struct SimulatedFile: Hashable, Sendable {
  /// Path below the folder of the dataset, with `/` between folders.
  public let path: String
  /// Its whole text, as UTF-8 with `\n` at line ends.
  public let text: String
}
