import CommunitySafety
import Diagnostics
import ModelFiles
import Testing

/// The register of signals as people write it.
@Suite struct SignalsReaderTests {
  private func read(_ changes: [(String, String)] = []) throws -> [Signal] {
    var text = """
      signals:
        - id: air-base
          name: The air base grows
          source: Published plan
          date: 2026-01-31
          horizon: 1 to 3 years
          cause: economic
          likelihood: realistic possibility
          impact: 4
          places: [Cherwell]
          measures: [Burglary]
          owner: Council
          review: 2027-01-31
      """
    for (old, new) in changes { text = text.replacing(old, with: new) }
    return try ModelFileLoader.load(overrides: [.signals: ("signals.yaml", text)]).signals
  }

  @Test func anEntryIsRead() throws {
    let signal = try #require(try read().first)
    #expect(signal.id == "air-base" && signal.horizon == .oneToThree && signal.tag == .economic)
    #expect(signal.likelihood == .realisticPossibility && signal.impact == 4 && signal.places == ["Cherwell"])
    #expect(signal.measures == [MeasureID("burglary")] && signal.note == nil)
    #expect(!signal.hasExpired(by: "2027-01-31") && signal.hasExpired(by: "2027-02-01"))
  }

  @Test func theRegisterOfTheProgramIsInOrder() throws {
    let signals = try ModelFileLoader.builtIn().signals
    #expect(signals.count >= 3 && Set(signals.map(\.id)).count == signals.count)
  }

  @Test(arguments: [
    ("impact: 4", "impact: 3", "9:", "Write 0, 1, 2, 4 or 8"), ("economic", "money", "7:", "there is no cause 'money'"),
    ("review: 2027-01-31", "review: 2026-01-31", "13:", "not after the date"),
    ("[Cherwell]", "[Cherwel]", "10:", "there is no partnership 'Cherwel'"),
    ("[Burglary]", "[Burglery]", "11:", "there is no measure 'Burglery'"),
    ("id: air-base", "id: Air base", "2:", "lower-case"),
    ("date: 2026-01-31", "date: 31 January", "5:", "YYYY-MM-DD"),
    ("owner: Council", "own: Council", "12:", "no key 'own'"),
  ])
  func mistakesNameTheirLine(old: String, new: String, line: String, said: String) {
    let error = #expect(throws: HorizonError.self) { _ = try read([(old, new)]) }
    let text = error?.description ?? ""
    #expect(text.hasPrefix("signals.yaml:\(line)") && text.contains(said), "\(text)")
  }
}
