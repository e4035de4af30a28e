import Assessment
import CommunitySafety
import Parallelism
import RiskRanking
import Scorecard
import Tables
import TimeSeries

/// A file that people wrote, as it was read.
public struct WrittenFile: Sendable {
  /// What it holds: `targets`, `comments`.
  public let kind: String
  /// Its name without its folders.
  public let name: String
  /// What it says.
  public let text: String

  /// A file at a path.
  public init(kind: String, path: String, text: String) {
    self.kind = kind
    name = path.split(separator: "/").last.map(String.init) ?? path
    self.text = text
  }
}

/// A scorecard with what people said of it, ready to be written out.
public struct ScorecardReport: Sendable {
  let scorecard: Scorecard
  let assessment: StrategicAssessment
  let comments: ScorecardComments
  let version: String
  let context: PackContext
  /// Whether it is for the public.
  let isPublic: Bool
  /// Those of the scorecard, which finds them anew each time.
  let findings: [Scorecard.Finding]
  private let rowsByMeasure: [MeasureID: [ScorecardRow]]
  /// The files that people wrote and that it was made from too, for the manifest: targets, comments.
  public var written: [WrittenFile] = []

  /// A report on the scorecard of an assessment; `version` is Horizon's own.
  /// - Parameter isPublic: whether it is for the public: what `scorecard` withholds is then said, and nothing is written that was counted
  ///   otherwise. Comments are for partners, and are left out.
  public init(
    _ scorecard: Scorecard, of assessment: StrategicAssessment, comments: ScorecardComments = ScorecardComments(),
    isPublic: Bool = false, version: String
  ) {
    self.scorecard = scorecard
    self.isPublic = isPublic
    self.assessment = assessment
    self.comments = isPublic ? ScorecardComments() : comments
    self.version = version
    context = PackContext(assessment, version: version)
    findings = scorecard.findings
    rowsByMeasure = Dictionary(grouping: scorecard.rows, by: \.measure.id)
  }

  var windows: ScorecardWindows { scorecard.windows }

  /// Pages, data and the manifest, in a fixed order.
  ///
  /// - Parameters:
  ///   - workbook: whether the tables are written as a workbook too.
  ///   - threads: what is written does not depend on it.
  /// - Throws: ``HorizonError`` (cannotWrite) where the workbook cannot be made.
  public func files(workbook: Bool = false, threads: Int = 1) async throws -> [OutputFile] {
    let shell = PageShell(context: context, site: site)
    let pages = pages
    var files = try await parallelMap(count: pages.count, threads: threads, grain: 4) { shell.file(pages[$0]()) }
    files.append(
      OutputFile(path: "assets/style.css", text: ScorecardStyle.text(marking: assessment.configuration.marking)))
    files += try ScorecardData(report: self).files()
    if workbook { files.append(try ScorecardWorkbook(report: self).file()) }
    if !isPublic {
      files.append(OutputFile(path: ScorecardReport.commentsPath, text: CommentSlots(report: self).text))
    }
    files.append(OutputFile(path: FolderMark.manifestName, contents: try manifest(files)))
    return files
  }

  /// The manifest; of a publication without the account of rows and the notes, which hold small numbers.
  func manifest(_ files: [OutputFile]) throws -> [UInt8] {
    guard isPublic else {
      var manifest = try Manifest(assessment, version: version, outputs: files)
      manifest.scorecard = try Manifest.Card(
        quarter: windows.quarter.name, firstMonth: windows.quarter.firstMonth, written: written)
      return try manifest.encoded()
    }
    return try PublicManifest(version: version, outputs: files).encoded()
  }

  /// What is withheld of a measure, by place.
  func withheld(of measure: Measure) -> [Scorecard.Withheld] {
    scorecard.withheld.filter { $0.measure.id == measure.id }
  }

  /// The comments with slots for the exceptions of the quarter: for people to fill in, and never written over once they have.
  static let commentsPath = "comments.yaml"

  private var site: PageShell.Site {
    .init(
      kind: "Scorecard \(windows.quarter.name)",
      navigation: [
        ("index.html", "Exceptions"), (MeasuresPage.path, "Every measure"), (RegisterPage.path, "Register"),
        (ScorecardMethodPage.path, "Method"),
      ])
  }

