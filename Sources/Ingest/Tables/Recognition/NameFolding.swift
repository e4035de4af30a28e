import CommunitySafety

/// Brings names of areas or measures that differ in their writing only under one.
///
/// What names are compared by is ``NameForm``; a name or code of a district that the registry knows is that district
/// however it is written, so that codes decide.
struct NameFolding {
  /// For each name the number of what it is a name of.
  let numbers: [Int]
  /// Names of each number, in order of first appearance.
  private let variants: [[Int]]
  private let names: [String]
  private let known: [String?]

  /// Looks at distinct names; `registry` knows districts, nil where the names are no areas.
  init(_ names: [String], districts registry: AreaRegistry?) {
    self.names = names
    let lookup = registry.map(DistrictNames.init)
    var numberOf: [String: Int] = [:]
    numberOf.reserveCapacity(names.count)
    var numbers: [Int] = []
    var variants: [[Int]] = []
    var known: [String?] = []
    for (index, name) in names.enumerated() {
      let district = registry?.district(code: name.uppercased()) ?? lookup?.district(named: name)
      // No form of a name holds a line feed.
      let form = district.map { "\n" + $0.code } ?? NameForm.form(name)
      let number = numberOf[form] ?? variants.count
      if number == variants.count {
        numberOf[form] = number
        variants.append([])
        known.append(district?.name)
      }
      variants[number].append(index)
      numbers.append(number)
    }
    (self.numbers, self.variants, self.known) = (numbers, variants, known)
  }

  /// Whether any two names are of one thing.
  var folds: Bool { variants.count < names.count }

  /// How each number is written: as the registry has it, if any name is written so; else as most rows have it, of
  /// several the first.
  func spellings(rows: [Int]) -> [String] {
    variants.enumerated().map { number, list in
      if let known = known[number], list.contains(where: { names[$0] == known }) { return known }
      let best = list.max { a, b in rows[a] != rows[b] ? rows[a] < rows[b] : a > b }
      let name = best.map { names[$0] } ?? ""
      return list.count > 1 ? name.split(whereSeparator: \.isWhitespace).joined(separator: " ") : name
    }
  }

  /// Things written in several ways.
  func drift(_ spellings: [String]) -> [CountedNote.Spelling] {
    variants.enumerated().filter { $0.element.count > 1 }.map { number, list in
      .init(now: spellings[number], others: list.map { names[$0] }.filter { $0 != spellings[number] })
    }
  }
}
