import Assessment
import Charts

/// The pages of the pack: plain HTML with one style sheet, no script, nothing from outside.
public struct PackPages {
  private let context: PackContext

  /// Pages for the results of a run. `version` is Horizon's own.
  public init(_ assessment: StrategicAssessment, version: String) {
    context = PackContext(assessment, version: version)
  }

  /// Every page and the style sheet, in a fixed order. Paths are relative to the pack's root.
  public func render() -> [OutputFile] {
    let shell = PageShell(context: context)
    return pages().map(shell.file) + [
      OutputFile(path: "assets/style.css", text: StyleSheet.text(marking: context.assessment.configuration.marking))
    ]
  }

  private func pages() -> [PageShell.Page] {
    [IndexPage(context: context).page()] + ThemePages(context: context).pages()
      + PartnershipPages(context: context).pages()
      + context.detailedRisks.map { PriorityPage(context: context, risk: $0).page() }
      + [
        ExceptionsPage(context: context).page(), ForecastsPage(context: context).page(),
        DataQualityPage(context: context).page(), MethodPage(context: context).page(),
        GlossaryPage(context: context).page(),
      ]
  }
}
