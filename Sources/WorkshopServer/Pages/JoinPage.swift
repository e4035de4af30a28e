import Charts
import Workshop

/// The way in: name, organisation and the code that was printed.
struct JoinPage {
  let site: WorkshopSite
  /// The address that was asked for: links lead from there.
  var path = "index.html"
  var typed: (name: String, organisation: String, personal: String, watches: Bool) = ("", "", "", false)
  var faults: [(field: String, text: String)] = []

  init(site: WorkshopSite) { self.site = site }

  func page() -> String {
    func field(_ name: String, _ label: Markup, _ hint: Markup? = nil) -> Field {
      Field(
        name: name, id: "join-\(name)", label: label, hint: hint, fault: faults.first { $0.field == name }?.text)
    }
    var ticked: Markup {
      .element(
        "input",
        [
          "type": "checkbox", "id": "join-watch", "name": "watch", "value": "yes",
          "checked": typed.watches ? "checked" : nil,
        ])
    }
    let most = ScoringForm.nameLimit
    let facts = site.evidence.facts
    return site.pages.document(
      path: path, title: "Join the workshop: \(facts.title)",
      [
        FaultSummary(faults: faults, id: { "join-\($0)" }).markup(),
        .paragraph(
          "Score how much harm each problem does, say why, and see the order answer. \(facts.scope), \(facts.periodCovered).",
          className: "lead"),
        .form(
          "/join",
          [
            .element(
              "fieldset", [:],
              [
                .element("legend", [:], "Who you are"),
                field("name", "Your name", "Scores are kept with the name of who gave them, and shown with it.").line(
                  typed.name, most: most, autocomplete: "name"),
                field("organisation", "Your organisation", "Such as the council or the police.").line(
                  typed.organisation, most: most, autocomplete: "organization"),
                field(
                  "personal", "Personal code, only to go on with what you began on another device",
                  "It stands on your start page there. Leave it blank otherwise."
                ).line(typed.personal, most: 20),
              ]),
            .element(
              "fieldset", ["class": "code"],
              [
                .element("legend", [:], "The workshop"),
                field("code", "Join code", "It stands where the workshop was started; ask whoever runs it.").line(
                  "", most: 20, isRequired: true),
                .element(
                  "div", ["class": "tick"], ticked,
                  .element(
                    "label", ["for": "join-watch"],
                    "This browser only watches, such as the one on the projector: no name, no scores")),
              ]),
            .button("Join"),
          ]),
      ])
  }
}
