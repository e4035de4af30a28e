import Charts
import CommunitySafety
import RiskRanking
import Tables
import Wording

/// How the pack was made, what its words mean, and where its limits are.
struct MethodPage {
  let context: PackContext

  func page() -> PageShell.Page {
    let configuration = context.assessment.configuration
    let noun = context.periods.frequency.noun
    return PageShell.Page(
      path: "method.html", title: "Method",
      content: [
        .paragraph(
          "How the figures in this pack were made, in plain words, and how far to trust them.", className: "lead"),
        .section(
          id: "limits", "What this pack is not",
          [
            .list([
              "It is about places and categories. It does not score persons and does not direct patrols.",
              "Recorded crime is not accredited official statistics. The Crime Survey for England and Wales is the better guide to the trend of crimes that people do not always report.",
              "Recorded anti-social behaviour and domestic abuse move with reporting: more of either may mean more trust.",
              "A forecast says what to expect if past patterns continue. It knows nothing of plans, events or new laws.",
              "A difference between places or years is a fact to explain, not an explanation.",
            ])
          ]),
        .section(
          id: "counting", "Counting",
          [
            .paragraph(
              "Rows are counted by place, measure and \(noun). A \(noun) that a source does not hold is missing, never zero; a total that would include a missing part is missing too. Rows without a place count in the totals of their force and of all areas, and in no district or partnership."
            ),
            .paragraph(
              "Years are compared over the same calendar \(noun)s: where the last year lacks one, so does every year it is compared with, and the pack says \u{201C}11 of 12 months\u{201D}. Two years before stands beside the year before, so that a year of restrictions can be skipped; a year that lacks a \(noun) of its own is compared over the others, and the pack says over how many."
            ),
            .paragraph(
              "Across a known change of recording the comparison is like for like: earlier counts are multiplied by how much the change moved them, and what was recorded stands beside it. How much is estimated for each series by itself, so that the factors of a place and of what it is part of differ. Where too little is known on one side of a change, the years are called not comparable."
            ),
            .paragraph(
              "A forecast is printed as precisely as one can be made: two to three figures, and chances in steps of 5\u{A0}%, each on its own side of the cuts between the words. The files hold every digit."
            ),
          ] + unallocated),
        .section(
          id: "real", "Is a change real?",
          [
            .paragraph(
              "Two counts of the same calendar \(noun)s are set beside each other. The chance of so large a difference if nothing had changed is the larger of two: that of the exact conditional test of two counts (Przyborowski and Wilenski, 1940), which takes events for independent, and that of a quasi-Poisson regression on the \(noun) and the year, which allows for the runs in which crimes come. Under \(Wording.percent(WindowComparison.significance)) a change is called up or down, else chance may explain it. Where the recording changed between the two, as far as it is known, the counts are compared like for like: the earlier level is brought to today's by the factor that the forecast uses, whose own uncertainty the chance leaves out."
            )
          ]),
        .section(
          id: "forecasts", "Forecasting",
          [
            .paragraph(
              "Each series is forecast \(context.periods.count(configuration.horizon)) ahead by the model that its own history supports: a count model with a seasonal shape shared by all places, exponential smoothing, or, for short or tiny series, a plain average or last year again. The model is named beside each forecast."
            ),
            .paragraph(
              "The forecast is a range of futures: \(NumberText.grouped(configuration.pathCount)) of them are drawn for each series (seed \(String(configuration.seed))) and added up over the year. The forecast in the tables and charts is the mean of them; the 80\u{A0}% interval leaves out the lowest and the highest tenth, the 95\u{A0}% interval the lowest and the highest fortieth. Totals are added up future by future, never bound by bound."
            ),
            .paragraph(
              "Known changes of recording are taken out before forecasting: earlier \(noun)s are brought to today's level by an estimated factor, and stretches such as lockdowns are left out. They are drawn on every chart."
            ),
          ]),
        .section(id: "ranking", "Ranking", ranking()),
        .section(id: "exceptions", "Exceptions", exceptions()),
        .section(id: "yardstick", "What the probability words mean", yardstick()),
        .section(id: "directions", "What the arrows mean", [directions()]),
        .section(id: "recommendations", "What the recommendations mean", [recommendations()]),
        .section(id: "harm", "Harm weights", [harm()]),
        .section(
          id: "again", "Doing it again",
          [
            .paragraph(
              "The same files, configuration and version give the same pack to the byte: \(Markup.link(to: "manifest.json", "manifest.json")) lists all three. Nothing in it is taken from the clock."
            ),
            .paragraph(
              "The data behind the pages lies beside them: \(Markup.link(to: "data-dictionary.html", "what each column of each file holds"))."
            ),
          ]),
      ])
  }

