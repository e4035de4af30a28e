import Foundation
import GRDB
import Testing
import Workshop

@testable import WorkshopServer

/// What is entered, and what is kept of it.
@Suite struct ScoringTests {
  private static let code = "place-0--problem-0"

  /// The rows of the scores as another program reads them from the file.
  private func rows(_ path: String) throws -> [Row] {
    var configuration = Configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    return try queue.read { try Row.fetchAll($0, sql: "SELECT * FROM score ORDER BY id") }
  }

  @Test func whatIsAcknowledgedIsInTheFile() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        let browser = try await workshop.join("A. Baker")
        let reply = try await workshop.save(
          browser, Self.code, [("physical", "8"), ("environment", "0"), ("capacity", "3"), ("reason", "As\ntyped  ")])
        #expect(reply.status == 303)
        #expect(reply.headers["location"] == "/score?place=1&saved=\(Self.code)#\(Self.code)")
        let rows = try rows(workshop.statePath)
        #expect(rows.count == 1)
        let numbers: [Int?] = ["physical", "environment", "capacity", "financial"].map { rows[0][$0] }
        #expect(numbers == [8, 0, 3, nil])
        let reason: String? = rows[0]["reason"]
        #expect(reason == "As\ntyped  ")
        // 2 is FULL: https://www.sqlite.org/pragma.html#pragma_synchronous
        let mode = try await workshop.state.write { database in
          (
            try Int.fetchOne(database, sql: "PRAGMA synchronous"),
            try String.fetchOne(database, sql: "PRAGMA journal_mode")
          )
        }
        #expect(mode.0 == 2 && mode.1 == "wal")
      }
    }
  }

  @Test func nothingTypedIsOverwritten() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        let browser = try await workshop.join("A. Baker")
        let saves: [[(String, String)]] = [
          [("physical", "8"), ("reason", "a")], [("physical", "2")], [("physical", "2")], [],
        ]
        for fields in saves {
          let reply = try await workshop.save(browser, Self.code, fields)
          #expect(reply.status == 303)
        }
        // The third said what the second did.
        let rows = try rows(workshop.statePath)
        let physical: [Int?] = rows.map { $0["physical"] }
        #expect(physical == [8, 2, nil])
        let reason: String? = rows[0]["reason"]
        #expect(reason == "a")
        let person = try await workshop.state.people()[0]
        #expect(try await workshop.state.latest(of: person.id)[Self.code]?.score.isBlank == true)
      }
      let queue = try DatabaseQueue(path: folder.appendingPathComponent("scores.sqlite").path)
      for statement in ["UPDATE score SET physical = 1", "DELETE FROM score"] {
        await #expect(throws: DatabaseError.self) { try await queue.write { try $0.execute(sql: statement) } }
      }
      let count = try await queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM score") }
      #expect(count == 3)
    }
  }

  @Test func peopleGoOnAfterARestart() async throws {
    try await withFolder { folder in
      let browser = try await LiveWorkshop.run(in: folder) { workshop in
        let browser = try await workshop.join("A. Baker")
        let reply = try await workshop.save(browser, Self.code, [("physical", "4"), ("reason", "kept")])
        #expect(reply.status == 303)
        return browser
      }
      try await LiveWorkshop.run(in: folder) { workshop in
        let page = try await workshop.request("GET", "/score", cookie: browser.cookie)
        #expect(page.body.contains("kept</textarea>") && page.body.contains("value=\"4\" selected=\"selected\""))
        #expect(page.body.contains("North: 1 of 2 scored"))
        let reply = try await workshop.save(browser, Self.code, [("physical", "8")])
        #expect(reply.status == 303)
      }
      #expect(try rows(folder.appendingPathComponent("scores.sqlite").path).count == 2)
    }
  }

  @Test(arguments: [
    ("physical", "3"), ("physical", "-1"), ("physical", "08"), ("physical", "eight"), ("physical", "8 "),
    ("capacity", "0"), ("capacity", "5"), ("reason", String(repeating: "x", count: 1001)),
  ])
  func whatIsNoScoreIsRefusedAndShownAgain(_ field: (String, String)) async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        let browser = try await workshop.join("A. Baker")
        let reason = field.0 == "reason" ? [] : [("reason", "typed <here>")]
        let reply = try await workshop.save(browser, Self.code, [("financial", "2"), field] + reason)
        #expect(reply.status == 422)
        #expect(
          reply.body.contains("Nothing was saved yet") && reply.body.contains("href=\"#\(Self.code)-\(field.0)\""))
        #expect(reply.body.contains(field.0 == "reason" ? field.1 : "typed &lt;here&gt;</textarea>"))
        #expect(reply.body.contains("value=\"2\" selected=\"selected\""))
        #expect(try rows(workshop.statePath).isEmpty)
      }
    }
  }

  @Test func aThousandCharactersOfAnyKindAreTaken() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        let browser = try await workshop.join("A. Baker")
        let reason = String(repeating: "\u{1F692}", count: 1000)
        let saved = try await workshop.save(browser, Self.code, [("reason", reason)])
        #expect(saved.status == 303)
        let kept: String? = try rows(workshop.statePath)[0]["reason"]
        #expect(kept == reason)
        let unknown = try await workshop.save(browser, "no-such-problem", [("physical", "8")])
        #expect(unknown.status == 422)
      }
    }
  }

  @Test func manyAtOnceLoseNothing() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        let codes = workshop.evidence.problems.map(\.code)
        try await withThrowingTaskGroup(of: Void.self) { group in
          for person in 0..<12 {
            group.addTask {
              let browser = try await workshop.join("Person \(person)")
              for (n, code) in (codes + codes).enumerated() {
                let reply = try await workshop.save(
                  browser, code, [("physical", "\([0, 1, 2, 4, 8][(person + n) % 5])"), ("reason", "\(person)/\(n)")])
                #expect(reply.status == 303)
              }
            }
          }
          try await group.waitForAll()
        }
        let reasons: [String] = try rows(workshop.statePath).map { $0["reason"] }
        let expected = (0..<12).flatMap { person in (0..<(2 * codes.count)).map { "\(person)/\($0)" } }
        #expect(Set(reasons) == Set(expected) && reasons.count == expected.count)
      }
    }
  }

  @Test func theOrderAnswers() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        let (baker, cole) = (try await workshop.join("A. Baker"), try await workshop.join("B. Cole", "Police"))
        // Likelihoods are 1, 2, 3 and 4: 8 x 1 = 8, then 5 x 2 = 10 of the median of 2 and 8.
        _ = try await workshop.save(baker, "place-0--problem-0", [("physical", "8"), ("reason", "lives")])
        _ = try await workshop.save(baker, "place-0--problem-1", [("physical", "2")])
        _ = try await workshop.save(cole, "place-0--problem-1", [("physical", "8"), ("reason", "seen <it>")])
        _ = try await workshop.request(
          "POST", "/risks", cookie: cole.cookie,
          form: [
            ("token", cole.token), ("title", "A new estate"), ("area", "North"), ("likelihood", "likely"),
            ("impact", "1"),
          ])
        let board = try await workshop.request("GET", "/board", cookie: cole.cookie)
        #expect(board.headers["refresh"] == "10")
        let order = try #require(board.body.firstMatch(of: /<table id="ranking"[\s\S]*?<\/table>/)).0
        let positions = ["Robbery &amp; &lt;snatch&gt;", "Burglary", "A new estate"].map {
          order.range(of: $0)?.lowerBound
        }
        #expect(positions.allSatisfy { $0 != nil })
        #expect(positions.compactMap { $0 } == positions.compactMap { $0 }.sorted())
        #expect(board.body.contains("2 to 8") && board.body.contains("seen &lt;it&gt;"))
        #expect(board.body.contains("2 people scored 2 of 4 problems"))
        let still = try await workshop.request("GET", "/board?hold=1", cookie: cole.cookie)
        #expect(still.headers["refresh"] == nil)
        // Taken back, it is gone from the order and stays in the file.
        _ = try await workshop.request(
          "POST", "/risks", cookie: cole.cookie,
          form: [("token", cole.token), ("title", "a new ESTATE"), ("area", "North"), ("back", "yes")])
        let after = try await workshop.request("GET", "/board", cookie: cole.cookie)
        #expect(!after.body.contains("A new estate"))
        let risks = try await workshop.state.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM risk") }
        #expect(risks == 2)
      }
    }
  }

  @Test func everybodyMayTakeTheirScoresAway() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        let browser = try await workshop.join("A. Baker")
        _ = try await workshop.save(browser, Self.code, [("physical", "8")])
        let reply = try await workshop.request("GET", "/scores.xlsx", cookie: browser.cookie)
        #expect(reply.status == 200 && reply.body.hasPrefix("PK"))
        #expect(reply.headers["content-disposition"] == "attachment; filename=\"scores.xlsx\"")
        let out = try await workshop.request("GET", "/scores.xlsx")
        #expect(out.body.contains("Join code"))
      }
    }
  }

  @Test func badRisksAreRefused() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        let browser = try await workshop.join("A. Baker")
        let bad = [
          [("title", "")], [("title", "x"), ("area", "Nowhere")], [("title", "x"), ("impact", "3")],
          [("title", "x"), ("likelihood", "maybe")], [("title", String(repeating: "x", count: 121))],
        ]
        for fields in bad {
          let reply = try await workshop.request(
            "POST", "/risks", cookie: browser.cookie, form: [("token", browser.token)] + fields)
          #expect(reply.status == 422 && reply.body.contains("Nothing was saved yet"))
        }
      }
    }
  }
}
