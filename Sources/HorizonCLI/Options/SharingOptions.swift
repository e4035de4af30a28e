import ArgumentParser
import CommunitySafety
import Diagnostics
import Ingest

extension SourceRegister.Audience: ExpressibleByArgument {}

/// Whose data is read, and for whom outputs are made.
struct SharingOptions: ParsableArguments {
  @Option(help: "Register of sources (YAML) to use instead of the built-in one.")
  var sources: String?

  @Option(help: "For whom the output is; a source that this audience may not see is refused.")
  var audience: SourceRegister.Audience = .partners

  /// The data, with a note on files that are in no register.
  ///
  /// - Throws: `HorizonError` of kind data if the audience may not see a source.
  func checked(_ data: IngestedData, register: SourceRegister) throws -> IngestedData {
    let layout = data.kind.rawValue
    try register.check(files: data.sources.map(\.name), layout: layout, audience: audience)
    let unknown = data.sources.map(\.name).filter { register.entry(file: $0, layout: layout) == nil }
    guard !unknown.isEmpty else { return data }
    let shown = unknown.prefix(5).joined(separator: ", ") + (unknown.count > 5 ? ", ..." : "")
    return data.adding(
      DataNote(
        .information, code: "unregistered-source",
        "\(shown) \(unknown.count == 1 ? "is" : "are") in no register of sources and count\(unknown.count == 1 ? "s" : "") "
          + "as for partners: nothing is known of owner, retention and what the data can support"))
  }
}
