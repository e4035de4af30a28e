import Assessment
import Tables

/// The SIA pack: its pages, the data behind them, and the manifest.
public struct Pack: Sendable {
  private let assessment: StrategicAssessment
  private let version: String
  /// Alerts for a page of their own; nil for none.
  public var alerts: AlertRegister?

  /// Which places have a page of their own.
  public var pages = PlacePages()

  /// The pack of an assessment, made by this version of Horizon.
  public init(_ assessment: StrategicAssessment, version: String) {
    self.assessment = assessment
    self.version = version
  }

  /// Forms that people can edit, beside the pages.
  public struct EditableForms: Sendable {
    /// Whether the tables are written as a workbook.
    public var hasWorkbook = false
    /// What makes a Word document of the pages; nil for none.
    public var document: WordDocument?

    /// None.
    public init() {}
  }

  /// How many places of the pack have no page of their own.
  public var placesWithoutPage: Int {
    let places = PackContext.places(assessment)
    return places.count - pages.chosen(from: places, among: assessment.areas).count
  }

  /// Every file of the pack, the manifest last. Pages are made by up to `threads` threads at once.
  public func files(threads: Int = 1, editable forms: EditableForms = EditableForms()) async throws -> [OutputFile] {
    let pages = PackPages(assessment, version: version, alerts: alerts, pages: pages)
    var files = try await pages.render(threads: threads)
    let data = PackData(assessment, version: version)
    if let document = forms.document { files.append(try await pages.document(document, of: files, threads: threads)) }
    if forms.hasWorkbook { files.append(try pages.workbook(data)) }
    files += try data.files()
    files.append(try pages.evidence())
    let manifest = try Manifest(assessment, version: version, outputs: files)
    files.append(OutputFile(path: FolderMark.manifestName, contents: try manifest.encoded()))
    return files
  }
}
