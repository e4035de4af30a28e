import Foundation
import Testing

@Suite struct SharingTests {
  private static let register = """
    sources:
      - id: marac
        name: MARAC cases
        matches: ["marac*.csv"]
        owner: The MARAC board
        sharing: restricted
        retention: two years
        cadence: monthly
        supports: [counts]
        cannot_support: [people]
        licence: Sharing agreement
    """

  @Test func anAudienceThatMayNotSeeASourceGetsNothing() throws {
    try withTemporaryFolder { folder in
      let input = folder.appendingPathComponent("marac-2024.csv")
      try Data(longTable().utf8).write(to: input)
      let register = folder.appendingPathComponent("mine.yaml")
      try Data(SharingTests.register.utf8).write(to: register)
      let out = folder.appendingPathComponent("out.csv").path
      func run(_ more: [String]) throws -> HorizonProcess {
        try? FileManager.default.removeItem(atPath: out)
        return try HorizonProcess(["series", input.path, "--output", out] + more)
      }
      let refused = try run(["--sources", register.path])
      #expect(refused.exitCode == 65 && !FileManager.default.fileExists(atPath: out))
      #expect(refused.errors.contains("MARAC cases") && refused.errors.contains("The MARAC board"))
      #expect(refused.errors.contains("--audience partners"))
      #expect(try run(["--sources", register.path, "--audience", "internal"]).exitCode == 0)
      #expect(try run([]).exitCode == 0)
      #expect(try run(["--audience", "public"]).exitCode == 65)
      #expect(try run(["--audience", "nobody"]).exitCode == 64)
    }
  }

  @Test func theKeyAndThePseudonymsReachNoOutput() throws {
    try withTemporaryFolder { folder in
      let header = "source,incident_ref,date_reported,category,area_code,person_pseudonym"
      let rows = (0..<400).map { index in
        "council,REF\(index),20\(23 + index / 240)-\(10 + index % 3)-1\(index % 10),ASB,E07000178,PSEUDO\(index % 9)x"
      }
      let input = folder.appendingPathComponent("asb.csv")
      try Data(([header] + rows).joined(separator: "\n").utf8).write(to: input)
      let key = folder.appendingPathComponent("key.txt")
      try Data("a secret of at least sixteen letters\n".utf8).write(to: key)
      let run = try HorizonProcess(["series", input.path, "--pseudonym-key", key.path, "--format", "json"])
      #expect(run.exitCode == 0)
      for text in [run.output, run.errors] {
        #expect(!text.contains("secret") && !text.contains("PSEUDO") && !text.contains("REF1"))
      }
      try Data("short".utf8).write(to: key)
      let short = try HorizonProcess(["series", input.path, "--pseudonym-key", key.path])
      #expect(short.exitCode == 65 && !short.errors.contains("short\n"))
    }
  }
}
