import CommunitySafety
import Foundation
import Testing
import Workbooks

@testable import Workshop

/// What people do to forms.
@Suite struct FilledFormTests {
  private let pack = evidence()

  private func fault(_ form: Form, _ matching: FilledForm.Matching = .samePack) throws -> String {
    let faults = try read(form, of: pack, matching).faults
    return faults.map(\.description).joined(separator: "\n")
  }

  @Test func aFilledFormIsReadWithWhoWhatAndWhy() throws {
    var form = try Form(pack)
    form.score("North", 0, [8, 4, 2, nil, 1, 0], capacity: 3, reason: "=cmd|' /C calc'!A0 <b>markup</b>")
    form.score("South & Vale", 2, [nil, nil, 1, nil, nil, nil])
    form.set(ScoringForm.ownSheet, 4, 0, .text("south & vale"))
    for (column, text) in ["Air base grows", "economic", "1 to 3 years", "likely"].enumerated() {
      form.set(ScoringForm.ownSheet, 4, column + 1, .text(text))
    }
    form.set(ScoringForm.ownSheet, 4, 5, .number(4))
    form.set(ScoringForm.ownSheet, 4, 6, .text("The base's own plan"))
    let filled = try read(form, of: pack)
    #expect(filled.faults.isEmpty && filled.notes.isEmpty)
    #expect(filled.scorer == Scorer(name: "A. Baker", organisation: "Council"))
    #expect(filled.opinions.count == 2)
    let first = try #require(filled.opinions.first)
    #expect(first.code == "place-0--problem-0")
    #expect(HarmScale.Dimension.allCases.map { first.score($0) } == [8, 4, 2, nil, 1, 0])
    #expect(first.impact == 3 && first.capacity == 3)
    #expect(first.reason == "=cmd|' /C calc'!A0 <b>markup</b>")
    #expect(first.place == FormPlace(file: "form.xlsx", sheet: "North", row: 5))
    let risk = try #require(filled.brought.first)
    #expect(risk.area == "South & Vale" && risk.title == "Air base grows" && risk.tag == .economic)
    #expect(risk.horizon == .oneToThree && risk.likelihood == .likely && risk.impact == 4)
  }

  @Test func aFormWithoutAScoreIsTaken() throws {
    let filled = try read(try Form(pack, name: nil, organisation: ""), of: pack)
    #expect(filled.faults.isEmpty && filled.opinions.isEmpty && filled.scorer == nil)
    #expect(filled.notes == ["holds neither a name nor a score"])
  }

  @Test func scoresThatAreNoneNameTheirCellAndTheRemedy() throws {
    for (value, said) in [
      (WorkbookCell.Value.number(3), "\"3\" is no score"), (.number(-1), "\"-1\" is no score"),
      (.number(2.5), "\"2.5\" is no score"), (.text("high"), "\"high\" is no score"), (.number(1e9), "is no score"),
      (.date(year: 2026, month: 1, day: 2), "is no score"),
    ] {
      var form = try Form(pack)
      form.set("North", 5, 11, value)
      let text = try fault(form)
      #expect(text.contains("sheet \"North\", cell L6"), "\(text)")
      #expect(text.contains(said) && text.contains("Choose 0, 1, 2, 4 or 8"), "\(text)")
    }
    var form = try Form(pack)
    form.score("North", 0, [], capacity: 8)
    #expect(try fault(form).contains("Choose 1, 2, 3 or 4"))
  }

  @Test func aScoreWithoutANameIsRefused() throws {
    var form = try Form(pack, name: nil)
    form.score("North", 0, [8])
    form.score("North", 1, [8])
    let faults = try read(form, of: pack).faults
    #expect(faults.count == 1)
    #expect(faults.first?.description.contains("Write your name on the sheet \"Start here\"") == true)
  }

