import Charts

/// What cannot be done, in plain words.
struct RefusalPage {
  let site: WorkshopSite
  let refusal: Refusal
  /// The address that was asked for: links lead from there.
  let path: String

  func page() -> String {
    site.pages.document(
      path: path, title: refusal.title,
      [
        .paragraph(Markup(text: refusal.text), className: "lead"),
        .paragraph(.link(to: "/", "To the start of the workshop")),
      ])
  }
}
