import Assessment
import Charts
import NumericCore
import Parallelism
import Tables
import Workshop

/// The pages of the pack: plain HTML with one style sheet, no script, nothing from outside.
public struct PackPages: Sendable {
  private let context: PackContext
  private let shell: PageShell

  /// Pages for the results of a run.
  ///
  /// - Parameters:
  ///   - version: Horizon's own.
  ///   - alerts: for a page of them; nil for none.
  ///   - pages: which places have a page.
  public init(
    _ assessment: StrategicAssessment, version: String, alerts: AlertRegister? = nil, pages: PlacePages = PlacePages()
  ) {
    var context = PackContext(assessment, version: version, pages: pages)
    context.alerts = alerts
    self.context = context
    shell = PageShell(context: context)
  }

  /// Every page and the style sheet, in a fixed order. Paths are relative to the pack's root.
  public func render() -> [OutputFile] { makers.map { file($0) } + [style] }

  /// The same, made by up to `threads` threads at once.
  public func render(threads: Int) async throws -> [OutputFile] {
    let (pages, makers) = (self, makers)
    return try await parallelMap(count: makers.count, threads: threads) { pages.file(makers[$0]) } + [style]
  }

  /// The Word document of rendered pages: page one, each of its priorities, each partnership, then what explains them.
  func document(_ document: WordDocument, of files: [OutputFile], threads: Int) async throws -> OutputFile {
    let byPath = Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    var seen = Set<String>()
    let paths =
      ["index.html"] + context.topRisks.map(context.path) + ["partnerships/index.html"]
      + context.partnerships.map { context.path(of: $0) } + [
        WatchListPage.path, "exceptions.html", TrackRecordPage.path, "data-quality.html", "method.html",
        "glossary.html",
      ]
    return try await document.file(
      paths.filter { seen.insert($0).inserted }.compactMap { byPath[$0] }, title: context.title,
      marking: context.assessment.configuration.marking, threads: threads)
  }

  /// What a workshop needs to rank again.
  func evidence() throws -> OutputFile {
    OutputFile(path: PackEvidence.path, contents: try context.evidence.encoded())
  }

  /// The tables of the pack as a workbook.
  func workbook(_ data: PackData) throws -> OutputFile { try TablesWorkbook(context: context, data: data).file() }

  private func file(_ maker: PageShell.Maker) -> OutputFile { shell.file(maker()) }

  private var style: OutputFile {
    OutputFile(path: "assets/style.css", text: StyleSheet.text(marking: context.assessment.configuration.marking))
  }

  /// One for each page, each of which is made alone.
  private var makers: [PageShell.Maker] {
    let context = self.context
    return [{ IndexPage(context: context).page() }, { ScorecardPage(context: context).page() }]
      + ThemePages(context: context).makers
      + ControlChartGrid(context: context).makers + LocalPriorityPages(context: context).makers
      + PartnershipPages(context: context).makers + (PlacesPages(context)?.makers ?? [])
      + context.detailedRisks.map { risk -> PageShell.Maker in { PriorityPage(context: context, risk: risk).page() } }
      + (context.assessment.beside.map { comparison -> [PageShell.Maker] in
        [{ FootprintsPage(context: context, comparison: comparison).page() }]
      } ?? [])
      + (context.alerts.map { alerts -> [PageShell.Maker] in
        [{ AlertsPage(context: context, register: alerts).page() }]
      } ?? [])
      + [
        { ExceptionsPage(context: context).page() }, { ForecastsPage(context: context).page() },
        { TrackRecordPage(context: context).page() }, { WatchListPage(context: context).page() },
        { ProjectorPage(context: context).page() }, { ScoringPage(context: context).page() },
        { RecommendationsPage(context: context).page() }, { SignalsPage(context: context).page() },
        { WorkshopPage(evidence: context.evidence).page() },
        { DataQualityPage(context: context).page() }, { MethodPage(context: context).page() },
        { DataDictionaryPage(context: context).page() }, { GlossaryPage(context: context).page() },
      ]
  }
}
