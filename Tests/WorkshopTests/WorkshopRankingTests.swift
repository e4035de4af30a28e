import CommunitySafety
import Foundation
import Testing

@testable import Workshop

@Suite struct WorkshopRankingTests {
  private let pack = evidence()

  private func form(_ name: String, _ fill: (inout Form) -> Void) throws -> FilledForm {
    var form = try Form(pack, name: name)
    fill(&form)
    return try read(form, of: pack)
  }

  @Test func withoutAScoreNothingMoves() throws {
    let ranking = WorkshopRanking(pack, WorkshopRecord())
    #expect(ranking.moved.isEmpty)
    // Shoplifting has no harm weight here, so it has no provisional impact and no rank.
    #expect(ranking.items.count == 6 && ranking.items.count { $0.rank == nil } == 2)
    #expect(ranking.items.first?.title == "Burglary" && ranking.items.first?.isProvisional == true)
  }

  /// Of the pack's scoring profile: volume 107 of 60 and 240 is 2, a chance of 80 % is 4, and the evidence says nothing of frequency and
  /// trend: by hand 3. The impact of 365 days is 8.
  @Test func theScoreIsImpactTimesLikelihood() throws {
    let item = try #require(WorkshopRanking(pack, WorkshopRecord()).items.first { $0.code == "place-1--problem-0" })
    #expect(item.impactBefore == 8)
    #expect(item.likelihood == 3)
    #expect(item.score == 24)
  }

  @Test func medianAndSpreadAreOfThoseWhoScored() throws {
    let forms =
      try [("A", 1), ("B", 8), ("C", 2)].map { name, score in
        try form(name) { $0.score("North", 1, [score, nil, 4]) }
      } + [try form("D") { $0.score("North", 1, [nil, nil, nil], reason: "cannot judge") }]
    let (record, faults) = record(forms)
    #expect(faults.isEmpty && record.opinions.count == 4)
    let merged = try #require(MergedScore(record.opinions))
    #expect(merged.scorers == 3)
    #expect(merged.parts.map(\.median) == [2, 4] && merged.impact == 3)
    // The first counts three times: (3 x 2 + 4) / 4. What counts nothing alone is no score.
    #expect(MergedScore(record.opinions) { $0 == .physical ? 3 : 1 }?.impact == 2.5)
    #expect(MergedScore(record.opinions) { _ in 0 } == nil)
    #expect(merged.parts.map(\.lowest) == [1, 4] && merged.parts.map(\.highest) == [8, 4])
    #expect(merged.disagreements.map(\.dimension) == [.physical])
  }

  @Test func aScoreMovesItsProblemAndSaysWhose() throws {
    let forms = [
      try form("A") { $0.score("North", 2, [8, 8, 8, 8, 8, 8], reason: "It closes shops") },
      try form("B") { $0.score("North", 2, [0, 0, 0, 0, 0, 0], reason: "It is insured") },
      try form("C") { $0.score("North", 2, [8, 8, 8, 8, 8, 8], reason: "Staff leave") },
    ]
    let ranking = WorkshopRanking(pack, record(forms).record)
    let item = try #require(ranking.items.first { $0.code == "place-0--problem-2" })
    #expect(item.rankBefore == nil && item.rank != nil && item.impact == 8)
    #expect(ranking.moved.contains { $0.code == item.code })
    // With one of them gone its median is 4 or 8, which leaves it where it is: no one score alone moved it.
    #expect(item.decisive == nil)
    let alone = WorkshopRanking(
      pack, record([try form("A") { $0.score("North", 0, [0, 0, 0, 0, 0, 0], reason: "Solved") }]).record)
    let moved = try #require(alone.items.first { $0.code == "place-0--problem-0" })
    #expect(moved.decisive?.scorer.name == "A" && moved.decisive?.rankWithout == moved.rankBefore)
    #expect((moved.rank ?? 0) > (moved.rankBefore ?? 99))
    let stability = try #require(item.stability)
    #expect(stability.best <= (item.rank ?? 0) && stability.worst > stability.best)
  }

