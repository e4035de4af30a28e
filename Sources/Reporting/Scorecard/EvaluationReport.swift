import Charts
import CommunitySafety
import Scorecard
import Tables
import TimeSeries
import Wording

/// An intervention judged on several measures: as a table, and as a page for a business case.
public struct EvaluationReport: Sendable {
  let evaluations: [Evaluation]
  let style: PeriodStyle
  let title: String
  let marking: String
  let version: String

  /// A report; `version` is Horizon's own.
  public init(_ evaluations: [Evaluation], style: PeriodStyle, title: String, marking: String, version: String) {
    self.evaluations = evaluations
    self.style = style
    self.title = title
    self.marking = marking
    self.version = version
  }

  /// A row a measure.
  public var sheet: Sheet { Sheet(.evaluations(style), rows: evaluations) }

  // MARK: Words

  /// What is found of a measure, in plain sentences: the test, the forecast, the placebos, and what could have been found.
  static func sentences(_ one: Evaluation) -> [String] {
    let test = one.test
    let interval = test.interval()
    let periods = PeriodText(frequency: one.design.from.frequency)
    var said: [String] = []
    let amount = NumberText.grouped(test.difference.magnitude)
    let range = "\(NumberText.grouped(interval.lowerBound)) to \(NumberText.grouped(interval.upperBound))"
    let verdict =
      interval.upperBound < 0
      ? "Fewer than the controls lead to expect"
      : interval.lowerBound > 0 ? "More than the controls lead to expect" : "No clear effect"
    let both =
      one.design.displacement.isEmpty ? "" : ", counted together with what happened where crime may have moved to"
    said.append(
      "\(verdict): \(amount) \(test.difference < 0 ? "fewer" : "more") than if the treated places had changed as their controls did\(both) (95\u{A0}% interval \(range))."
    )
    said.append(
      "Recorded in the treated places: \(Wording.count(test.treated.after)) in \(PeriodText.ranges(one.after)), \(Wording.count(test.treated.before)) in \(PeriodText.ranges(one.before)). In the controls: \(Wording.count(test.control.after)) and \(Wording.count(test.control.before))."
    )
    if let relative = test.relative() {
      said.append(
        "Against the controls that is \(Wording.signedPercent(relative.change)) (95\u{A0}% interval \(Wording.signedPercent(relative.interval.lowerBound)) to \(Wording.signedPercent(relative.interval.upperBound)))."
      )
    }
    if !one.design.displacement.isEmpty {
      said.append(
        test.quotient.map { quotient in
          let meaning =
            quotient > 0
            ? "benefits seem to have spread"
            : quotient > -1
              ? "some crime may have moved, less than was saved" : "as much crime may have moved as was saved, or more"
          let bounds =
            test.quotientInterval().map {
              " (95\u{A0}% interval \(NumberText.grouped($0.lowerBound, decimals: 2)) to \(NumberText.grouped($0.upperBound, decimals: 2)))"
            } ?? " (its interval has no bounds: the fall of the treated places is not certain enough)"
          return "Weighted displacement quotient \(NumberText.grouped(quotient, decimals: 2))\(bounds): \(meaning)."
        }
          ?? "There was no fall of the treated places against their controls, and so nothing that could have been displaced."
      )
    }
    for (counterfactual, how) in [
      (one.counterfactual, "A forecast made the day before"),
      (one.adjusted, "The same forecast, moved as the controls came out against theirs,"),
    ] {
      guard let counterfactual else { continue }
      let inside = counterfactual.outer.contains(counterfactual.recorded)
      said.append(
        "\(how) expected \(Wording.foreseen(counterfactual.mean)) (95\u{A0}% interval \(Wording.foreseenInterval(counterfactual.outer.lowerBound, counterfactual.outer.upperBound))); \(Wording.count(counterfactual.recorded)) were recorded, \(inside ? "within that interval" : counterfactual.recorded < counterfactual.outer.lowerBound ? "fewer than that" : "more than that")."
      )
    }
    for (placebos, what) in [
      (one.placeboDates, "earlier dates, at which nothing began"),
      (one.placeboAreas, "other places, in which nothing was done"),
    ] {
      guard !placebos.isEmpty else { continue }
      let lower = placebos.count { $0.z <= test.z }
      said.append(
        "The same test at \(NumberText.grouped(placebos.count)) \(what): \(lower == 0 ? "none" : NumberText.grouped(lower)) fell as far or further."
      )
    }
    said.append(
      one.detectable.map {
        "A fall of \(Wording.percent($0)) or more would have been found with a probability of 80\u{A0}%; of a smaller one this cannot say that there was none."
      }
        ?? "Not even the end of all of it would have been found with a probability of 80\u{A0}%: the counts are too small."
    )
    if test.scatter > 1.05 {
      said.append(
        "The counts before varied \(NumberText.grouped(test.scatter, decimals: 1)) times as much as independent events do, and the intervals allow for it."
      )
    }
    if !one.missing.isEmpty {
      said.append("Left out on both sides, since some place lacks them: \(PeriodText.ranges(one.missing)).")
    }
    if !one.steps.isEmpty {
      let steps = one.steps.prefix(3).map { "\($0.kind?.rawValue ?? "change of level") in \(periods.label($0.start))" }
      said.append(
        "The recording changed between the two sides (\(Wording.list(steps))). Where that touched the places alike the controls allow for it; where it did not, nothing here does."
      )
    }
    return said
  }

