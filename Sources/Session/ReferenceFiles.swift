import CommunitySafety
import Diagnostics
import Foundation
import ModelFiles
import Wording

/// Reads the model files an analyst has edited; the built-in ones stand in for the rest.
public enum ReferenceFiles {
  /// Largest model file read, in bytes.
  public static let sizeLimit = 16 << 20

  /// The built-in files, with those of a folder and single ones in place of them.
  ///
  /// - Parameters:
  ///   - folder: a folder of model files; those it does not have keep their defaults.
  ///   - breaks: path of a break calendar, used before the folder's.
  ///   - sources: path of a register of sources, used before the folder's.
  /// - Throws: `HorizonError`: noInput for a folder or file that is not there, data with file and line for what is wrong
  ///   in one.
  public static func load(
    folder: String? = nil, breaks: String? = nil, sources: String? = nil
  ) throws -> ReferenceData {
    var overrides: [ModelFile: (name: String, text: String)] = [:]
    if let folder {
      var isDirectory: ObjCBool = false
      guard FileManager.default.fileExists(atPath: folder, isDirectory: &isDirectory), isDirectory.boolValue else {
        throw HorizonError(
          .noInput, "there is no folder \(folder)", remedy: "Make one with `horizon profile export --out \(folder)`")
      }
      for file in ModelFile.allCases {
        let path = folder + "/" + file.fileName
        if FileManager.default.fileExists(atPath: path) { overrides[file] = (path, try text(path)) }
      }
    }
    if let breaks { overrides[.breaks] = (breaks, try text(breaks)) }
    if let sources { overrides[.sources] = (sources, try text(sources)) }
    return try ModelFileLoader.load(overrides: overrides)
  }

  /// The model files that a folder holds, in the order of ``ModelFiles/ModelFile``.
  ///
  /// - Throws: `HorizonError` of kind data for a YAML file that is none of them, whose edits nobody would read; noInput for a folder
  ///   that cannot be listed.
  public static func edited(in folder: String) throws -> [ModelFile] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw HorizonError(.noInput, "cannot list \(folder)", remedy: "Check that you may read it")
    }
    let known = ModelFile.allCases.map(\.fileName)
    let yaml = names.sorted().filter {
      [".yaml", ".yml"].contains(where: $0.lowercased().hasSuffix) && !$0.hasPrefix(".")
    }
    for name in yaml where !known.contains(name) {
      throw HorizonError(
        .data, "no model file is called \(name): nothing of it would be read", at: .init(file: folder + "/" + name),
        remedy: NearestName.nearest(to: name, among: known).map { "Perhaps \($0) was meant" }
          ?? "Use one of: \(known.joined(separator: ", "))")
    }
    return ModelFile.allCases.filter { names.contains($0.fileName) }
  }

  /// The text of a file of moderate size.
  ///
  /// - Throws: `HorizonError`: noInput for a file that is not there, data for one that is too large or no text.
  public static func text(_ path: String) throws -> String {
    guard FileManager.default.fileExists(atPath: path) else {
      throw HorizonError(.noInput, "there is no file \(path)", remedy: "Check the path")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw HorizonError(.noInput, "cannot read \(path)", remedy: "Check that you may read it")
    }
    guard data.count <= sizeLimit else {
      throw HorizonError(
        .data, "it is larger than \(sizeLimit >> 20) MB", at: .init(file: path), remedy: "A model file is far smaller")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw HorizonError(.data, "it is not UTF-8 text", at: .init(file: path), remedy: "Save it as UTF-8")
    }
    return text
  }
}
