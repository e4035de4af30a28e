import CommunitySafety
import Foundation
import RiskRanking
import TestSupport
import TimeSeries
import Workshop

@testable import WorkshopServer

/// Evidence of two places with the same problems.
func testEvidence(titles: [String] = ["Burglary", "Robbery & <snatch>"], marking: String = "OFFICIAL") -> PackEvidence {
  var problems: [PackEvidence.Problem] = []
  for (p, place) in ["North", "South & Vale"].enumerated() {
    for (t, title) in titles.enumerated() {
      let last = Double(100 + 40 * t + 7 * p)
      let rise = Event(direction: .rise, size: .share(0.1), horizon: 12, base: last)
      let outlook = Outlook(
        matchedPeriods: 12, periodsInYear: 12, lastYear: last, mean: last, median: last, lower80: last * 0.9,
        upper80: last * 1.1, lower95: last * 0.85, upper95: last * 1.15, rise: rise, probabilityOfRise: 0.5,
        probabilityOfFall: 0.05, model: "counts")
      problems.append(
        .init(
          code: "place-\(p)--problem-\(t)", place: place, title: title, rank: p * titles.count + t + 1,
          evidence: RiskEvidence(
            measure: MeasureID(slugOf: title), kind: .count, polarity: .lowerIsBetter, isKnown: true,
            outlook: outlook,
            past: PastComparison(
              lastYear: last, lastYearPeriods: 12, yearBefore: last, twoYearsBefore: nil, earlier: []),
            confidence: Confidence(rating: .moderate, reasons: [.modestCounts]), harmPerOffence: nil, doubts: []),
          // Likelihood 1 to 4 and no impact yet: nothing has a rank until somebody scores it.
          scoring: .init(likelihood: Double(1 + p * 2 + t), impact: nil, isProvisional: true),
          words: .init(
            finding: "\(title) in \(place) is likely to rise", lastYear: "\(Int(last))", forecast: "\(Int(last))",
            chance: "a rise of 10 % or more: likely (50 %)", confidence: "moderate", recommendation: "watch"),
          priority: nil, page: t == 0 ? "priorities/place-\(p).html" : nil, history: [8, 9, nil, 12]))
    }
  }
  return PackEvidence(
    facts: .init(
      title: "Test <county>", marking: marking, scope: "Recorded crime, 2 areas",
      periodCovered: "Jan 2020 to Dec 2025", extraction: "Date of data extraction not stated", version: "0.1.0",
      hasFootprints: false, lastDay: "2025-12-31", year: "12 months", period: "month"),
    profile: nil, places: ["North", "South & Vale"].map { .init(name: $0, page: nil) }, problems: problems,
    signals: [])
}

/// A folder with what a server reads of a pack.
func writePack(_ evidence: PackEvidence, to folder: URL) throws {
  let pages = folder.appendingPathComponent("priorities")
  try FileManager.default.createDirectory(at: pages, withIntermediateDirectories: true)
  try Data(evidence.encoded()).write(to: folder.appendingPathComponent("evidence.json"))
  try Data("<p>The evidence</p>".utf8).write(to: pages.appendingPathComponent("place-0.html"))
  try Data("nobody lists this".utf8).write(to: folder.appendingPathComponent("secret.txt"))
  let manifest = """
    {"horizon_version": "0.1.0", "configuration": {"horizon": 12, "levels": [80, 95], "judged_periods": 36, "alpha": 0.01,
    "false_discovery_rate": 0.1, "path_count": 100, "seed": 1, "without_breaks": [], "harm_weights": "x", "marking": "OFFICIAL",
    "audience": "partners", "model_files_sha256": "x"}, "inputs": [], "rows": {"read": 0, "counted": 0, "residual": {},
    "set_aside": {}}, "outputs": [{"path": "priorities/place-0.html", "sha256": "x"}, {"path": "evidence.json", "sha256": "x"}],
    "notes": []}
    """
  try Data(manifest.utf8).write(to: folder.appendingPathComponent("manifest.json"))
}

