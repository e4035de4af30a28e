import Assessment
import CommunitySafety
import RiskRanking
import Scorecard
import Tables
import TimeSeries

/// A scorecard with what people said of it, ready to be written out.
public struct ScorecardReport: Sendable {
  let scorecard: Scorecard
  let assessment: StrategicAssessment
  let comments: ScorecardComments
  let version: String
  let context: PackContext
  /// Whether it is for the public.
  let isPublic: Bool

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
  }

  var windows: ScorecardWindows { scorecard.windows }

  /// Pages, data and the manifest, in a fixed order.
  public func files() throws -> [OutputFile] {
    let shell = PageShell(context: context, site: site)
    var files = pages.map { shell.file($0) }
    files.append(
      OutputFile(path: "assets/style.css", text: ScorecardStyle.text(marking: assessment.configuration.marking)))
    files += try ScorecardData(report: self).files()
    if !isPublic {
      files.append(OutputFile(path: ScorecardReport.commentsPath, text: CommentSlots(report: self).text))
    }
    files.append(OutputFile(path: FolderMark.manifestName, contents: try manifest(files)))
    return files
  }

  /// The manifest; of a publication without the account of rows and the notes, which hold small numbers.
  func manifest(_ files: [OutputFile]) throws -> [UInt8] {
    guard isPublic else { return try Manifest(assessment, version: version, outputs: files).encoded() }
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

  private var pages: [PageShell.Page] {
    [
      ScorecardIndexPage(report: self).page(), MeasuresPage(report: self).page(), RegisterPage(report: self).page(),
      ScorecardMethodPage(report: self).page(),
    ] + measures.map { MeasureSheetPage(report: self, measure: $0).page() }
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
  func rows(of measure: Measure) -> [ScorecardRow] { scorecard.rows.filter { $0.measure.id == measure.id } }

  /// The page of a measure.
  func path(of measure: Measure) -> String { "measures/\(context.slug(measure: measure.label)).html" }

  /// What was said of a row, of this quarter or before.
  func comment(on row: ScorecardRow) -> ScorecardComments.Comment? {
    let isWidest = assessment.widest(row.measure)?.area.name == row.area.name
    let names = assessment.names(of: row.area.name).map(\.name) + [row.area.name, context.displayName(row.area.name)]
    return comments.comment(
      on: [row.measure.name, row.measure.label, row.measure.id.rawValue],
      in: Set(names + (isWidest ? ["", "county"] : [])), at: windows.quarter)
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
