import Foundation
import Reporting
import Testing

/// Writes the synthetic pack to `HORIZON_PACK_DIR`, to be looked at in a browser.
@Test(.enabled(if: ProcessInfo.processInfo.environment["HORIZON_PACK_DIR"] != nil, "HORIZON_PACK_DIR is not set"))
func packIsWrittenToBeLookedAt() async throws {
  let folder = URL(fileURLWithPath: try #require(ProcessInfo.processInfo.environment["HORIZON_PACK_DIR"]))
  let packs = [
    ("", try await SyntheticAssessment.standard.value),
    ("not-assessable/", try await SyntheticAssessment.notAssessable.value),
  ]
  for (prefix, file) in packs.flatMap({ pack in
    PackPages(pack.1, version: "0.1.0").render().map { (pack.0, $0) }
  }) {
    let url = folder.appendingPathComponent(prefix + file.path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(file.contents).write(to: url)
    #expect(try Data(contentsOf: url).count == file.contents.count)
  }
}
