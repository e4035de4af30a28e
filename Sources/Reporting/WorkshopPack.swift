import Diagnostics
import Foundation
import Hashing
import Tables
import Workshop

/// A pack with what its workshop made of it: every file as it was, the workshop's page anew, and the scores beside it.
public struct WorkshopPack: Sendable {
  private let folder: URL
  private let name: String
  private let manifest: Manifest

  /// Files that this writes, whatever was there.
  private static let folderName = "workshop/"

  /// The pack in a folder.
  ///
  /// - Throws: ``HorizonError`` (data) where it has no manifest that can be read.
  public init(folder: String) throws {
    name = folder
    self.folder = URL(fileURLWithPath: folder, isDirectory: true)
    let path = self.folder.appendingPathComponent(FolderMark.manifestName).path
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let bytes = FileManager.default.contents(atPath: path),
      let manifest = try? decoder.decode(Manifest.self, from: bytes)
    else {
      throw HorizonError(
        .data, "\(folder) is no pack: its \(FolderMark.manifestName) is missing or of another version",
        remedy: "Make the pack again with horizon sia")
    }
    self.manifest = manifest
  }

  /// Paths of the files that the pack is made of, from its root.
  public var paths: [String] { manifest.outputs.map(\.path) }

  /// Every file of the pack with the workshop's.
  ///
  /// - Throws: ``HorizonError`` (data) where a file of the pack is missing.
  public func files(_ evidence: PackEvidence, _ record: WorkshopRecord) throws -> [OutputFile] {
    let ranking = WorkshopRanking(evidence, record)
    let page = WorkshopPage(evidence: evidence, record: record, ranking: ranking).page()
    var own = [PageShell(facts: evidence.facts).file(page)]
    if !record.isEmpty {
      own.append(OutputFile(path: WorkshopRecord.path, contents: try record.encoded()))
      let sheets: [(String, Sheet)] = [
        ("ranking.csv", .workshopRanking(ranking.items)), ("scores.csv", .workshopScores(record.opinions)),
        ("risks.csv", .broughtRisks(record.brought)),
      ]
      let tables = try sheets.map { name, sheet in
        OutputFile(
          path: WorkshopPack.folderName + name, contents: try sheet.rendered(as: .csv, guardsFormulas: true))
      }
      let package = DataPackage(
        name: "workshop", title: "Scores of the workshop: \(evidence.facts.title)",
        description:
          "Who scored what and why, and the order that follows. Marking: \(evidence.facts.marking). In text, an apostrophe stands before what a spreadsheet would take for a formula.",
        resources: sheets.map { name, sheet in DataPackage.Resource(sheet.schema, paths: [name]) })
      own += tables
      if let text = NextPriorities(evidence, record).text {
        own.append(OutputFile(path: NextPriorities.path, text: text))
      }
      own.append(OutputFile(path: WorkshopPack.folderName + DataPackage.fileName, contents: try package.encoded()))
    }
    let taken = Set(own.map(\.path))
    let kept = manifest.outputs.filter { !taken.contains($0.path) && !$0.path.hasPrefix(WorkshopPack.folderName) }
    let copies = try kept.map { output in
      guard let bytes = FileManager.default.contents(atPath: folder.appendingPathComponent(output.path).path) else {
        throw HorizonError(
          .data, "the pack lacks its file \(output.path)", at: .init(file: name),
          remedy: "Make the pack again with horizon sia")
      }
      return OutputFile(path: output.path, contents: Array(bytes))
    }
    // What people edited since stays known as edited: its hash is that of the file as it was made.
    let outputs =
      try kept + own.map { Manifest.Output(path: $0.path, sha256: try SHA256.hexadecimal(of: $0.contents)) }
    let manifest = manifest.replacing(outputs: outputs.sorted { $0.path < $1.path })
    return copies + own + [OutputFile(path: FolderMark.manifestName, contents: try manifest.encoded())]
  }
}
