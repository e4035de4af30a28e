import Assessment
import Charts
import CommunitySafety
import ControlCharts
import RiskRanking
import Scorecard
import TimeSeries
import Wording

/// The page of a measure: what was found, its chart in the widest place, every place by every window, the control chart, what people
/// said, and its entry in the register.
struct MeasureSheetPage {
  let report: ScorecardReport
  let measure: Measure
  private var context: PackContext { report.context }
  private var words: ScorecardWords { ScorecardWords(report: report) }

  func page() -> PageShell.Page {
    let rows = report.rows(of: measure)
    let finding = report.findings.first { $0.measure.id == measure.id }
    var content: [Markup] = []
    if let caveat = measure.caveat { content.append(.paragraph(Markup(text: caveat), className: "note")) }
    if let finding {
      content.insert(.paragraph(words.sentence(finding, links: false), className: "lead"), at: 0)
      // Comments are for partners.
      if !report.isPublic { content.append(said(finding)) }
    } else {
      content.insert(
        .paragraph(
          rows.contains(where: \.isJudged)
            ? "Nothing stands out in \(report.windows.quarter.name)." : "Nothing of it could be judged.",
          className: "lead"), at: 0)
    }
    // The place that stands out, else the charted.
    let charted = finding?.lead ?? rows.first
    if let charted {
      let place = context.displayName(charted.area.name)
      content.append(
        .section(
          id: "chart", "\(place), by \(context.periods.frequency.noun)",
          [
            SeriesFigure(
              context: context, series: charted.series, id: "series",
              title: "\(Wording.name(measure.label)): \(words.way(charted))",
              description:
                "\(Wording.name(measure.label)) in \(place): direction of travel \(words.way(charted)); control chart \(charted.chart.variation.rawValue)."
            ).markup()
          ]))
    }
    content.append(
      .section(
        id: "places", "By place",
        [
          ScorecardRows(report: report, rows: rows, id: "places-table")
            .markup(heading: "Place", name: { Markup(text: context.displayName($0.area.name)) }), withheld(),
        ]))
    content += peers()
    if let charted, charted.chart.latest != nil {
      let pictures = ControlChartPictures([charted.chart])
      content.append(
        .section(
          id: "control",
          "Control chart, \(context.displayName(charted.area.name)): \(charted.chart.variation.rawValue)",
          [
            .paragraph(Markup(text: pictures.words(charted.chart))),
            pictures.framed(
              charted.chart,
              label: "Control chart, \(measure.label), \(context.displayName(charted.area.name))"),
            .paragraph(Markup(text: ControlChartPictures.note), className: "note"),
          ]))
    }
    content.append(.section(id: "register", "In the register", [RegisterPage.entry(measure)]))
    return PageShell.Page(
      path: report.path(of: measure), title: Wording.name(measure.label),
      trail: [(MeasuresPage.path, "Every measure")], content: content)
  }

  /// Where its places stand among their peers; nothing of a measure without rates, and for the public, whose counts of other districts
  /// nobody has looked through.
  private func peers() -> [Markup] {
    PeerPosition(report: report, measure: measure).section()
  }

  /// The places whose figures are not published, and why.
  private func withheld() -> Markup {
    let all = report.withheld(of: measure)
    return .list(
      Scorecard.Withholding.allCases.compactMap { reason in
        let places = all.filter { $0.reason == reason }.map { context.displayName($0.area.name) }
        return places.isEmpty ? nil : "\(Wording.list(places)): \(reason.rawValue)."
      }, className: "note")
  }

  private func said(_ finding: Scorecard.Finding) -> Markup {
    let said = report.said(of: finding)
    return .element(
      "dl", [:], .element("dt", [:], "Cause"),
      .element("dd", [:], words.slot(said.cause?.cause, said.cause, asks: "Nobody has said yet.")),
      .element("dt", [:], "Action"),
      .element("dd", [:], words.slot(said.action?.action, said.action, asks: "Nobody has said yet.")))
  }
}

/// The register of measures of success, those without data too.
struct RegisterPage {
  let report: ScorecardReport
  static let path = "register.html"

  func page() -> PageShell.Page {
    let registered = report.measures + report.scorecard.withoutData
    let missing = Set(report.scorecard.withoutData.map(\.id))
    return PageShell.Page(
      path: RegisterPage.path, title: "Register of measures",
      content: [
        .paragraph(
          "Each measure of success with whom to ask, which way is better, and what it cannot say. What is blank nobody has filled in: it is for you to fill in, in measures.yaml.",
          className: "lead"),
        DataTable(
          id: "register",
          caption:
            "\(NumberText.grouped(registered.count)) measures, \(NumberText.grouped(missing.count)) of them without data yet",
          columns: [
            .init("Measure"), .init("Data"), .init("Owner"), .init("Strategy"), .init("Better"), .init("Kind and unit"),
            .init("Counted among"), .init("New figures"), .init("Sharing"), .init("Cannot say"),
            .init("National framework"),
          ],
          rows: registered.map { measure in
            let entry = measure.registration
            let hasData = !missing.contains(measure.id)
            return DataTable.Row(
              [
                hasData
                  ? Markup.link(to: report.path(of: measure), Markup(text: Wording.name(measure.label)))
                  : Markup(text: measure.label),
                hasData ? "yes" : "no data yet: ask \(Markup.strong(Markup(text: entry.owner ?? "its owner")))",
              ] + RegisterPage.cells(measure))
          }, className: "dense register"
        ).markup(),
      ])
  }

