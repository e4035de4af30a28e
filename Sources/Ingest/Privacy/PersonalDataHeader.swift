/// Tells by its name whether a column holds personal data in clear.
enum PersonalDataHeader {
  /// The kind of data that a column of this name holds; nil if the name says nothing of the sort.
  static func kind(of name: String) -> PersonalDataKind? {
    let words = words(name)
    let set = Set(words)
    if words.contains("pseudonym") || words.contains("hash") { return nil }
    if !set.isDisjoint(with: ["dob", "birth", "birthday", "birthdate", "dateofbirth"]) { return .birth }
    if !set.isDisjoint(with: ["email", "mail"]) { return .email }
    if !set.isDisjoint(with: ["phone", "telephone", "tel", "mobile", "landline", "phonenumber"]) { return .phone }
    if set.contains("nhs") || set.contains("nino") || (set.contains("insurance") && set.contains("national")) {
      return .number
    }
    if !set.isDisjoint(with: people) { return .name }
    if set.contains("name") || set.contains("names") {
      return set.isDisjoint(with: placesAndThings) ? .name : nil
    }
    if set.contains("address") || set.contains("addr") { return .address }
    if set.contains("house"), !set.isDisjoint(with: ["number", "no", "name"]) { return .address }
    return nil
  }

  private static let people: Set = [
    "surname", "forename", "forenames", "firstname", "lastname", "fullname", "middlename", "maidenname", "nickname",
    "aliases",
  ]
  /// What may have a name without being a person.
  private static let placesAndThings: Set = [
    "area", "ward", "district", "force", "csp", "partnership", "lsoa", "msoa", "borough", "county", "region", "parish",
    "beat", "neighbourhood", "source", "agency", "organisation", "category", "type", "offence", "crime", "team", "file",
    "scheme", "partner", "sector", "town", "city", "output", "locality", "council",
  ]

  /// Words of `victimSurname`, `victim_surname` and `Victim surname`, in lower case.
  private static func words(_ name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var previousIsLower = false
    for character in name {
      let isLetter = character.isLetter
      if !isLetter || (character.isUppercase && previousIsLower) {
        if !word.isEmpty { words.append(word.lowercased()) }
        word = ""
      }
      if isLetter { word.append(character) }
      previousIsLower = character.isLowercase
    }
    if !word.isEmpty { words.append(word.lowercased()) }
    return words
  }
}
