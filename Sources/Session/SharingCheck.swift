import CommunitySafety
import Diagnostics
import Ingest

extension IngestedData {
  /// The data, with a note on files that are in no register.
  ///
  /// - Throws: `HorizonError` of kind data if the audience may not see a source.
  func checked(_ register: SourceRegister, audience: SourceRegister.Audience) throws -> IngestedData {
    let layout = kind.rawValue
    try register.check(files: sources.map(\.name), layout: layout, audience: audience)
    let unknown = sources.map(\.name).filter { register.entry(file: $0, layout: layout) == nil }
    guard !unknown.isEmpty else { return self }
    return adding(.files(.unregistered(unknown)))
  }
}