  @Test func sortedRowsAndRenamedSheetsAndInsertedColumnsAreRead() throws {
    var form = try Form(pack)
    form.score("North", 0, [8])
    form.score("North", 1, [1])
    form.edit("North") { sheet in
      sheet.rows.swapAt(4, 6)
      sheet.entries = []
      for row in sheet.rows.indices { sheet.rows[row].insert(.init(.blank), at: min(3, sheet.rows[row].count)) }
      sheet.rows[5][3] = .text("my remark")
    }
    let index = try #require(form.workbook.sheets.firstIndex { $0.name == "North" })
    var renamed = WorkbookSheet("My sheet")
    renamed.rows = form.workbook.sheets[index].rows
    form.workbook.sheets[index] = renamed
    form.workbook.sheets[0].rows.removeLast(8)
    let filled = try read(form, of: pack)
    #expect(filled.faults.isEmpty)
    #expect(filled.opinions.map(\.code).sorted() == ["place-0--problem-0", "place-0--problem-1"])
    #expect(filled.opinions.first { $0.code.hasSuffix("0") }?.score(.physical) == 8)
    #expect(filled.notes == ["sheet \"My sheet\": column D is no part of the form and not read"])
  }

  @Test func aDeletedRowLeavesItsProblemUnscored() throws {
    var form = try Form(pack)
    form.score("North", 0, [8])
    form.edit("South & Vale") { $0.rows.remove(at: 5) }
    let filled = try read(form, of: pack)
    #expect(filled.faults.isEmpty && filled.opinions.count == 1)
    #expect(
      filled.notes.first?.contains("has no row for 1 of 6 problems, which it leaves unscored: Robbery in South & Vale")
        == true)
  }

  @Test func cellsThatWereMovedApartAreFound() throws {
    // The names alone were sorted, the codes stayed.
    var form = try Form(pack)
    form.score("North", 0, [8])
    form.edit("North") { sheet in
      let (a, b) = (sheet.rows[4][2], sheet.rows[5][2])
      (sheet.rows[4][2], sheet.rows[5][2]) = (b, a)
    }
    let text = try fault(form)
    #expect(text.contains("the row says \"Robbery\" where its hidden code says \"Burglary\" in North"))
    #expect(text.contains("cell C5"))
  }

  @Test func evidenceThatWasWrittenOverIsNoted() throws {
    var form = try Form(pack)
    form.set("North", 4, 5, .text("99"))
    let filled = try read(form, of: pack)
    #expect(filled.faults.isEmpty)
    #expect(
      filled.notes.first?.contains("row 5: the forecast was written over; the pack's own, 130 (117 to 143), is used")
        == true)
  }

  @Test func aScoreOutsideOfTheRowsIsRefused() throws {
    var form = try Form(pack)
    form.set("North", 9, 10, .number(4))
    #expect(try fault(form).contains("stands in a row of no problem"))
  }

  @Test func aHeadingThatIsGoneOrThereTwiceIsRefused() throws {
    var form = try Form(pack)
    form.set("North", 3, 10, .text("Damage"))
    #expect(try fault(form).contains("the column \"Physical harm\" is missing"))
    form = try Form(pack)
    form.set("North", 3, 18, .text("Physical harm"))
    #expect(try fault(form).contains("the heading \"Physical harm\" stands in two columns"))
  }

  @Test func aFormOfAnotherPackIsRefusedOrMatched() throws {
    let other = evidence(places: ["North", "East"])
    var form = try Form(other)
    form.score("North", 0, [8])
    form.score("East", 0, [4])
    let error = #expect(throws: (any Error).self) { _ = try read(form, of: pack) }
    #expect("\(String(describing: error))".contains("made from another pack"))
    let matched = try read(form, of: pack, .problemByProblem)
    #expect(matched.faults.isEmpty && matched.opinions.count == 2)
    #expect(matched.notes.first == "made from another pack: its scores are taken problem by problem")
  }

  @Test func whatIsNoFormIsRefused() throws {
    var form = try Form(pack)
    form.remove(ScoringForm.markSheet)
    #expect(throws: (any Error).self) { _ = try read(form, of: pack) }
    try withFolder { folder in
      let path = folder.appendingPathComponent("a.xlsx").path
      #expect(throws: (any Error).self) { _ = try FilledForm(path: path, evidence: pack, matching: .samePack) }
      for text in ["", "PK\u{3}\u{4}", "not a workbook"] {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: (any Error).self) { _ = try FilledForm(path: path, evidence: pack, matching: .samePack) }
      }
      let macros = try Form(pack).save(folder, "b.xlsm")
      let error = #expect(throws: (any Error).self) {
        _ = try FilledForm(path: macros, evidence: pack, matching: .samePack)
      }
      #expect("\(String(describing: error))".contains("macros"))
    }
  }

  @Test func aHugeFileIsRefusedBeforeItIsRead() throws {
    try withFolder { folder in
      let path = folder.appendingPathComponent("huge.xlsx").path
      try Data("PK\u{3}\u{4}".utf8).write(to: URL(fileURLWithPath: path))
      // 500 MB that take no room.
      #expect(truncate(path, 500 << 20) == 0)
      let error = #expect(throws: (any Error).self) {
        _ = try FilledForm(path: path, evidence: pack, matching: .samePack)
      }
      #expect("\(String(describing: error))".contains("500 MB"))
    }
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/soffice")))
  func aFormSavedByLibreOfficeIsReadAlike() throws {
    var form = try Form(pack)
    form.score("North", 0, [8, 4, 2, nil, 1, 0], capacity: 3, reason: "=1+1 \u{2013} \u{201C}why\u{201D}")
    form.score("South & Vale", 1, [nil, 2])
    form.set(ScoringForm.ownSheet, 4, 1, .text("A new estate"))
    try withFolder { folder in
      let path = try form.save(folder, "form.xlsx")
      let own = try FilledForm(path: path, evidence: pack, matching: .samePack)
      for format in ["xlsx", "ods"] {
        let out = folder.appendingPathComponent(format)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/soffice")
        process.arguments = [
          "-env:UserInstallation=file://\(folder.path)/profile", "--headless", "--convert-to", format, "--outdir",
          out.path, path,
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let saved = try FilledForm(
          path: out.appendingPathComponent("form.\(format)").path, evidence: pack, matching: .samePack)
        #expect(saved.faults.isEmpty && saved.notes.isEmpty, "\(format): \(saved.faults) \(saved.notes)")
        #expect(saved.opinions.map(\.scores) == own.opinions.map(\.scores))
        #expect(saved.opinions.map(\.reason) == own.opinions.map(\.reason))
        #expect(saved.opinions.map(\.capacity) == own.opinions.map(\.capacity))
        #expect(saved.brought.map(\.title) == ["A new estate"])
      }
    }
  }

  /// What was entered elsewhere, written into a form, is read back as it was.
  @Test func aFormFilledByTheProgramReadsBackTheSame() throws {
    let evidence = evidence()
    let scorer = Scorer(name: "=A. Baker", organisation: "Council & Co")
    func place(_ sheet: String, _ row: Int) -> FormPlace { FormPlace(file: "form.xlsx", sheet: sheet, row: row) }
    let opinions = [
      Opinion(
        scorer: scorer, code: "place-0--problem-1", scores: ["physical": 8, "environment": 0], capacity: 3,
        reason: "@because", place: place("North", 6)),
      Opinion(
        scorer: scorer, code: "place-1--problem-0", scores: [:], capacity: nil, reason: "no figure",
        place: place("South & Vale", 5)),
    ]
    let brought = (0..<32).map { n in
      BroughtRisk(
        scorer: scorer, area: n == 0 ? "" : "North", title: "Risk \(n)", tag: n == 1 ? nil : .legal,
        horizon: .oneToThree, likelihood: .likely, impact: n == 2 ? nil : 4, basis: "+a plan",
        place: place(ScoringForm.ownSheet, 5 + n))
    }
    let filled = ScoringWorkbook.Filled(scorer: scorer, opinions: opinions, brought: brought)
    let form = try withFolder { folder in
      let path = folder.appendingPathComponent("form.xlsx").path
      try Data(ScoringWorkbook(evidence, root: nil, filled: filled).encoded()).write(to: URL(fileURLWithPath: path))
      return try FilledForm(path: path, evidence: evidence, matching: .samePack)
    }
    #expect(form.faults.isEmpty, "\(form.faults)")
    #expect(form.scorer == scorer)
    #expect(form.opinions == opinions)
    #expect(form.brought == brought)
  }
}
