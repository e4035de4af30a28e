import Assessment
import Charts
import CommunitySafety
import RiskRanking
import Scorecard
import Tables
import TimeSeries
import Wording

/// The annual report: six printed pages at most.
public struct AnnualReport: Sendable {
  let review: AnnualReview
  private(set) var report: ScorecardReport
  private var context: PackContext { report.context }

  /// A report; `version` is Horizon's own.
  ///
  /// - Parameters:
  ///   - written: files that people wrote and that it was made from too, for the manifest.
  ///   - isPublic: whether it is for the public.
  public init(
    _ review: AnnualReview, of now: StrategicAssessment, written: [WrittenFile] = [], isPublic: Bool = false,
    version: String
  ) {
    self.review = review
    report = ScorecardReport(review.scorecard, of: now, isPublic: isPublic, version: version)
    report.written = written
  }

  /// The page, its data and the manifest.
  public func files() throws -> [OutputFile] {
    let shell = PageShell(
      context: context,
      site: .init(kind: "Annual report \(review.yearName)", navigation: [("index.html", "Annual report")]))
    var files = [
      shell.file(page()),
      OutputFile(
        path: "assets/style.css", text: ScorecardStyle.text(marking: report.assessment.configuration.marking)),
    ]
    let sheet = Sheet.annual(review)
    files += [
      OutputFile(path: "annual.csv", contents: try sheet.rendered(as: .csv, guardsFormulas: true)),
      OutputFile(path: "annual.json", contents: try sheet.rendered(as: .json)),
      OutputFile(
        path: PackData.schemaPath(of: "annual.csv"),
        contents: try CanonicalJSON.document(JSONSchema.row(sheet.schema))),
    ]
    files.append(OutputFile(path: FolderMark.manifestName, contents: try report.manifest(files)))
    return files
  }

  // MARK: The page

  private func page() -> PageShell.Page {
    PageShell.Page(
      path: "index.html", title: "\(review.yearName): what was foreseen, what came, what may come", className: "annual",
      content: [
        .paragraph(Markup(text: summary), className: "lead"),
        ScorecardWords(report: report).withheld.map { .paragraph($0, className: "note") } ?? .empty,
        .section(id: "forecasts", "Last year's forecasts", forecasts()),
        .section(id: "priorities", "Last year's priorities", priorities()),
        report.scorecard.goals.isEmpty
          ? .empty : .section(id: "targets", "Targets", [GoalsTable(report: report).markup()]),
        .section(id: "ahead", "What may come", ahead()),
        .paragraph(
          "Forecasts are those that would have been made on the day before the year began, from the same inputs and nothing later. Recorded crime moves with recording and with reporting, and nothing here says why a figure moved.",
          className: "note"),
      ])
  }

  /// The year in two sentences.
  private var summary: String {
    let all = review.scored
    let hits = all.count(where: \.isHit)
    guard !all.isEmpty else {
      return "No forecast of \(review.yearName) could be scored: \(AnnualReport.whyNotScored)."
    }
    var text =
      "Of \(NumberText.grouped(all.count)) forecasts of \(review.yearName), over all places and measures, \(NumberText.grouped(hits)) came about within their interval and \(NumberText.grouped(all.count - hits)) did not; 80 of 100 should."
    if let relative = review.relativeError {
      text +=
        relative < 1
        ? " They were off by \(Wording.percent(1 - relative)) less than saying last year's figure again would have been."
        : " They were off by \(Wording.percent(relative - 1)) more than saying last year's figure again would have been."
    }
    if review.notScored > 0 {
      text +=
        " \(NumberText.grouped(review.notScored)) could not be scored: \(AnnualReport.whyNotScored)."
    }
    return text
  }

  /// Why a forecast is not scored: what may be so of any of them.
  public static let whyNotScored =
    "no forecast was possible, or part of the year is not known or was not typical"

