import Diagnostics
import Foundation
import Hashing

/// How a folder that Horizon wrote is known again, so that it may be replaced and nobody's work goes with it.
public enum FolderMark: Sendable, Hashable {
  /// By `manifest.json`, which lists the folder's files. A listed file named `workingSheet` is one that people fill in: once
  /// edited, it is not replaced.
  case manifest(workingSheet: String?)
  /// By a data package of this name.
  case dataset(name: String)

  /// The file that lists a folder's files.
  public static let manifestName = "manifest.json"

  private var fileName: String {
    switch self {
    case .manifest: FolderMark.manifestName
    case .dataset: DataPackage.fileName
    }
  }

  /// What a manifest says of the files beside it; other files of the name, such as a web application's, lack the key and
  /// do not decode.
  private struct Manifest: Decodable {
    struct Output: Decodable {
      let path: String
      let sha256: String
    }
    let horizonVersion: String
    let outputs: [Output]
  }

  /// Checks that a folder which is not empty is Horizon's to replace, and that nobody's work would go with it.
  ///
  /// - Throws: ``HorizonError`` (cannotWrite).
  static func check(
    _ folder: URL, _ contents: [String], named path: String, mark: FolderMark?, option: String
  ) throws {
    let refusal = HorizonError(
      .cannotWrite, "\(path) holds files that Horizon did not write",
      remedy: "Choose a new or empty folder with \(option)")
    guard let mark else {
      throw HorizonError(
        .cannotWrite, "\(path) is not empty, and nothing there is written over",
        remedy: "Choose a new or empty folder with \(option)")
    }
    guard contents.contains(mark.fileName),
      let bytes = FileManager.default.contents(atPath: folder.appendingPathComponent(mark.fileName).path)
    else { throw refusal }
    switch mark {
    case .dataset(let name):
      struct Dataset: Decodable { let name: String }
      guard (try? JSONDecoder().decode(Dataset.self, from: bytes))?.name == name else { throw refusal }
    case .manifest(let sheet):
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      guard let manifest = try? decoder.decode(Manifest.self, from: bytes) else { throw refusal }
      try check(manifest, sheet: sheet, folder, contents, named: path, option: option)
    }
  }

  private static func check(
    _ manifest: Manifest, sheet: String?, _ folder: URL, _ contents: [String], named path: String, option: String
  ) throws {
    let own = Set(manifest.outputs.map { $0.path.prefix { $0 != "/" } } + [manifestName[...]])
    if let foreign = contents.first(where: { !own.contains($0[...]) && !$0.hasPrefix(".") }) {
      throw HorizonError(
        .cannotWrite, "\(path) holds \(foreign), which Horizon did not write",
        remedy: "Move it away, or choose another folder with \(option)")
    }
    if let sheet = manifest.outputs.first(where: { $0.path == sheet }),
      let now = FileManager.default.contents(atPath: folder.appendingPathComponent(sheet.path).path),
      try SHA256.hexadecimal(of: Array(now)) != sheet.sha256
    {
      throw HorizonError(
        .cannotWrite, "\(path)/\(sheet.path) has been edited since it was written",
        remedy: "Save the edited sheet elsewhere, or choose another folder with \(option)")
    }
  }
}
