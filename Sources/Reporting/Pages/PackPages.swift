import Assessment
import Charts
import NumericCore
import Parallelism
import Tables

/// The pages of the pack: plain HTML with one style sheet, no script, nothing from outside.
public struct PackPages: Sendable {
  private let context: PackContext

  /// Pages for the results of a run.
  ///
  /// - Parameters:
  ///   - version: Horizon's own.
  ///   - alerts: for a page of them; nil for none.
  public init(_ assessment: StrategicAssessment, version: String, alerts: AlertRegister? = nil) {
    var context = PackContext(assessment, version: version)
    context.alerts = alerts
    self.context = context
  }

  /// Every page and the style sheet, in a fixed order. Paths are relative to the pack's root.
  public func render() -> [OutputFile] { makers.map { file($0) } + [style] }

  /// The same, made by up to `threads` threads at once.
  public func render(threads: Int) async throws -> [OutputFile] {
    let (pages, makers) = (self, makers)
    return try await parallelMap(count: makers.count, threads: threads) { pages.file(makers[$0]) } + [style]
  }

  private func file(_ maker: PageShell.Maker) -> OutputFile { PageShell(context: context).file(maker()) }

  private var style: OutputFile {
    OutputFile(path: "assets/style.css", text: StyleSheet.text(marking: context.assessment.configuration.marking))
  }

  /// One for each page, each of which is made alone.
  private var makers: [PageShell.Maker] {
    let context = self.context
    return [{ IndexPage(context: context).page() }, { ScorecardPage(context: context).page() }]
      + ThemePages(context: context).makers
      + ControlChartGrid(context: context).makers + LocalPriorityPages(context: context).makers
      + PartnershipPages(context: context).makers
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
        { ProjectorPage(context: context).page() },
        { DataQualityPage(context: context).page() }, { MethodPage(context: context).page() },
        { DataDictionaryPage(context: context).page() }, { GlossaryPage(context: context).page() },
      ]
  }
}
