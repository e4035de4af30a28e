import Charts
import Workshop

/// Where somebody who joined begins.
struct StartPage {
  let site: WorkshopSite
  let session: Session
  let people: [Person]

  func page() -> String {
    var content: [Markup] = []
    if let person = session.person {
      content += [
        .paragraph(
          "You are \(Swatch.name(person)). \(Markup.link(to: ScoringPage.path, "Score the problems")), place by place: each has a button of its own, and what you save is kept at once.",
          className: "lead"),
        .element(
          "ul", [:],
          [
            "Score the harm of one typical case, in each of six kinds. Leave blank what you cannot judge: blank is not nought.",
            "How likely a problem is to matter is filled from the data and not scored. Capacity says whether partners could do something about it; it stands beside the score and never inside it.",
            "Say in a few words why: a score without a reason cannot be argued with.",
            "Change your mind as often as you like: your latest counts, and what you typed before is kept.",
            "\(Markup.link(to: RisksPage.path, "Bring a risk")) that no figure shows: a new law, a closure, exploitation that nobody records.",
          ].map { .element("li", [:], $0) }),
        .section(
          id: "workbook", "To keep what you entered",
          [
            .paragraph(
              "\(Markup.link(to: "scores.xlsx", "The scoring workbook with your scores")): the same form as on paper, at any time."
            )
          ]),
        .section(
          id: "device", "To go on with another device",
          [
            .paragraph(
              "Join there with the same name and organisation, the join code, and your personal code: \(Markup.element("span", ["class": "personal"], Markup(text: person.code)))"
            )
          ]),
      ]
    } else {
      content.append(
        .paragraph(
          "This browser only watches. \(Markup.link(to: BoardPage.path, "Show the order now")), which renews itself.",
          className: "lead"))
    }
    content += [
      .section(id: "people", "Who has joined", [Swatch.list(people)]),
      .form(
        "/leave",
        [
          .hidden("token", session.formToken),
          .button("Leave: end the session of this browser", className: "quiet"),
        ]),
    ]
    return site.pages.document(
      path: "index.html", title: "The workshop: \(site.evidence.facts.title)", content)
  }
}

/// A person's name with its colour.
enum Swatch {
  static func name(_ person: Person) -> Markup {
    .element("span", ["class": "swatch person-\(person.colour)", "aria-hidden": "true"])
      + .element("strong", [:], Markup(text: person.scorer.text))
  }

  static func list(_ people: [Person]) -> Markup {
    guard !people.isEmpty else { return .paragraph("Nobody yet.") }
    return .element(
      "ul", ["class": "people"], people.map { .element("li", [:], .element("span", [:], name($0))) })
  }
}
