import Charts
import Foundation
import Wording
import Workshop

/// The problems of a place, each with its evidence and a form to score it.
struct ScoringPage {
  let site: WorkshopSite
  let session: Session
  let latest: [String: SavedScore]
  /// Number of the place, from 1.
  let place: Int
  /// The problem that was just saved.
  let saved: String?
  /// What was typed of a problem and could not be taken.
  var refused: (code: String, entry: ScoreEntry)?

  static let path = "score"

  init(site: WorkshopSite, session: Session, latest: [String: SavedScore], place: Int, saved: String?) {
    let count = site.places.count
    (self.site, self.session, self.latest, self.saved) = (site, session, latest, saved)
    self.place = (1...max(count, 1)).contains(place) ? place : 1
  }

  func page() -> String {
    let name = site.places[place - 1]
    let problems = site.evidence.problems.filter { $0.place == name }
    let known = problems.first { $0.code == saved }
    // The title of the window is what is read out first when the page has come back.
    let title = refused != nil ? "Not saved yet: \(name)" : "\(name): score the problems"
    return site.pages.document(
      path: ScoringPage.path, title: title,
      [
        summary(),
        known.map {
          .element(
            "p", ["class": "saved done", "role": "status"],
            "Saved: \(Markup.link(to: "#\($0.code)", Markup(text: $0.title))).")
        } ?? .empty, navigation(), scale(),
      ] + problems.map(card))
  }

  private func summary() -> Markup {
    guard let refused else { return .empty }
    return FaultSummary(faults: refused.entry.faults, id: { "\(refused.code)-\($0)" }).markup()
  }

  // MARK: Around

  private func navigation() -> Markup {
    let items = site.places.enumerated().map { index, name in
      let problems = site.evidence.problems.filter { $0.place == name }
      let done = problems.count { latest[$0.code].map { !$0.score.scores.isEmpty } ?? false }
      return Markup.element(
        "li", [:],
        .element(
          "a",
          [
            "href": "\(ScoringPage.path)?place=\(index + 1)", "aria-current": index + 1 == place ? "page" : nil,
          ], "\(name): \(done) of \(problems.count) scored"))
    }
    return .element("nav", ["class": "places", "aria-label": "Places"], .element("ol", [:], items))
  }

  private func scale() -> Markup {
    let facts = site.evidence.facts
    return .paragraph(
      "Recorded: the last \(facts.year). Forecast: the next, if past patterns continue, with the range that holds four times in five. Score one typical case; leave blank what you cannot judge.",
      className: "note")
  }

  // MARK: A problem

  private func card(_ problem: PackEvidence.Problem) -> Markup {
    let own = latest[problem.code]
    let code = problem.code
    return .element(
      "section", ["class": "problem", "id": code, "aria-labelledby": "\(code)-heading"],
      [
        .element("h2", ["id": "\(code)-heading"], Markup(text: problem.title)),
        .paragraph(Markup(text: problem.words.finding)), trend(problem), evidence(problem),
        state(own, problem), form(problem, own),
      ])
  }

  private func state(_ own: SavedScore?, _ problem: PackEvidence.Problem) -> Markup {
    guard let own, !own.score.isBlank else { return .paragraph("You have not scored it yet.", className: "note") }
    let missing = own.score.reason == nil ? " It has no reason yet." : ""
    return .paragraph("Saved at \(ClockText.time(own.at)).\(missing)", className: "saved done")
  }

  private func evidence(_ problem: PackEvidence.Problem) -> Markup {
    let words = problem.words
    var rows: [(String, Markup)] = [
      ("On page one", problem.rank.map { "number \($0)" } ?? "not ranked"),
      ("Recorded", Markup(text: words.lastYear)), ("Forecast", Markup(text: words.forecast)),
      ("Chance", Markup(text: words.chance)), ("Confidence", Markup(text: words.confidence)),
      ("Advice", Markup(text: words.recommendation)),
    ]
    if let priority = problem.priority { rows.append(("Priority now", Markup(text: priority))) }
    if let page = problem.page {
      rows.append(
        (
          "Evidence",
          .link(
            to: site.pages.packRoot + page, "the page on \(problem.title) in \(problem.place)")
        ))
    }
    return .element(
      "dl", ["class": "evidence"],
      rows.flatMap { [Markup.element("dt", [:], Markup(text: $0.0)), .element("dd", [:], $0.1)] })
  }

  private func trend(_ problem: PackEvidence.Problem) -> Markup {
    let known = problem.history.compactMap(\.self)
    guard known.count > 1, let last = problem.history.last else { return .empty }
    let period = site.evidence.facts.period
    return Sparkline(
      id: "\(problem.code)-trend", title: "\(problem.title) in \(problem.place)",
      description:
        "Line of the latest \(problem.history.count) \(period)s; last: \(last.map { NumberText.grouped($0, decimals: $0 == $0.rounded() ? 0 : 3) } ?? "missing").",
      positions: problem.history.count, history: problem.history.map { $0 ?? .nan }
    ).svg()
  }

  private func form(_ problem: PackEvidence.Problem, _ own: SavedScore?) -> Markup {
    let code = problem.code
    let entry = refused?.code == code ? refused?.entry : nil
    func value(_ field: String, _ kept: String?) -> String { entry?.typed[field] ?? kept ?? "" }
    func field(_ name: String, _ label: Markup, _ hint: Markup? = nil) -> Field {
      Field(
        name: name, id: "\(code)-\(name)", label: label, hint: hint,
        fault: entry?.faults.first { $0.field == name }?.text)
    }
    let harms = HarmScale.Dimension.allCases.map { dimension in
      field(dimension.rawValue, Markup(text: dimension.heading)).choice(
        zip(HarmScale.ladder, dimension.words).map { ("\($0)", "\($0): \($1)") },
        chosen: value(dimension.rawValue, own?.score.scores[dimension].map(String.init)))
    }
    return .form(
      "/\(ScoringPage.path)",
      [
        .hidden("token", session.formToken), .hidden("code", code),
        .element(
          "fieldset", [:],
          [
            .element("legend", [:], "Harm of one typical case: \(problem.title)"),
            .element("div", ["class": "fields"], harms),
          ]),
        field("capacity", Markup(text: HarmScale.capacityHeading), "Beside the score, never inside it.").choice(
          zip(HarmScale.capacity, HarmScale.capacityWords).map { ("\($0)", "\($0): \($1)") },
          chosen: value("capacity", own?.score.capacity.map(String.init))),
        field("reason", "Why, in a few words").lines(
          value("reason", own?.score.reason), most: ScoringForm.textLimit),
        .button("Save the scores of \(problem.title)"),
      ])
  }
}

/// Times of day where the server runs.
enum ClockText {
  /// `14:05`.
  static func time(_ seconds: Int) -> String {
    var moment = time_t(seconds)
    var parts = tm()
    guard localtime_r(&moment, &parts) != nil else { return "" }
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(parts.tm_hour)):\(two(parts.tm_min))"
  }
}
