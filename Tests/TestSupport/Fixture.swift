import Foundation

/// Fixture files beside the tests, and the real data beside the checkout.
public enum Fixture {
  /// Root of the package, found from this source file.
  public static let packageRoot = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// `Tests/<target>/Fixtures/<name>`.
  public static func url(_ name: String, target: String) -> URL {
    packageRoot.appendingPathComponent("Tests/\(target)/Fixtures/\(name)")
  }

  /// A folder of shared real data beside the checkout, or nil in a clone that has none; tests on it then say they skip.
  public static let sharedData: URL? = {
    let url = packageRoot.deletingLastPathComponent().appendingPathComponent("shared/data")
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }()

  /// Rows of a comma-separated fixture as dictionaries by header. For small fixtures without quoted commas.
  public static func table(_ name: String, target: String) throws -> [[String: String]] {
    let text = try String(contentsOf: url(name, target: target), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }
    guard let header = lines.first?.split(separator: ",", omittingEmptySubsequences: false) else { return [] }
    return lines.dropFirst().map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      return Dictionary(zip(header.map(String.init), fields.map(String.init)), uniquingKeysWith: { a, _ in a })
    }
  }

  /// Numbers of a fixture with the columns `case`, `quantity` and `value`, by case and quantity, in the order of the file.
  public static func numbers(_ name: String, target: String) throws -> [String: [String: [Double]]] {
    var all: [String: [String: [Double]]] = [:]
    for row in try table(name, target: target) {
      guard let c = row["case"], let q = row["quantity"], let v = row["value"].flatMap(Double.init) else { continue }
      all[c, default: [:]][q, default: []].append(v)
    }
    return all
  }
}
