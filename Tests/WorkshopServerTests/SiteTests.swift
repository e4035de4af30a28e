import Diagnostics
import Foundation
import GRDB
import Testing
import Workshop

@testable import WorkshopServer

/// What the server answers whatever it is asked, by real HTTP on loopback.
@Suite struct SiteTests {
  private static let code = "place-0--problem-0"

  @Test func formsAreTakenFromOwnPagesOnly() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        let browser = try await workshop.join("A. Baker")
        let foreign: [(headers: [(String, String?)], status: Int)] = [
          ([("Origin", nil)], 403), ([("Origin", "null")], 403), ([("Origin", "http://evil.example")], 403),
          ([("Origin", "http://127.0.0.1:1")], 403), ([("Origin", "https://127.0.0.1:\(workshop.port)")], 403),
          ([("Sec-Fetch-Site", "cross-site")], 403), ([("Sec-Fetch-Site", "same-site")], 403),
          ([("Host", "evil.example")], 421),
          ([("Host", "evil.example:\(workshop.port)"), ("Origin", "http://evil.example:\(workshop.port)")], 421),
          ([("Host", "127.0.0.1.evil.example")], 421), ([("Host", nil)], 421),
          ([("Content-Type", "text/plain")], 415), ([("Content-Type", nil)], 415),
        ]
        for (headers, status) in foreign {
          let reply = try await workshop.save(browser, Self.code, [("physical", "8")], headers: headers)
          #expect(reply.status == status, "\(headers)")
        }
        let other = try await workshop.join("B. Cole")
        for token in ["", String(browser.token.dropLast()), other.token] {
          let stolen = LiveWorkshop.Browser(cookie: browser.cookie, token: token)
          let reply = try await workshop.save(stolen, Self.code, [("physical", "8")])
          #expect(reply.status == 403)
        }
        #expect(try await workshop.state.counts().saves == 0)
        let own = try await workshop.save(
          browser, Self.code, [("physical", "8")], headers: [("Sec-Fetch-Site", "same-origin")])
        #expect(own.status == 303)
        for host in ["localhost", "localhost:9", "[::1]:80", "192.168.1.7:8700"] {
          let reply = try await workshop.request("GET", "/", headers: [("Host", host)])
          #expect(reply.status == 200, "\(host)")
        }
      }
    }
  }

  @Test func everyAnswerForbidsScriptsAndFrames() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        let browser = try await workshop.join("A. Baker")
        for path in ["/", "/score", "/board", "/nowhere", "/assets/style.css", "/pack/priorities/place-0.html"] {
          let reply = try await workshop.request("GET", path, cookie: browser.cookie)
          let policy = reply.headers["content-security-policy"] ?? ""
          #expect(policy.hasPrefix("default-src 'none'; style-src 'self'") && !policy.contains("script-src"))
          #expect(policy.contains("frame-ancestors 'none'") && policy.contains("form-action 'self'"))
          #expect(reply.headers["x-content-type-options"] == "nosniff")
          #expect(reply.headers["cache-control"] == "no-store")
          // `no-referrer` would have browsers send a form's origin as "null".
          #expect(reply.headers["referrer-policy"] == "same-origin")
          #expect(!reply.body.contains("<script") && !reply.body.contains(" style=\""))
        }
      }
    }
  }

  @Test func whatIsNotThereIsSaidInWords() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        let browser = try await workshop.join("A. Baker")
        for path in [
          "/nowhere", "/a/b/c", "/score/", "//", "/pack/secret.txt", "/pack/manifest.json", "/pack/../scores.sqlite",
          "/pack/%2e%2e/scores.sqlite", "/pack/priorities/place-1.html", "/pack/",
        ] {
          let reply = try await workshop.request("GET", path, cookie: browser.cookie)
          #expect(reply.status == 404 && reply.body.contains("There is no such page"), "\(path) \(reply.status)")
        }
        let deep = try await workshop.request("GET", "/a/b", cookie: browser.cookie)
        #expect(deep.body.contains("href=\"../assets/style.css\""))
        for (method, path, allowed) in [
          ("DELETE", "/score", "GET, HEAD, POST"), ("GET", "/join", "POST"), ("POST", "/board", "GET, HEAD"),
          ("PUT", "/pack/evidence.json", "GET, HEAD"),
        ] {
          let reply = try await workshop.request(method, path, cookie: browser.cookie)
          #expect(reply.status == 405 && reply.headers["allow"] == allowed, "\(method) \(path)")
          #expect(reply.body.contains("This address does not do that"))
        }
        let head = try await workshop.request("HEAD", "/", cookie: browser.cookie)
        #expect(head.status == 200 && head.body.isEmpty && (Int(head.headers["content-length"] ?? "") ?? 0) > 1000)
      }
    }
  }

  @Test func tooMuchIsRefusedAndTheNextIsServed() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        let browser = try await workshop.join("A. Baker")
        for length in [Request.bodyLimit + 1, 1 << 20, 3 << 20] {
          let reply = try await workshop.save(
            browser, Self.code, [("reason", String(repeating: "x", count: length))])
          #expect(reply.status == 413 && reply.body.contains("That is too much"), "\(length)")
          #expect(reply.headers["connection"] == "close")
        }
        // Of a length that is not said.
        let head =
          "POST /score HTTP/1.1\r\nHost: 127.0.0.1:\(workshop.port)\r\nCookie: \(browser.cookie)\r\nTransfer-Encoding: chunked\r\n\r\n"
        let chunked = try await workshop.exchange(Array("\(head)5\r\nab=cd\r\n0\r\n\r\n".utf8))
        #expect(chunked.status == 413)
        let next = try await workshop.save(browser, Self.code, [("physical", "8")])
        #expect(next.status == 303)
        #expect(try await workshop.state.counts().saves == 1)
      }
    }
  }

  @Test(arguments: ["a=%ff", "a=%0", "a=%zz", "a=1&a=2", "a=%00", "a=%1b%5b31m"])
  func whatIsNoFormIsRefused(_ body: String) throws {
    #expect(throws: FormText.Fault.self) { try FormText(Array(body.utf8)) }
  }

  @Test func formsAreReadAsBrowsersWriteThem() throws {
    let form = try FormText(Array("a=1+2%203&b=%C3%BC%0D%0A&c&d=x=y&=z&%61%62=q".utf8))
    #expect(form["a"] == "1 2 3" && form["b"] == "\u{FC}\r\n" && form["c"] == "" && form["d"] == "x=y")
    #expect(form["ab"] == "q" && form["none"] == "")
  }

  @Test func everyFieldHasItsLabel() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        let empty = try await workshop.request("GET", "/")
        let browser = try await workshop.join("A. Baker")
        let pages =
          [empty] + [
            try await workshop.request("GET", "/score", cookie: browser.cookie),
            try await workshop.request("GET", "/score?place=2", cookie: browser.cookie),
            try await workshop.request("GET", "/risks", cookie: browser.cookie),
          ]
        for page in pages {
          let body = page.body
          #expect(body.contains("<html lang=\"en-GB\">") && body.contains("class=\"skip\" href=\"#main\""))
          var fields = 0
          for match in body.matches(of: /<(?:input|select|textarea)([^>]*)>/) where !match.1.contains("type=\"hidden\"")
          {
            let id = try #require(match.1.firstMatch(of: /id="([^"]+)"/)).1
            #expect(body.contains("<label for=\"\(id)\">"), "\(id)")
            #expect(body.components(separatedBy: " id=\"\(id)\"").count == 2, "\(id)")
            fields += 1
          }
          #expect(fields >= 4)
          #expect(body.matches(of: /<fieldset/).count == body.matches(of: /<legend>/).count)
        }
        // Six kinds of harm, capacity and a reason for each of two problems, with what the steps mean.
        #expect(pages[1].body.matches(of: /<select/).count == 14)
        #expect(pages[1].body.contains("8: death or lasting disability"))
        #expect(
          pages[1].body.contains("href=\"pack/priorities/place-0.html\"")
            && pages[1].body.contains("Robbery &amp; &lt;snatch&gt;"))
        #expect(pages[2].body.contains("South &amp; Vale: score the problems"))
      }
    }
  }

  @Test func thePackIsShownToThoseWhoJoined() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        let path = "/pack/priorities/place-0.html"
        let out = try await workshop.request("GET", path)
        #expect(out.status == 401 && !out.body.contains("The evidence"))
        #expect(out.body.contains("href=\"../../assets/style.css\""))
        let browser = try await workshop.join("A. Baker")
        let page = try await workshop.request("GET", path, cookie: browser.cookie)
        #expect(page.status == 200 && page.body == "<p>The evidence</p>")
        #expect(page.headers["content-type"] == "text/html; charset=utf-8")
      }
    }
  }

  @Test func aPortInUseIsSaid() async throws {
    try await withFolder { folder in
      try await LiveWorkshop.run(in: folder) { workshop in
        let pack = folder.appendingPathComponent("pack").path
        func start(_ host: String, _ port: UInt16) async -> HorizonError? {
          do {
            let server = try WorkshopServer(
              pack: pack, evidence: workshop.evidence, state: workshop.state, address: .init(host: host, port: port))
            try await server.run()
            return nil
          } catch {
            return error as? HorizonError
          }
        }
        let used = await start("127.0.0.1", workshop.port)
        #expect(used?.kind == .tryLater && used?.message.contains("port \(workshop.port)") == true)
        #expect(await start("203.0.113.7", 0)?.kind == .usage)
        #expect(await start("example.org", 0)?.kind == .usage)
      }
    }
  }

  @Test func addressesSayWhoReachesThem() {
    let loopback = ["127.0.0.1", "127.9.9.9", "localhost", "::1"]
    let others = ["0.0.0.0", "::", "192.168.1.7", "127.evil.example", "127.0.0.1.evil"]
    for host in loopback { #expect(WorkshopServer.Address(host: host, port: 1).isLoopback, "\(host)") }
    for host in others { #expect(!WorkshopServer.Address(host: host, port: 1).isLoopback, "\(host)") }
  }

  @Test func foreignStatesAreRefusedAndLeftAsTheyAre() async throws {
    try await withFolder { folder in
      let evidence = testEvidence()
      func file(_ name: String, _ sql: String) throws -> String {
        let path = folder.appendingPathComponent(name).path
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
        return path
      }
      let foreign = try file("foreign.sqlite", "CREATE TABLE t (a)")
      let text = folder.appendingPathComponent("text.sqlite").path
      try "no database, but long enough to be looked at as one".write(toFile: text, atomically: true, encoding: .utf8)
      for path in [foreign, text] {
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect { try WorkshopState(path, evidence: evidence) } throws: { ($0 as? HorizonError)?.kind == .data }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
      }
      let own = folder.appendingPathComponent("own.sqlite").path
      try WorkshopState(own, evidence: evidence).close()
      let other = testEvidence(titles: ["Arson"])
      #expect { try WorkshopState(own, evidence: other) } throws: {
        ($0 as? HorizonError)?.message == "the state is of a workshop on another pack"
      }
      let later = try DatabaseQueue(path: own)
      try await later.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 99") }
      try later.close()
      #expect { try WorkshopState(own, evidence: evidence) } throws: {
        ($0 as? HorizonError)?.message.contains("later version") == true
      }
      #expect { try WorkshopState(reading: own) } throws: { ($0 as? HorizonError)?.kind == .data }
      #expect { try WorkshopState(reading: own + "x") } throws: { ($0 as? HorizonError)?.kind == .noInput }
      #expect { try WorkshopState(folder.path + "/none/x.sqlite", evidence: evidence) } throws: {
        ($0 as? HorizonError)?.kind == .cannotWrite
      }
    }
  }
}
