import Diagnostics
import Wording

/// Which columns of a table of residents, households or deprivation hold what.
struct ContextLayout {
  /// A column of residents and the year it is of; 0 for none.
  struct Population {
    let index: Int
    let year: Int
  }

  let count: Int
  let header: [String]
  let key: Int
  /// Column of years, of a table with a row for each.
  let year: Int?
  /// Columns of sex and age.
  let details: [Int]
  /// Column of districts beside LSOAs.
  let district: Int?
  /// Columns of residents by year, rising.
  let populations: [Population]
  let values: [(subject: AreaNote.Subject, column: Int)]

  /// The layout of a header; nil for a line above it, which names no area beside figures.
  ///
  /// - Parameter titles: the lines above.
  init?(header: [String], titles: [[String]], file: String) throws {
    self.header = header
    count = header.count
    let words = header.map(ContextLayout.words)
    let codes = CodeColumns(header: header)
    let kinds = AreaKind.allCases.compactMap { codes.newest($0) }
    let published = ["lsoa", "ward", "district"].compactMap { kind in
      ContextLayout.codeColumn(of: kind, words).map { (kind, $0) }
    }
    let key =
      kinds.compactMap(\.code).first ?? published.first?.1
      ?? words.firstIndex { ContextLayout.codeNames.contains($0.joined(separator: " ")) }
      ?? words.firstIndex { ContextLayout.areaNames.contains($0.joined(separator: " ")) }
      ?? kinds.compactMap(\.name).first
    var values: [(subject: AreaNote.Subject, column: Int)] = []
    if let column = words.firstIndex(where: { $0.contains { $0.hasPrefix("household") } }) {
      values.append((.households, column))
    }
    if let column = words.firstIndex(where: { words in
      words.contains("decile")
        && (words.contains("imd") || (words.contains("multiple") && words.contains("deprivation")))
    }) {
      values.append((.deprivation, column))
    }
    let details = words.indices.filter {
      ["sex", "gender", "age", "age group"].contains(words[$0].joined(separator: " "))
    }
    let yearColumn = words.firstIndex { ["year", "date", "date name"].contains($0.joined(separator: " ")) }
    var populations = ContextLayout.populations(words)
    if populations.isEmpty,
      let total = words.firstIndex(where: { ContextLayout.totals.contains($0.joined(separator: " ")) })
    {
      let above = titles.reversed().lazy.compactMap { line in
        ContextLayout.year(in: ContextLayout.words(line.joined(separator: " ")))
      }.first
      let named = ContextLayout.year(in: ContextLayout.words(FileKind.lastComponent(file)))
      populations = [Population(index: total, year: above ?? named ?? 0)]
    }
    guard let key, !values.isEmpty || !populations.isEmpty, header.count > 1 else {
      // A line above the header has no more than a title in it, or a label and what it is.
      let filled = header.count { !$0.isEmpty }
      guard filled <= 2, populations.isEmpty || key == nil, values.isEmpty else {
        throw ContextLayout.none([header], file: file)
      }
      return nil
    }
    self.key = key
    self.details = details
    self.populations = populations
    self.values = values
    year = populations.isEmpty ? nil : yearColumn
    let districtColumn = codes.newest(.district)?.code ?? published.first { $0.0 == "district" }?.1
    district = districtColumn == key ? nil : districtColumn
  }

  /// Whether figures, areas or years stand in a column.
  func reads(_ column: Int) -> Bool {
    column == key || column == year || populations.contains { $0.index == column }
      || values.contains { $0.column == column } || details.contains(column)
  }

  /// What is wrong with a table that has no header.
  static func none(_ lines: [[String]], file: String) -> HorizonError {
    let widest = lines.max { $0.count < $1.count } ?? []
    let words = widest.map(ContextLayout.words)
    let codes = CodeColumns(header: widest)
    let hasKey =
      AreaKind.allCases.contains { codes.newest($0) != nil }
      || words.contains { (codeNames.union(areaNames)).contains($0.joined(separator: " ")) }
      || ["lsoa", "ward", "district"].contains { codeColumn(of: $0, words) != nil }
    return HorizonError(
      .data,
      lines.isEmpty
        ? "the table has no rows with figures"
        : (hasKey ? "the header has no population, households or deprivation decile" : "the header names no area")
          + "; found: \(widest.prefix(20).map { SafeText.printable(String($0.prefix(40))) }.joined(separator: ", "))",
      at: .init(file: file, line: 1),
      remedy: "Give a table with a column like LAD24CD or area, and one like pop_mid2024, households or IMD_decile")
  }

  private static let codeNames: Set = [
    "area code", "code", "geography code", "ons code", "gss code", "ecode", "mnemonic",
  ]
  private static let areaNames: Set = ["area", "area name", "name", "geography", "geography name"]
  private static let totals: Set = ["total", "all ages", "all persons", "all people", "obs value"]
  /// How publishers name the columns of codes of a kind of area, without their year.
  private static let publishedCodes: [String: Set<String>] = [
    "lsoa": ["lsoa code"], "ward": ["ward code"],
    "district": [
      "lad code", "ladcode", "la code", "local authority code", "local authority district code",
      "lower tier local authority code", "ltla code", "lacode",
    ],
  ]

  /// The column of codes of a kind of area, of several the newest: `LSOA code (2021)`, `LAD 2023 Code`, `ladcode23`.
  private static func codeColumn(of kind: String, _ header: [[String]]) -> Int? {
    let names = publishedCodes[kind] ?? []
    let found = header.indices.filter { index in
      names.contains(header[index].filter { Int($0) == nil }.joined(separator: " "))
    }
    return found.max { a, b in
      let years = [a, b].map { header[$0].compactMap { Int($0) }.last.map { $0 % 100 } ?? -1 }
      return years[0] != years[1] ? years[0] < years[1] : a > b
    }
  }

  /// `pop_mid2020` as "pop", "mid", "2020".
  static func words(_ name: String) -> [String] {
    var words: [String] = []
    var isDigit = false
    var word = ""
    for character in name.lowercased() {
      if !word.isEmpty, !(character.isLetter || character.isNumber) || character.isNumber != isDigit {
        words.append(word)
        word = ""
      }
      isDigit = character.isNumber
      if character.isLetter || character.isNumber { word.append(character) }
    }
    return word.isEmpty ? words : words + [word]
  }

  /// The last of the words that is a year.
  static func year(in words: [String]) -> Int? {
    words.compactMap { $0.count == 4 ? Int($0) : nil }.last { (1800...2199).contains($0) }
  }

  /// The columns of population, one a year, rising: mid-year estimates before the census of March, else the first.
  private static func populations(_ names: [[String]]) -> [Population] {
    var best: [Int: (index: Int, isMidYear: Bool)] = [:]
    for (index, words) in names.enumerated() {
      let year = year(in: words)
      let isPopulation = words.contains { ["pop", "population", "residents", "persons"].contains($0) }
      let isYearAlone = year != nil && words.allSatisfy { Int($0) != nil || ["mid", "year", "census"].contains($0) }
      guard isPopulation || isYearAlone else { continue }
      let isMidYear = words.contains("mid")
      if best[year ?? 0].map({ isMidYear && !$0.isMidYear }) ?? true { best[year ?? 0] = (index, isMidYear) }
    }
    // A figure without a year says nothing that those with one do not say better.
    if best.count > 1 { best[0] = nil }
    return best.sorted { $0.key < $1.key }.map { Population(index: $0.value.index, year: $0.key) }
  }
}
