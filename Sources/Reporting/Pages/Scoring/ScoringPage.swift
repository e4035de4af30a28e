import Charts
import CommunitySafety
import RiskRanking
import Wording

/// The problems as a workshop scores them, under each scheme, and how stable the ranks are.
struct ScoringPage {
  let context: PackContext
  static let path = "scoring.html"
  /// Most problems of a table.
  private static let mostRows = 20

  private var ranked: [Risk] {
    context.assessment.risks(level: context.rankedLevel, groups: false, kind: context.rankedKind)
  }

  func page() -> PageShell.Page {
    PageShell.Page(
      path: ScoringPage.path, title: "Scores and stability",
      content: [
        .paragraph(
          "The ranking goes by expected change alone. Here the same problems stand as workshops score them, impact times likelihood, and it is said how far the ranks hold when what they rest on varies.",
          className: "lead")
      ] + context.assessment.reference.scoringSchemes.map(section) + [
        .section(id: "stability", "How stable the ranks are", stability())
      ])
  }

  private func section(_ scheme: ScoringScheme) -> Markup {
    .section(
      id: "scheme-\(Slugs.plain(scheme.id))", Markup(text: scheme.name),
      [.paragraph(Markup(text: ScoringPage.meaning(scheme)))]
        + SchemeTable(
          context: context, scheme: scheme, risks: ranked, root: "", withPlace: true, most: ScoringPage.mostRows
        ).markup(id: "scheme-\(Slugs.plain(scheme.id))-table"))
  }

  /// How a scheme scores, in two or three sentences.
  static func meaning(_ scheme: ScoringScheme) -> String {
    let dimensions = scheme.dimensions.filter { $0.weight > 0 }.map { $0.name.lowercased() }
    let parts = scheme.parts.filter { $0.weight > 0 }.map(\.component.rawValue)
    let levels = scheme.impactLevels.map { "\(SchemeTable.number($0.value)) (\($0.name))" }
    let bands = scheme.bands.map { "\($0.name) from \(SchemeTable.number($0.from))" }
    return
      "\(Wording.stopped(Wording.sentence(scheme.source))) Impact is \(dimensions.count == 1 ? "one judgement" : "the mean of \(Wording.list(dimensions))"), each \(Wording.list(levels)). Likelihood is \(parts.count == 1 ? "the \(parts[0])" : "the mean of \(Wording.list(parts))"), filled from data. The product is called \(Wording.list(bands)). Confidence and capacity stand beside it and are no part of it."
  }

  private func stability() -> [Markup] {
    let shown = ranked.filter { $0.stability != nil }.prefix(ScoringPage.mostRows)
    guard !shown.isEmpty else {
      return [.paragraph("Nothing is ranked here, or too many problems are to rank them again and again.")]
    }
    let tables = RiskTables(context: context, root: "")
    return [
      .paragraph(Markup(text: ScoringPage.stabilityMeaning)),
      DataTable(
        id: "stability-table", caption: "Share of the variations in which a problem is among the first",
        columns: [
          .init("Rank", isNumeric: true, className: "rank"), .init("Problem and place"),
          .init("In the first five", isNumeric: true), .init("In the first ten", isNumeric: true),
          .init("Ranks, four times in five", isNumeric: true), .init("By harm, in the first five", isNumeric: true),
          .init("By harm, in the first ten", isNumeric: true),
        ],
        rows: shown.map { risk in
          let words = StabilityWords(context: context, risk: risk)
          return DataTable.Row([
            risk.rank.map { Figures(context, risk).tagged(String($0), .rank, .whole) } ?? "\u{2013}",
            tables.name(risk, withPlace: true), words.top(5, .expectedChange), words.top(10, .expectedChange),
            words.ranks, words.top(5, .harm), words.top(10, .harm),
          ])
        }, heading: 1, className: "comparison"
      ).markup(),
      .paragraph(
        "\(Markup.link(to: "stability.csv", "stability.csv")) has every problem of this level, and what each source of variation does by itself.",
        className: "note"),
    ]
  }

  static let stabilityMeaning =
    "The ranking is made again some hundreds of times. A future of the forecast takes the place of its mean; last year's count varies as chance would have had it; in the order by harm the set of harm weights is one or another, and each weight is up to a third higher or lower two times in three. What stays among the first in nearly all of them is there on the evidence; what comes and goes shares its place with others."
}
