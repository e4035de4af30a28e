import Assessment
import Charts
import RiskRanking
import Wording

/// The findings for a room: one a screen, in large type, to be scrolled or paged through. No script: the style sheet makes each section
/// as high as the screen and lets it snap.
struct ProjectorPage {
  let context: PackContext
  static let path = "projector.html"

  func page() -> PageShell.Page {
    PageShell.Page(
      path: ProjectorPage.path, title: "\(context.title): findings for the room", crumb: "Projector",
      className: "projector",
      content: [opening()] + county() + changes() + context.topRisks.enumerated().map { problem($0 + 1, $1) }
        + [doubts()])
  }

  private func screen(_ id: String, _ title: Markup, _ content: [Markup]) -> Markup {
    .section(id: id, title, content)
  }

  private func opening() -> Markup {
    .paragraph(
      "One finding a screen: scroll, or press the space bar. \(context.scope), \(context.periodCovered).",
      className: "lead")
  }

  private func county() -> [Markup] {
    let line = CountyLine(context: context)
    return line.lines.enumerated().map { i, one in
      screen(
        "county-\(i + 1)", Markup(text: "\(one.series.label), \(context.displayName(one.series.area.name))"),
        [.paragraph(line.answer(one), className: "say")])
    }
  }

  private func changes() -> [Markup] {
    [screen("past", "What changed in the last \(context.periods.year)", [PastChanges(context: context).sentences()])]
  }

  private func problem(_ number: Int, _ risk: Risk) -> Markup {
    let words = context.words(risk)
    let tables = RiskTables(context: context, root: "")
    var figure: [Markup] = []
    if let series = context.series(of: risk) {
      figure = [
        SeriesFigure(
          context: context, series: series, id: "screen-\(number)", title: words.headline,
          description: "\(Wording.sentence(words.numbers))."
        ).drawing()
      ]
    }
    let harm = risk.harmRank.map { "; number \($0) by harm" } ?? ""
    return screen(
      "problem-\(number)", Markup(text: words.headline),
      [
        .paragraph(
          "\(Markup.strong("Number \(risk.rank.map(String.init) ?? "\u{2013}")"))\(harm). Last \(context.periods.year) \(tables.lastYear(risk)), forecast \(tables.forecast(risk)). Advice: \(Markup.strong(Markup(text: risk.recommendation.rawValue))), confidence \(risk.confidence.rating.rawValue). \(Markup.link(to: context.path(of: risk), "The evidence on \(risk.label) in \(context.displayName(risk.area.name))")).",
          className: "say")
      ] + figure)
  }

  private func doubts() -> Markup {
    let limitations = context.assessment.limitations.prefix(5).map { Markup(text: $0.sentence) }
    return screen(
      "limits", "What we cannot say",
      [
        limitations.isEmpty
          ? .paragraph("No limitation was found beyond those of recorded crime itself.") : .list(limitations)
      ])
  }
}