  /// A page that is one file.
  public func page() -> String {
    guard let design = evaluations.first?.design else { return "" }
    let names = { (places: [String]) in Wording.list(places) }
    var content: [Markup] = [
      .paragraph(
        "Treated: \(names(design.treated)). Control: \(names(design.control)).\(design.displacement.isEmpty ? "" : " Where crime may have moved to: \(names(design.displacement)).") From \(PeriodText.label(of: design.from)) on.",
        className: "lead"),
      .paragraph(
        "It says how the places came to differ, and not what made them: that is for those who know what else happened there.",
        className: "note"),
      table(),
    ]
    for one in evaluations {
      content.append(
        .section(
          id: Slugs.plain(one.measure), Markup(text: Wording.name(one.measure)),
          EvaluationReport.sentences(one).map { .paragraph(Markup(text: $0)) }))
    }
    return StandalonePage(
      title: title, kind: "Evaluation", marking: marking, content: content,
      footer: [
        "Weighted displacement difference: Wheeler and Ratcliffe 2018. Weighted displacement quotient: Bowers and Johnson 2003. With several measures some will stand out by chance: read the rate of false findings.",
        "Horizon \(version). Recorded crime is not accredited official statistics.",
      ]
    ).html()
  }

  private func table() -> Markup {
    let rates = Evaluation.rates(evaluations)
    return DataTable(
      id: "measures", caption: "Below 0 for crimes saved; 95\u{A0}% intervals.",
      columns: [
        .init("Measure"), .init("Treated, before and after", isNumeric: true),
        .init("Control, before and after", isNumeric: true),
        .init("Difference", isNumeric: true), .init("Chance if nothing changed", isNumeric: true),
        .init("False among such findings", isNumeric: true),
        .init("Smallest fall that would be found", isNumeric: true),
      ],
      rows: zip(evaluations, rates).map { one, rate in
        let interval = one.test.interval()
        return DataTable.Row([
          .link(to: "#\(Slugs.plain(one.measure))", Markup(text: Wording.name(one.measure))),
          Markup(text: "\(Wording.count(one.test.treated.before)) \u{2192} \(Wording.count(one.test.treated.after))"),
          Markup(text: "\(Wording.count(one.test.control.before)) \u{2192} \(Wording.count(one.test.control.after))"),
          Markup(text: NumberText.grouped(one.test.difference))
            + .element(
              "span", ["class": "interval"],
              " \(NumberText.grouped(interval.lowerBound)) to \(NumberText.grouped(interval.upperBound))"),
          Markup(text: Wording.percent(one.test.probability)),
          Markup(text: rate.isFinite ? Wording.percent(rate) : "\u{2013}"),
          Markup(text: one.detectable.map { Wording.percent($0) } ?? "none"),
        ])
      }, className: "comparison"
    ).markup()
  }
}

