import ArgumentParser
import Assessment
import CommunitySafety
import Diagnostics
import Reporting
import Scorecard
import Session
import Tables
import TimeSeries
import Wording

/// `horizon evaluate`: what an intervention changed.
struct EvaluateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Judges an intervention: treated places against controls, a forecast and placebos.",
    discussion: """
      Writes a row a measure: the weighted displacement difference with its interval (Wheeler and Ratcliffe 2018), the weighted \
      displacement quotient (Bowers and Johnson 2003), what a forecast made before expected, how far the same test falls at earlier \
      dates and in other places, and the smallest fall that would have been found. Of all counts and groups, or of the one that \
      --measure names. --page writes the same as a page in words.

      With --plan nothing is judged: it says what an evaluation over --months could find, before any money is spent.

      Example: horizon evaluate counts.csv --treated Oxford --control Cherwell --from 2024-06
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var run: RunOptions

  @Option(help: ArgumentHelp("Places that had the intervention, separated by commas.", valueName: "names"))
  var treated: String

  @Option(help: ArgumentHelp("Places like them that did not, separated by commas.", valueName: "names"))
  var control: String

  @Option(help: ArgumentHelp("Places that crime may have moved to, separated by commas.", valueName: "names"))
  var displacement: String?

  @Option(
    help: ArgumentHelp(
      "Places like those, separated by commas; without them their change counts as it is.", valueName: "names"))
  var displacementControl: String?

  @Option(help: ArgumentHelp("First period with the intervention, as 2024-06.", valueName: "period"))
  var from: String?

  @Option(help: ArgumentHelp("Last period that counts. (default: the end of the data)", valueName: "period"))
  var through: String?

  @Flag(help: "Say what an evaluation could find, and judge nothing.")
  var plan = false

  @Option(help: "With --plan: months, or other periods, that the intervention will be judged over.")
  var months: Int = 12

  @Option(help: ArgumentHelp("HTML page to write beside the table.", valueName: "file"))
  var page: String?

  @Option(help: "Title of the page.")
  var title: String?

  @Option(help: "Security marking of the page.")
  var marking: String = "OFFICIAL"

  @Option(help: "Seed of the simulated futures.")
  var seed: UInt64 = AssessmentConfiguration().seed

  /// Longer than any intervention is judged over, and than most histories.
  private static let mostMonths = 600

  func validate() throws {
    guard plan || from != nil else {
      throw ValidationError("--from is needed: the first period with the intervention.")
    }
    guard (1...EvaluateCommand.mostMonths).contains(months) else {
      throw ValidationError("--months must be from 1 to \(EvaluateCommand.mostMonths).")
    }
    guard !plan || page == nil else { throw ValidationError("--plan has no --page.") }
  }

  func run() async throws {
    let progress = Progress(quiet: run.quiet)
    // --measure names what is judged; of a table that has no column for measures it names what is counted, too.
    var session = try await input.open(run, progress: progress) { $0.ingest.measure = nil }
    if input.measure != nil, session.panel.measures.isEmpty {
      session = try await input.open(run, progress: progress, isQuiet: true)
    }
    let panel = session.panel
    let places = Places(session)
    guard let end = panel.span?.upperBound else {
      throw HorizonError(.data, "there is no series to judge", remedy: "Check --areas against `horizon series`")
    }
    var design = EvaluationDesign(
      treated: try places.named(treated, "--treated"), control: try places.named(control, "--control"),
      from: try from.map { try period($0, "--from", panel) } ?? end + 1)
    design.displacement = try displacement.map { try places.named($0, "--displacement") } ?? []
    design.displacementControl = try displacementControl.map { try places.named($0, "--displacement-control") } ?? []
    design.through = try through.map { try period($0, "--through", panel) }
    try check(design)
    var evaluator = Evaluator(panel, interventions: session.interventions)
    evaluator.seed = seed
    evaluator.threads = run.threads
    progress.begin("Judging")
    let measures = try chosen(session)
    if plan {
      let rows = try measures.map { name, parts in
        PlanRow(measure: name, test: try evaluator.plan(name, measures: parts, design, length: months))
      }
      progress.finish()
      try output.write(.plans(rows))
      for row in rows.prefix(5) { Console.note(row.sentence, quiet: run.quiet) }
      return
    }
    var evaluations: [Evaluation] = []
    for (name, parts) in measures { evaluations.append(try await evaluator.evaluate(name, measures: parts, design)) }
    progress.finish()
    let report = EvaluationReport(
      evaluations, style: session.style,
      title: title ?? "What changed in \(ListText.joined(design.treated))", marking: marking,
      version: HorizonVersion.current)
    if let page { try WholeFile.write(Array(report.page().utf8), to: page) }
    try output.write(report.sheet)
  }

  private func check(_ design: EvaluationDesign) throws {
    var seen = Set<String>()
    guard let twice = design.places.first(where: { !seen.insert($0).inserted }) else { return }
    throw HorizonError(
      .usage, "\(twice) is named twice: a place cannot be its own control",
      remedy: "Name each place once, a partnership not beside its districts")
  }

  private func period(_ text: String, _ option: String, _ panel: Panel) throws -> Period {
    guard let period = PeriodStyle.parse(text, frequency: panel.frequency)?.period else {
      throw HorizonError(
        .usage, "\(option) \(text) is no \(panel.frequency.noun)",
        remedy: "Write it as \(panel.span.map { panel.style.format($0.upperBound) } ?? "2024-06")")
    }
    return period
  }

  /// Names of what is judged, each with the series that it adds up: groups that the data has all of, then measures.
  private func chosen(_ session: Session) throws -> [(name: String, parts: [String])] {
    let registry = session.reference.measures
    let counts = Set(session.panel.series.filter { $0.kind == .count }.map { $0.key.measure ?? $0.key.area })
    let single = session.panel.measures.filter(counts.contains).map { (name: $0, parts: [$0]) }
    let groups = registry.groups.compactMap { group -> (name: String, parts: [String])? in
      let parts = (group.members ?? []).compactMap { registry[$0]?.name }
      return !parts.isEmpty && parts.allSatisfy(counts.contains) ? (group.label, parts) : nil
    }
    let all = groups + single
    guard let name = input.measure else {
      guard !all.isEmpty else {
        throw HorizonError(.data, "the data has no counts to judge", remedy: "Evaluations are of counts")
      }
      return all
    }
    let found = registry.measure(named: name)
    guard let one = all.first(where: { $0.name == name || $0.name == found?.label || $0.name == found?.name }) else {
      throw HorizonError(
        .usage, "the data has no count \"\(name)\"", remedy: "Name one of those that `horizon series` lists")
    }
    return [one]
  }

  /// Places of the data by their names, partnerships as their districts.
  private struct Places {
    private let byName: [String: [String]]
    private let names: [String]

    init(_ session: Session) {
      var byName: [String: [String]] = [:]
      for area in session.panel.areas {
        byName[area] = [area]
        if let code = session.data.areas[area]?.code { byName[code] = [area] }
      }
      for area in session.panel.areas {
        guard let csp = session.data.areas[area]?.csp, byName[csp] != [csp] else { continue }
        byName[csp, default: []].append(area)
      }
      self.byName = byName
      names = session.panel.areas
    }

    func named(_ list: String, _ option: String) throws -> [String] {
      var parts = list.split(separator: ",", omittingEmptySubsequences: false)[...]
      var found: [String] = []
      while !parts.isEmpty {
        // The longest name first: "Bristol, City of" is one place.
        let whole = (1...parts.count).reversed().lazy.compactMap { count -> (places: [String], count: Int)? in
          byName[trimmed(parts.prefix(count).joined(separator: ","))].map { ($0, count) }
        }.first
        if let whole {
          found += whole.places
          parts = parts.dropFirst(whole.count)
          continue
        }
        let name = trimmed(String(parts.removeFirst()))
        guard name.isEmpty else {
          throw HorizonError(
            .usage, "\(option): the data has no place \"\(name)\"",
            remedy: NearestName.nearest(to: name, among: names).map { "Perhaps '\($0)' was meant" }
              ?? "Name one of those that `horizon series` lists")
        }
      }
      guard !found.isEmpty else {
        throw HorizonError(.usage, "\(option) names no place", remedy: "Name one of the data")
      }
      return found
    }

    private func trimmed(_ text: String) -> String {
      let start = text.drop { $0 == " " }
      return String(start.prefix(start.count - start.reversed().prefix { $0 == " " }.count))
    }
  }
}
