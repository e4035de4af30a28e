import Diagnostics
import Foundation
import Reporting
import Wording
import Workshop

/// The pages of a workshop: from what a browser asks to what it is answered, without a network.
struct WorkshopSite: Sendable {
  let evidence: PackEvidence
  let state: WorkshopState
  /// What people join with.
  let joinCode: String
  let pages: LivePages
  /// Folder of the pack, and the files in it that are shown.
  let folder: URL
  let packFiles: Set<String>
  let standing: Standing
  let guesses = GuessLimit()
  /// Names of this machine besides numbers.
  let hostNames: Set<String>
  /// Seconds since 1970.
  let clock: @Sendable () -> Int

  static let packPrefix = "/pack/"

  init(
    pack: String, evidence: PackEvidence, state: WorkshopState, joinCode: String, hostNames: Set<String>,
    clock: @escaping @Sendable () -> Int
  ) throws {
    (self.evidence, self.state, self.joinCode) = (evidence, state, joinCode)
    self.hostNames = Set(hostNames.map { $0.lowercased() }).union(["localhost"])
    self.clock = clock
    folder = URL(fileURLWithPath: pack, isDirectory: true)
    packFiles = Set(try WorkshopPack(folder: pack).paths)
    pages = LivePages(
      evidence: evidence,
      navigation: [
        ("index.html", "Start"), (ScoringPage.path, "Score"), (RisksPage.path, "Bring a risk"),
        (BoardPage.path, "The order now"),
      ], packRoot: "pack/")
    standing = Standing(evidence: evidence, base: try WorkshopRecord.read(pack: pack), state: state)
  }

  /// The name of the cookie: of its own for each state, since browsers share cookies between ports.
  var cookieName: String { "workshop_\(state.identifier.prefix(8))" }

  /// Answers a request: whatever goes wrong is said in words.
  func answer(_ request: Request) async -> Answer {
    var answer: Answer
    do {
      answer = try await routed(request)
    } catch let refusal as Refusal {
      answer = page(refusal, request)
    } catch let fault as FormText.Fault {
      answer = page(Refusal(400, "The form could not be read", fault.text), request)
    } catch let error as HorizonError {
      // Of the machine's folders a browser is told nothing.
      answer = page(
        Refusal(503, "This could not be saved or read", "\(SentenceText.capitalised(error.message)). Try again."),
        request)
    } catch {
      answer = page(Refusal(500, "Something went wrong", "What was acknowledged before is kept. Try again."), request)
    }
    answer.headers += WorkshopSite.headers(isPack: request.path.hasPrefix(WorkshopSite.packPrefix))
    return answer
  }

  /// What is sent with every page: nothing runs, nothing comes from elsewhere, nothing is kept by the browser.
  private static func headers(isPack: Bool) -> [(String, String)] {
    // Pictures of the pack carry their style within them.
    let style = isPack ? "'self' 'unsafe-inline'" : "'self'"
    return [
      (
        "Content-Security-Policy",
        "default-src 'none'; style-src \(style); img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
      ), ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Referrer-Policy", "same-origin"),
      ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
      ("Cache-Control", "no-store"),
    ]
  }

  // MARK: Routes

  /// The methods that an address has.
  private enum Route: String, CaseIterable {
    case start = "/"
    case index = "/index.html"
    case style = "/assets/style.css"
    case join = "/join"
    case leave = "/leave"
    case score = "/score"
    case risks = "/risks"
    case board = "/board"
    case workbook = "/scores.xlsx"

    var methods: [String] {
      switch self {
      case .start, .index, .style, .board, .workbook: ["GET", "HEAD"]
      case .join, .leave: ["POST"]
      case .score, .risks: ["GET", "HEAD", "POST"]
      }
    }
  }

  private func routed(_ request: Request) async throws -> Answer {
    try checkHost(request)
    if request.path.hasPrefix(WorkshopSite.packPrefix) {
      try check(request.method, ["GET", "HEAD"])
      return try await packFile(request)
    }
    guard let route = Route(rawValue: request.path) else { throw Refusal.notFound }
    try check(request.method, route.methods)
    if route == .style {
      return Answer(headers: [("Content-Type", "text/css; charset=utf-8")], body: Array(styleSheet.utf8))
    }
    let session = try await session(request)
    if request.method == "POST" {
      let form = try readForm(request)
      switch route {
      case .join: return try await join(form, request)
      case .leave: return try await leave(form, session, request)
      case .score: return try await saveScore(form, try scoring(session, form))
      default: return try await saveRisk(form, try scoring(session, form))
      }
    }
    guard let session else { return html(JoinPage(site: self).page()) }
    switch route {
    case .score:
      guard let person = session.person else { throw Refusal.watching }
      let place = Int(request.query["place"] ?? "") ?? 1
      return html(
        ScoringPage(
          site: self, session: session, latest: try await state.latest(of: person.id), place: place,
          saved: request.query["saved"]
        ).page())
    case .risks:
      guard let person = session.person else { throw Refusal.watching }
      return html(RisksPage(site: self, session: session, risks: try await state.risks(of: person.id)).page())
    case .workbook:
      guard let person = session.person else { throw Refusal.watching }
      return try await workbook(person)
    case .board:
      return try await board(holds: request.query["hold"] != nil)
    default:
      return html(StartPage(site: self, session: session, people: try await state.people()).page())
    }
  }

