import Charts

/// The pack's terms in plain words.
struct GlossaryPage {
  let context: PackContext

  private static let terms: [(id: String, term: String, meaning: String)] = [
    (
      "asb", "Anti-social behaviour (ASB)",
      "Nuisance, environmental and personal incidents reported to the police. It is not a crime and is kept apart from \u{201C}all crime\u{201D}."
    ),
    (
      "break", "Break",
      "A known change of recording, boundaries or circumstances that moves the figures for a reason other than crime."
    ),
    (
      "csp", "Community Safety Partnership (CSP)",
      "The councils, police and other bodies that work together on crime and disorder in one or more districts."
    ),
    ("confidence", "Confidence", "How far the evidence carries: high, moderate or low. It is not a probability."),
    (
      "exception", "Exception",
      "A count higher or lower than its own history led us to expect, by more than chance explains."
    ),
    (
      "expected", "Expected",
      "What the history of a series before a period, its trend and its seasons led us to foresee of it. Exceptions are told against this."
    ),
    (
      "fitted", "Fitted",
      "What the forecasting model makes of a past period with hindsight, when it has learnt from the whole history. It is drawn in charts and is another number than what was expected."
    ),
    (
      "forecast", "Forecast",
      "What to expect of a future period if past patterns continue: the mean of all futures that were drawn. Means of parts add up to that of their total."
    ),
    (
      "harm", "Harm per offence",
      "A weight that says how serious an offence is, such as the days of imprisonment a first offender would get."
    ),
    (
      "interval", "Interval",
      "A range that should hold the outcome in the stated share of cases: an 80\u{A0}% interval four times in five."
    ),
    (
      "like-for-like", "Like for like",
      "At today's level of recording: earlier counts are multiplied by how much a known change moved them, estimated for each series by itself, and a single count far out of line is taken as what is typical of it."
    ),
    ("matched", "Matched periods", "Calendar periods that both years have. Totals are compared only over these."),
    ("missing", "Missing", "Not in the data. Never the same as zero."),
    ("proxy", "Proxy", "A stand-in for a figure that the source cannot give, and named as one."),
    (
      "q-value", "q-value",
      "The share of false alarms to expect if this and every more unusual result were called exceptional."
    ),
    (
      "return-to-usual", "Return to usual",
      "A likely change that goes no further than back to the last typical year, or to the years before one that lay outside them all."
    ),
    (
      "residual", "Records without a district",
      "Records that cannot be placed in a district of their force: they count in the totals of the force and of all areas, and in no district or partnership."
    ),
    (
      "too-few", "Too few to say",
      "Fewer than 30 were counted in the year that is compared with: a range of counts is given, and no chance, arrow or advice."
    ),
    ("yardstick", "Yardstick", "The fixed words for probabilities, from remote chance to almost certain."),
  ]

  /// The groups of measures of the pack, as `groupings.yaml` has them: what is added up, and of a stand-in for what.
  private var groups: [(id: String, term: String, meaning: String)] {
    let registry = context.assessment.reference.measures
    let present = Set(context.assessment.risks.map(\.measure.id))
    return registry.groups.filter { present.contains($0.id) }.map { group in
      let members = (group.members ?? []).compactMap { registry[$0]?.name.lowercased() }
      let sum = "\(Wording.sentence(Wording.list(members))), added up."
      let reason = group.proxyReason.map { " A stand-in: \(Wording.stopped($0))" } ?? ""
      return ("group-\(group.id)", group.label, sum + reason)
    }
  }

  func page() -> PageShell.Page {
    let terms = (GlossaryPage.terms + groups).sorted { $0.term.lowercased() < $1.term.lowercased() }
    let entries = terms.flatMap { entry -> [Markup] in
      [
        .element("dt", ["id": entry.id], Markup(text: entry.term)), .element("dd", [:], Markup(text: entry.meaning)),
      ]
    }
    return PageShell.Page(
      path: "glossary.html", title: "Glossary",
      content: [
        .element("dl", [:], entries),
        .paragraph("\(Markup.link(to: "method.html", "How the figures were made"))."),
      ])
  }
}
