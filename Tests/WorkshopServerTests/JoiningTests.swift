import Foundation
import Testing
import Workshop

@testable import WorkshopServer

/// Who may score, by real HTTP on loopback.
@Suite struct JoiningTests {
  @Test func nobodyScoresWithoutTheCode() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        for path in ["/", "/score", "/risks", "/board"] {
          let page = try await workshop.request("GET", path)
          #expect(page.status == 200 && page.body.contains("Join code"), "\(path)")
          #expect(!page.body.contains("is likely to rise"))
        }
        for code in ["", "ABCD-2346", "ABCD-23456"] {
          let reply = try await workshop.request("POST", "/join", form: [("name", "A. Baker"), ("code", code)])
          #expect(reply.status == 422 && reply.cookie == nil)
          #expect(reply.body.contains("This is not the join code") && reply.body.contains("value=\"A. Baker\""))
        }
        let score = try await workshop.request(
          "POST", "/score", form: [("code", "place-0--problem-0"), ("physical", "8")])
        #expect(score.status == 401)
        let forged = "\(String(repeating: "0", count: 64))"
        let name = "workshop_\(workshop.state.identifier.prefix(8))"
        #expect(try await workshop.request("GET", "/score", cookie: "\(name)=\(forged)").body.contains("Join code"))
        #expect(try await workshop.state.counts().saves == 0)
        #expect(try await workshop.state.people().isEmpty)
      }
    }
  }

  @Test func theCookieIsForThisSiteAlone() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        let reply = try await workshop.request(
          "POST", "/join", form: [("name", " A.  Baker "), ("organisation", "Council"), ("code", " abcd 2345 ")])
        #expect(reply.status == 303 && reply.headers["location"] == "/")
        let cookie = reply.headers["set-cookie"] ?? ""
        for part in ["Path=/", "HttpOnly", "SameSite=Strict", "Max-Age=43200"] { #expect(cookie.contains(part)) }
        #expect(try await workshop.state.people().map(\.scorer.text) == ["A. Baker (Council)"])
        // The state does not hold what opens a session.
        let token = cookie.split(separator: ";")[0].split(separator: "=")[1]
        let bytes = try Data(contentsOf: URL(fileURLWithPath: workshop.statePath + "-wal"))
        #expect(bytes.range(of: Data("Baker".utf8)) != nil)
        #expect(bytes.range(of: Data(token.utf8)) == nil)
        let mode = try FileManager.default.attributesOfItem(atPath: workshop.statePath)[.posixPermissions] as? Int
        #expect(mode == 0o600)
      }
    }
  }

  @Test func aNameBelongsToWhoeverTookIt() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        let first = try await workshop.join("A. Baker")
        let start = try await workshop.request("GET", "/", cookie: first.cookie)
        let code = try #require(start.body.firstMatch(of: /class="personal">([^<]+)</)).1
        func again(_ personal: String) async throws -> LiveWorkshop.Reply {
          try await workshop.request(
            "POST", "/join",
            form: [
              ("name", "a. BAKER"), ("organisation", "council"), ("code", LiveWorkshop.code), ("personal", personal),
            ])
        }
        #expect(try await again("").status == 422)
        #expect(try await again("AAAA-AAAA").status == 422)
        let second = try await again(String(code))
        #expect(second.status == 303 && second.cookie != first.cookie)
        #expect(try await workshop.state.people().count == 1)
      }
    }
  }

  @Test func guessingIsStopped() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        for _ in 0..<GuessLimit.most {
          let wrong = try await workshop.request("POST", "/join", form: [("name", "A"), ("code", "ZZZZ-ZZZZ")])
          #expect(wrong.status == 422)
        }
        let right = [("name", "A"), ("code", LiveWorkshop.code)]
        let early = try await workshop.request("POST", "/join", form: right)
        #expect(early.status == 429)
        workshop.clock.advance(61)
        let late = try await workshop.request("POST", "/join", form: right)
        #expect(late.status == 303)
      }
    }
  }

  @Test func sessionsEnd() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        let browser = try await workshop.join("A. Baker")
        let other = try await workshop.join("B. Cole")
        let left = try await workshop.request(
          "POST", "/leave", cookie: browser.cookie, form: [("token", browser.token)])
        #expect(left.status == 303 && left.headers["set-cookie"]?.contains("Max-Age=0") == true)
        #expect(try await workshop.request("GET", "/score", cookie: browser.cookie).body.contains("Join code"))
        #expect(try await workshop.request("GET", "/score", cookie: other.cookie).body.contains("is likely to rise"))
        workshop.clock.advance(12 * 3600)
        #expect(try await workshop.request("GET", "/score", cookie: other.cookie).body.contains("Join code"))
        let late = try await workshop.save(other, "place-0--problem-0", [("physical", "8")])
        #expect(late.status == 401)
      }
    }
  }

  @Test func aProjectorWatchesWithoutAName() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        let reply = try await workshop.request(
          "POST", "/join", form: [("watch", "yes"), ("code", LiveWorkshop.code), ("name", "")])
        #expect(reply.headers["location"] == "/board")
        let cookie = try #require(reply.cookie)
        #expect(try await workshop.request("GET", "/board", cookie: cookie).status == 200)
        #expect(try await workshop.request("GET", "/score", cookie: cookie).status == 403)
        #expect(try await workshop.state.people().isEmpty)
      }
    }
  }

  @Test func namesAreTextWhateverTheyHold() async throws {
    let names = [
      "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "=1+1", "O'Hara & \u{FEFF}søn", "日本 太郎",
      "Robert'); DROP TABLE person;--",
    ]
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        for name in names {
          let browser = try await workshop.join(name, "<b>Org</b>")
          let saved = try await workshop.save(
            browser, "place-0--problem-0", [("physical", "8"), ("reason", "</textarea><script>\(name)")])
          #expect(saved.status == 303)
          for path in ["/", "/score", "/risks", "/board", "/nowhere"] {
            let page = try await workshop.request("GET", path, cookie: browser.cookie)
            for tag in ["<script", "<img", "<b>", "onerror=\""] { #expect(!page.body.contains(tag), "\(path)") }
          }
        }
        #expect(
          try await workshop.state.people().map(\.scorer.name)
            == names.map { $0.split { $0.isWhitespace }.joined(separator: " ") })
        let turning = try await workshop.request(
          "POST", "/join", form: [("name", "A\u{202E}rekaB"), ("code", LiveWorkshop.code)])
        #expect(turning.status == 422)
        let long = try await workshop.request(
          "POST", "/join", form: [("name", String(repeating: "x", count: 81)), ("code", LiveWorkshop.code)])
        #expect(long.status == 422)
        let nameless = try await workshop.request("POST", "/join", form: [("code", LiveWorkshop.code)])
        #expect(nameless.status == 422)
      }
    }
  }
}
