import Charts
import CommunitySafety
import RiskRanking

/// The figures of one measure in one place as pages print them. It is the one way of a number of the run onto a page: text and claim are
/// made together, so that none stands there that does not say what it is of.
struct Figures {
  let context: PackContext
  let area: String
  let measure: Measure

  init(_ context: PackContext, area: String, measure: Measure) {
    (self.context, self.area, self.measure) = (context, area, measure)
  }

  init(_ context: PackContext, _ risk: Risk) { self.init(context, area: risk.area.name, measure: risk.measure) }

  private var text: MeasureText { MeasureText(measure) }

  /// Any text whose numbers make the claim.
  func tagged(_ text: String, _ kind: Claim.Kind, _ window: Claim.Window) -> Markup {
    let claim = Claim(area: area, measure: measure.id, window: window, kind: kind)
    return .element("span", ["data-c": context.claims.code(claim, context.periods)], Markup(text: text))
  }

  /// "1,250", "25 %", "12.4 days"; a forecast only as precisely as it can be foreseen.
  func level(_ value: Double, _ kind: Claim.Kind, _ window: Claim.Window) -> Markup {
    tagged(kind == .forecast ? text.foreseen(value) : text.level(value), kind, window)
  }

  /// "120 to 180", of what is foreseen.
  func interval(_ lower: Double, _ upper: Double, _ kind: Claim.Kind, _ window: Claim.Window) -> Markup {
    tagged(text.foreseenInterval(lower, upper), kind, window)
  }

  /// "85 more (+27 %)".
  func change(from base: Double, to value: Double, _ kind: Claim.Kind, _ window: Claim.Window) -> Markup {
    tagged(
      kind == .printedChange ? text.foreseenChange(from: base, to: value) : text.change(from: base, to: value), kind,
      window)
  }

  /// "likely (68 %)".
  func likelihood(_ probability: Double, _ kind: Claim.Kind, _ window: Claim.Window) -> Markup {
    tagged(Wording.likelihood(probability), kind, window)
  }

  /// "(240 of 960)", of a share.
  func madeOf(_ ratio: PastComparison.Ratio, _ window: Claim.Window) -> Markup {
    tagged("\(Wording.count(ratio.numerator)) of \(Wording.count(ratio.denominator))", .madeOf, window)
  }
}

extension Risk {
  /// Last year's window as a claim, or that of years before.
  func lastYear(back: Int = 0) -> Claim.Window { .year(back: back, periods: past.lastYearPeriods) }
}

extension Outlook {
  /// The window of the forecast total as a claim, and of what it is compared with.
  var ahead: Claim.Window { .next(periods: matchedPeriods) }
  var compared: Claim.Window { .year(back: 0, periods: matchedPeriods) }
}
