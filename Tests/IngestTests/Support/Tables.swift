import CommunitySafety
import Diagnostics
import Ingest

/// Reads and fails on tables written for one test.
extension Workspace {
  func table(_ lines: [String], _ change: (inout IngestOptions) -> Void = { _ in }) async throws -> IngestedData {
    try await read([try write("t.csv", lines.joined(separator: "\n") + "\n")], change)
  }

  func tableError(_ lines: [String], _ change: (inout IngestOptions) -> Void = { _ in }) async throws -> HorizonError? {
    try await failure([try write("t.csv", lines.joined(separator: "\n") + "\n")], change)
  }
}