func withFolder<T>(_ body: (URL) async throws -> T) async throws -> T {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("horizon-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder)
}

/// Seconds that a test moves on.
final class TestClock: Sendable {
  private let seconds = Mutex(1_800_000_000)
  var now: Int { seconds.value }
  func advance(_ by: Int) { seconds.add(by) }

  private final class Mutex: @unchecked Sendable {
    // Every access holds the lock.
    private var number: Int
    private let lock = NSLock()
    init(_ number: Int) { self.number = number }
    var value: Int { lock.withLock { number } }
    func add(_ by: Int) { lock.withLock { number += by } }
  }
}

/// A workshop that is served on loopback at any free port.
struct LiveWorkshop {
  let port: UInt16
  let state: WorkshopState
  let statePath: String
  let clock: TestClock
  let evidence: PackEvidence
  static let code = "ABCD-2345"

  /// Serves while `body` runs. What was in the folder goes on.
  static func run<T>(
    in folder: URL, evidence: PackEvidence = testEvidence(), clock: TestClock = TestClock(),
    _ body: (LiveWorkshop) async throws -> T
  ) async throws -> T {
    let pack = folder.appendingPathComponent("pack")
    if !FileManager.default.fileExists(atPath: pack.path) { try writePack(evidence, to: pack) }
    let path = folder.appendingPathComponent("scores.sqlite").path
    let state = try WorkshopState(path, evidence: evidence)
    let server = try WorkshopServer(
      pack: pack.path, evidence: evidence, state: state, address: .init(host: "127.0.0.1", port: 0), joinCode: code,
      // Tests that run beside these may hold every thread for minutes.
      patience: 900, clock: { clock.now })
    let serving = Task { try await server.run() }
    let port = try await server.listeningPort()
    let result: T
    do {
      result = try await body(
        LiveWorkshop(port: port, state: state, statePath: path, clock: clock, evidence: evidence))
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()
    try await serving.value
    try state.close()
    return result
  }

  /// An answer as it came over the wire.
  struct Reply {
    let status: Int
    /// By name in lower case.
    let headers: [String: String]
    let body: String

    /// `name=value` of the cookie that was set.
    var cookie: String? { headers["set-cookie"]?.split(separator: ";").first.map(String.init) }

    /// The token of the page's forms.
    var token: String? { body.firstMatch(of: /name="token" value="([0-9a-f]+)"/).map { String($0.1) } }
  }

  /// Sends bytes as they are and reads to the end.
  func exchange(_ bytes: [UInt8]) async throws -> Reply {
    let text = try await RawHTTP.exchange(bytes, port: port)
    let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
    let lines = parts[0].components(separatedBy: "\r\n")
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let pair = line.split(separator: ":", maxSplits: 1)
      if pair.count == 2 { headers[pair[0].lowercased()] = pair[1].trimmingCharacters(in: .whitespaces) }
    }
    let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return Reply(status: status, headers: headers, body: parts.count > 1 ? String(parts[1]) : "")
  }

  /// Asks as a browser does.
  func request(
    _ method: String, _ path: String, cookie: String? = nil, form: [(String, String)]? = nil,
    headers: [(String, String?)] = []
  ) async throws -> Reply {
    var all: [(String, String?)] = [("Host", "127.0.0.1:\(port)"), ("Connection", "close"), ("Cookie", cookie)]
    var body = ""
    if let form {
      body = form.map { "\($0.0)=\(RawHTTP.encoded($0.1))" }.joined(separator: "&")
      all += [
        ("Origin", "http://127.0.0.1:\(port)"), ("Content-Type", "application/x-www-form-urlencoded"),
        ("Content-Length", "\(body.utf8.count)"),
      ]
    }
    for (name, value) in headers {
      all.removeAll { $0.0 == name }
      all.append((name, value))
    }
    let head = all.compactMap { name, value in value.map { "\(name): \($0)\r\n" } }.joined()
    return try await exchange(Array("\(method) \(path) HTTP/1.1\r\n\(head)\r\n\(body)".utf8))
  }

  /// A person's browser after joining.
  struct Browser {
    let cookie: String
    let token: String
  }

  func join(_ name: String, _ organisation: String = "Council") async throws -> Browser {
    let reply = try await request(
      "POST", "/join", form: [("name", name), ("organisation", organisation), ("code", "abcd2345")])
    let cookie = reply.cookie ?? ""
    let page = try await request("GET", "/", cookie: cookie)
    return Browser(cookie: cookie, token: page.token ?? "")
  }

  /// Fields of a problem's form.
  func save(_ browser: Browser, _ code: String, _ fields: [(String, String)], headers: [(String, String?)] = [])
    async throws -> Reply
  {
    try await request(
      "POST", "/score", cookie: browser.cookie, form: [("token", browser.token), ("code", code)] + fields,
      headers: headers)
  }
}
