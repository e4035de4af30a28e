import Wording

/// The fields of a form as a browser sends them (`application/x-www-form-urlencoded`).
struct FormText {
  /// Why a body is no form that is taken.
  struct Fault: Error {
    let text: String
  }

  private let fields: [String: String]

  /// Most fields of a form.
  private static let mostFields = 40

  /// - Throws: ``Fault`` for text that is not UTF-8, holds control characters, or gives a field twice.
  init(_ body: some Collection<UInt8>) throws(Fault) {
    var fields: [String: String] = [:]
    for pair in body.split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let name = try FormText.decoded(parts[0])
      let value = parts.count > 1 ? try FormText.decoded(parts[1]) : ""
      guard fields.updateValue(value, forKey: name) == nil else {
        throw Fault(text: "A field of the form was sent twice.")
      }
      guard fields.count <= FormText.mostFields else { throw Fault(text: "The form has too many fields.") }
    }
    self.fields = fields
  }

  /// What was typed; empty where the field is missing.
  subscript(name: String) -> String { fields[name] ?? "" }

  private static func decoded(_ bytes: some Collection<UInt8>) throws(Fault) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): out.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
          throw Fault(text: "The form is not encoded as browsers encode it.")
        }
        out.append(high << 4 | low)
      default: out.append(byte)
      }
    }
    guard let text = String(validating: out, as: UTF8.self) else {
      throw Fault(text: "The form is not in UTF-8.")
    }
    let isClean = text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 9, 10, 13: true
      case ..<32, 127...159: false
      default: true
      }
    }
    guard isClean else { throw Fault(text: "The form holds control characters, which cannot be kept.") }
    return text
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// Text on one line without blanks around it, as the workbook's reader takes it; nil if nothing is left.
  static func oneLine(_ text: String) -> String? {
    let plain = text.split { $0.isWhitespace }.joined(separator: " ")
    return plain.isEmpty ? nil : plain
  }

  /// Whether a text would turn the direction of what stands beside it.
  static func turnsDirection(_ text: String) -> Bool {
    text.unicodeScalars.contains { (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value) }
  }
}