  /// How a change in the share of records without a place is told, where the source has any.
  private var unallocated: [Markup] {
    guard let unallocated = context.assessment.data.unallocated else { return [] }
    let use =
      unallocated.isShared
      ? "In this pack they are shared out: of each force, month and type to its districts in proportion to the records that have a place, in whole records by largest remainder, what rounding leaves over carried to the next month, so that sums stay the sums of their parts."
      : "In this pack they are set aside from districts."
    return [
      .paragraph(
        "Records without a place: \(use) Their share is tested for change by force and type: the arcsine of each month's share is one observation, and the means of neighbouring stretches are compared by a t test, chosen among all stretches, each drawn in to its median so that a single bad month moves nothing. A series without a change has one found in at most one of a thousand runs, and a change of under two points is none. A change of the year that is a rise one way and a fall the other is no trend."
      )
    ]
  }

  private func ranking() -> [Markup] {
    [
      .paragraph(
        "Problems are ranked by the change for the worse that is expected over the next \(context.periods.year), in counts, and by nothing else. The chance of a change of \(Wording.percent(context.assessment.configuration.profile.materialShare)) or more, harm and confidence stand beside the rank and do not enter it. Every chance is given that the way of recording and the law stay as they are: how often something moved a whole measure at once is on the page \(Markup.link(to: TrackRecordPage.path, "Track record"))."
      ),
      .paragraph(
        "Confidence is measured: outlooks are given again at past dates, and the confidence in a measure is low where its ranges held less often than chance explains, moderate where most of its places once missed on one side, or where nothing could be checked. A short history, gaps, few counts and recent changes lower it further."
      ),
      .paragraph(
        "Forecasts of totals are sums of their parts in every draw, and so are their means, which the pages show. The ends of their ranges are not."
      ),
      .paragraph(
        "On fewer than \(Wording.count(context.assessment.configuration.profile.smallestBase)) counted last year nothing is ranked, and no chance, arrow or advice is given: the pages show the range of counts to expect. A likely change is called a return to usual where it goes no further than back to the last year without untypical \(context.periods.frequency.noun)s, if last year has some, or to the years before a last year that lay below or above all of them (three to five, like for like): of what lies far out most comes back."
      ),
      .paragraph(Markup(text: MethodPage.rankingRecord)),
      .paragraph(
        "How far ranks hold is found by ranking again: \(ScoringPage.stabilityMeaning) \(Markup.link(to: ScoringPage.path, "Scores and stability")) has the figures, beside scores of impact and likelihood, by which nothing is ranked."
      ),
      .paragraph(
        "Districts are compared with the others of their force by rate, or with a group of peer-groups.yaml, each rank with its range after Goldstein and Spiegelhalter (1996): what each may record in a further year is drawn again and again, wider where its \(context.periods.frequency.noun)s come in runs and where rates have strayed from year to year, and the ranks are counted. Rank 1 is the lowest rate."
      ),
      .paragraph(
        "Problems of one measure in several places are partly one bet: what moves a measure, such as a change in law, recording or the weather, moves it in most places at once. How much of what a forecast leaves open is shared is learnt from how the places' yearly totals moved together before. Futures of one measure are drawn accordingly, so that those of two places may be added up future by future; \(Markup.link(to: "risks.csv", "risks.csv")) has the shared part of each as shared_loading."
      ),
    ]
  }

  /// What the ranking has been measured to be worth, word for word as in the model card `ranking`, which is where the
  /// figures come from.
  static let rankingRecord =
    "The percentage change of last year, on which assessments often rest, is close to a lottery. On recorded crime of New South Wales, of the ten problems that it put first only 34\u{A0}% turned out to be among the fifth that then rose most, where chance alone gives 20\u{A0}%. Of the ten with the most crime 43\u{A0}% were, of those with last year's largest change in counts 47\u{A0}%, and of the ten that this ranking puts first 68\u{A0}%. So the ranking rests on the forecast, and past changes stand beside it."

