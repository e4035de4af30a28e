import Assessment
import Charts
import CommunitySafety
import RiskRanking
import TimeSeries
import Wording

/// What the figures have for a business case on one problem, under the headings that funders ask for; what only people can say is left
/// for them.
struct BusinessCase {
  let context: PackContext
  let risk: Risk

  private var words: RiskWords { context.words(risk) }
  private var figures: Figures { Figures(context, risk) }
  private var series: AssessedSeries? { context.series(of: risk) }

  func markup(id: String = "case") -> [Markup] {
    [
      DataTable(
        id: id,
        caption: "\(risk.title) in \(context.displayName(risk.area)): evidence of need, counterfactual and baseline",
        columns: [.init("Heading"), .init("What the figures say")],
        rows: rows.map { DataTable.Row([Markup(text: $0.0), $0.1]) }
          + ["What will be done, and what is known to work", "Outputs and outcomes", "Cost, and who pays", "Risks"].map
        {
          DataTable.Row([Markup(text: $0), "for the partnership to write"])
        }, className: "case"
      ).markup()
    ]
  }

  private var rows: [(String, Markup)] {
    [
      ("Need", need), ("Trend", trend), ("If nothing changes", counterfactual),
      ("Baseline, and what could be shown", baseline), ("Why now", Markup(text: whyNow)),
      ("What would change our mind", mind), ("Doubts about the data", doubts),
    ]
  }

  private var need: Markup {
    guard risk.past.lastYearPeriods > 0 else { return Markup(text: Wording.stopped(Wording.sentence(words.past))) }
    let level = figures.level(risk.past.lastYear, .recorded, risk.lastYear())
    let part =
      risk.past.lastYearPeriods < context.periods.frequency.periodsPerYear ? "\(risk.past.lastYearPeriods) of " : ""
    let rate: Markup =
      ratePerThousand.map { " That is \($0) for every 1,000 residents." } ?? ""
    let place = context.standing(of: risk).map { standing -> Markup in
      let words = PeerWords(context: context, standing: standing)
      return
        " Among the \(standing.peers.places) its rate is number \(words.rank), 1 being the lowest and the range holding its rank in a further year four times in five; the chance that it is in the highest quarter then is \(words.quarter(3)). \(Wording.stopped(Wording.sentence(words.pattern)))"
    }
    return
      "\(level)\(risk.evidence.kind == .count ? " recorded" : "") in \(part)the last \(context.periods.year).\(rate)\(place ?? "")"
  }

  /// Recorded in a full year for every thousand residents.
  private var ratePerThousand: Markup? {
    guard risk.evidence.kind == .count, risk.past.lastYearPeriods == context.periods.frequency.periodsPerYear,
      let residents = risk.area.population, residents > 0
    else { return nil }
    return figures.tagged(
      NumberText.grouped(risk.past.lastYear / Double(residents) * 1000, decimals: 1), .rate, risk.lastYear())
  }

  private var trend: Markup {
    guard let series, let before = series.compared(series.lastYear, yearsBack: 1) else {
      return "The last two years cannot be compared."
    }
    let comparison = ComparisonWords(context: context, series: series)
    let growth: Markup =
      risk.evidence.growth.map { growth in
        let range = figures.tagged(
          "\(Wording.signedPercent(growth.lower95 - 1)) to \(Wording.signedPercent(growth.upper95 - 1))", .growthRange,
          .year(back: 1, periods: before.periods.count))
        return risk.past.lastYear >= Wording.smallestBase
          ? " The change of the rate behind the counts lies within \(range) (95\u{A0}% interval; a change is called clear where chance explains it in under \(Wording.percent(WindowComparison.significance)))."
          : ""
      } ?? ""
    return
      "\(Markup.strong(Markup(text: comparison.verdict(before)))). \(comparison.sentence(before))\(comparison.likeForLikeSentence(before))\(growth)"
  }

  private var counterfactual: Markup {
    guard let outlook = risk.outlook else { return "It cannot be foreseen: the years cannot be compared." }
    let range = figures.interval(outlook.lower80, outlook.upper80, .interval80, outlook.ahead)
    guard !risk.isTooFew else { return "\(range) over the next \(context.periods.year): too few to say more." }
    let mean = figures.level(outlook.mean, .forecast, outlook.ahead)
    let chance =
      risk.polarity.worse == .fall
      ? figures.likelihood(outlook.probabilityOfFall, .fall, outlook.ahead)
      : figures.likelihood(outlook.probabilityOfRise, .rise, outlook.ahead)
    let event = risk.polarity.worse == .fall ? outlook.fall : outlook.rise
    return
      "\(mean) over \(same(outlook))the next \(context.periods.year), four times in five \(range), if past patterns continue and recording stays as it is. The chance of \(event.noun(words.text)): \(chance)."
  }

  private func same(_ outlook: Outlook) -> String {
    outlook.matchedPeriods < outlook.periodsInYear ? "the same part of " : ""
  }

  /// What an evaluation would be held against, and the least it could show after a year.
  private var baseline: Markup {
    guard let outlook = risk.outlook, !risk.isTooFew else {
      return "On so few no evaluation by counts could show anything: agree another measure of success."
    }
    let isFall = risk.polarity.worse != .fall
    let bound = isFall ? outlook.lower95 : outlook.upper95
    let distance = (outlook.mean - bound).magnitude
    let least = figures.tagged(words.text.foreseen(bound), isFall ? .lower95 : .upper95, outlook.ahead)
    let share = outlook.mean > 0 ? distance / outlook.mean : .nan
    let size =
      risk.evidence.kind == .count && outlook.mean >= Wording.smallestBase && share.isFinite
      ? " That is a \(isFall ? "fall" : "rise") of about \(Wording.percent(share)) on the forecast: a smaller effect would not stand out in one year and one place."
      : ""
    return
      "The forecast above is what would have happened. Fewer than one year in forty would come in \(isFall ? "below" : "above") \(least) by itself.\(size) Measure it against places without the change as well, and say beforehand which."
  }

  private var whyNow: String {
    let exceptions = risk.exceptions.filter(context.isShown)
    let latest =
      exceptions.first.map { test in
        " \(context.periods.label(test.period)) was \(context.words(test).kind)."
      } ?? ""
    return "\(words.recommendation)\(latest)"
  }

  private var mind: Markup {
    guard let forecast = series?.forecast?.forecast, let interval = forecast.interval(80),
      let low = interval.lower.first, let high = interval.upper.first
    else { return "A full year of data: then next year could be compared with last." }
    let at = Claim.Window.period(forecast.start)
    return
      "\(context.periods.label(forecast.start)) outside \(figures.level(low, .lower80, at)) to \(figures.level(high, .upper80, at)), and the \(context.periods.frequency.noun)s after it too."
  }

  private var doubts: Markup {
    let found = words.doubts
    return found.isEmpty
      ? "None beyond those of recorded figures." : .list(found.map { Markup(text: Wording.stopped($0)) })
  }
}