  private func check(_ method: String, _ allowed: [String]) throws {
    guard !allowed.contains(method) else { return }
    throw Refusal(
      405, "This address does not do that",
      "It takes \(ListText.joined(allowed.filter { $0 != "HEAD" })) only. Go back, or begin at the start.",
      headers: [("Allow", allowed.joined(separator: ", "))])
  }

  // MARK: Who asks

  /// A page elsewhere that has its own name lead to this machine is told nothing.
  private func checkHost(_ request: Request) throws {
    guard HostName(request.host).isKnown(hostNames) else {
      throw Refusal(
        421, "This is not the address of the workshop",
        "Use the address that stands where the workshop was started: a number, or the name of that machine.")
    }
  }

  /// A form is taken from this site's own pages only.
  private func readForm(_ request: Request) throws -> FormText {
    guard let body = request.body else {
      throw Refusal(
        413, "That is too much",
        "A form here has at most \(Request.bodyLimit >> 10) kB. Nothing was saved; go back and shorten the reason.")
    }
    let isOwn = request.origin.map { $0.lowercased() == "http://\(request.host.lowercased())" } ?? false
    guard isOwn, request.site.map({ $0 == "same-origin" }) ?? true else {
      throw Refusal(
        403, "This form did not come from the workshop's own page",
        "Nothing was saved. Open the page anew at the address that you joined at, and save again.")
    }
    let type = request.contentType.split(separator: ";").first.map { $0.lowercased() } ?? ""
    guard type == "application/x-www-form-urlencoded" else {
      throw Refusal(415, "That is no form", "Scores are sent with the form of the page, nothing else.")
    }
    return try FormText(body)
  }

  private func session(_ request: Request) async throws -> Session? {
    guard let token = request.cookie(cookieName), token.utf8.count == 64 else { return nil }
    return try await state.session(token, at: clock())
  }

  /// Who may enter something with this form.
  private func scoring(_ session: Session?, _ form: FormText) throws -> (session: Session, person: Person) {
    guard let session else {
      throw Refusal(
        401, "Join first", "The session has ended or never began. Nothing was saved: join, then enter it again.")
    }
    guard let person = session.person else { throw Refusal.watching }
    try check(session, form)
    return (session, person)
  }

  private func check(_ session: Session, _ form: FormText) throws {
    guard SecretText.areEqual(form["token"], session.formToken) else {
      throw Refusal(
        403, "This form is out of date",
        "It is of another session. Nothing was saved: open the page anew and save again.")
    }
  }

  // MARK: Joining and leaving

  private func join(_ form: FormText, _ request: Request) async throws -> Answer {
    let now = clock()
    guard await guesses.allows(request.address, at: now) else {
      throw Refusal(
        429, "Too many wrong codes", "Wait a minute, then type the code as it stands where the workshop was started.")
    }
    var page = JoinPage(site: self)
    page.typed = (form["name"], form["organisation"], form["personal"], form["watch"] == "yes")
    guard SecretText.areEqual(SecretText.plain(form["code"]), SecretText.plain(joinCode)) else {
      await guesses.note(request.address, at: now)
      page.faults = [("code", "This is not the join code. It stands where the workshop was started.")]
      return html(page.page(), status: 422)
    }
    var scorer: Scorer?
    if !page.typed.watches {
      let name = FormText.oneLine(form["name"]) ?? ""
      let organisation = FormText.oneLine(form["organisation"]) ?? ""
      if name.isEmpty { page.faults.append(("name", "Type your name: scores are kept with who gave them.")) }
      for (field, text) in [("name", name), ("organisation", organisation)] {
        if text.count > ScoringForm.nameLimit {
          page.faults.append((field, "Shorten it to \(ScoringForm.nameLimit) characters."))
        }
        if FormText.turnsDirection(text) {
          page.faults.append((field, "Leave out the characters that turn the direction of text."))
        }
      }
      guard page.faults.isEmpty else { return html(page.page(), status: 422) }
      scorer = Scorer(name: name, organisation: organisation)
    }
    switch try await state.join(scorer, personalCode: form["personal"], at: now) {
    case .taken:
      if !SecretText.plain(form["personal"]).isEmpty { await guesses.note(request.address, at: now) }
      page.faults = [
        (
          "personal",
          "Somebody joined by this name. If that is you, type the personal code that stands on your start page on the other device; if not, add something to the name."
        )
      ]
      return html(page.page(), status: 422)
    case .joined(let token):
      var answer = Answer.seeOther(scorer == nil ? "/\(BoardPage.path)" : "/")
      answer.headers.append(("Set-Cookie", cookie(token, seconds: WorkshopState.sessionLength)))
      return answer
    }
  }

