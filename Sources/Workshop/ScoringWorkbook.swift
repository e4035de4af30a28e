import CommunitySafety
import Diagnostics
import TimeSeries
import Wording
import Workbooks

/// The workbook that one person of a workshop scores in: what to do, a sheet a place with a row a problem and its evidence, rows for the
/// risks that people bring, and what was decided.
public struct ScoringWorkbook {
  private let evidence: PackEvidence
  /// The way from the workbook's folder to the pack's: "", "../pack/"; nil where there is none to give.
  private let root: String?
  private let filled: Filled?

  /// What one person has entered elsewhere, to stand in the form as if it had been written there.
  public struct Filled: Sendable {
    let scorer: Scorer
    let opinions: [String: Opinion]
    let brought: [BroughtRisk]

    /// Opinions and risks of one person.
    public init(scorer: Scorer, opinions: [Opinion], brought: [BroughtRisk]) {
      (self.scorer, self.brought) = (scorer, brought)
      self.opinions = Dictionary(opinions.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// The form of a pack.
  ///
  /// - Parameters:
  ///   - root: the way from the folder of the workbook to that of the pack, with a slash at its end, or "".
  ///   - filled: what already stands in it; nil for a form to fill in.
  public init(_ evidence: PackEvidence, root: String?, filled: Filled? = nil) {
    (self.evidence, self.root, self.filled) = (evidence, root, filled)
  }

  /// The bytes of the workbook.
  ///
  /// - Throws: ``HorizonError`` (data) for a pack without a problem to score.
  public func encoded() throws -> [UInt8] { try workbook().encoded() }

  /// The workbook before it is written.
  func workbook() throws -> Workbook {
    guard !evidence.problems.isEmpty else {
      throw HorizonError(
        .data, "the pack has no problem to score", remedy: "Make a pack of data with at least one area and measure")
    }
    let placed = evidence.places.filter { place in evidence.problems.contains { $0.place == place.name } }
    var names = [
      ScoringForm.startSheet, ScoringForm.ownSheet, ScoringForm.decisionSheet, ScoringForm.markSheet, Self.dataName,
    ]
    var sheets: [(place: PackEvidence.Place, name: String)] = []
    for place in placed {
      let name = Workbook.name(place.name, among: names)
      names.append(name)
      sheets.append((place, name))
    }
    var data = WorkbookSheet(Self.dataName)
    data.isHidden = true
    let forms = sheets.map { placeSheet($0.place, name: $0.name, data: &data) }
    return Workbook(
      title: "Scoring form: \(evidence.facts.title)", subject: evidence.facts.marking,
      sheets: [start(sheets.map(\.name))] + forms + [own(placed.map(\.name)), decisions(placed.map(\.name)), data]
        + [try markSheet()])
  }

  private static let dataName = "Trend data"

  // MARK: What to do

  private func start(_ places: [String]) -> WorkbookSheet {
    var sheet = WorkbookSheet(ScoringForm.startSheet)
    (sheet.isProtected, sheet.isLandscape, sheet.marking) = (true, false, evidence.facts.marking)
    sheet.columns = [.init(width: 26), .init(width: 84)]
    sheet.rows = [
      [.text("Score the problems: \(evidence.facts.title)", .title)],
      [.text("Security marking"), .text(evidence.facts.marking)],
      [.text("What it is of"), .text("\(evidence.facts.scope), \(evidence.facts.periodCovered).", .prose)],
      [.text("Data"), .text("\(evidence.facts.extraction).", .prose)], [],
      [.text(ScoringForm.name, CellStyle(isBold: true)), entry(filled?.scorer.name)],
      [.text(ScoringForm.organisation, CellStyle(isBold: true)), entry(filled?.scorer.organisation)], [],
      [.text("What to do", .section)],
    ]
    sheet.entries = [
      .init(
        rows: 5...5, columns: 1...1, .text(most: ScoringForm.nameLimit), promptTitle: "Your name",
        prompt: "Scores are kept with the name of who gave them.",
        refusal: "At most \(ScoringForm.nameLimit) characters."),
      .init(
        rows: 6...6, columns: 1...1, .text(most: ScoringForm.nameLimit), promptTitle: "Your organisation",
        prompt: "Such as the council or the police.", refusal: "At most \(ScoringForm.nameLimit) characters."),
    ]
    let steps = [
      "Write your name and organisation above: yellow cells are for you, all others are locked.",
      "Each place has a sheet with a row a problem. Read the evidence on the left; the last column before the scores opens its page in the pack.",
      "Score the harm of one typical case, in each of six kinds, by choosing 0, 1, 2, 4 or 8. What the steps mean stands in the note of each heading and below. Leave blank what you cannot judge: blank is not nought.",
      "How likely a problem is to matter is filled from the data and not scored. Capacity says whether partners could do something about it; it is shown beside the score and never inside it.",
      "Say in a few words why: a score without a reason cannot be argued with.",
      "On \u{201C}\(ScoringForm.ownSheet)\u{201D} add what no figure shows: a new law, a closure, exploitation that nobody records.",
      "Save the file under its own name as .xlsx and give it back. \u{201C}\(ScoringForm.decisionSheet)\u{201D} is for the end, when the room has agreed.",
    ]
    sheet.rows += steps.enumerated().map { [.number(Double($0 + 1), .number), .text($1, .prose)] }
    sheet.rows += [[], [.text("Sheets", .section)]]
    sheet.rows += (places + [ScoringForm.ownSheet, ScoringForm.decisionSheet]).map { name in
      [WorkbookCell(.link(name, to: "internal:'\(name)'!A1"))]
    }
    sheet.rows += [[], [.text("What the steps mean", .section)]]
    for dimension in HarmScale.Dimension.allCases {
      sheet.rows.append([
        .text(dimension.heading, .prose),
        .text(zip(HarmScale.ladder, dimension.words).map { "\($0) = \($1)" }.joined(separator: "; "), .prose),
      ])
    }
    sheet.rows.append([
      .text("\(HarmScale.capacityHeading) (beside the score)", .prose),
      .text(zip(HarmScale.capacity, HarmScale.capacityWords).map { "\($0) = \($1)" }.joined(separator: "; "), .prose),
    ])
    return sheet
  }

  // MARK: A place

  /// Rows above the headings.
  private static let headRow = 3

  private func placeSheet(_ place: PackEvidence.Place, name: String, data: inout WorkbookSheet) -> WorkbookSheet {
    let problems = evidence.problems.filter { $0.place == place.name }
    var sheet = WorkbookSheet(name)
    (sheet.isProtected, sheet.marking) = (true, evidence.facts.marking)
    let widths =
      [6.0, 6, 24, 15, 10, 18, 20, 11, 16, 9] + HarmScale.Dimension.allCases.map { _ in 11 } + [9, 36]
    sheet.columns = widths.enumerated().map { .init(width: $1, isHidden: $0 == 0) }
    sheet.rows = [
      [.init(.blank), .text("\(place.name): score the problems", .title)],
      [
        .init(.blank),
        .text(
          "Recorded: the last \(evidence.facts.year). Forecast: the next, if past patterns continue, with the range that holds four times in five. Choose 0, 1, 2, 4 or 8; leave blank what you cannot judge."
        ),
      ], [], ScoringForm.headings.map { .text($0, .heading) },
    ]
    sheet.heights = [Self.headRow: 48]
    for problem in problems {
      let row = sheet.rows.count
      sheet.rows.append(cells(of: problem))
      sheet.heights[row] = 45
      if let chart = trend(of: problem, row: row, data: &data) { sheet.charts.append(chart) }
    }
    let last = sheet.rows.count - 1
    let first = Self.headRow + 1
    (sheet.frozenRows, sheet.frozenColumns, sheet.repeatedRow) = (first, 3, Self.headRow)
    for (index, dimension) in HarmScale.Dimension.allCases.enumerated() {
      let column = Self.firstScore + index
      sheet.notes.append(.init(row: Self.headRow, column: column, HarmScale.text(dimension)))
      sheet.entries.append(
        .init(
          rows: first...last, columns: column...column, .choice(HarmScale.ladder.map(String.init)),
          promptTitle: dimension.heading, prompt: HarmScale.text(dimension),
          refusal: "Choose 0, 1, 2, 4 or 8, or leave the cell blank."))
    }
    let capacity = Self.firstScore + HarmScale.Dimension.allCases.count
    let words = zip(HarmScale.capacity, HarmScale.capacityWords).map { "\($0): \($1)" }.joined(separator: "\n")
    sheet.notes.append(.init(row: Self.headRow, column: capacity, words))
    sheet.entries += [
      .init(
        rows: first...last, columns: capacity...capacity, .choice(HarmScale.capacity.map(String.init)),
        promptTitle: HarmScale.capacityHeading, prompt: words, refusal: "Choose 1, 2, 3 or 4, or leave the cell blank."),
      .init(
        rows: first...last, columns: (capacity + 1)...(capacity + 1), .text(most: ScoringForm.textLimit),
        promptTitle: "Reason", prompt: "Why these scores, in a few words.",
        refusal: "At most \(ScoringForm.textLimit) characters."),
    ]
    return sheet
  }

  /// The column of the first score.
  private static let firstScore = 10

  private func cells(of problem: PackEvidence.Problem) -> [WorkbookCell] {
    let words = problem.words
    let link = root.flatMap { root in problem.page.map { WorkbookCell(.link("Page", to: root + $0)) } }
    let own = filled?.opinions[problem.code]
    let scores = HarmScale.Dimension.allCases.map { score(own?.score($0)) }
    return [
      .text(problem.code, .locked), .number(problem.rank.map(Double.init), .rank),
      .text(problem.title, .locked(isBold: true)), .text(problem.priority ?? "", .locked),
      recorded(problem), .text(words.forecast, .locked), .text(words.chance, .locked),
      .text(words.confidence, .locked), .init(.blank, .locked), link ?? .text("", .locked),
    ] + scores + [score(own?.capacity), entry(own?.reason)]
  }

  /// A cell that people choose a number in.
  private func score(_ chosen: Int?) -> WorkbookCell {
    chosen.map { .number(Double($0), .score) } ?? .init(.blank, .score)
  }

  /// A cell that people write text in.
  private func entry(_ text: String?) -> WorkbookCell {
    text.flatMap { $0.isEmpty ? nil : .text($0, .entry) } ?? .init(.blank, .entry)
  }

  /// A number where it is one that people count with, else as the pages write it.
  private func recorded(_ problem: PackEvidence.Problem) -> WorkbookCell {
    guard problem.evidence.kind == .count, problem.evidence.past.lastYearPeriods > 0 else {
      return .text(problem.words.lastYear, .locked)
    }
    var style = CellStyle.locked
    style.format = "#,##0"
    return .number(problem.evidence.past.lastYear.rounded(), style)
  }

  /// A small line of the latest figures in the row, drawn from a hidden sheet.
  private func trend(of problem: PackEvidence.Problem, row: Int, data: inout WorkbookSheet) -> NativeChart? {
    let known = problem.history.compactMap(\.self)
    guard known.count > 1, let last = problem.history.last else { return nil }
    let dataRow = data.rows.count
    data.rows.append([.text(problem.code)] + problem.history.map { .number($0) })
    let columns = 1...problem.history.count
    var chart = NativeChart(
      .sparkline, title: problem.title,
      description:
        "\(problem.words.finding). Line of the latest \(problem.history.count) \(evidence.facts.period)s; last: \(last.map { NumberText.grouped($0, decimals: $0 == $0.rounded() ? 0 : 3) } ?? "missing").",
      categories: .row(dataRow, columns: columns, of: Self.dataName),
      series: [.init(problem.title, values: .row(dataRow, columns: columns, of: Self.dataName), colour: 0x12436D)],
      row: row, column: 8)
    (chart.width, chart.height) = (110, 54)
    return chart
  }

  // MARK: What people add

  private func own(_ places: [String]) -> WorkbookSheet {
    var sheet = blank(
      ScoringForm.ownSheet, title: "Risks that no series shows",
      text:
        "One a row: what is coming that the figures do not show. The last column says how you know: a plan, a law, what staff see.",
      headings: ScoringForm.ownHeadings, widths: [24, 44, 18, 16, 22, 10, 60], rows: ScoringForm.ownRows)
    for (index, risk) in (filled?.brought ?? []).enumerated() {
      let cells = [
        entry(risk.area.isEmpty ? ScoringForm.everywhere : risk.area), entry(risk.title), entry(risk.tag?.rawValue),
        entry(risk.horizon?.rawValue), entry(risk.likelihood?.rawValue), score(risk.impact), entry(risk.basis),
      ]
      // Below its headings; what is more than the form has rows stands beneath them.
      if sheet.rows.indices.contains(4 + index) { sheet.rows[4 + index] = cells } else { sheet.rows.append(cells) }
    }
    let rows = 4...(3 + ScoringForm.ownRows)
    func choose(_ column: Int, _ values: [String], _ prompt: String) {
      sheet.entries.append(
        .init(
          rows: rows, columns: column...column, .choice(values), promptTitle: ScoringForm.ownHeadings[column],
          prompt: prompt, refusal: "Choose one of the list."))
    }
    sheet.entries.append(contentsOf: placeEntry(places, rows: rows))
    sheet.entries.append(text(1, rows, most: ScoringForm.titleLimit, "The risk in a few words."))
    choose(2, Signal.Tag.allCases.map(\.rawValue), "Where it comes from.")
    choose(3, Signal.Horizon.allCases.map(\.rawValue), "How far off it is.")
    choose(4, ProbabilityYardstick.allCases.map(\.rawValue), Self.yardstick)
    choose(5, HarmScale.ladder.map(String.init), "Harm if it comes: 0 none, 1 slight, 2 moderate, 4 serious, 8 severe.")
    sheet.entries.append(text(6, rows, most: ScoringForm.textLimit, "How you know."))
    return sheet
  }

  private static let yardstick =
    "Under 7.5 %: remote chance; under 22.5: highly unlikely; under 37.5: unlikely; under 50: realistic possibility; under 77.5: likely; under 92.5: highly likely; else almost certain."

  private func decisions(_ places: [String]) -> WorkbookSheet {
    var sheet = blank(
      ScoringForm.decisionSheet, title: "What was decided",
      text:
        "For whoever writes for the room, once, at the end: the priorities for the coming year, most important first. They become next year's file of local priorities.",
      headings: ScoringForm.decisionHeadings, widths: [24, 40, 30, 24, 50, 16, 40], rows: ScoringForm.decisionRows)
    let rows = 4...(3 + ScoringForm.decisionRows)
    sheet.entries.append(contentsOf: placeEntry(places, rows: rows))
    let texts = [
      (1, ScoringForm.titleLimit, "The priority in the partnership's words."),
      (2, ScoringForm.titleLimit, "A problem of the sheets by its name, or blank where no figure speaks to it."),
      (3, ScoringForm.nameLimit, "Who answers for it."), (4, ScoringForm.textLimit, "What will be done."),
      (5, 10, "Such as 2027-06-30."), (6, ScoringForm.textLimit, "Who disagreed, and why."),
    ]
    sheet.entries += texts.map { text($0.0, rows, most: $0.1, $0.2) }
    return sheet
  }

  private func blank(
    _ name: String, title: String, text: String, headings: [String], widths: [Double], rows: Int
  ) -> WorkbookSheet {
    var sheet = WorkbookSheet(name)
    (sheet.isProtected, sheet.marking) = (true, evidence.facts.marking)
    sheet.columns = widths.map { .init(width: $0) }
    sheet.rows = [[.text(title, .title)], [.text(text)], [], headings.map { .text($0, .heading) }]
    sheet.rows += (0..<rows).map { _ in headings.map { _ in WorkbookCell(.blank, .entry) } }
    (sheet.frozenRows, sheet.repeatedRow) = (4, 3)
    return sheet
  }

  private func placeEntry(_ places: [String], rows: ClosedRange<Int>) -> [WorkbookSheet.Entry] {
    let names = [ScoringForm.everywhere] + places
    // A list in a cell has at most 255 characters, and no comma within a name.
    let fits =
      names.joined(separator: ",").utf16.count <= 255 && names.allSatisfy { !$0.contains(",") && !$0.contains("\"") }
    let prompt = "A place as its sheet names it, or \(ScoringForm.everywhere)."
    return [
      .init(
        rows: rows, columns: 0...0, fits ? .choice(names) : .text(most: 200), promptTitle: ScoringForm.place,
        prompt: prompt, refusal: prompt)
    ]
  }

  private func text(_ column: Int, _ rows: ClosedRange<Int>, most: Int, _ prompt: String) -> WorkbookSheet.Entry {
    .init(
      rows: rows, columns: column...column, .text(most: most), promptTitle: "What to write", prompt: prompt,
      refusal: "At most \(most) characters.")
  }

  private func markSheet() throws -> WorkbookSheet {
    var sheet = WorkbookSheet(ScoringForm.markSheet)
    (sheet.isProtected, sheet.isHidden) = (true, true)
    sheet.rows = [
      [.text(ScoringForm.mark)], [.text("pack"), .text(try evidence.identity())],
      [.text("version"), .text(evidence.facts.version)],
    ]
    return sheet
  }
}

extension CellStyle {
  fileprivate static var locked: CellStyle { locked(isBold: false) }

  fileprivate static func locked(isBold: Bool) -> CellStyle {
    var style = CellStyle(isBold: isBold, isWrapped: true)
    style.hasBorder = true
    return style
  }

  fileprivate static var rank: CellStyle {
    var style = locked
    style.alignment = .centre
    return style
  }

  /// A cell that people write text in.
  fileprivate static var entry: CellStyle {
    var style = CellStyle(format: "@", isWrapped: true)
    (style.isOpen, style.hasBorder, style.fill) = (true, true, 0xFFF6DB)
    return style
  }

  /// A cell that people choose a number in.
  fileprivate static var score: CellStyle {
    var style = entry
    (style.format, style.alignment) = (nil, .centre)
    return style
  }

  fileprivate static var number: CellStyle {
    var style = CellStyle()
    style.alignment = .left
    return style
  }

  fileprivate static var section: CellStyle {
    var style = CellStyle(isBold: true)
    style.size = 13
    return style
  }
}
