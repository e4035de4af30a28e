import Charts
import RiskRanking
import Wording

/// The other order: the problems of page one's level by expected change times harm, beside that by expected change.
struct HarmOrder {
  let context: PackContext

  /// The first ten by harm.
  var first: [Risk] {
    context.assessment.risks(level: context.rankedLevel, groups: false, kind: context.rankedKind)
      .filter { $0.harmRank != nil && ($0.expectedHarm ?? 0) > 0 }
      .sorted { ($0.harmRank ?? .max) < ($1.harmRank ?? .max) }.prefix(10).map { $0 }
  }

  func markup() -> Markup {
    let first = self.first
    guard let weights = context.harmWeights, !first.isEmpty else {
      return .paragraph(
        "By harm they cannot be ordered: none that is expected to rise has a harm weight.", className: "note")
    }
    let rows = first.map { risk in
      let label: Markup = "\(risk.label), \(context.displayName(risk.area.name))"
      let figures = Figures(context, risk)
      let linked = context.hasPage(risk) ? Markup.link(to: context.path(of: risk), label) : label
      let rank = risk.rank.map { figures.tagged(String($0), .rank, .whole) } ?? "\u{2013}"
      return Markup.element(
        "li", [:],
        "\(linked) \(Markup.element("span", ["class": "aside"], "(\(rank) by expected change)"))")
    }
    return .element(
      "div", ["class": "orders"],
      .element("h3", ["id": "by-harm"], "The same by harm"),
      .paragraph(
        "The first ten by expected change times harm per offence (\(weights.unit), \(weights.name)). Volume puts the many first, harm the grave: which order counts is for the partnership to say.",
        className: "note"),
      .element("ol", ["class": "harm-order"], rows))
  }
}
