import CommunitySafety
import Diagnostics
import Ingest

extension IngestedData {
  /// The data, with a note on files that are in no register.
  ///
  /// - Throws: `HorizonError` of kind data if the audience may not see a source.
  func checked(_ register: SourceRegister, audience: SourceRegister.Audience) throws -> IngestedData {
    for file in sources {
      try register.check(files: [file.name], layout: file.layout ?? kind.rawValue, audience: audience)
    }
    let unknown = sources.filter { register.entry(file: $0.name, layout: $0.layout ?? kind.rawValue) == nil }.map(
      \.name)
    guard !unknown.isEmpty else { return self }
    return adding(.files(.unregistered(unknown)))
  }
}
