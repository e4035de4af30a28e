import ArgumentParser
import Diagnostics
import Foundation
import Tables
import Workshop

/// `horizon workshop export`: the form of a pack.
struct WorkshopExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes the workbook that people score a pack's problems in: one file, of which each fills in a copy.",
    discussion: "Example: horizon workshop export pack --out scoring.xlsx")

  @Argument(help: ArgumentHelp("Folder of a pack.", valueName: "pack"))
  var pack: String

  @Option(name: .shortAndLong, help: "Workbook to write; one that is already there is never replaced.")
  var out: String = "scoring.xlsx"

  @Flag(help: "Print nothing but errors.")
  var quiet = false

  func run() throws {
    guard out.lowercased().hasSuffix(".xlsx") else {
      throw HorizonError(.usage, "the form is a workbook: \(out) does not end in .xlsx", remedy: "Give --out NAME.xlsx")
    }
    guard !FileManager.default.fileExists(atPath: out) else {
      throw HorizonError(
        .cannotWrite, "\(out) is already there, and may hold somebody's scores",
        remedy: "Choose another name with --out")
    }
    let evidence = try PackEvidence.read(pack: pack)
    try WholeFile.write(ScoringWorkbook(evidence, root: relativeRoot).encoded(), to: out)
    Console.note(
      "Wrote \(out): \(evidence.problems.count) problems in \(evidence.places.count) places. Everybody fills in a copy; read them back with horizon workshop import.",
      quiet: quiet)
  }

  /// The way from the folder of the workbook to the pack.
  private var relativeRoot: String? {
    let from = URL(fileURLWithPath: out).standardizedFileURL.deletingLastPathComponent().resolvingSymlinksInPath()
      .pathComponents
    let to = URL(fileURLWithPath: pack, isDirectory: true).standardizedFileURL.resolvingSymlinksInPath().pathComponents
    let shared = zip(from, to).prefix { $0 == $1 }.count
    let down = to.dropFirst(shared).map {
      $0.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? $0
    }
    let parts = from.dropFirst(shared).map { _ in ".." } + down
    return parts.isEmpty ? "" : parts.joined(separator: "/") + "/"
  }
}
