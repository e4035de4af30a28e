import CommunitySafety
import Diagnostics
import Foundation
import Ingest
import TimeSeries
import Wording

/// A scoring form as somebody filled it in and saved it.
public struct FilledForm: Sendable {
  /// Whose scores may be taken.
  public enum Matching: Sendable {
    /// Those of a form made from the same pack.
    case samePack
    /// Those of a form made from any pack, problem by problem; differences are listed.
    case problemByProblem
  }

  /// The name of the file, without its folders.
  public let file: String
  /// Who filled it in; nil if no name was written.
  public private(set) var scorer: Scorer?
  /// Scores, a problem each.
  public private(set) var opinions: [Opinion] = []
  /// Risks that no series shows.
  public private(set) var brought: [BroughtRisk] = []
  /// What the room decided.
  public private(set) var decisions: [Decision] = []
  /// What is to be known of it: rows that are missing, columns that are not read, evidence that was written over.
  public private(set) var notes: [String] = []
  /// What is wrong, each with its cell and what to do; nothing may be taken from the form then.
  public private(set) var faults: [HorizonError] = []

  /// What the same people wrote before, in a record that keeps every step: it gives way to ``opinions``.
  public private(set) var earlier: [Opinion] = []
  /// Likewise of ``brought``.
  public private(set) var earlierRisks: [BroughtRisk] = []

  private let path: String
  private let evidence: PackEvidence
  private let problems: [String: PackEvidence.Problem]
  private let isSamePack: Bool

