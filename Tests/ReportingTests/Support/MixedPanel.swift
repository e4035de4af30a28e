import Assessment
import CommunitySafety
import Foundation
import Ingest
import ModelFiles
import NumericCore
import TestSupport
import TimeSeries

/// A small table with every kind of measure, read as a user's would be: counts, shares and values; less is better, more
/// is better, and neither; a measure that no file knows; groups, one a proxy; a partnership of one district and one of
/// two; rows without a place; missing months; and a series too small to judge.
///
/// Only sums, products and square roots make its numbers, so that they are the same on every machine.
struct MixedPanel {
  static let districts = ["Cherwell", "Oxford", "South Oxfordshire", "Vale of White Horse"]
  static let start = Period.month(2019, 1)
  static let months = 72

  /// Mean of a measure in an area, as a course over the months; `late` grows from 0 to 1 over the last two years.
  private struct Course {
    let measure: String
    let mean: Double
    /// Relative change by the end, by district.
    let changes: [Double]
  }

  private static let counts: [Course] = [
    Course(measure: "Anti-social behaviour", mean: 90, changes: [0, 0.1, 0, -0.1]),
    Course(measure: "Burglary", mean: 40, changes: [-0.4, -0.3, 0, 0]),
    Course(measure: "Drugs", mean: 25, changes: [0, 0.8, 0, 0]),
    Course(measure: "Robbery", mean: 1, changes: [0, 0, 0, 0]),
    Course(measure: "Shoplifting", mean: 60, changes: [0.1, 0, 0, 0.1]),
    Course(measure: "Vehicle crime", mean: 45, changes: [0.9, 0, 0, 0]),
    Course(measure: "Referrals to treatment", mean: 50, changes: [-0.5, 0.5, -0.4, 0]),
    Course(measure: "Abandoned trolleys", mean: 30, changes: [0.8, 0.7, 0.6, 0]),
  ]

  /// Shares: of 40 or of 120.
  private static let shares: [(course: Course, whole: Double)] = [
    (Course(measure: "Burglary detected", mean: 0.2, changes: [-0.7, 0.9, 0, 0]), 40),
    (Course(measure: "Repeat victims", mean: 0.3, changes: [0.6, 0, 0, 0.5]), 120),
  ]

  private static let values: [(course: Course, unit: String)] = [
    (Course(measure: "Satisfaction", mean: 70, changes: [0, 0.1, -0.3, 0]), "%"),
    (Course(measure: "Time to answer", mean: 12, changes: [0.5, 0, 0, -0.3]), "days"),
  ]

  private static let shape = [0.92, 0.94, 0.97, 1, 1.03, 1.06, 1.08, 1.05, 1.01, 1, 0.98, 0.96]

  private static func level(_ course: Course, _ district: Int, _ month: Int) -> Double {
    let late = Double(max(0, month - (months - 24))) / 24
    return course.mean * shape[month % 12] * (1 + course.changes[district] * late)
  }

  /// Near-normal noise around 0 with a standard deviation of a half.
  private static func noise(_ random: inout RandomSource) -> Double {
    random.uniform() + random.uniform() + random.uniform() - 1.5
  }

  private static func isMissing(_ district: Int, _ month: Int) -> Bool {
    month == 52 || (district == 1 && month == 67)
  }

  private static func table(_ header: String, _ courses: [Course], cells: (Int, Double, inout RandomSource) -> String)
    -> String
  {
    var text = "area,measure,period,\(header)\n"
    for (index, course) in courses.enumerated() {
      for (district, name) in districts.enumerated() {
        var random = RandomSource(seed: 3, stream: "\(course.measure)|\(name)")
        for month in 0..<months {
          let cells = cells(index, level(course, district, month), &random)
          guard !isMissing(district, month) else { continue }
          text += "\(name),\(course.measure),\(PeriodStyle.yearMonth.format(start + month)),\(cells)\n"
        }
      }
    }
    return text
  }