  /// What makes each page.
  private var pages: [@Sendable () -> PageShell.Page] {
    let common: [@Sendable () -> PageShell.Page] = [
      { ScorecardIndexPage(report: self).page() }, { MeasuresPage(report: self).page() },
      { RegisterPage(report: self).page() }, { ScorecardMethodPage(report: self).page() },
    ]
    return common + measures.map { measure in { MeasureSheetPage(report: self, measure: measure).page() } }
  }

  /// The measures with figures, in the order of the scorecard.
  var measures: [Measure] {
    var seen = Set<MeasureID>()
    return scorecard.rows.map(\.measure).filter { seen.insert($0.id).inserted }
  }

  /// The places with figures, the widest first.
  var places: [String] {
    var seen = Set<String>()
    return (scorecard.rows.map(\.area.name) + scorecard.withheld.map(\.area.name)).filter { seen.insert($0).inserted }
  }

  /// The rows of a measure, the widest place first.
  func rows(of measure: Measure) -> [ScorecardRow] { rowsByMeasure[measure.id] ?? [] }

  /// Standings of the places of a measure among their peers; none for the public.
  func standings(of measure: Measure) -> [PeerStanding] { peers(of: measure).filter(\.isOwn) }

  /// The same with the peers' own; none for the public.
  func peers(of measure: Measure) -> [PeerStanding] {
    isPublic ? [] : assessment.peers.filter { $0.measure.id == measure.id }
  }

  /// That of a row; nil of a place that is no district.
  func standing(of row: ScorecardRow) -> PeerStanding? {
    let names = Set(assessment.names(of: row.area.name).map(\.name) + [row.area.name])
    return standings(of: row.measure).first { names.contains($0.area.name) }
  }

  /// The page of a measure.
  func path(of measure: Measure) -> String { "measures/\(context.slug(measure: measure.label)).html" }

  /// What was said of a row, of this quarter or before.
  func said(of row: ScorecardRow) -> ScorecardComments.Said {
    comments.said(of: names(of: row), in: places(of: row), at: windows.quarter)
  }

  /// What was said of the rows of a finding, of the first that anything was said of.
  func said(of finding: Scorecard.Finding) -> ScorecardComments.Said {
    let all = finding.rows.lazy.map(said)
    return .init(cause: all.compactMap(\.cause).first, action: all.compactMap(\.action).first)
  }

  /// Whether the file of comments has an entry of this quarter for a finding, filled in or not.
  func hasEntry(of finding: Scorecard.Finding) -> Bool {
    finding.rows.contains { comments.hasEntry(of: names(of: $0), in: places(of: $0), at: windows.quarter) }
  }

  private func names(of row: ScorecardRow) -> Set<String> {
    [row.measure.name, row.measure.label, row.measure.id.rawValue]
  }

  /// Every name of the place of a row, as ``ScorecardComments`` takes them.
  private func places(of row: ScorecardRow) -> Set<String> {
    let isWidest = assessment.widest(row.measure)?.area.name == row.area.name
    let names = assessment.names(of: row.area.name).map(\.name) + [row.area.name, context.displayName(row.area.name)]
    return Set(names + (isWidest ? ["", "county"] : []))
  }

  /// Comments on measures or places that the scorecard has not: said, and not dropped in silence.
  public var strayComments: [ScorecardComments.Comment] {
    let known = scorecard.rows.map(\.measure) + scorecard.withoutData
    let measures = Set(known.flatMap { [$0.name, $0.label, $0.id.rawValue] })
    let places = Set(
      scorecard.rows.flatMap { row in
        assessment.names(of: row.area.name).map(\.name) + [row.area.name, context.displayName(row.area.name)]
      } + ["county"])
    return comments.comments.filter { comment in
      !measures.contains(comment.measure) || !(comment.area.map(places.contains) ?? true)
    }
  }
}

extension FolderMark {
  /// A folder with a scorecard, whose comments people fill in.
  public static let scorecard = FolderMark.manifest(workingSheet: ScorecardReport.commentsPath)
}
