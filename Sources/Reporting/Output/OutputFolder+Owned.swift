import CommunitySafety
import Diagnostics
import Foundation
import Hashing

extension OutputFolder {
  /// What a folder's mark says of the files beside it; other marks of the same name, such as a web application's
  /// `manifest.json`, lack the key and do not decode.
  private struct PackMark: Decodable {
    struct Output: Decodable {
      let path: String
      let sha256: String
    }
    let horizonVersion: String
    let outputs: [Output]
  }

  /// The sheet of a pack that people fill in.
  private static let workingSheet = "priorities.csv"

  /// Checks that a folder which is not empty is Horizon's to replace, and that nobody's work would go with it.
  ///
  /// - Throws: ``HorizonError`` (cannotWrite).
  static func checkOwned(
    _ folder: URL, _ contents: [String], named path: String, mark: String?, option: String
  ) throws {
    let refusal = HorizonError(
      .cannotWrite, "\(path) holds files that Horizon did not write",
      remedy: "Choose a new or empty folder with \(option)")
    guard let mark, contents.contains(mark),
      let bytes = FileManager.default.contents(atPath: folder.appendingPathComponent(mark).path)
    else { throw refusal }
    guard mark == manifestName else {
      // A dataset is known by its name.
      struct Dataset: Decodable { let name: String }
      guard (try? JSONDecoder().decode(Dataset.self, from: bytes))?.name == datasetName else { throw refusal }
      return
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let pack = try? decoder.decode(PackMark.self, from: bytes) else { throw refusal }
    let own = Set(pack.outputs.map { $0.path.prefix { $0 != "/" } } + [manifestName[...]])
    if let foreign = contents.first(where: { !own.contains($0[...]) && !$0.hasPrefix(".") }) {
      throw HorizonError(
        .cannotWrite, "\(path) holds \(foreign), which Horizon did not write",
        remedy: "Move it away, or choose another folder with \(option)")
    }
    if let sheet = pack.outputs.first(where: { $0.path == workingSheet }),
      let now = FileManager.default.contents(atPath: folder.appendingPathComponent(workingSheet).path),
      try SHA256.hexadecimal(of: Array(now)) != sheet.sha256
    {
      throw HorizonError(
        .cannotWrite, "\(path)/\(workingSheet) has been edited since it was written",
        remedy: "Save the edited sheet elsewhere, or choose another folder with \(option)")
    }
  }

  /// Name, in its `datapackage.json`, of the dataset that `horizon simulate` may replace.
  static let datasetName = "oxfordshire-simulated"
}
