import CommunitySafety
import Diagnostics
import Foundation
import ModelFiles

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