  /// The widest place of every measure: what came as foreseen, then, in the same form, what did not.
  private func forecasts() -> [Markup] {
    var seen = Set<MeasureID>()
    let widest = review.scored.filter { seen.insert($0.series.measure.id).inserted }
    guard !widest.isEmpty else {
      return [.paragraph("None could be scored."), .dataFile("annual.csv", root: "")]
    }
    let (hits, misses) = (widest.filter(\.isHit), widest.filter { !$0.isHit })
    let place = widest.first.map { context.displayName($0.series.area.name) } ?? ""
    return [
      .paragraph("Here each measure in the widest place that has it (\(place)); the file has every place."),
      table("hits", "Came as foreseen", hits), table("misses", "Did not come as foreseen", misses),
      .dataFile("annual.csv", root: ""),
    ]
  }

  private func table(_ id: String, _ title: String, _ rows: [AnnualReview.Scored]) -> Markup {
    DataTable(
      id: id, caption: "\(Markup.strong(Markup(text: "\(title): \(NumberText.grouped(rows.count))")))",
      columns: [
        .init("Measure"), .init("Year before", isNumeric: true), .init("Foreseen", isNumeric: true),
        .init("Recorded", isNumeric: true), .init("In words"),
      ],
      rows: rows.map { one in
        let text = MeasureText(one.series.measure)
        return DataTable.Row([
          Markup(text: Wording.name(one.series.label)), Markup(text: text.level(one.outlook.lastYear)),
          Markup(text: text.foreseen(one.outlook.mean))
            + .element(
              "span", ["class": "interval"], " \(text.foreseenInterval(one.outlook.lower80, one.outlook.upper80))"),
          Markup(text: text.level(one.actual)), Markup(text: words(one, text)),
        ])
      }, className: "comparison", emptyText: Markup(text: "\(title): none.")
    ).markup()
  }

  /// "More came than was foreseen. A rise of 10 % or more was called unlikely (30 %), and came."
  private func words(_ one: AnnualReview.Scored, _ text: MeasureText) -> String {
    let came =
      one.isHit ? "Within the interval." : one.isAbove ? "More than was foreseen." : "Less than was foreseen."
    guard one.outlook.probabilityOfRise.isFinite else { return came }
    let rose = one.rose ? "came" : "did not come"
    return
      "\(came) \(Wording.sentence(one.outlook.rise.noun(text))) was \(Wording.predicate(one.outlook.probabilityOfRise)), and \(rose)."
  }

  private func priorities() -> [Markup] {
    guard !review.priorities.isEmpty else { return [.paragraph("No priorities of these places are on file.")] }
    let counts = AnnualReview.Outcome.allCases.compactMap { outcome -> String? in
      let number = review.priorities.count { $0.outcome == outcome }
      return number > 0 ? "\(NumberText.grouped(number)) \(verb(outcome))" : nil
    }
    return [
      .paragraph(
        "Of \(NumberText.grouped(review.priorities.count)) priorities \(Wording.list(counts)). A direction is said where chance explains the year's change in fewer than one case in a hundred."
      ),
      DataTable(
        id: "priorities-table", caption: "By the figures that speak to each",
        columns: [.init("Priority"), .init("Partnership"), .init("The year"), .init("By")],
        rows: review.priorities.map { result in
          DataTable.Row([
            Markup(text: result.priority.name), Markup(text: result.partnership),
            .strong(Markup(text: result.outcome.rawValue)), .joined(evidence(result), by: "; "),
          ])
        }, className: "dense"
      ).markup(),
    ]
  }

  /// What follows the number of priorities it happened to.
  private func verb(_ outcome: AnnualReview.Outcome) -> String {
    switch outcome {
    case .better, .worse, .mixed: outcome.rawValue
    case .unclear: "show no clear change"
    case .unknown: "cannot be judged by the figures here"
    }
  }

  private func evidence(_ result: AnnualReview.PriorityResult) -> [Markup] {
    guard !result.rows.isEmpty else { return [Markup(text: result.priority.note ?? "no figures of it here")] }
    return result.rows.map { row in
      Markup(text: "\(Wording.name(row.series.label)) ") + ScorecardWords(report: report).direction(row)
    }
  }

