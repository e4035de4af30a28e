import Charts
import CommunitySafety
import RiskRanking
import TimeSeries
import Wording

/// Problems scored under a scheme of impact and likelihood: a table with what each score is made of, and a matrix where the scheme has one.
struct SchemeTable {
  let context: PackContext
  let scheme: ScoringScheme
  /// The problems, in the order of their scores; those without one last.
  let risks: [Risk]
  let root: String
  let withPlace: Bool

  /// The problems of a scheme by score, then as they are ranked.
  init(
    context: PackContext, scheme: ScoringScheme, risks: [Risk], root: String, withPlace: Bool, most: Int = .max
  ) {
    self.context = context
    self.scheme = scheme
    self.root = root
    self.withPlace = withPlace
    let scored = risks.enumerated().map { (at: $0, risk: $1, score: SchemeTable.score(of: $1, scheme)?.score) }
    self.risks =
      scored.sorted { a, b in
        switch (a.score, b.score) {
        case (let x?, let y?) where x != y: x > y
        case (.some, nil): true
        case (nil, .some): false
        default: a.at < b.at
        }
      }.prefix(most).map(\.risk)
  }

  private static func score(of risk: Risk, _ scheme: ScoringScheme) -> SchemeScore? {
    risk.scores.first { $0.scheme == scheme.id }
  }

  func markup(id: String) -> [Markup] {
    let scored = risks.filter { SchemeTable.score(of: $0, scheme)?.score != nil }
    guard !scored.isEmpty else {
      return [.paragraph("Nothing here can be scored: it takes a forecast, and an impact.")]
    }
    return (scheme.isMatrix ? [figure(id: id)] : []) + [table(id: id)]
  }

  private func table(id: String) -> Markup {
    DataTable(
      id: id,
      caption: "\(scheme.name), version \(scheme.version): impact times likelihood, the highest score first\(waiting)",
      columns: [
        .init("No.", className: "rank"), .init(withPlace ? "Problem and place" : "Problem"), .init("Impact"),
        .init("Likelihood"), .init("Score", isNumeric: true), .init("Confidence"), .init("Capacity"),
      ],
      rows: risks.enumerated().map { i, risk in
        DataTable.Row([
          Markup(text: String(i + 1)), RiskTables(context: context, root: root).name(risk, withPlace: withPlace),
          impact(risk), likelihood(risk), total(risk), Markup(text: risk.confidence.rating.rawValue), capacity(risk),
        ])
      }, heading: 1, className: "comparison"
    ).markup()
  }

  /// How many impacts wait for a person.
  private var waiting: String {
    let waiting = risks.count { SchemeTable.score(of: $0, scheme)?.isProvisional ?? false }
    return waiting == 0
      ? ""
      : waiting == risks.count
        ? ". Every impact is provisional: it comes from harm weights until a named person scores it"
        : ". \(NumberText.grouped(waiting)) of these impacts are provisional: they come from harm weights until a named person scores them"
  }

  private func tagged(_ risk: Risk, _ value: Double, _ kind: Claim.Kind) -> Markup {
    Figures(context, risk).tagged(SchemeTable.number(value), kind, .scheme(scheme.id))
  }

  /// "4", "2.5".
  static func number(_ value: Double) -> String {
    NumberText.grouped(value, decimals: (value * 10).rounded() == value.rounded() * 10 ? 0 : 1)
  }

  private func impact(_ risk: Risk) -> Markup {
    guard let score = SchemeTable.score(of: risk, scheme) else { return "not scored" }
    let number = score.impact.map { tagged(risk, $0, .impact) } ?? "not scored"
    func aside(_ text: Markup) -> Markup { .element("span", ["class": "aside"], " (\(text))") }
    switch score.basis {
    case .scored(let entry):
      return number
        + aside("\(entry.scorer), \(PeriodText.date(entry.date)): \(Wording.unstopped(entry.reason))")
    case .provisional(let harm, let weights):
      let set = context.assessment.reference.harmWeights.first { $0.name == weights }
      let unit = set.map { "\($0.unit), " } ?? ""
      return number + aside("provisional: an offence weighs \(Wording.count(harm)) (\(unit)\(weights))")
    case .missing(let weights): return number + aside("\(weights) has no weight for it, and no person has scored it")
    }
  }

  private func likelihood(_ risk: Risk) -> Markup {
    guard let score = SchemeTable.score(of: risk, scheme), let likelihood = score.likelihood else {
      return Markup(
        text: risk.isTooFew ? "not scored: too few to say" : "not scored: what next year may bring is not assessable")
    }
    let parts = score.parts.map { part -> Markup in
      let level = part.level.map(SchemeTable.number) ?? "not scored"
      return "\(part.component.rawValue) \(level)\(detail(part, risk))"
    }
    let number = tagged(risk, likelihood, .likelihood)
    return number + .element("span", ["class": "aside"], " (\(Markup.joined(parts, by: "; ")))")
  }