  private func exceptions() -> [Markup] {
    let configuration = context.assessment.configuration
    return [
      .paragraph(
        "Each of the latest \(context.periods.count(configuration.judgedPeriods)) is compared with what the data before it led us to expect: of counts, what was foreseen of them from the \(context.periods.frequency.noun) before by a model whose level and seasons follow the counts, and as a second opinion a regression with a trend and the seasons. In both, unusual \(context.periods.frequency.noun)s of the past count for less. A count is flagged if one so high would come up by chance in fewer than \(Wording.percent(configuration.alpha)) of cases."
      ),
      .paragraph(
        "Many series are judged at once, so what stands out must also pass a check of the share of false alarms over measures and areas (Benjamini and Bogomolov, 2014), here at most \(Wording.percent(configuration.falseDiscoveryRate)) of those shown. The same rule decides what is an exception in tables, on pages and in events."
      ),
      .paragraph(
        "Flags that belong together are told as one event. An event begins with a flag that passes the check over measures, areas and their totals (Benjamini and Bogomolov, 2014), goes on while \(context.periods.frequency.noun)s stay unusual on the same side, and is over after a few quiet ones. Once it has gone on for longer than the regression leaves out, what is expected of it is from before it began; until then the expectation follows it as any counts. A level that has lasted a year and no longer changes becomes the new normal. A rise in the total that areas other than the largest contributor share is told of all areas together, once. It is also worked out \(Markup.link(to: "data-quality.html#detectability", "how large a rise must be to be found"))."
      ),
    ]
  }

  private func yardstick() -> [Markup] {
    let terms = ProbabilityYardstick.allCases
    let ends = terms.dropFirst().map { Optional($0.start) } + [nil]
    let rows = zip(terms, ends).map { ($0, MethodPage.band(from: $0.start, to: $1)) }
    return [
      .paragraph(
        "The words are those of the probability yardstick of the Professional Head of Intelligence Assessment (HM Government, March 2025). It leaves gaps between its bands; the cut points in the gaps are Horizon's. The number always stands beside the word."
      ),
      DataTable(
        id: "yardstick-table", caption: "Words and the probabilities they stand for",
        columns: [.init("Word"), .init("Probability")],
        rows: rows.map { DataTable.Row([Markup(text: $0.0.rawValue), Markup(text: $0.1)]) }, className: "compact"
      ).markup(),
      .paragraph(
        "Confidence (high, moderate, low) is another matter: how far the evidence carries, given the size of the counts, the length and gaps of the history, and known breaks."
      ),
    ]
  }

  /// "under 7.5 %", "7.5 to 22.5 %", "92.5 % or more".
  private static func band(from start: Double, to end: Double?) -> String {
    func plain(_ share: Double) -> String { plainNumber(significant(share * 100)) }
    guard let end else { return "\(plain(start))\u{A0}% or more" }
    return start > 0 ? "\(plain(start)) to \(plain(end))\u{A0}%" : "under \(plain(end))\u{A0}%"
  }

  private func directions() -> Markup {
    let profile = context.assessment.configuration.profile
    return DataTable(
      id: "directions-table", caption: "Directions are about the next year, not the last",
      columns: [.init("Direction"), .init("Meaning")],
      rows: Direction.allCases.map {
        DataTable.Row([.direction($0), Markup(text: Wording.stopped(Wording.sentence($0.meaning(profile))))])
      }, className: "compact"
    ).markup()
  }

  private func recommendations() -> Markup {
    let profile = context.assessment.configuration.profile
    return DataTable(
      id: "recommendations-table", caption: "Advice for a workshop to argue with, never a decision",
      columns: [.init("Recommendation"), .init("Meaning")],
      rows: Recommendation.allCases.map {
        DataTable.Row([Markup(text: $0.rawValue), Markup(text: $0.meaning(profile))])
      }, className: "compact"
    ).markup()
  }

  private func harm() -> Markup {
    guard let weights = context.harmWeights else { return .paragraph("No harm weights were used.") }
    let rows = weights.weights.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      ($0.key, Wording.count($0.value))
    }
    let without = weights.unweighted.sorted { $0.key < $1.key }.map { ($0.key, "no weight: \($0.value)") }
    return .joined([
      .paragraph("\(weights.name), in \(weights.unit) per offence. \(Wording.stopped(weights.source))"),
      DataTable(
        id: "harm-table", caption: "Weight per offence",
        columns: [.init("Measure"), .init("Weight")],
        rows: (rows + without).map { DataTable.Row([Markup(text: $0.0), Markup(text: $0.1)]) }, className: "compact"
      ).markup(),
    ])
  }
}
