import Charts
import RiskRanking
import Wording

/// Why a risk stands where it does: its score beside those ranked next to it.
struct PriorityRank {
  let context: PackContext
  let risk: Risk

  func markup() -> [Markup] {
    guard let score = risk.score, let rank = risk.rank else {
      return [.paragraph("It has no rank, because \(reasonUnranked)."), harm()]
    }
    let peers = context.assessment.risks(
      level: risk.area.level, groups: risk.isGroup, kind: risk.evidence.kind
    ).filter { $0.rank != nil }
    let at = peers.firstIndex { $0.rank == rank } ?? 0
    let from = max(0, min(at - 2, peers.count - 5))
    let near = Array(peers[from..<min(from + 5, peers.count)])
    let words = context.words(risk)
    let change = risk.polarity.worse == nil ? "rise" : "change for the worse"
    let scale =
      risk.evidence.kind == .count ? "counts a year" : risk.evidence.kind == .proportion ? "points" : "its unit"
    let explanation: Markup =
      "It is number \(rank) of \(peers.count) of its kind at its level. One number decides: the \(change) that is expected, \(signed(score.expectedChange)) on the scale of \(scale) (the mean of all futures less last year). How likely it is to be material stands beside it: \(score.event.noun(words.text)) is \(Wording.predicate(score.probability)). Last year's percentage change plays no part."
    let title = "Number \(rank) of \(peers.count): \(risk.title), \(risk.area.name)"
    return [
      .paragraph(explanation),
      .element(
        "figure", ["id": "rank"],
        .element(
          "figcaption", [:], .element("span", ["class": "finding"], Markup(text: title)),
          .element(
            "span", ["class": "subtitle"],
            "Expected change on the scale of the measure, beside its neighbours in the ranking"
          )), .element("div", ["class": "wide"], bars(near, title: title, width: 760, suffix: "bars").svg()),
        .element("div", ["class": "narrow"], bars(near, title: title, width: 340, suffix: "bars-narrow").svg())),
      .details("Numbers behind this chart", [table(near)]), stability(near, score),
      StabilityWords(context: context, risk: risk).paragraph, harm(),
    ]
  }

  private var reasonUnranked: String {
    risk.outlook == nil
      ? "next year cannot be compared with last"
      : risk.isTooFew
        ? "too few were counted last year to say anything of chances"
        : "no file of measures knows it, so that whether more is worse is not known"
  }

  /// A difference on the scale of the measure: counts whole, a share in points, a value with two decimals.
  private func signed(_ value: Double) -> String {
    guard value.isFinite else { return "not available" }
    let sign = value > 0 ? "+" : ""
    switch risk.evidence.kind {
    case .count: return sign + Wording.count(value.rounded())
    case .proportion: return sign + NumberText.grouped(value * 100, decimals: 1)
    case .value: return sign + NumberText.grouped(value, decimals: 2)
    }
  }

  private func bars(_ near: [Risk], title: String, width: Double, suffix: String) -> BarOfParts {
    var bars = BarOfParts(
      id: "rank-\(suffix)", title: title,
      description: near.map { "\($0.rank ?? 0): \($0.title), \($0.area.name), \(signed($0.score?.total ?? .nan))" }
        .joined(separator: "; "),
      bars: near.map { other in
        let total = other.score?.total ?? .nan
        return .init(
          label: "\(other.rank ?? 0). \(other.title), \(other.area.name)", parts: [total], value: signed(total),
          isSubject: isSubject(other))
      })
    bars.width = width
    return bars
  }

  private func isSubject(_ other: Risk) -> Bool { other.key == risk.key && other.area.level == risk.area.level }

  private func table(_ near: [Risk]) -> Markup {
    DataTable(
      caption: "The ranking around this problem",
      columns: [
        .init("Rank", isNumeric: true), .init("Problem and place"), .init("Expected change", isNumeric: true),
        .init("Chance of a material change", isNumeric: true),
      ],
      rows: near.map { other in
        DataTable.Row(
          className: isSubject(other) ? "subject" : nil,
          [
            tagged(other, other.rank.map(String.init) ?? "\u{2013}", .rank), "\(other.title), \(other.area.name)",
            tagged(other, signed(other.score?.expectedChange ?? .nan), .expectedWorsening),
            tagged(
              other, Wording.probability(other.score?.probability ?? .nan),
              other.score?.event.direction == .fall ? .fall : .rise),
          ])
      }, heading: 1
    ).markup()
  }

  private func tagged(_ other: Risk, _ text: String, _ kind: Claim.Kind) -> Markup {
    let ahead = kind == .rank ? Claim.Window.whole : other.outlook?.ahead ?? .whole
    return Figures(context, other).tagged(text, kind, ahead)
  }

  /// How far apart the neighbours are: the nearer, the easier the order turns.
  private func stability(_ near: [Risk], _ score: RiskScore) -> Markup {
    let gaps = near.filter { !isSubject($0) }.compactMap { $0.score?.total }.map { ($0 - score.total).magnitude }
    guard let nearest = gaps.min(), nearest.isFinite, risk.evidence.kind == .count else { return .empty }
    return .paragraph(
      "The nearest expected change is \(nearest < 0.5 ? "less than 1" : Wording.count(nearest.rounded())) away. Where neighbours are close, read them as one group rather than as an order."
    )
  }

  private func harm() -> Markup {
    guard let weight = risk.harmPerOffence, let weights = context.harmWeights else {
      return .paragraph("Harm: no weight, because \(Wording.stopped(context.reasonUnweighted(risk)))")
    }
    let rank = risk.harmRank.map { " By expected change times harm it would be number \($0)." } ?? ""
    return .paragraph("Harm per offence: \(Wording.count(weight)) (\(weights.unit), \(weights.name)).\(rank)")
  }
}
