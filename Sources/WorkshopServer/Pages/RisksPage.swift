import Charts
import CommunitySafety
import Workshop

/// Risks that no series shows: those that a person brought, and a form for one more.
struct RisksPage {
  let site: WorkshopSite
  let session: Session
  let risks: [SavedRisk]
  var refused: RiskEntry?

  static let path = "risks"

  init(site: WorkshopSite, session: Session, risks: [SavedRisk]) {
    (self.site, self.session, self.risks) = (site, session, risks)
  }

  func page() -> String {
    site.pages.document(
      path: RisksPage.path, title: refused == nil ? "Bring a risk that no series shows" : "Not saved yet: bring a risk",
      [
        FaultSummary(faults: refused?.faults ?? [], id: { "risk-\($0)" }).markup(),
        .paragraph(
          "What is coming that the figures do not show: exploitation that nobody records, an estate, a closure, a law. With a likelihood and an impact it is ranked beside the problems, its basis marked.",
          className: "lead"),
        .section(id: "yours", "What you brought", [mine()]), .section(id: "new", "One more", [form()]),
      ])
  }

  private func mine() -> Markup {
    guard !risks.isEmpty else { return .paragraph("Nothing yet.") }
    return .element(
      "ul", [:],
      risks.map { saved in
        let risk = saved.risk
        let parts = [
          risk.area.isEmpty ? "all places" : risk.area, risk.tag?.rawValue, risk.horizon?.rawValue,
          risk.likelihood?.rawValue ?? "no likelihood, so not ranked",
          risk.impact.map { "impact \($0)" } ?? "no impact, so not ranked",
        ].compactMap { $0 }
        let basis = risk.basis.flatMap(FormText.oneLine).map { ". Rests on: \($0)" } ?? ""
        return .element(
          "li", [:],
          "\(Markup.element("strong", [:], Markup(text: risk.title))): \(parts.joined(separator: ", "))\(basis). Saved at \(ClockText.time(saved.at)).",
          .form(
            "/\(RisksPage.path)",
            [
              .hidden("token", session.formToken), .hidden("back", "yes"), .hidden("title", risk.title),
              .hidden("area", risk.area), .hidden("tag", risk.tag?.rawValue ?? ""),
              .hidden("horizon", risk.horizon?.rawValue ?? ""), .hidden("likelihood", risk.likelihood?.rawValue ?? ""),
              .hidden("impact", risk.impact.map(String.init) ?? ""), .hidden("basis", risk.basis ?? ""),
              .button("Take back \u{201C}\(risk.title)\u{201D}", className: "quiet"),
            ]))
      })
  }

  private func form() -> Markup {
    let typed = refused?.risk ?? TypedRisk()
    func field(_ name: String, _ label: Markup, _ hint: Markup? = nil) -> Field {
      Field(
        name: name, id: "risk-\(name)", label: label, hint: hint,
        fault: refused?.faults.first { $0.field == name }?.text)
    }
    func words<Value: CaseIterable & RawRepresentable<String>>(_: Value.Type) -> [(String, String)] {
      Value.allCases.map { ($0.rawValue, $0.rawValue) }
    }
    let impacts = ["none", "slight", "moderate", "serious", "severe"]
    return .form(
      "/\(RisksPage.path)",
      [
        .hidden("token", session.formToken),
        .element(
          "fieldset", [:],
          [
            .element("legend", [:], "The risk"),
            field(
              "title", "The risk in a few words", "The same words for the same place again change what you brought."
            )
            .line(typed.title, most: ScoringForm.titleLimit),
            .element(
              "div", ["class": "fields"],
              [
                field("area", "Place").choice(
                  site.evidence.places.map { ($0.name, $0.name) }, chosen: typed.area, none: "all places"),
                field("tag", "Kind of cause").choice(words(Signal.Tag.self), chosen: typed.tag?.rawValue ?? ""),
                field("horizon", "Horizon").choice(
                  words(Signal.Horizon.self), chosen: typed.horizon?.rawValue ?? ""),
                field("likelihood", "Likelihood").choice(
                  words(ProbabilityYardstick.self), chosen: typed.likelihood?.rawValue ?? ""),
                field("impact", "Harm if it comes").choice(
                  zip(HarmScale.ladder, impacts).map { ("\($0)", "\($0): \($1)") },
                  chosen: typed.impact.map(String.init) ?? ""),
              ]),
          ]),
        field("basis", "What it rests on", "A plan, a law, what staff see.").lines(
          typed.basis ?? "", most: ScoringForm.textLimit), .button("Save the risk"),
      ])
  }
}
