import CommunitySafety
import TimeSeries

/// One CSV of a run of long tables.
struct LongFile: Sendable {
  let location: String
  let contentHash: UInt64
  let content: UnitResult.Content
}

struct LongAssembly {
  init(files: [LongFile], options: IngestOptions, registry: AreaRegistry) throws {}
  func data(sources: [SourceFile], notes: [DataNote]) throws -> IngestedData {
    throw HorizonError(.usage, "not yet")
  }
}