extension Table where Row == Evaluation {
  fileprivate static func evaluations(_ style: PeriodStyle) -> Table {
    Table(
      "evaluation", title: "Evaluation",
      "One row a measure: the treated places against their controls, by test, forecast and placebo."
    ) {
      Column("measure", .text, "The measure.") { $0.measure }
      Column("treated", .text, "The places that had the intervention.") { $0.design.treated.joined(separator: "; ") }
      Column("control", .text, "The places it is set beside.") { $0.design.control.joined(separator: "; ") }
      Column("displacement", .text, "Where crime may have moved to.") {
        $0.design.displacement.isEmpty ? nil : $0.design.displacement.joined(separator: "; ")
      }
      Column("from", .period, "First period with it.") { style.format($0.design.from) }
      Column("through", .period, "Last period that counts.") { one in one.after.last.map(style.format) }
      Column("periods", .integer, unit: "periods", "Periods after, known in all places.") { $0.after.count }
      Column("treated_before", .number, unit: "counts", "Recorded in the treated places before.") {
        $0.test.treated.before
      }
      Column("treated_after", .number, unit: "counts", "Recorded there after.") { $0.test.treated.after }
      Column("control_before", .number, unit: "counts", "Recorded in the controls before.") { $0.test.control.before }
      Column("control_after", .number, unit: "counts", "Recorded there after.") { $0.test.control.after }
      Column("displacement_before", .number, unit: "counts", "Recorded in the displacement places before.") {
        $0.test.displacement.before
      }
      Column("displacement_after", .number, unit: "counts", "Recorded there after.") { $0.test.displacement.after }
      Column("scatter", .number, "Variance of the counts before as a multiple of that of independent events.") {
        known($0.test.scatter)
      }
      Column("difference", .number, unit: "counts", "Weighted displacement difference: below 0 for crimes saved.") {
        known($0.test.difference)
      }
      Column("difference_error", .number, unit: "counts", "Its standard error.") { known($0.test.error) }
      Column("difference_lo-95", .number, unit: "counts", "Lower end of its 95 % interval.") {
        known($0.test.interval().lowerBound)
      }
      Column("difference_hi-95", .number, unit: "counts", "Upper end of it.") { known($0.test.interval().upperBound) }
      Column("p_value", .probability, "One-sided chance of so large a fall if nothing had changed.") {
        known($0.test.probability)
      }
      Column("relative_change", .number, "Change against the controls as a share.") {
        known($0.test.relative()?.change)
      }
      Column("relative_lo-95", .number, "Lower end of its 95 % interval.") {
        known($0.test.relative()?.interval.lowerBound)
      }
      Column("relative_hi-95", .number, "Upper end of it.") { known($0.test.relative()?.interval.upperBound) }
      Column(
        "displacement_quotient", .number,
        "Weighted displacement quotient: above 0 benefits spread, below -1 more moved than was saved."
      ) { $0.design.displacement.isEmpty ? nil : known($0.test.quotient) }
      Column("quotient_lo-95", .number, "Lower end of its 95 % interval.") {
        $0.design.displacement.isEmpty ? nil : known($0.test.quotientInterval()?.lowerBound)
      }
      Column("quotient_hi-95", .number, "Upper end of it.") {
        $0.design.displacement.isEmpty ? nil : known($0.test.quotientInterval()?.upperBound)
      }
      Column("expected", .number, unit: "counts", "What a forecast made before expected of the treated places.") {
        known($0.counterfactual?.mean)
      }
      Column("expected_lo-95", .number, unit: "counts", "Lower end of its 95 % interval.") {
        known($0.counterfactual?.outer.lowerBound)
      }
      Column("expected_hi-95", .number, unit: "counts", "Upper end of it.") {
        known($0.counterfactual?.outer.upperBound)
      }
      Column("expected_probability", .probability, "Part of the futures with no more than what was recorded.") {
        known($0.counterfactual?.probability)
      }
      Column("adjusted", .number, unit: "counts", "The same moved as the controls came out against their forecast.") {
        known($0.adjusted?.mean)
      }
      Column("adjusted_lo-95", .number, unit: "counts", "Lower end of its 95 % interval.") {
        known($0.adjusted?.outer.lowerBound)
      }
      Column("adjusted_hi-95", .number, unit: "counts", "Upper end of it.") { known($0.adjusted?.outer.upperBound) }
      Column("placebo_dates", .integer, unit: "dates", "Earlier dates tested.") { $0.placeboDates.count }
      Column("placebo_dates_rank", .probability, "Part of them, this one included, that fell as far.") {
        Evaluation.rank($0.test.z, among: $0.placeboDates)
      }
      Column("placebo_areas", .integer, unit: "places", "Other places tested.") { $0.placeboAreas.count }
      Column("placebo_areas_rank", .probability, "Part of them, this one included, that fell as far.") {
        Evaluation.rank($0.test.z, among: $0.placeboAreas)
      }
      Column("detectable_fall", .probability, "Smallest fall, as a share, found with 80 % probability.") {
        $0.detectable
      }
    }
  }
}

/// The power of a plan, on a measure.
public struct PlanRow: Sendable {
  let measure: String
  let test: DisplacementTest

  /// A plan.
  public init(measure: String, test: DisplacementTest) { (self.measure, self.test) = (measure, test) }

  /// "Burglary: 240 in the treated places; a fall of 23 % would be found with 80 % probability."
  public var sentence: String {
    let found =
      test.detectable().map {
        "the smallest fall that it would find with a probability of 80 % is \(NumberText.percent($0))"
      }
      ?? "not even the end of all of it would be found with a probability of 80 %"
    return
      "\(measure): \(NumberText.grouped(test.treated.before)) in the treated places, \(NumberText.grouped(test.control.before)) in the controls; \(found)."
  }
}

extension Table where Row == PlanRow {
  fileprivate static func plans() -> Table {
    func power(_ percent: Int) -> Column<PlanRow> {
      Column("power_\(percent)", .probability, "Probability that a fall of \(percent) % is found, one-sided at 5 %.") {
        known($0.test.power(drop: Double(percent) / 100))
      }
    }
    return Table(
      "plan", title: "Power of a plan", "One row a measure: what an evaluation could find, before any money is spent."
    ) {
      Column("measure", .text, "The measure.") { $0.measure }
      Column(
        "treated", .number, unit: "counts", "Recorded in the treated places over as long a time, the last there is."
      ) { $0.test.treated.before }
      Column("control", .number, unit: "counts", "Recorded in the controls.") { $0.test.control.before }
      Column("scatter", .number, "Variance of the counts as a multiple of that of independent events.") {
        known($0.test.scatter)
      }
      Column("detectable_fall", .probability, "Smallest fall, as a share, found with 80 % probability; blank for none.")
      { $0.test.detectable() }
      for percent in [5, 10, 15, 20, 30, 50] { power(percent) }
    }
  }
}

extension Sheet {
  /// Plans, a row a measure.
  public static func plans(_ rows: [PlanRow]) -> Sheet { Sheet(.plans(), rows: rows) }
}
