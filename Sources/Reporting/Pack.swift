import Assessment
import Tables

/// The SIA pack: its pages, the data behind them, and the manifest.
public struct Pack: Sendable {
  private let assessment: StrategicAssessment
  private let version: String
  /// Alerts for a page of their own; nil for none.
  public var alerts: AlertRegister?

  /// The pack of an assessment, made by this version of Horizon.
  public init(_ assessment: StrategicAssessment, version: String) {
    self.assessment = assessment
    self.version = version
  }

  /// Every file of the pack, the manifest last. Pages are made by up to `threads` threads at once.
  public func files(threads: Int = 1) async throws -> [OutputFile] {
    var files = try await PackPages(assessment, version: version, alerts: alerts).render(threads: threads)
    files += try PackData(assessment, version: version).files()
    let manifest = try Manifest(assessment, version: version, outputs: files)
    files.append(OutputFile(path: FolderMark.manifestName, contents: try manifest.encoded()))
    return files
  }
}