  /// Reads a form.
  ///
  /// - Throws: ``HorizonError`` for what is no form of this pack, or cannot be read at all; faults of single cells are gathered.
  public init(path: String, evidence: PackEvidence, matching: Matching) throws {
    self.path = path
    self.evidence = evidence
    file = SafeText.printable(URL(fileURLWithPath: path).lastPathComponent)
    problems = Dictionary(evidence.problems.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    let sheets = try WorkbookCells.sheets(ofFile: path)
    let mark = sheets.first { sheet in sheet.rows.contains { $0.cells[1]?.text == ScoringForm.mark } }
    guard let mark, let pack = mark.rows.first(where: { $0.cells[1]?.text == "pack" })?.cells[2]?.text else {
      throw HorizonError(
        .data, "this is no scoring form, or it has lost its hidden sheet \"\(ScoringForm.markSheet)\"",
        at: .init(file: path), remedy: "Copy the scores into a new form from horizon workshop export")
    }
    isSamePack = pack == (try evidence.identity())
    guard isSamePack || matching == .problemByProblem else {
      throw HorizonError(
        .data, "the form was made from another pack", at: .init(file: path),
        remedy:
          "Give the pack that it was made from with --pack, or add --match to take its scores problem by problem and list what differs"
      )
    }
    if !isSamePack { notes.append("made from another pack: its scores are taken problem by problem") }
    readScorer(sheets)
    var seen = Set<String>()
    for sheet in sheets where sheet.name != mark.name { read(sheet, &seen) }
    let missing = evidence.problems.filter { !seen.contains($0.code) }
    if !missing.isEmpty {
      let names = ListText.abridged(missing.map { "\($0.title) in \($0.place)" }, most: 5)
      notes.append(
        "has no row for \(missing.count) of \(evidence.problems.count) problems, which it leaves unscored: \(names)")
    }
    if scorer == nil, opinions.isEmpty, brought.isEmpty, faults.isEmpty {
      notes.append("holds neither a name nor a score")
    }
  }

  /// What several people entered live, as if each had filled in a form.
  ///
  /// - Parameters:
  ///   - file: the file that keeps it.
  ///   - opinions: the latest of each person and problem; one without score, capacity and reason was taken back.
  ///   - brought: risks that stand.
  ///   - earlier: what the same people had entered before of the same problems.
  ///   - earlierRisks: what the same people had entered before of the same risks.
  public init(
    live file: String, evidence: PackEvidence, opinions: [Opinion], brought: [BroughtRisk], earlier: [Opinion],
    earlierRisks: [BroughtRisk], notes: [String]
  ) {
    (self.file, path, self.evidence, problems, isSamePack) = (file, file, evidence, [:], true)
    (self.opinions, self.brought, self.notes) = (opinions, brought, notes)
    (self.earlier, self.earlierRisks) = (earlier, earlierRisks)
  }

  // MARK: Who

  private mutating func readScorer(_ sheets: [WorkbookCells]) {
    var texts: [String: (text: String, sheet: String, row: Int, column: Int)] = [:]
    for sheet in sheets {
      for row in sheet.rows {
        for (column, cell) in row.cells.sorted(by: { $0.key < $1.key })
        where [ScoringForm.name, ScoringForm.organisation].contains(cell.text) && texts[cell.text] == nil {
          // A column may have been inserted between the two.
          let next = row.cells.filter { $0.key > column }.min { $0.key < $1.key }
          texts[cell.text] = (plain(next?.value.text ?? ""), sheet.name, row.number, next?.key ?? column + 1)
        }
      }
    }
    let (name, organisation) = (texts[ScoringForm.name], texts[ScoringForm.organisation])
    for found in [name, organisation] {
      guard let found, found.text.count > ScoringForm.nameLimit else { continue }
      fault(
        "the name has more than \(ScoringForm.nameLimit) characters", found.sheet, found.row, found.column,
        remedy: "Shorten it")
    }
    guard let name, !name.text.isEmpty else { return }
    scorer = Scorer(name: name.text, organisation: organisation?.text ?? "")
  }

  // MARK: Sheets

  private mutating func read(_ sheet: WorkbookCells, _ seen: inout Set<String>) {
    for (index, row) in sheet.rows.enumerated() {
      let texts = Set(row.cells.values.map(\.text))
      let below = sheet.rows[(index + 1)...]
      if texts.contains(ScoringForm.code), texts.contains(ScoringForm.problem) {
        guard let table = table(sheet, row, ScoringForm.headings, optional: Self.evidenceHeadings) else { return }
        return readScores(table, below, &seen)
      }
      if texts.contains(ScoringForm.risk), texts.contains(ScoringForm.tag) {
        guard let table = table(sheet, row, ScoringForm.ownHeadings) else { return }
        for row in below { readOwn(table, row) }
        return
      }
      if texts.contains(ScoringForm.decision) {
        guard let table = table(sheet, row, ScoringForm.decisionHeadings) else { return }
        for row in below { readDecision(table, row) }
        return
      }
    }
  }

  private static let evidenceHeadings: Set<String> = [
    "Rank", "Priority now", "Recorded", "Forecast", "Chance", "Confidence", "Trend", "Evidence",
  ]

  /// Columns of a sheet by heading.
  private struct Table {
    let sheet: String
    let columns: [String: Int]
    /// Rows of the sheet whose cells are taken.
    func cell(_ heading: String, _ row: WorkbookCells.Row) -> WorkbookCells.Cell? {
      columns[heading].flatMap { row.cells[$0] }
    }
  }

  private mutating func table(
    _ sheet: WorkbookCells, _ row: WorkbookCells.Row, _ headings: [String], optional: Set<String> = []
  ) -> Table? {
    var columns: [String: Int] = [:]
    let before = faults.count
    for (column, cell) in row.cells.sorted(by: { $0.key < $1.key }) where headings.contains(cell.text) {
      if columns[cell.text] == nil {
        columns[cell.text] = column
      } else {
        fault(
          "the heading \"\(cell.text)\" stands in two columns", sheet.name, row.number, column,
          remedy: "Delete the column that was added")
      }
    }
    for heading in headings where columns[heading] == nil && !optional.contains(heading) {
      fault(
        "the column \"\(heading)\" is missing", sheet.name, row.number, nil,
        remedy: "Put its heading back, or copy the scores into a new form")
    }
    guard faults.count == before else { return nil }
    noteForeignColumns(sheet, row, Set(columns.values))
    return Table(sheet: sheet.name, columns: columns)
  }

  private mutating func noteForeignColumns(_ sheet: WorkbookCells, _ head: WorkbookCells.Row, _ own: Set<Int>) {
    var foreign = Set<Int>()
    for row in sheet.rows where row.number >= head.number {
      foreign.formUnion(row.cells.keys.filter { !own.contains($0) })
    }
    guard !foreign.isEmpty else { return }
    let names = foreign.sorted().map(HorizonError.Location.letters(ofColumn:))
    notes.append(
      "sheet \"\(SafeText.printable(sheet.name))\": column\(names.count == 1 ? "" : "s") \(ListText.abridged(names, most: 6)) \(names.count == 1 ? "is" : "are") no part of the form and not read"
    )
  }

  // MARK: Scores

  private mutating func readScores(_ table: Table, _ rows: ArraySlice<WorkbookCells.Row>, _ seen: inout Set<String>) {
    let filled = HarmScale.Dimension.allCases.map(\.heading) + [HarmScale.capacityHeading, ScoringForm.reason]
    for row in rows {
      let isFilled = filled.contains { table.cell($0, row).map { !plain($0.text).isEmpty || $0.isFormula } ?? false }
      let code = table.cell(ScoringForm.code, row)?.text ?? ""
      guard !code.isEmpty else {
        if isFilled {
          fault(
            "a score or reason stands in a row of no problem", table.sheet, row.number, nil,
            remedy: "Move it to the row of its problem, or bring the risk on the sheet \"\(ScoringForm.ownSheet)\"")
        }
        continue
      }
      guard let problem = problems[code] else {
        let title = SafeText.printable(table.cell(ScoringForm.problem, row)?.text ?? code)
        if isSamePack {
          fault(
            "the pack has no problem of the code \"\(SafeText.printable(String(code.prefix(80))))\"", table.sheet,
            row.number, table.columns[ScoringForm.code],
            remedy: "Undo the change of the hidden column, or use a new form")
        } else {
          notes.append(
            "\(title) (sheet \"\(SafeText.printable(table.sheet))\", row \(row.number)) is not in this pack\(isFilled ? ": its scores are not taken" : "")"
          )
        }
        continue
      }
      seen.insert(code)
      check(problem, table, row)
      guard isFilled else { continue }
      take(problem, table, row)
    }
  }

  /// Compares what the row shows with the evidence.
  private mutating func check(_ problem: PackEvidence.Problem, _ table: Table, _ row: WorkbookCells.Row) {
    if let title = table.cell(ScoringForm.problem, row)?.text, plain(title) != plain(problem.title) {
      fault(
        "the row says \"\(SafeText.printable(String(title.prefix(80))))\" where its hidden code says \"\(problem.title)\" in \(problem.place): cells were moved apart",
        table.sheet, row.number, table.columns[ScoringForm.problem],
        remedy: "Undo the sorting or pasting, or copy the scores into a new form")
    }
    let shown = [("Forecast", problem.words.forecast), ("Chance", problem.words.chance)]
    for (heading, text) in shown {
      guard let cell = table.cell(heading, row), plain(cell.text) != plain(text) else { continue }
      notes.append(
        isSamePack
          ? "sheet \"\(SafeText.printable(table.sheet))\", row \(row.number): the \(heading.lowercased()) was written over; the pack's own, \(text), is used"
          : "\(problem.title) in \(problem.place): the form shows \(heading.lowercased()) \(SafeText.printable(String(cell.text.prefix(120)))), this pack \(text)"
      )
    }
  }

  private mutating func take(_ problem: PackEvidence.Problem, _ table: Table, _ row: WorkbookCells.Row) {
    var scores: [String: Int] = [:]
    let before = faults.count
    for dimension in HarmScale.Dimension.allCases {
      if let score = number(dimension.heading, HarmScale.ladder, table, row) { scores[dimension.rawValue] = score }
    }
    let capacity = number(HarmScale.capacityHeading, HarmScale.capacity, table, row)
    let reason = text(ScoringForm.reason, most: ScoringForm.textLimit, table, row)
    guard let scorer = named(table, row), faults.count == before, !scores.isEmpty || capacity != nil || reason != nil
    else { return }
    opinions.append(
      Opinion(
        scorer: scorer, code: problem.code, scores: scores, capacity: capacity, reason: reason,
        place: FormPlace(file: file, sheet: table.sheet, row: row.number)))
  }

  /// Who it is; a fault where no name was written.
  private mutating func named(_ table: Table, _ row: WorkbookCells.Row) -> Scorer? {
    if let scorer { return scorer }
    if !faults.contains(where: { $0.message == Self.nameless }) {
      fault(
        Self.nameless, table.sheet, row.number, nil,
        remedy: "Write your name on the sheet \"\(ScoringForm.startSheet)\": scores are kept with who gave them")
    }
    return nil
  }

  private static let nameless = "there are scores and no name"

  private mutating func number(_ heading: String, _ allowed: [Int], _ table: Table, _ row: WorkbookCells.Row) -> Int? {
    guard let cell = table.cell(heading, row) else { return nil }
    let column = table.columns[heading]
    let choices = ListText.choice(allowed.map(String.init))
    guard !cell.isFormula else {
      fault(
        "the cell holds a formula, where a score is chosen", table.sheet, row.number, column,
        remedy: "Choose \(choices), or leave it blank")
      return nil
    }
    let written = plain(cell.text)
    guard !written.isEmpty else { return nil }
    guard !cell.isError, let number = Int(written), allowed.contains(number) else {
      fault(
        "\"\(SafeText.printable(String(written.prefix(40))))\" is no score of \(heading.lowercased())", table.sheet,
        row.number, column, remedy: "Choose \(choices), or leave it blank")
      return nil
    }
    return number
  }

  private mutating func text(_ heading: String, most: Int, _ table: Table, _ row: WorkbookCells.Row) -> String? {
    guard let cell = table.cell(heading, row) else { return nil }
    let column = table.columns[heading]
    guard !cell.isFormula, !cell.isError else {
      fault(
        "the cell holds a formula, where a text is written", table.sheet, row.number, column,
        remedy: "Write an apostrophe before it, or other words")
      return nil
    }
    let text = plain(SafeText.printable(cell.text))
    guard text.count <= most else {
      fault("the text has more than \(most) characters", table.sheet, row.number, column, remedy: "Shorten it")
      return nil
    }
    return text.isEmpty ? nil : text
  }

  // MARK: What people add

  private mutating func readOwn(_ table: Table, _ row: WorkbookCells.Row) {
    guard ScoringForm.ownHeadings.contains(where: { table.cell($0, row) != nil }) else { return }
    let before = faults.count
    let title = text(ScoringForm.risk, most: ScoringForm.titleLimit, table, row)
    let area = area(table, row)
    let tag: Signal.Tag? = choice(ScoringForm.tag, table, row)
    let horizon: Signal.Horizon? = choice(ScoringForm.horizon, table, row)
    let likelihood: ProbabilityYardstick? = choice(ScoringForm.likelihood, table, row)
    let impact = number(ScoringForm.impact, HarmScale.ladder, table, row)
    let basis = text(ScoringForm.basis, most: ScoringForm.textLimit, table, row)
    guard faults.count == before else { return }
    guard let title else {
      fault(
        "the row says nothing of the risk itself", table.sheet, row.number, table.columns[ScoringForm.risk],
        remedy: "Write it in the column \"\(ScoringForm.risk)\"")
      return
    }
    guard let scorer = named(table, row) else { return }
    brought.append(
      BroughtRisk(
        scorer: scorer, area: area, title: title, tag: tag, horizon: horizon, likelihood: likelihood, impact: impact,
        basis: basis, place: FormPlace(file: file, sheet: table.sheet, row: row.number)))
  }

  private mutating func readDecision(_ table: Table, _ row: WorkbookCells.Row) {
    guard ScoringForm.decisionHeadings.contains(where: { table.cell($0, row) != nil }) else { return }
    let before = faults.count
    let name = text(ScoringForm.decision, most: ScoringForm.titleLimit, table, row)
    let area = area(table, row)
    let review = text(ScoringForm.review, most: 40, table, row)
    if let review, Self.day(review) == nil {
      fault(
        "\"\(review)\" is no day", table.sheet, row.number, table.columns[ScoringForm.review],
        remedy: "Write it as YYYY-MM-DD, such as 2027-06-30")
    }
    let measure = text(ScoringForm.decidedMeasure, most: ScoringForm.titleLimit, table, row)
    if let measure, !evidence.problems.contains(where: { PackEvidence.isSame($0.title, measure) }) {
      fault(
        "the pack has no problem \"\(measure)\"", table.sheet, row.number,
        table.columns[ScoringForm.decidedMeasure], remedy: "Name one as the sheets do, or leave it blank")
    }
    let owner = text(ScoringForm.owner, most: ScoringForm.nameLimit, table, row)
    let response = text(ScoringForm.response, most: ScoringForm.textLimit, table, row)
    let dissent = text(ScoringForm.dissent, most: ScoringForm.textLimit, table, row)
    guard faults.count == before else { return }
    guard let name else {
      fault(
        "the row names no priority", table.sheet, row.number, table.columns[ScoringForm.decision],
        remedy: "Write it in the column \"\(ScoringForm.decision)\"")
      return
    }
    decisions.append(
      Decision(
        area: area, name: name, measure: measure, owner: owner, response: response, review: review, dissent: dissent,
        place: FormPlace(file: file, sheet: table.sheet, row: row.number)))
  }

  /// A day as it is written, or as a cell with a date hands it over; nil for what is none.
  static func day(_ text: String) -> CivilDate? {
    let parts = text.prefix(10).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], let year = Int(parts[0]), let month = Int(parts[1]),
      let day = Int(parts[2])
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  /// A place of the pack; empty for all.
  private mutating func area(_ table: Table, _ row: WorkbookCells.Row) -> String {
    guard let name = text(ScoringForm.place, most: 200, table, row),
      name.lowercased() != ScoringForm.everywhere.lowercased()
    else { return "" }
    if let known = evidence.places.first(where: { PackEvidence.isSame($0.name, name) }) {
      return known.name
    }
    fault(
      "the pack has no place \"\(name)\"", table.sheet, row.number, table.columns[ScoringForm.place],
      remedy: "Name one as its sheet does, or \(ScoringForm.everywhere)")
    return ""
  }

  private mutating func choice<Value: CaseIterable & RawRepresentable<String>>(
    _ heading: String, _ table: Table, _ row: WorkbookCells.Row
  ) -> Value? {
    guard let written = text(heading, most: 200, table, row) else { return nil }
    if let value = Value.allCases.first(where: { $0.rawValue == written.lowercased() }) { return value }
    fault(
      "\"\(written)\" is no \(heading.lowercased())", table.sheet, row.number, table.columns[heading],
      remedy: "Choose \(ListText.choice(Value.allCases.map(\.rawValue)))")
    return nil
  }

  // MARK: Words

  private mutating func fault(_ message: String, _ sheet: String, _ row: Int, _ column: Int?, remedy: String) {
    var location = HorizonError.Location(file: path, line: row, column: column)
    location.sheet = SafeText.printable(sheet)
    faults.append(HorizonError(.data, message, at: location, remedy: remedy))
  }

  /// Without blanks around it, and one where there are several: programs fold lines as they please.
  private func plain(_ text: String) -> String {
    text.split { $0.isWhitespace }.joined(separator: " ")
  }
}