  /// The files, by name.
  static let files: [(name: String, text: String)] = [
    (
      "counts.csv",
      table("count", counts) { _, level, random in
        "\(Int(max(0, level + 2 * level.squareRoot() * noise(&random)).rounded()))"
      }
    ),
    (
      "shares.csv",
      table("numerator,denominator", shares.map(\.course)) { index, level, random in
        let whole = (shares[index].whole + 2 * shares[index].whole.squareRoot() * noise(&random)).rounded()
        let expected = whole * level
        let part = (expected + 2 * expected.squareRoot() * noise(&random)).rounded()
        return "\(Int(min(max(0, part), whole))),\(Int(whole))"
      }
    ),
    (
      "values.csv",
      table("value,unit", values.map(\.course)) { index, level, random in
        let tenths = Int((10 * (level + 0.05 * level * 2 * noise(&random))).rounded())
        return "\(tenths / 10).\(tenths % 10),\(values[index].unit)"
      }
    ),
  ]

  /// What the assessor makes of it, made once.
  static let assessment = Task {
    let reference = try MixedPanel.reference()
    return try await GoldenRun.assess(try await data(reference), reference)
  }

  /// Model files with these measures in them.
  static func reference() throws -> ReferenceData {
    func shipped(_ name: String) throws -> String {
      try String(contentsOf: Fixture.packageRoot.appendingPathComponent("Models/\(name)"), encoding: .utf8)
    }
    let measures =
      try shipped("measures.yaml") + """

          - name: Referrals to treatment
            polarity: higher is better
            is_crime: false
            caveat: Depends on places being free.
          - name: Burglary detected
            kind: proportion
            polarity: higher is better
            is_crime: false
          - name: Repeat victims
            kind: proportion
            polarity: lower is better
            is_crime: false
          - name: Satisfaction
            kind: value
            polarity: higher is better
            is_crime: false
          - name: Time to answer
            kind: value
            polarity: lower is better
            is_crime: false

        """
    let groups =
      try shipped("groupings.yaml") + """

          - name: Thefts
            members: [Shoplifting, Vehicle crime]

        """
    let priorities = """
      partnerships:
        - csp: Cherwell
          priorities:
            - name: Acquisitive crime
              measures: [Serious acquisitive crime, Vehicle crime]
            - name: Treatment
              measures: [Referrals to treatment]
            - name: Young people
              measures: []
        - csp: Oxford City
          priorities:
            - name: Robbery
              measures: [Robbery]
            - name: Detection
              measures: [Burglary detected]
        - csp: South and Vale
          priorities:
            - name: Confidence
              measures: [Satisfaction]

      """
    return try ModelFileLoader.load(overrides: [
      .measures: ("measures.yaml", measures), .groupings: ("groupings.yaml", groups),
      .priorities: ("priorities.yaml", priorities),
    ])
  }

  /// The data as read, with rows that have no place beside it.
  static func data(_ reference: ReferenceData) async throws -> IngestedData {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("horizon-mixed-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let paths = try files.map { file in
      let url = folder.appendingPathComponent(file.name)
      try Data(file.text.utf8).write(to: url)
      return url.path
    }
    let read = try await InputReader(options: IngestOptions(), registry: reference.areas).read(paths)
    let nowhere = Area(
      name: "Thames Valley Police: no location", level: .residual, force: read.areas["Oxford"]?.force)
    let residual = counts.prefix(2).map { course in
      Series(
        key: SeriesKey(area: nowhere.name, measure: course.measure), start: start,
        values: (0..<months).map { $0 == 52 ? .nan : Double(4 + $0 % 5) })
    }
    return IngestedData(
      kind: read.kind, panel: Panel(frequency: .monthly, style: read.panel.style, series: read.panel.series + residual),
      areas: read.areas.merging([nowhere.name: nowhere]) { a, _ in a }, completeness: read.completeness,
      accounting: read.accounting, sources: read.sources, notes: read.notes, units: read.units)
  }
}
