/// What the header and the first rows of a table say of a column.
struct ColumnEvidence: Sendable {
  /// Levels of areas from the finest; a column of a finer level tells areas apart, those of wider ones only help.
  enum Level: Int, Comparable, Sendable {
    case lsoa, msoa, ward, district, partnership, force, unknown

    static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
  }

  let name: String
  /// Level of the areas it holds by its name or its codes; nil if it holds none.
  let level: Level?
  /// Whether it holds codes of areas rather than names.
  let isCode: Bool
  /// Whether its name is of offences or other things that are counted.
  let isMeasure: Bool
  /// Whether it holds numbers, shares or percentages and nothing else.
  let isNumeric: Bool
  /// Distinct texts among the rows looked at.
  let distinct: Int

  /// Looks at a column with this header and these cells.
  init(name: String, cells: [String]) {
    self.name = name
    let filled = cells.filter { !$0.isEmpty }
    distinct = Set(filled).count
    let codes = filled.compactMap(ColumnEvidence.level(ofCode:))
    let areCodes = filled.count > 0 && codes.count * 10 >= filled.count * 9
    let key = name.lowercased()
    isNumeric = filled.count > 0 && filled.allSatisfy(ColumnEvidence.isNumber)
    let isFigure = isNumeric && ColumnEvidence.isNamedFigure(name)
    let named = isFigure ? nil : ColumnEvidence.level(ofName: name)
    let isNamedCode = key.hasSuffix("code") && !key.hasSuffix("postcode") || key.hasSuffix("cd")
    level = named ?? (areCodes ? codes.min() ?? .unknown : nil)
    isCode = level != nil && (areCodes || isNamedCode)
    isMeasure = level == nil && ColumnEvidence.isMeasure(name)
  }

  /// Whether it holds numbers that say nothing of what a row is of: no numbers of offence codes.
  var isFigure: Bool {
    let key = name.lowercased()
    return isNumeric && level == nil && !(isMeasure && (key.hasSuffix("code") || key.hasSuffix(" id")))
  }

  /// Words and phrases that names of figures hold, even of figures of areas: "Ward population". A "Ward number" is none.
  private static let figureWords: Set = [
    "population", "pop", "household", "households", "rate", "rates", "change", "total", "count", "counts", "average",
    "mean", "rank", "difference", "index", "score",
  ]
  private static let figurePhrases = ["per ", "%", "number of", "no of", "no. of"]

  private static func isNamedFigure(_ name: String) -> Bool {
    let key = name.lowercased()
    return figurePhrases.contains(where: key.contains) || key.hasPrefix("number")
      || parts(of: name).contains(where: figureWords.contains)
  }

  /// A number, a percentage, or a mark that stands for one; at least a digit.
  private static func isNumber(_ text: String) -> Bool {
    var text = text
    if text.hasSuffix("%") { text = text.dropLast().description.trimmedOfBlanks }
    return text.withUTF8 { bytes in
      switch NumberCell(bytes.trimmed) {
      case .number, .notAvailable, .suppressed, .blank: true
      case .bad: false
      }
    }
  }

  /// Level of a code of the Government Statistical Service: a letter and eight digits.
  static func level(ofCode text: String) -> Level? {
    let bytes = Array(text.utf8)
    guard bytes.count == 9, "EWSNK".utf8.contains(bytes[0]), bytes[1...].allSatisfy({ $0 &- 48 < 10 }) else {
      return nil
    }
    switch String(decoding: bytes[..<3], as: UTF8.self) {
    case "E01", "W01": return .lsoa
    case "E02", "W02": return .msoa
    case "E05", "E36", "W05", "S13", "N08": return .ward
    case "E06", "E07", "E08", "E09", "W06", "S12", "N09": return .district
    case "E22", "W14": return .partnership
    case "E10", "E11", "E12", "E23", "W15", "E92", "W92", "S92", "N92", "K02", "K03", "K04": return .force
    default: return .unknown
    }
  }

  private static let words: [(String, Level)] = [
    ("lsoa", .lsoa), ("msoa", .msoa), ("postcode", .ward), ("neighbourhood", .ward), ("partnership", .partnership),
    ("local authority", .district), ("borough", .district), ("district", .district), ("locality", .ward),
    ("municipality", .district), ("precinct", .ward), ("community area", .ward), ("policing area", .district),
  ]
  private static let tokens: [String: Level] = [
    "ward": .ward, "beat": .ward, "sector": .ward, "suburb": .ward, "town": .ward, "parish": .ward, "lad": .district,
    "la": .district, "lga": .district, "authority": .district, "csp": .partnership, "force": .force, "county": .force,
    "region": .force, "country": .force, "area": .unknown, "location": .unknown, "place": .unknown,
  ]

  /// Level that a column's name says it holds areas of: `LookUp_BoroughName`, `Ward`, `LAD22NM`; nil for other names.
  static func level(ofName name: String) -> Level? {
    let key = name.lowercased()
    if let word = words.first(where: { key.contains($0.0) }) { return word.1 }
    let parts = parts(of: name)
    // "Name" alone is of areas, "Offence name" is not.
    if parts == ["name"] { return .unknown }
    if let level = parts.compactMap({ tokens[$0] }).min() { return level }
    let isONS = key.hasSuffix("nm") || key.hasSuffix("cd")
    guard isONS, key.count > 4, key.dropLast(2).suffix(2).allSatisfy(\.isNumber) else { return nil }
    switch key.prefix(while: \.isLetter) {
    case "wd": return .ward
    case "lad", "ltla", "utla": return .district
    case "csp": return .partnership
    case "pfa", "cty", "rgn", "ctry": return .force
    default: return .unknown
    }
  }

  private static let remarkNames: Set = [
    "note", "notes", "comment", "comments", "remark", "remarks", "trend", "direction", "source", "last updated",
    "status", "rag", "provisional", "owner", "url", "link",
  ]

  /// Whether a column is named for remarks on a row, which say nothing of what it counts.
  static func isRemark(_ name: String) -> Bool { remarkNames.contains(name.lowercased().trimmedOfBlanks) }

  private static let measureWords = [
    "offence", "offense", "crime", "categor", "type", "group", "measure", "majortext", "minortext", "description",
    "indicator", "class", "incident", "theme", "text", "outcome",
  ]

  private static func isMeasure(_ name: String) -> Bool {
    let key = name.lowercased()
    return measureWords.contains(where: key.contains)
  }

  /// Words of a name, told by blanks, punctuation and inner capitals.
  private static func parts(of name: String) -> [String] {
    var parts: [String] = []
    var word = ""
    var wasLower = false
    for character in name {
      if !character.isLetter || (character.isUppercase && wasLower) {
        if !word.isEmpty { parts.append(word.lowercased()) }
        word = ""
      }
      if character.isLetter { word.append(character) }
      wasLower = character.isLowercase
    }
    return word.isEmpty ? parts : parts + [word.lowercased()]
  }
}
