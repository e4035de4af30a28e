import Testing

@testable import Ingest

@Suite struct LabelSpellingTests {
  @Test func theLatestSpellingStands() {
    var labels = LabelSpelling()
    let old = labels.note("PUBLIC  ORDER  offences", lastSeen: 4)
    let new = labels.note("Public order offences", lastSeen: 9)
    let other = labels.note("Robbery", lastSeen: 2)
    #expect(old == new && other != old)
    #expect(labels.spelling(old) == "Public order offences" && labels.spelling(other) == "Robbery")
    #expect(labels.drift == [.init(now: "Public order offences", others: ["PUBLIC ORDER offences"])])
    _ = labels.note("PUBLIC  ORDER  offences", lastSeen: 12)
    #expect(labels.spelling(old) == "PUBLIC ORDER offences")
  }

  @Test func orderOfArrivalDoesNotMatter() {
    let seen = [("Hammersmith & Fulham", 3), ("Hammersmith and Fulham", 3), ("St. Helens", 1), ("St Helens", 5)]
    var (a, b) = (LabelSpelling(), LabelSpelling())
    let first = seen.map { a.note($0.0, lastSeen: $0.1) }
    let second = seen.reversed().map { b.note($0.0, lastSeen: $0.1) }
    #expect(first.map(a.spelling) == second.reversed().map(b.spelling))
    #expect(a.spelling(first[2]) == "St Helens" && a.spelling(first[0]) == "Hammersmith & Fulham")
  }
}
