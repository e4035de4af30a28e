/// Finds names of people.
enum PersonNameText {
  /// A title before a capitalised word, with or without initials, is certain; a common first name beside another capitalised word, and nothing else,
  /// is likely.
  static func find(_ words: [String]) -> PersonalDataText.Weight? {
    for index in words.indices {
      let title = words[index].hasSuffix(".") ? String(words[index].dropLast()) : words[index]
      guard titles.contains(title) else { continue }
      let name = words[(index + 1)...].drop { $0.filter(\.isLetter).count == 1 && $0.first?.isUppercase == true }.first
      if let name, isName(name), !institutions.contains(name.lowercased()) { return .certain }
    }
    guard (2...4).contains(words.count), words.allSatisfy(isName) else { return nil }
    let folded = words.map { $0.lowercased() }
    let isPerson = firstNames.contains(folded[0]) || firstNames.contains(folded[folded.count - 1])
    return isPerson && institutions.isDisjoint(with: folded) ? .likely : nil
  }

  /// `Smith`, `SMITH`, `O'Neill`, `Smith-Jones`.
  private static func isName(_ word: String) -> Bool {
    guard let first = word.first, first.isUppercase, word.count > 1 else { return false }
    return word.allSatisfy { $0.isLetter || $0 == "'" || $0 == "\u{2019}" || $0 == "-" }
  }

  private static let titles: Set = ["Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "MR", "MRS", "MS", "MISS", "DR"]

  /// Words that stand with a first name in names of places.
  private static let institutions: Set = [
    "street", "road", "avenue", "lane", "close", "park", "school", "college", "church", "hospital", "ward", "square",
    "court", "house", "station", "estate", "centre", "town", "north", "south", "east", "west", "hill", "drive", "arms",
  ]

  /// First names that are common in England and Wales among people of all ages, without those that are common words.
  private static let firstNames: Set = [
    "aaron", "abigail", "adam", "ahmed", "aisha", "alan", "alexander", "alice", "ali", "amanda", "amelia", "amy",
    "andrea",
    "andrew", "angela", "anna", "anne", "anthony", "ashley", "barbara", "benjamin", "brian", "callum", "carol",
    "caroline",
    "catherine", "charles", "charlotte", "cheryl", "chloe", "christine", "christopher", "claire", "colin", "craig",
    "daniel",
    "david", "dawn", "deborah", "denise", "derek", "diane", "donna", "dorothy", "edward", "elizabeth", "ellie", "emily",
    "emma", "fatima", "fiona", "gareth", "gary", "geoffrey", "george", "graham", "hannah", "harry", "helen", "ian",
    "isabella",
    "jack", "jacqueline", "jake", "james", "jamie", "jane", "janet", "jason", "jean", "jennifer", "jessica", "joan",
    "joanne",
    "john", "jonathan", "joseph", "joshua", "julie", "karen", "katherine", "kathleen", "keith", "kelly", "kenneth",
    "kevin",
    "kimberley", "laura", "lauren", "leanne", "lee", "lesley", "liam", "linda", "lisa", "louise", "lucy", "luke",
    "margaret",
    "maria", "marie", "martin", "mary", "matthew", "megan", "melissa", "michael", "michelle", "mohammed", "muhammad",
    "nathan", "neil", "nicholas", "nicola", "olivia", "pamela", "patricia", "patrick", "paul", "pauline", "peter",
    "philip",
    "rachel", "raymond", "rebecca", "richard", "robert", "ronald", "ryan", "samantha", "samuel", "sandra", "sarah",
    "scott",
    "sean", "sharon", "sheila", "simon", "sophie", "stacey", "stephanie", "stephen", "steven", "stuart", "susan",
    "thomas",
    "timothy", "tracey", "tracy", "valerie", "victoria", "wendy", "william", "yvonne", "zoe",
  ]
}
