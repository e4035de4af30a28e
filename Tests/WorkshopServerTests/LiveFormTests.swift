import Foundation
import Testing
import Workshop

@testable import WorkshopServer

/// What was entered live as a form among workbooks: one person, one opinion of a problem.
@Suite struct LiveFormTests {
  private static let code = "place-0--problem-0"

  /// What a workbook of the same person would hold.
  private func workbook(_ name: String, _ scores: [String: Int], _ reason: String?) -> Opinion {
    Opinion(
      scorer: Scorer(name: name, organisation: "council"), code: Self.code, scores: scores, capacity: nil,
      reason: reason, place: FormPlace(file: "form.xlsx", sheet: "North", row: 5))
  }

  private func form(_ evidence: PackEvidence, _ opinions: [Opinion]) -> FilledForm {
    FilledForm(
      live: "form.xlsx", evidence: evidence, opinions: opinions, brought: [], earlier: [], earlierRisks: [], notes: [])
  }

  @Test func theLatestCountsAndAnImportTwiceChangesNothing() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        let browser = try await workshop.join("A. Baker")
        _ = try await workshop.save(browser, Self.code, [("physical", "8"), ("reason", "first")])
        _ = try await workshop.save(browser, Self.code, [("physical", "4"), ("reason", "then\nthis")])
        var record = WorkshopRecord()
        #expect(record.add(try await workshop.state.form(workshop.evidence, matching: .samePack)).isEmpty)
        #expect(record.opinions.map(\.scores) == [["physical": 4]])
        #expect(record.opinions.map(\.reason) == ["then this"])
        #expect(record.opinions[0].place == FormPlace(file: "scores.sqlite", sheet: "score", row: 2))
        let once = try record.encoded()
        #expect(record.add(try await workshop.state.form(workshop.evidence, matching: .samePack)).isEmpty)
        #expect(try record.encoded() == once)

        // Changed after the import, it gives way; taken back, it is gone.
        _ = try await workshop.save(browser, Self.code, [("physical", "1"), ("financial", "2")])
        #expect(record.add(try await workshop.state.form(workshop.evidence, matching: .samePack)).isEmpty)
        #expect(record.opinions.map(\.scores) == [["physical": 1, "financial": 2]])
        #expect(record.opinions.map(\.reason) == [nil])
        _ = try await workshop.save(browser, Self.code, [])
        #expect(record.add(try await workshop.state.form(workshop.evidence, matching: .samePack)).isEmpty)
        #expect(record.isEmpty)
      }
    }
  }

  @Test func aWorkbookAgreesOrIsSaid() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        let evidence = workshop.evidence
        let browser = try await workshop.join("A. Baker", "Council")
        _ = try await workshop.save(browser, Self.code, [("physical", "8"), ("reason", "live")])
        let live = try await workshop.state.form(evidence, matching: .samePack)
        let same = form(evidence, [workbook("a. baker", ["physical": 8, "financial": 1], "paper")])
        for order in [[live, same], [same, live]] {
          var record = WorkshopRecord()
          for form in order { #expect(record.add(form).isEmpty) }
          #expect(record.opinions.map(\.scores) == [["physical": 8, "financial": 1]])
          #expect(record.opinions.map(\.reason) == ["live / paper"])
        }
        let other = form(evidence, [workbook("A. BAKER", ["physical": 2], nil)])
        for order in [[live, other], [other, live]] {
          var record = WorkshopRecord()
          let faults = order.flatMap { record.add($0) }
          #expect(faults.count == 1 && faults[0].message.contains("(physical)"))
        }
        // What the workbook gave stays when the live score is changed to agree with it.
        var record = WorkshopRecord()
        #expect(record.add(live).isEmpty && record.add(same).isEmpty)
        _ = try await workshop.save(browser, Self.code, [("financial", "1"), ("physical", "4")])
        #expect(record.add(try await workshop.state.form(evidence, matching: .samePack)).isEmpty)
        #expect(record.opinions.map(\.scores) == [["physical": 4, "financial": 1]])
        #expect(record.opinions.map(\.reason) == ["paper"])
      }
    }
  }

  @Test func scoresOfAnotherPackAreTakenWhenAsked() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        let browser = try await workshop.join("A. Baker")
        _ = try await workshop.save(browser, Self.code, [("physical", "8")])
        _ = try await workshop.save(browser, "place-1--problem-1", [("physical", "4")])
        let other = testEvidence(titles: ["Burglary"])
        await #expect(throws: (any Error).self) { try await workshop.state.form(other, matching: .samePack) }
        let form = try await workshop.state.form(other, matching: .problemByProblem)
        #expect(form.opinions.map(\.code) == [Self.code])
        #expect(form.notes.contains { $0.contains("place-1--problem-1 is not in this pack") })
      }
    }
  }

  @Test func theStateIsReadWhileItIsServed() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        let browser = try await workshop.join("A. Baker")
        _ = try await workshop.save(browser, Self.code, [("physical", "8")])
        #expect(WorkshopState.isState(workshop.statePath))
        let reading = try WorkshopState(reading: workshop.statePath)
        #expect(try await reading.form(workshop.evidence, matching: .samePack).opinions.count == 1)
        try reading.close()
        let saved = try await workshop.save(browser, Self.code, [("physical", "4")])
        #expect(saved.status == 303)
      }
      #expect(!WorkshopState.isState(folder.appendingPathComponent("pack/evidence.json").path))
      // Closed, it is one file.
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      #expect(names.filter { $0.hasPrefix("scores") } == ["scores.sqlite"])
    }
  }
}
