import Assessment
import CommunitySafety
import ExceptionDetection
import Forecasting
import TimeSeries

/// The SIA pack: its pages, the data behind them, and the manifest.
public struct Pack: Sendable {
  private let assessment: StrategicAssessment
  private let version: String

  /// The pack of an assessment, made by this version of Horizon.
  public init(_ assessment: StrategicAssessment, version: String) {
    self.assessment = assessment
    self.version = version
  }

  /// Every file of the pack, the manifest last. Pages are made by up to `threads` threads at once.
  public func files(threads: Int = 1) async throws -> [OutputFile] {
    var files = try await PackPages(assessment, version: version).render(threads: threads)
    let style = assessment.data.panel.style
    let headline = assessment.risks(
      level: assessment.headlineLevel, groups: false, kind: nil)
    var seen = Set<SeriesKey>()
    let series = assessment.series.filter { seen.insert($0.observed.key).inserted }
    func add(_ path: String, _ table: Table) throws {
      files.append(OutputFile(path: path, contents: try table.rendered(as: .csv, guardsFormulas: true)))
    }
    try add("priorities.csv", .priorities(headline, frequency: assessment.data.panel.frequency))
    try add("risks.csv", .risks(assessment.risks, frequency: assessment.data.panel.frequency))
    try add(
      "forecasts.csv",
      .forecasts(series.compactMap(\.forecast), levels: assessment.configuration.levels, style: style))
    try add("exceptions.csv", .exceptions(assessment.tests, style: style) { $0.explanation })
    try add("episodes.csv", .stories(assessment.stories, style: style, explain: true))
    try add("detectability.csv", .detectability(assessment.detectability, style: style))
    try add("completeness.csv", .completeness(assessment.data))
    try add("areas.csv", .areas(assessment.areaProfiles))
    try add("accounting.csv", .accounting(assessment.data.accounting))
    files.append(
      OutputFile(path: "priorities.json", contents: try PrioritiesDocument(assessment, version: version).encoded()))
    let manifest = try Manifest(assessment, version: version, outputs: files)
    files.append(OutputFile(path: OutputFolder.manifestName, contents: try manifest.encoded()))
    return files
  }
}