  private static func cells(_ measure: Measure) -> [Markup] {
    let entry = measure.registration
    let blank = "\u{2013}"
    return [
      entry.owner ?? blank, entry.strategy ?? blank, better(measure), kind(measure), entry.denominator ?? blank,
      entry.cadence ?? blank, entry.sharing?.words ?? blank, entry.cannotSay ?? blank, entry.framework ?? blank,
    ].map { Markup(text: $0) }
  }

  /// The entry of one measure as a list.
  static func entry(_ measure: Measure) -> Markup {
    let names = [
      "Owner", "Strategy", "Better", "Kind and unit", "Counted among", "New figures", "Sharing", "Cannot say",
      "National framework",
    ]
    return .element(
      "dl", ["class": "register-entry"],
      zip(names, cells(measure)).flatMap { name, cell in
        [Markup.element("dt", [:], Markup(text: name)), .element("dd", [:], cell)]
      })
  }

  private static func better(_ measure: Measure) -> String {
    switch measure.polarity {
    case .lowerIsBetter: "fewer"
    case .higherIsBetter: "more"
    case .neither: "neither way"
    }
  }

  private static func kind(_ measure: Measure) -> String {
    switch measure.kind {
    case .count: measure.isGroup ? "count, the sum of \(measure.members?.count ?? 0)" : "count"
    case .proportion: "share"
    case .value: "value" + (measure.unit.map { " in \($0)" } ?? "")
    }
  }
}

/// How a scorecard judges.
struct ScorecardMethodPage {
  /// What probabilities of targets were worth, as `Models/cards/targets.md` has it.
  static let targetRecord = """
    On 8,000 targets of years that were not known (recorded crime of New South Wales, 2013 to 2017), what was given 0 to 20 % with six \
    months to go was met in 7 % of cases, 20 to 40 % in 31 %, 40 to 60 % in 54 %, 60 to 80 % in 73 %, and 80 % or more in 92 %. With three \
    months to go these were 3, 28, 49, 70 and 95 %. Shares, values and other places were not tested.
    """

  let report: ScorecardReport
  static let path = "method.html"

  func page() -> PageShell.Page {
    let configuration = report.assessment.configuration
    let periods = report.context.periods
    let rate = Wording.percent(configuration.falseDiscoveryRate)
    return PageShell.Page(
      path: ScorecardMethodPage.path, title: "How it is judged",
      content: [
        .section(
          id: "exception", "What an exception is",
          [
            .paragraph(
              "One of two things. A \(periods.frequency.noun) of the quarter that is unlike what its history, trend and season led to expect: it stands out at a level of \(Wording.percent(configuration.alpha)), and is still found when no more than \(rate) of what is found in that \(periods.frequency.noun), over all measures and places, may be false. Or a direction of travel that is clear, and still found at the same rate over all directions of the scorecard."
            ),
            .paragraph(
              "Icons of control charts stand beside the figures and are no grounds for an exception: they know nothing of season or trend, and stand out more often."
            ),
          ]),
        .section(
          id: "direction", "Direction of travel",
          [
            .paragraph(
              "The last \(periods.year) against the year before. Up and down are said where chance explains the difference in fewer than one case in a hundred; else there is no clear change. Of counts the larger of two probabilities is taken: that of the exact test of two counts, and that of a test which allows for the \(periods.frequency.noun)s' own scatter; crimes come in runs. Of shares it is the Mantel-Haenszel test over the \(periods.frequency.noun)s, likewise; of values Student's t of the \(periods.frequency.noun)s' differences."
            ),
            .paragraph(
              "A year that was not typical (restrictions), or that was recorded in another way by nobody knows how much, is skipped: the nearest earlier one that was not broken is taken, at most \(NumberText.spelled(DirectionOfTravel.mostYearsBack)) years back, and it is said. Where recording changed by a known amount the test is like for like. Of 600 simulated series without change, looked at in each quarter of a year, 2.3 % were said once or more to go up or down. With less than half of the year on either side nothing is judged, and what is not judged is not called ordinary."
            ),
          ]),
        .section(
          id: "windows", "Windows",
          [
            .paragraph(
              "\(report.windows.quarter.name) is \(periods.range(report.windows.whole.lowerBound, report.windows.whole.upperBound)). \(ScorecardWords(report: report).incomplete ?? "All of it is in the data.") Every comparison is over the \(periods.frequency.noun)s that both sides have."
            )
          ]),
        .section(
          id: "scope", "What is left out",
          [
            .paragraph(
              report.scorecard.smallAreas > 0
                ? "\(NumberText.counted(report.scorecard.smallAreas, "ward or LSOA")) in the data are too small for a scorecard and are not on it; the partnerships and districts that they make up are."
                : "Records that name no place are in the total of everything and in no place. Positions among peers are of districts with known residents, four of a force or more, or of a group of peer-groups.yaml, and are not published."
            ),
            .paragraph(
              "Percentages are not given on a base under \(Wording.count(Wording.smallestBase)). Recorded crime is not accredited official statistics, and recorded anti-social behaviour and domestic abuse move with reporting."
            ),
          ]),
        .section(
          id: "targets", "Targets",
          [
            .paragraph(
              "A target's probability is the part of the forecast's joint draws that meet it, what is recorded so far added to each. It holds if past patterns continue. The icon says whether single \(periods.frequency.noun)s at today's level would meet their part of it: P always, F never, ? by chance."
            ), .paragraph(Markup(text: "How far to trust it. \(ScorecardMethodPage.targetRecord)")),
          ]),
        .section(
          id: "comments", "Causes and actions",
          [
            .paragraph(
              "They are what people wrote in the file of comments. Horizon reads it and writes none of it; what was said of an earlier quarter is carried on until somebody says more, and says of which quarter it is."
            )
          ]),
      ])
  }
}