  private func ahead() -> [Markup] {
    var content: [Markup] = []
    if review.ahead.isEmpty {
      content.append(
        .paragraph(
          "Nothing is likely to get materially worse over the next year, if past patterns continue."))
    } else {
      content.append(
        DataTable(
          id: "ahead-table",
          caption: "Likely to get materially worse over the next year, if past patterns continue",
          columns: [
            .init("What and where"), .init("Last year", isNumeric: true), .init("Next year", isNumeric: true),
            .init("Chance"),
          ],
          rows: review.ahead.compactMap { risk in
            guard let outlook = risk.outlook, let chances = risk.chances else { return nil }
            let text = MeasureText(risk.measure)
            let event = risk.polarity.worse == .fall ? outlook.fall : outlook.rise
            return DataTable.Row([
              Markup(text: "\(Wording.name(risk.label)), \(context.displayName(risk.area))"),
              Markup(text: text.level(outlook.lastYear)),
              Markup(text: text.foreseen(outlook.mean))
                + .element("span", ["class": "interval"], " \(text.foreseenInterval(outlook.lower80, outlook.upper80))"),
              Markup(text: "\(event.noun(text)): \(Wording.likelihood(chances.worse))"),
            ])
          }, className: "comparison"
        ).markup())
    }
    let known = review.changes.prefix(6).map { change -> Markup in
      "\(Markup.strong(Markup(text: PeriodText.date(change.from)))): \(change.kind.rawValue), \(Wording.stopped(change.printedNote))"
    }
    let maps = review.footprints.prefix(3).map { footprint -> Markup in
      let from = footprint.from.map(PeriodText.date) ?? ""
      return
        "\(Markup.strong(Markup(text: from))): \(footprint.name)\(footprint.isProposed ? ", a proposal on which no decision is known here" : "")."
    }
    content.append(
      known.isEmpty && maps.isEmpty
        ? .paragraph("No change of recording, boundaries or circumstances is on file for after the year.")
        : .joined([.paragraph("Known or proposed changes:"), .list(known + maps)]))
    return content
  }
}

extension Table where Row == AnnualReview.Scored {
  fileprivate static func annual() -> Table {
    Table(
      "annual", title: "Last year's forecasts",
      "One row a place and measure: what was foreseen of the year and what was recorded."
    ) {
      Column("area", .text, "The place.") { $0.series.area.name }
      Column("level", .choice(AreaLevel.self), "Its level.") { $0.series.area.level }
      Column("measure", .text, "The measure.") { $0.series.measure.label }
      Column("measure_kind", .choice(MeasureKind.self), "What kind of number it is.") { $0.series.measure.kind }
      Column("year_before", .number, unit: CommonColumns.levelUnit, "Level of the year before, like for like.") {
        known($0.outlook.lastYear)
      }
      Column("foreseen_mean", .number, unit: CommonColumns.levelUnit, "Mean of what was foreseen.") {
        known($0.outlook.mean)
      }
      Column("lo-80", .number, unit: CommonColumns.levelUnit, "Lower end of the 80 % interval.") {
        known($0.outlook.lower80)
      }
      Column("hi-80", .number, unit: CommonColumns.levelUnit, "Upper end of it.") { known($0.outlook.upper80) }
      Column("recorded", .number, unit: CommonColumns.levelUnit, "What was recorded over the same periods.") {
        known($0.actual)
      }
      Column("within", .flag, "Whether it came within the interval.") { $0.isHit }
      Column("probability_of_rise", .probability, "Probability that was given of a material rise.") {
        known($0.outlook.probabilityOfRise)
      }
      Column("rose", .flag, "Whether the rise came.") { $0.rose }
    }
  }
}

extension Sheet {
  /// What was foreseen and what came.
  static func annual(_ review: AnnualReview) -> Sheet { Sheet(.annual(), rows: review.scored) }
}