  /// The figure behind a part.
  private func detail(_ part: SchemeScore.Part, _ risk: Risk) -> Markup {
    guard let value = part.value, let outlook = risk.outlook else { return .empty }
    let figures = Figures(context, risk)
    switch part.component {
    case .volume: return ": \(figures.level(value, .comparable, outlook.compared)) a year"
    case .frequency: return ": in \(Wording.percent(value)) of \(context.periods.frequency.noun)s"
    case .trend:
      return value == 0 ? ": no change beyond chance" : ": \(Wording.signedPercent(value)) on the year before"
    case .forecast:
      let isRise = risk.score?.event.direction != .fall
      return ": \(figures.likelihood(value, isRise ? .rise : .fall, outlook.ahead))"
    }
  }

  private func total(_ risk: Risk) -> Markup {
    guard let score = SchemeTable.score(of: risk, scheme), let total = score.score else { return "\u{2013}" }
    return tagged(risk, total, .schemeScore)
      + .element("span", ["class": "aside"], " \(score.band ?? "")\(score.isProvisional ? ", provisional" : "")")
  }

  private func capacity(_ risk: Risk) -> Markup {
    if case .scored(let entry)? = SchemeTable.score(of: risk, scheme)?.basis, let capacity = entry.capacity {
      return Markup(text: capacity)
    }
    return "for the workshop"
  }
}

// The matrix.
extension SchemeTable {
  private func figure(id: String) -> Markup {
    let placed = risks.enumerated().compactMap { i, risk -> (number: Int, score: SchemeScore)? in
      SchemeTable.score(of: risk, scheme).flatMap { $0.score == nil ? nil : (i + 1, $0) }
    }
    let title = finding(placed.map(\.score))
    return .element(
      "figure", ["id": "\(id)-matrix"],
      .element(
        "figcaption", [:], .element("span", ["class": "finding"], Markup(text: title)),
        .element(
          "span", ["class": "subtitle"],
          "Impact up, likelihood to the right; the numbers are those of the table below, the small ones the scores")),
      .element("div", ["class": "wide"], matrix(placed, title, width: 640, id: "\(id)-drawing").svg()),
      .element("div", ["class": "narrow"], matrix(placed, title, width: 340, id: "\(id)-drawing-narrow").svg()))
  }

  private func finding(_ scores: [SchemeScore]) -> String {
    guard let top = scheme.bands.last(where: { band in scores.contains { $0.band == band.name } }) else {
      return "Nothing is scored"
    }
    let count = scores.count { $0.band == top.name }
    return "\(count) of \(scores.count) \(count == 1 ? "scores" : "score") \(top.name)"
  }

  private func matrix(
    _ placed: [(number: Int, score: SchemeScore)], _ title: String, width: Double, id: String
  ) -> RiskMatrix {
    let rows = Array(scheme.impactLevels.reversed())
    let columns = scheme.likelihoodLevels
    func row(_ impact: Double) -> Int? {
      // A person's mean lies in the row of the level it is nearest to, of two the graver.
      rows.indices.min { (rows[$0].value - impact).magnitude < (rows[$1].value - impact).magnitude }
    }
    var items = [[[String]]](repeating: .init(repeating: [], count: columns.count), count: rows.count)
    for (number, score) in placed {
      guard let likelihood = score.likelihood, let column = columns.firstIndex(of: likelihood),
        let row = score.impact.flatMap(row)
      else { continue }
      items[row][column].append(String(number))
    }
    let last = Double(max(scheme.bands.count - 1, 1))
    let cells = rows.enumerated().map { r, level in
      columns.enumerated().map { c, likelihood -> RiskMatrix.Cell in
        let score = level.value * likelihood
        let band = scheme.bands.lastIndex { $0.from <= score } ?? 0
        return .init(score: SchemeTable.number(score), shade: Double(band) / last, items: items[r][c])
      }
    }
    let said = zip(rows, cells).flatMap { level, cells in
      zip(columns, cells).compactMap { likelihood, cell in
        cell.items.isEmpty
          ? nil
          : "impact \(SchemeTable.number(level.value)), likelihood \(SchemeTable.number(likelihood)): \(cell.items.joined(separator: ", "))"
      }
    }
    var drawing = RiskMatrix(
      id: id, title: title, description: said.joined(separator: "; "),
      columns: columns.map { width < 400 ? SchemeTable.number($0) : "likelihood \(SchemeTable.number($0))" },
      rows: rows.map { "\(SchemeTable.number($0.value)) \($0.name)" }, cells: cells)
    drawing.width = width
    return drawing
  }
}
