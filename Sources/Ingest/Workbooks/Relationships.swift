import CommunitySafety
import Diagnostics
import Wording

/// Which parts of a workbook another part refers to: `xl/_rels/workbook.xml.rels`.
final class Relationships: XMLHandler {
  enum Name: Int { case relationship, id, type, target, mode }
  static let names = ["Relationship", "Id", "Type", "Target", "TargetMode"]

  /// A part referred to.
  struct Relationship {
    /// The last word of its type: `worksheet`, `sharedStrings`.
    let type: String
    /// The name of the part.
    let target: String
  }

  /// By their identifiers.
  private(set) var byID: [String: Relationship] = [:]
  private let folder: String
  private let path: String

  /// The relationships of the part of this name.
  init(of part: String, in package: WorkbookPackage) throws {
    let folders = part.split(separator: "/").dropLast()
    folder = folders.joined(separator: "/")
    path = package.path
    let name = (folders.map(String.init) + ["_rels", FileKind.lastComponent(part) + ".rels"]).joined(separator: "/")
    try package.parse(part.isEmpty ? "_rels/.rels" : name, into: self)
  }

  /// The first part of this type.
  func target(ofType type: String) -> String? { byID.values.filter { $0.type == type }.map(\.target).min() }

  func start(_ element: XMLElement) throws {
    guard element.name == Name.relationship.rawValue, let id = element.text(Name.id.rawValue),
      let type = element.text(Name.type.rawValue), let target = element.text(Name.target.rawValue)
    else { return }
    let kind = FileKind.lastComponent(type)
    guard byID.count < 100_000 else { throw wrong("the workbook has more than 100000 relationships") }
    if element.text(Name.mode.rawValue) == "External" {
      guard ["worksheet", "sharedStrings", "styles", "officeDocument"].contains(kind) else { return }
      throw wrong("the workbook's \(kind) lies outside of it, at \"\(SafeText.printable(String(target.prefix(80))))\"")
    }
    guard let resolved = resolve(target) else {
      guard ["worksheet", "sharedStrings", "styles", "officeDocument"].contains(kind) else { return }
      throw wrong("the part \"\(SafeText.printable(String(target.prefix(80))))\" lies outside of the workbook")
    }
    byID[id] = Relationship(type: kind, target: resolved)
  }

  func end(_ name: Int) {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

  /// The name of a part as an archive has it; nil for one that leads out of it.
  private func resolve(_ target: String) -> String? {
    let full = target.hasPrefix("/") ? target : folder + "/" + target
    var parts: [Substring] = []
    for part in full.replacing("\\", with: "/").split(separator: "/") where part != "." {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }

  private func wrong(_ what: String) -> HorizonError {
    HorizonError(.data, what, at: .init(file: path), remedy: SheetRows.remedy)
  }
}
