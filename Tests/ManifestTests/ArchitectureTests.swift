import Foundation
import Testing

/// The table of ARCHITECTURE.md is the manifest's, in its order.
@Suite struct ArchitectureTests {
  @Test func theTableMatchesTheImports() throws {
    let text = try String(contentsOf: Manifest.root.appendingPathComponent("ARCHITECTURE.md"), encoding: .utf8)
    let rows = text.split(separator: "\n").drop { !$0.hasPrefix("| target |") }.dropFirst(2)
      .prefix { $0.hasPrefix("|") }
      .map { row in
        row.split(separator: "|", omittingEmptySubsequences: false).map { cell in
          cell.matches(of: /`([^`]+)`/).map { String($0.1) }
        }
      }
    let targets = try Manifest().targets.filter {
      ["target", "executableTarget"].contains($0.kind) && $0.path.hasPrefix("Sources/")
    }
    #expect(rows.compactMap { $0.dropFirst().first?.first } == targets.map(\.name))
    for (row, target) in zip(rows, targets) {
      #expect(row.dropFirst(3).first == target.dependencies, "\(target.name)")
    }
  }
}
