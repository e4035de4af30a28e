/// File names and anchors from names: ASCII letters, digits and hyphens. The same name gives the same slug in every
/// run, unless two names of one run would share it: then both carry a suffix made from their own bytes.
struct Slugs {
  private let byName: [String: String]

  /// Slugs for these names, apart from each other and from `reserved`.
  init(_ names: some Sequence<String>, reserved: Set<String> = ["index"]) {
    let distinct = Set(names).sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    let uses = Dictionary(distinct.map { (Slugs.plain($0), 1) }, uniquingKeysWith: +)
    var taken = reserved
    var result: [String: String] = [:]
    // Names that need no suffix go first, so that no suffixed slug takes theirs.
    for name in distinct where uses[Slugs.plain(name)] == 1 && !Slugs.plain(name).isEmpty {
      let slug = Slugs.plain(name)
      if taken.insert(slug).inserted { result[name] = slug }
    }
    for name in distinct where result[name] == nil {
      let stem = Slugs.plain(name)
      var slug = (stem.isEmpty ? "x" : stem) + "-" + Slugs.fingerprint(name)
      while !taken.insert(slug).inserted { slug += "-x" }
      result[name] = slug
    }
    byName = result
  }

  /// The slug of a name the slugs were made for; of any other name, its plain form with a suffix.
  subscript(name: String) -> String {
    byName[name] ?? (Slugs.plain(name) + "-" + Slugs.fingerprint(name)).trimmedHyphens
  }

  /// Lower-case ASCII letters and digits, runs of anything else as one hyphen; at most 80 characters, longer ones
  /// shortened with a suffix of their own.
  static func plain(_ name: String) -> String {
    var out = ""
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        out.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): out.unicodeScalars.append(Unicode.Scalar(byte | 0x20))
      default: if !out.isEmpty, !out.hasSuffix("-") { out += "-" }
      }
    }
    out = out.trimmedHyphens
    return out.utf8.count > 80 ? String(out.prefix(70)).trimmedHyphens + "-" + fingerprint(name) : out
  }

  /// Eight hexadecimal digits of the 32-bit FNV-1a hash.
  static func fingerprint(_ name: String) -> String {
    let hash = name.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}

extension String {
  fileprivate var trimmedHyphens: String {
    var text = Substring(self)
    while text.hasPrefix("-") { text.removeFirst() }
    while text.hasSuffix("-") { text.removeLast() }
    return String(text)
  }
}
