import Charts
import RiskRanking
import Wording

/// How stable the rank of a problem is, in figures and in a sentence.
struct StabilityWords {
  let context: PackContext
  let risk: Risk

  private func share(_ order: RankStability.Order) -> RankStability.Share? { risk.stability?.share(order) }

  /// How often it is among the first five or ten.
  func top(_ count: Int, _ order: RankStability.Order) -> Markup {
    guard let share = share(order) else { return "\u{2013}" }
    let kind: Claim.Kind =
      order == .harm ? (count == 5 ? .harmTop5 : .harmTop10) : (count == 5 ? .top5 : .top10)
    return Figures(context, risk).tagged(Wording.probability(count == 5 ? share.top5 : share.top10), kind, .whole)
  }

  /// "3 to 14".
  var ranks: Markup {
    share(.expectedChange).map {
      Figures(context, risk).tagged(
        $0.lower80 == $0.upper80 ? String($0.lower80) : "\($0.lower80) to \($0.upper80)", .rankRange, .whole)
    } ?? "\u{2013}"
  }

  /// What a priority's page says of it.
  var paragraph: Markup {
    guard share(.expectedChange) != nil else { return .empty }
    let harm: Markup =
      share(.harm) == nil
      ? "" : " In the order by harm, under other weights too, it is among the first ten in \(top(10, .harm))."
    return .paragraph(
      "How stable: with forecasts and last year's counts as chance may have them it is among the first ten in \(top(10, .expectedChange)) of the variations and among the first five in \(top(5, .expectedChange)); four times in five its rank is \(ranks).\(harm) \(Markup.link(to: PageShell.root(of: context.path(of: risk)) + ScoringPage.path + "#stability", "How that is found"))."
    )
  }
}