  @Test func theOrderOfFormsDoesNotMatterAndTwiceIsOnce() throws {
    let forms = try ["A", "B", "C"].map { name in
      try form(name) { $0.score("North", 0, [name == "B" ? 2 : 8], reason: name) }
    }
    let first = record(forms).record
    #expect(try record(forms.reversed()).record.encoded() == first.encoded())
    #expect(try record(forms + forms).record.encoded() == first.encoded())
    #expect(first.scorers.map(\.name) == ["A", "B", "C"])
  }

  @Test func twoFormsOfOnePersonAreOneUnlessTheyContradictThemselves() throws {
    let first = try form("Ann Lee") { $0.score("North", 0, [8], reason: "first") }
    let second = try form("ann lee") { $0.score("North", 0, [nil, 4], reason: "second") }
    let (record, faults) = record([second, first])
    #expect(faults.isEmpty && record.opinions.count == 1)
    let opinion = try #require(record.opinions.first)
    #expect(opinion.scores == ["physical": 8, "psychological": 4] && opinion.reason == "first / second")
    #expect(opinion.scorer.name == "Ann Lee")
    let contradiction = try form("ANN LEE") { $0.score("North", 0, [1]) }
    var again = record
    let found = again.add(contradiction)
    #expect(found.count == 1)
    #expect(found.first?.description.contains("scores place-0--problem-0 8 and 1 (physical)") == true)
  }

  @Test func whatPeopleAndTheRegisterBringStandsInTheSameOrder() throws {
    func signal(_ id: String, review: String) -> Signal {
      Signal(
        id: id, name: id, source: "s", date: "2025-01-01", horizon: .underOneYear, tag: .legal,
        likelihood: .almostCertain, impact: 8, places: ["North"], measures: [], owner: "o", review: review, note: nil)
    }
    let pack = evidence(signals: [signal("good", review: "2026-06-01"), signal("stale", review: "2025-12-30")])
    var filled = try Form(pack)
    for (column, text) in ["North", "New estate", "social", "under 1 year", "highly likely"].enumerated() {
      filled.set(ScoringForm.ownSheet, 4, column, .text(text))
    }
    filled.set(ScoringForm.ownSheet, 4, 5, .number(4))
    let (record, _) = record([try read(filled, of: pack)])
    let ranking = WorkshopRanking(pack, record)
    #expect(ranking.expired.map(\.id) == ["stale"])
    let first = try #require(ranking.items.first)
    #expect(first.basis == .signal && first.score == 32 && first.rankInPlace == 1)
    let own = try #require(ranking.items.first { $0.basis == .people })
    #expect(own.score == 16 && own.rankBefore == nil && own.rank != nil)
  }

  @Test func evidenceComesBackAsItWasWritten() throws {
    try withFolder { folder in
      try Data(pack.encoded()).write(to: folder.appendingPathComponent(PackEvidence.path))
      let read = try PackEvidence.read(pack: folder.path)
      #expect(read == pack)
      #expect(try read.encoded() == pack.encoded())
      #expect(throws: (any Error).self) { _ = try PackEvidence.read(pack: folder.path + "/none") }
      try Data("{\"schema\":99}".utf8).write(to: folder.appendingPathComponent(PackEvidence.path))
      #expect(throws: (any Error).self) { _ = try PackEvidence.read(pack: folder.path) }
    }
  }

  @Test func theFormIsTheSameBytesAndFastForTwoHundredProblems() throws {
    let pack = evidence(places: (0..<10).map { "Place \($0)" }, titles: (0..<20).map { "Problem \($0)" })
    let first = try ScoringWorkbook(pack, root: "pack/").encoded()
    #expect(first == (try ScoringWorkbook(pack, root: "pack/").encoded()))
  }
}
