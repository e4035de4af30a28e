import Assessment
import CommunitySafety
import Forecasting
import Tables
import TimeSeries

/// The data files of a pack, and every description of them, from the declarations of their tables.
struct PackData {
  /// A CSV file of the pack.
  struct Part {
    let path: String
    let sheet: Sheet
  }

  private(set) var parts: [Part]
  private let assessment: StrategicAssessment
  private let version: String

  init(_ assessment: StrategicAssessment, version: String) {
    self.assessment = assessment
    self.version = version
    let style = assessment.data.panel.style
    let headline = assessment.risks(level: assessment.headlineLevel, groups: false)
    var explained = ExceptionColumns()
    explained.explains = true
    let footprints = assessment.beside.map { [Part(path: FootprintsPage.dataPath, sheet: .footprints($0))] } ?? []
    parts =
      [
        Part(path: "priorities.csv", sheet: .priorities(headline, frequency: assessment.data.panel.frequency)),
        Part(path: "stability.csv", sheet: .stability(headline)),
        Part(path: "risks.csv", sheet: .risks(assessment.risks, frequency: assessment.data.panel.frequency)),
        Part(
          path: "forecasts.csv",
          sheet: .forecasts(
            named: assessment.forecastsByName, levels: assessment.configuration.levels, style: style)),
        Part(
          path: "exceptions.csv",
          sheet: .exceptions(assessment.verdictsByName, style: style, columns: explained)),
        Part(path: "episodes.csv", sheet: .stories(assessment.stories, style: style, explain: true)),
        Part(path: "detectability.csv", sheet: .detectability(assessment.detectability, style: style)),
        Part(path: "completeness.csv", sheet: .completeness(assessment.data)),
        Part(path: "areas.csv", sheet: .areas(assessment.areaProfiles)),
        Part(path: "accounting.csv", sheet: .accounting(assessment.data.accounting)),
      ] + footprints
    if let places = assessment.places, !places.problems.isEmpty {
      parts.append(Part(path: PlacesPages.dataPath, sheet: .places(places)))
    }
    if !assessment.peers.isEmpty { parts.append(Part(path: "peers.csv", sheet: .peers(assessment.peers))) }
    if !assessment.geocoding.isEmpty {
      parts.append(Part(path: "geocoding.csv", sheet: .geocoding(assessment.geocoding, style: style)))
    }
  }

  /// The CSV files, which guard what a spreadsheet would take for a formula, and `priorities.json`; then a JSON Schema for
  /// each and a data package.
  func files() throws -> [OutputFile] {
    let tables = try parts.map {
      OutputFile(path: $0.path, contents: try $0.sheet.rendered(as: .csv, guardsFormulas: true))
    }
    let document = OutputFile(
      path: "priorities.json", contents: try PrioritiesDocument(assessment, version: version).encoded())
    var schemas = try parts.map {
      try PackData.schemaFile(of: $0.path, JSONSchema.row($0.sheet.schema))
    }
    schemas.append(
      try PackData.schemaFile(of: document.path, PrioritiesDocument.schema(assessment.data.panel)))
    return tables + [document] + schemas + [try package(tables)]
  }

  private func package(_ files: [OutputFile]) throws -> OutputFile {
    let package = DataPackage(
      name: "strategic-intelligence-assessment",
      title: assessment.configuration.title ?? "Strategic intelligence assessment",
      description:
        "The data behind the pages of a pack for a Strategic Intelligence Assessment, made by Horizon \(version). Marking: \(assessment.configuration.marking). In text, an apostrophe stands before what a spreadsheet would take for a formula.",
      resources: try zip(parts, files).map { try DataPackage.Resource($0.sheet.schema, in: $1) })
    return OutputFile(path: DataPackage.fileName, contents: try package.encoded())
  }

  private static func schemaFile(of path: String, _ schema: JSONValue) throws -> OutputFile {
    OutputFile(path: schemaPath(of: path), contents: try CanonicalJSON.document(schema))
  }

  /// Where the JSON Schema of a data file is.
  static func schemaPath(of path: String) -> String { "schemas/\(path).schema.json" }
}

extension StrategicAssessment {
  /// Every forecast under the name of its series; then, of places with other names, under each of those too.
  fileprivate var forecastsByName: [(id: SeriesKey, forecast: Forecast)] {
    let own = series.compactMap { series in series.forecast.map { (id: series.observed.key, forecast: $0.forecast) } }
    return own
      + underOtherNames.compactMap { key, _, series in series.forecast.map { (id: key, forecast: $0.forecast) } }
  }

  /// Every verdict under the name of its series; then, of a place that is a force or everything too, under that name. A
  /// partnership of one district is judged as the district and listed as that alone.
  fileprivate var verdictsByName: [JudgedPeriod] {
    tests.map { JudgedPeriod($0) }
      + underOtherNames.filter { $0.level != .csp }.flatMap { key, _, series in
        series.tests.map { JudgedPeriod($0, named: key) }
      }
  }

  /// The series of places with several names, under those that are not their own, in the order of the areas.
  private var underOtherNames: [(key: SeriesKey, level: AreaLevel, series: AssessedSeries)] {
    let byArea = Dictionary(grouping: series, by: \.area.name)
    return areas.filter(isOtherName).flatMap { name -> [(SeriesKey, AreaLevel, AssessedSeries)] in
      guard let place = names(of: name.name).first, place.name != name.name else { return [] }
      return (byArea[place.name] ?? []).map {
        (SeriesKey(area: name.name, measure: $0.observed.key.measure), name.level, $0)
      }
    }
  }
}

extension FolderMark {
  /// A folder that Horizon wrote: a pack, whose priorities people fill in, or charts.
  public static let horizon = FolderMark.manifest(workingSheet: "priorities.csv")
}
