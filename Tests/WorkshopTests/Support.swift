import CommunitySafety
import Diagnostics
import Foundation
import RiskRanking
import TimeSeries
import Workbooks

@testable import Workshop

/// A pack of two places, each with the same problems; no series behind it, but evidence as the ranking makes it.
func evidence(
  places: [String] = ["North", "South & Vale"], titles: [String] = ["Burglary", "Robbery", "Shoplifting"],
  signals: [Signal] = []
) -> PackEvidence {
  var problems: [PackEvidence.Problem] = []
  for (p, place) in places.enumerated() {
    for (t, title) in titles.enumerated() {
      let last = Double(100 + 40 * t + 7 * p)
      let mean = last * (1.3 - 0.12 * Double(t))
      let rise = Event(direction: .rise, size: .share(0.1), horizon: 12, base: last)
      let outlook = Outlook(
        matchedPeriods: 12, periodsInYear: 12, lastYear: last, mean: mean, median: mean, lower80: mean * 0.9,
        upper80: mean * 1.1, lower95: mean * 0.85, upper95: mean * 1.15, rise: rise,
        probabilityOfRise: 0.8 - 0.2 * Double(t), probabilityOfFall: 0.05, model: "counts")
      let evidence = RiskEvidence(
        measure: MeasureID(slugOf: title), kind: .count, polarity: .lowerIsBetter, isKnown: true, outlook: outlook,
        past: PastComparison(
          lastYear: last, lastYearPeriods: 12, yearBefore: last * 0.9, twoYearsBefore: nil,
          earlier: [EarlierYear(yearsBack: 1, periods: 12, recorded: .init(last: last, before: last * 0.9))]),
        confidence: Confidence(rating: .moderate, reasons: [.modestCounts]),
        harmPerOffence: t == 2 ? nil : [365.0, 10][t % 2], doubts: [.rangesHeldTooFew(accuracy)])
      problems.append(
        .init(
          code: "place-\(p)--problem-\(t)", place: place, title: title, rank: p * titles.count + t + 1,
          evidence: evidence,
          scoring: .init(
            SchemeScore(
              evidence, scheme: scheme, person: nil, harm: evidence.harmPerOffence, profile: ScoringProfile())),
          words: .init(
            finding: "\(title) in \(place) is likely to rise", lastYear: "\(Int(last))",
            forecast: "\(Int(mean)) (\(Int(mean * 0.9)) to \(Int(mean * 1.1)))",
            chance: "a rise of 10\u{A0}% or more: likely (60\u{A0}%)",
            confidence: "moderate", recommendation: "watch"),
          priority: t == 0 ? "=Burglary first" : nil, page: t < 2 ? "priorities/place-\(p)--problem-\(t).html" : nil,
          history: [8, 9, nil, 12]))
    }
  }
  return PackEvidence(
    facts: .init(
      title: "Test <county>", marking: "OFFICIAL", scope: "Recorded crime, 2 areas",
      periodCovered: "Jan 2020 to Dec 2025",
      extraction: "Date of data extraction not stated", version: "0.1.0", hasFootprints: false, lastDay: "2025-12-31",
      year: "12 months", period: "month"),
    profile: "\(scheme.name), version \(scheme.version)", places: places.map { .init(name: $0, page: nil) },
    problems: problems, signals: signals)
}

/// The cuts of the built-in profile for volume and forecast.
private let scheme = ScoringScheme(
  id: "impact-likelihood", name: "Impact times likelihood", version: "1", source: "test",
  impactLevels: [0, 1, 2, 4, 8].map { .init(value: $0, name: "\($0)") },
  dimensions: HarmScale.Dimension.allCases.map { .init(id: $0.rawValue, name: $0.heading) },
  provisional: .init(
    weights: "days", cuts: [(0, 1), (5, 2), (100, 4), (300, 8)].map { .init(from: $0.0, level: $0.1) }),
  parts: [
    .init(component: .volume, cuts: [(0, 1), (60, 2), (240, 3), (960, 4)].map { .init(from: $0.0, level: $0.1) }),
    .init(component: .frequency, cuts: [.init(from: 0, level: 1)]),
    .init(component: .trend, cuts: [.init(from: -1, level: 1)]),
    .init(
      component: .forecast, cuts: [(0, 1), (0.225, 2), (0.5, 3), (0.775, 4)].map { .init(from: $0.0, level: $0.1) }),
  ], bands: [])

private let accuracy = PastAccuracy(
  scope: .measure, outlooks: 12, within80: 4, within95: 9)

/// A form as somebody fills it in: the workbook that export makes with other values in some cells.
struct Form {
  var workbook: Workbook

  init(_ evidence: PackEvidence, name: String? = "A. Baker", organisation: String = "Council") throws {
    workbook = try ScoringWorkbook(evidence, root: "").workbook()
    if let name { set(ScoringForm.startSheet, 5, 1, .text(name)) }
    set(ScoringForm.startSheet, 6, 1, .text(organisation))
  }

  private func index(_ sheet: String) -> Int {
    workbook.sheets.firstIndex { $0.name == sheet } ?? 0
  }

  mutating func set(_ sheet: String, _ row: Int, _ column: Int, _ value: WorkbookCell.Value) {
    let i = index(sheet)
    while workbook.sheets[i].rows.count <= row { workbook.sheets[i].rows.append([]) }
    while workbook.sheets[i].rows[row].count <= column { workbook.sheets[i].rows[row].append(.init(.blank)) }
    workbook.sheets[i].rows[row][column].value = value
  }

  /// Scores of a problem, by its row among the place's problems.
  mutating func score(_ sheet: String, _ problem: Int, _ scores: [Int?], capacity: Int? = nil, reason: String? = nil) {
    for (i, score) in scores.enumerated() { if let score { set(sheet, 4 + problem, 10 + i, .number(Double(score))) } }
    if let capacity { set(sheet, 4 + problem, 16, .number(Double(capacity))) }
    if let reason { set(sheet, 4 + problem, 17, .text(reason)) }
  }

  mutating func edit(_ sheet: String, _ body: (inout WorkbookSheet) -> Void) {
    let i = index(sheet)
    body(&workbook.sheets[i])
    workbook.sheets[i].charts = []
  }

  mutating func remove(_ sheet: String) { workbook.sheets.remove(at: index(sheet)) }

  /// The form in a folder.
  func save(_ folder: URL, _ name: String) throws -> String {
    let path = folder.appendingPathComponent(name).path
    try Data(workbook.encoded()).write(to: URL(fileURLWithPath: path))
    return path
  }
}

func withFolder<T>(_ body: (URL) throws -> T) throws -> T {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("horizon-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

/// What was read of a form that was just written.
func read(_ form: Form, of evidence: PackEvidence, _ matching: FilledForm.Matching = .samePack) throws -> FilledForm {
  try withFolder { try FilledForm(path: form.save($0, "form.xlsx"), evidence: evidence, matching: matching) }
}

func record(_ forms: [FilledForm]) -> (record: WorkshopRecord, faults: [HorizonError]) {
  var record = WorkshopRecord()
  let faults = forms.flatMap { record.add($0) }
  return (record, faults)
}
