import Foundation
import TestSupport
import Testing

/// `horizon workshop serve` as people run it: begun, killed, begun again, ended, imported.
@Suite struct WorkshopServeCommandTests {
  /// A server that runs until it is ended.
  private final class Serving {
    let process = Process()
    let log: URL
    let port: UInt16
    let code: String

    init(_ arguments: [String], in folder: URL) async throws {
      log = folder.appendingPathComponent("log-\(UUID().uuidString)")
      _ = FileManager.default.createFile(atPath: log.path, contents: nil)
      process.executableURL = HorizonProcess.binary
      process.arguments = ["workshop", "serve"] + arguments
      process.currentDirectoryURL = folder
      process.standardError = try FileHandle(forWritingTo: log)
      process.standardInput = FileHandle.nullDevice
      try process.run()
      for _ in 0..<300 {
        let text = try String(contentsOf: log, encoding: .utf8)
        if let port = text.firstMatch(of: /http:\/\/127\.0\.0\.1:(\d+)\//),
          let code = text.firstMatch(of: /Join code: (\S+)/),
          let number = UInt16(port.1)
        {
          (self.port, self.code) = (number, String(code.1))
          return
        }
        try await Task.sleep(for: .milliseconds(100))
      }
      process.terminate()
      throw POSIXError(.ETIMEDOUT)
    }

    var text: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

    func end(_ signal: Int32) -> Int32 {
      kill(process.processIdentifier, signal)
      process.waitUntilExit()
      return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    func post(_ path: String, cookie: String = "", _ form: [(String, String)]) async throws -> String {
      let body = form.map { "\($0.0)=\(RawHTTP.encoded($0.1))" }.joined(separator: "&")
      let head =
        "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nOrigin: http://127.0.0.1:\(port)\r\nCookie: \(cookie)\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n"
      return try await RawHTTP.exchange(Array((head + body).utf8), port: port)
    }

    func get(_ path: String, cookie: String) async throws -> String {
      try await RawHTTP.exchange(
        Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\nCookie: \(cookie)\r\nConnection: close\r\n\r\n".utf8),
        port: port)
    }
  }

  private func inFolder(_ body: (URL) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("horizon-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try longTable().write(to: folder.appendingPathComponent("long.csv"), atomically: true, encoding: .utf8)
    #expect(try HorizonProcess(["sia", "long.csv", "--out", "pack"], in: folder).exitCode == 0)
    try await body(folder)
  }

  @Test func aKillLosesNothingAndImportSaysWhoScored() async throws {
    try await inFolder { folder in
      let first = try await Serving(["pack", "--state", "live.sqlite", "--port", "0"], in: folder)
      #expect(first.text.contains("Only programs on this machine can reach it"))
      let joined = try await first.post("/join", [("name", "A. <Baker>"), ("code", first.code)])
      let cookie = String(try #require(joined.firstMatch(of: /Set-Cookie: ([^;]+);/)).1)
      let page = try await first.get("/score", cookie: cookie)
      let token = String(try #require(page.firstMatch(of: /name="token" value="(\w+)"/)).1)
      let code = String(try #require(page.firstMatch(of: /name="code" value="([^"]+)"/)).1)
      let saved = try await first.post(
        "/score", cookie: cookie,
        [("token", token), ("code", code), ("physical", "8"), ("reason", "Seen on the ward")])
      #expect(saved.hasPrefix("HTTP/1.1 303"))
      #expect(first.end(SIGKILL) == -SIGKILL)

      let second = try await Serving(
        ["pack", "--state", "live.sqlite", "--port", "0", "--out", "closed"], in: folder)
      #expect(second.code != first.code)
      #expect(try await second.get("/score", cookie: cookie).contains("Seen on the ward</textarea>"))
      // While it is served.
      let imported = try HorizonProcess(
        ["workshop", "import", "live.sqlite", "--pack", "pack", "--out", "scored"], in: folder)
      #expect(imported.exitCode == 0, "\(imported.errors)")
      #expect(imported.errors.contains("live.sqlite: 1 score entered live by 1 person."))
      #expect(second.end(SIGTERM) == 0)
      #expect(second.text.contains("live.sqlite keeps 1 save of 1 person"))
      func text(_ path: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
      }
      let moved = try text("scored/workshop.html")
      #expect(moved.contains("A. &lt;Baker&gt;"))
      #expect(try text("scored/workshop/scores.csv").contains("Seen on the ward,live.sqlite,score,1"))
      // On closing the same pack is written as import writes.
      for path in ["workshop.html", "workshop/record.json", "workshop/ranking.csv", "manifest.json"] {
        #expect(try text("closed/\(path)") == (try text("scored/\(path)")), "\(path)")
      }
      let again = try HorizonProcess(
        ["workshop", "import", "live.sqlite", "--pack", "scored", "--out", "twice"], in: folder)
      #expect(again.exitCode == 0)
      #expect(try text("twice/manifest.json") == (try text("scored/manifest.json")))
    }
  }

  @Test func whatCannotBeServedIsSaid() async throws {
    try await inFolder { folder in
      let serving = try await Serving(["pack", "--state", "a.sqlite", "--port", "0"], in: folder)
      let second = try HorizonProcess(
        ["workshop", "serve", "pack", "--state", "b.sqlite", "--port", "\(serving.port)"], in: folder)
      #expect(second.exitCode == 75)
      #expect(second.errors.contains("port \(serving.port) of 127.0.0.1 is in use"))
      #expect(serving.end(SIGINT) == 0)
      let inside = try HorizonProcess(["workshop", "serve", "pack", "--state", "pack/a.sqlite"], in: folder)
      #expect(inside.exitCode == 64 && inside.errors.contains("would stand in the folder pack"))
      #expect(try HorizonProcess(["workshop", "serve", "nowhere"], in: folder).exitCode == 66)
      #expect(try HorizonProcess(["workshop", "serve", "pack", "--host", "example.org"], in: folder).exitCode == 64)
      #expect(try HorizonProcess(["workshop", "serve", "pack", "--state", "long.csv"], in: folder).exitCode == 65)
      let open = try await Serving(["pack", "--state", "a.sqlite", "--port", "0", "--lan"], in: folder)
      #expect(open.text.contains("Warning: everybody in the network of this machine can reach it"))
      #expect(open.end(SIGTERM) == 0)
    }
  }
}
