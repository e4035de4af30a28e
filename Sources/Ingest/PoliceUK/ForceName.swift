/// Names of police forces: the slugs of file names, and what can be made of a name in a row.
public enum ForceName {
  /// Month and force of `2019-06-thames-valley-street.csv`; nil for a file named otherwise.
  static func parse(fileName: String) -> (month: Int, slug: String)? {
    let name = FileKind.contentName(fileName)
    let ending = "-street.csv"
    guard name.hasSuffix(ending) else { return nil }
    let parts = name.dropLast(ending.count).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, let year = Int(parts[0]),
      let month = Int(parts[1]), (1...12).contains(month), StreetTallyBuilder.years.contains(year)
    else { return nil }
    let slug = parts[2...].joined(separator: "-")
    guard !slug.isEmpty, slug.utf8.allSatisfy({ $0 == 45 || (97...122).contains($0) || (48...57).contains($0) }) else {
      return nil
    }
    return (year * 12 + month - 1, slug)
  }

  /// The slug of a name such as "Avon and Somerset Constabulary"; empty for a blank name.
  public static func slug(ofName name: String) -> String {
    let spelled = name.lowercased().replacing("&", with: " and ")
    let words = spelled.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    let generic: Set = ["police", "constabulary", "service"]
    var kept = words.filter { !generic.contains($0) }
    if kept.first == "of" || kept.first == "the" { kept.removeFirst() }
    let slug = kept.joined(separator: "-")
    // The one force whose file name is an abbreviation.
    return slug == "british-transport" ? "btp" : slug
  }

  /// A name made of a slug: "avon-and-somerset" is "Avon and Somerset".
  public static func display(slug: String) -> String {
    slug.split(separator: "-").map { word in
      word == "and" || word == "of" ? String(word) : word.prefix(1).uppercased() + word.dropFirst()
    }.joined(separator: " ")
  }

  /// Names a force answers to: its slug, its name, and its name without "Police" or "Constabulary".
  static func aliases(slug: String, display: String) -> [String] { [slug, display, self.slug(ofName: display)] }
}