  private func leave(_ form: FormText, _ session: Session?, _ request: Request) async throws -> Answer {
    if let session, let token = request.cookie(cookieName) {
      try check(session, form)
      try await state.leave(token)
    }
    var answer = Answer.seeOther("/")
    answer.headers.append(("Set-Cookie", cookie("", seconds: 0)))
    return answer
  }

  private func cookie(_ token: String, seconds: Int) -> String {
    "\(cookieName)=\(token); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Strict"
  }

  // MARK: Entering

  private func saveScore(_ form: FormText, _ who: (session: Session, person: Person)) async throws -> Answer {
    guard let problem = evidence.problems.first(where: { $0.code == form["code"] }),
      let place = places.firstIndex(of: problem.place)
    else { throw Refusal(422, "There is no such problem", "Nothing was saved. Open the page anew.") }
    let entry = ScoreEntry(form)
    guard entry.faults.isEmpty else {
      let latest = try await state.latest(of: who.person.id)
      var page = ScoringPage(site: self, session: who.session, latest: latest, place: place + 1, saved: nil)
      page.refused = (problem.code, entry)
      return html(page.page(), status: 422)
    }
    let isSaved = try await state.save(entry.score, of: problem.code, by: who.person.id, at: clock())
    let query = isSaved ? "&saved=\(problem.code)" : ""
    return .seeOther("/\(ScoringPage.path)?place=\(place + 1)\(query)#\(problem.code)")
  }

  private func saveRisk(_ form: FormText, _ who: (session: Session, person: Person)) async throws -> Answer {
    let entry = RiskEntry(form, places: evidence.places.map(\.name))
    guard entry.faults.isEmpty else {
      var page = RisksPage(site: self, session: who.session, risks: try await state.risks(of: who.person.id))
      page.refused = entry
      return html(page.page(), status: 422)
    }
    try await state.save(entry.risk, stands: !entry.takesBack, by: who.person.id, at: clock())
    return .seeOther("/\(RisksPage.path)#yours")
  }

  /// The places that problems are scored in.
  var places: [String] {
    evidence.places.map(\.name).filter { place in evidence.problems.contains { $0.place == place } }
  }

  // MARK: Reading

  private func board(holds: Bool) async throws -> Answer {
    let now = try await standing.now()
    var answer = html(
      BoardPage(site: self, now: now, people: try await state.people(), holds: holds, time: clock()).page())
    // A header rather than an element of the page: it does the same in every browser.
    if !holds { answer.headers.append(("Refresh", String(BoardPage.seconds))) }
    return answer
  }

  /// The form with what a person entered, to be kept or handed in.
  private func workbook(_ person: Person) async throws -> Answer {
    let form = try await state.form(evidence, matching: .samePack)
    let filled = ScoringWorkbook.Filled(
      scorer: person.scorer, opinions: form.opinions.filter { $0.scorer == person.scorer },
      brought: form.brought.filter { $0.scorer == person.scorer })
    return Answer(
      headers: [
        ("Content-Type", WorkshopSite.types["xlsx"] ?? ""),
        ("Content-Disposition", "attachment; filename=\"scores.xlsx\""),
      ], body: try ScoringWorkbook(evidence, root: nil, filled: filled).encoded())
  }

  private func packFile(_ request: Request) async throws -> Answer {
    guard try await session(request) != nil else {
      var page = JoinPage(site: self)
      page.path = String(request.path.dropFirst())
      return html(page.page(), status: 401)
    }
    let path = String(request.path.dropFirst(WorkshopSite.packPrefix.count))
    guard packFiles.contains(path), let type = WorkshopSite.types[(path as NSString).pathExtension],
      let bytes = FileManager.default.contents(atPath: folder.appendingPathComponent(path).path)
    else { throw Refusal.notFound }
    return Answer(headers: [("Content-Type", type)], body: Array(bytes))
  }

  private static let types = [
    "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "csv": "text/csv; charset=utf-8",
    "json": "application/json", "svg": "image/svg+xml", "png": "image/png", "md": "text/plain; charset=utf-8",
    "txt": "text/plain; charset=utf-8", "yaml": "text/plain; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ]

  // MARK: Pages

  func html(_ text: String, status: Int = 200) -> Answer {
    Answer(status: status, headers: [("Content-Type", "text/html; charset=utf-8")], body: Array(text.utf8))
  }

  private func page(_ refusal: Refusal, _ request: Request) -> Answer {
    let path = String(request.path.drop { $0 == "/" })
    var answer = html(RefusalPage(site: self, refusal: refusal, path: path).page(), status: refusal.status)
    answer.headers += refusal.headers
    return answer
  }

  /// The pack's style sheet with that of forms.
  var styleSheet: String { pages.styleSheet + FormStyle.text }
}
