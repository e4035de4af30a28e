/// The identity of a measure: what it is looked up, joined and compared by, in every room.
///
/// Of a registered measure the `id` of its entry, or else a slug of its name; of a measure that no file knows the name
/// itself, so that two unknown names are never taken for one.
public struct MeasureID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  /// The identifier as text.
  public let rawValue: String

  /// An identifier as it is written in a file.
  public init(_ rawValue: String) { self.rawValue = rawValue }

  /// The slug of a name: letters and digits in lower case, everything between them one hyphen.
  public init(slugOf name: String) {
    let words = name.lowercased().split { !($0.isLetter || $0.isNumber) }
    rawValue = words.joined(separator: "-")
  }

  /// The identifier.
  public var description: String { rawValue }

  /// In Unicode scalar order, the same on every machine.
  public static func < (a: MeasureID, b: MeasureID) -> Bool {
    a.rawValue.unicodeScalars.lexicographicallyPrecedes(b.rawValue.unicodeScalars)
  }
}
