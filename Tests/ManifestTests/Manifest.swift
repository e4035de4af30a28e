import Foundation

/// What Package.swift says of its targets, and what their sources import.
struct Manifest {
  struct Target {
    /// As in the manifest: `target`, `testTarget`, `executableTarget`, `systemLibrary`.
    let kind: String
    let name: String
    /// Targets and products, as declared.
    let dependencies: [String]
    /// Folder in the package.
    let path: String
  }

  /// In the order of the manifest.
  let targets: [Target]

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The manifest beside `Tests`.
  init() throws {
    self.init(text: try String(contentsOf: Manifest.root.appendingPathComponent("Package.swift"), encoding: .utf8))
  }

  /// Reads the text of a manifest that builds its targets by literal calls.
  init(text: String) {
    let code = text.split(separator: "\n").filter { !$0.drop(while: \.isWhitespace).hasPrefix("//") }
      .joined(separator: "\n")
    targets = code.matches(of: /\.(systemLibrary|target|executableTarget|testTarget)\(/).compactMap { match in
      let call = Manifest.balanced(code[match.range.lowerBound...], "(", ")")
      guard let name = call.firstMatch(of: /name: "([^"]+)"/)?.1 else { return nil }
      let list = call.range(of: "dependencies: [").map { Manifest.balanced(call[$0.lowerBound...], "[", "]") } ?? ""
      let folder = match.1 == "testTarget" ? "Tests" : "Sources"
      return Target(
        kind: String(match.1), name: String(name),
        dependencies: list.replacing(/, package: "[^"]*"/, with: "").matches(of: /"([^"]+)"/).map { String($0.1) },
        path: call.firstMatch(of: /[ (]path: "([^"]+)"/).map { String($0.1) } ?? "\(folder)/\(name)")
    }
  }

  /// The text through the bracket that closes the first `open`.
  private static func balanced(_ text: Substring, _ open: Character, _ close: Character) -> Substring {
    var depth = 0
    for index in text.indices {
      if text[index] == open { depth += 1 }
      if text[index] == close {
        depth -= 1
        if depth == 0 { return text[...index] }
      }
    }
    return text
  }

  /// The package's targets and the products of others: the modules that have to be declared. Those that come with Swift
  /// need not be.
  var modules: Set<String> { Set(targets.map(\.name) + targets.flatMap(\.dependencies)) }

  /// What the sources of a target import of ``modules``.
  func imports(of target: Target) throws -> Set<String> {
    let folder = Manifest.root.appendingPathComponent(target.path)
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    var found: Set<String> = []
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      found.formUnion(Manifest.imports(inText: try String(contentsOf: file, encoding: .utf8)))
    }
    return found.intersection(modules)
  }

  /// The modules that a source imports.
  static func imports(inText text: String) -> [String] {
    let form =
      /[ ]*(?:@\w+(?:\(\w+\))?[ ]+)*(?:\w+[ ]+)?import[ ]+(?:(?:struct|class|enum|protocol|func|var|let|typealias)[ ]+)?(\w+)/
    return text.split(separator: "\n").filter { $0.contains("import ") }
      .compactMap { $0.prefixMatch(of: form).map { String($0.1) } }
  }
}
