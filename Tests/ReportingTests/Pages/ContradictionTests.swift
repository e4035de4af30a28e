import Assessment
import CommunitySafety
import Foundation
import Ingest
import RiskRanking
import Tables
import TestSupport
import Testing
import TimeSeries
import Wording

@testable import Reporting

/// Packs that a pocket calculator is tried on, each made by the real assessor.
enum CalculatorPack: String, CaseIterable {
  case synthetic, everyKind, sharesOnly, valuesOnly, oneAreaOneMeasure, nothingAssessable

  func assessment() async throws -> StrategicAssessment {
    switch self {
    case .synthetic: return try await SyntheticAssessment.standard.value
    case .nothingAssessable: return try await SyntheticAssessment.notAssessable.value
    case .everyKind: return try await MixedPanel.assessment.value
    case .sharesOnly: return try await MixedPanel.part { $0.kind == .proportion }
    case .valuesOnly: return try await MixedPanel.part { $0.kind == .value }
    case .oneAreaOneMeasure:
      return try await MixedPanel.part { $0.key == SeriesKey(area: "Cherwell", measure: "Vehicle crime") }
    }
  }

  private static let made = Dictionary(
    uniqueKeysWithValues: allCases.map { pack in
      (
        pack,
        Task {
          let assessment = try await pack.assessment()
          let files = try await Pack(assessment, version: "0").files(threads: 2)
          let context = PackContext(assessment, version: "0")
          return (context: context, files: files, figures: PrintedFigures(files, context))
        }
      )
    })

  var made: (context: PackContext, files: [OutputFile], figures: PrintedFigures) {
    get async throws { try await #require(Self.made[self]).value }
  }
}

extension MixedPanel {
  /// What the assessor makes of part of it.
  static func part(_ isIn: (Series) -> Bool) async throws -> StrategicAssessment {
    let reference = try MixedPanel.reference()
    let data = try await MixedPanel.data(reference)
    let panel = data.panel.filterMap { isIn($0) ? $0 : nil }
    let areas = Set(panel.areas)
    return try await GoldenRun.assess(
      IngestedData(
        kind: data.kind, panel: panel, areas: data.areas.filter { areas.contains($0.key) },
        completeness: data.completeness, accounting: data.accounting, sources: data.sources, notes: data.notes,
        units: data.units), reference)
  }
}

@Suite struct ContradictionTests {
  /// No two numbers that claim the same differ by more than rounding, wherever in the pack they stand.
  @Test(arguments: CalculatorPack.allCases) func whatClaimsTheSameIsTheSame(pack: CalculatorPack) async throws {
    let figures = try await pack.made.figures.figures
    var compared = 0
    for (claim, all) in Dictionary(grouping: figures, by: \.claim) {
      let numbers = all.map { (figure: $0, numbers: PrintedNumber.all(in: $0.text).map { $0.said(of: claim) }) }.filter
      { !$0.numbers.isEmpty }
      guard let first = numbers.first else { continue }
      for other in numbers.dropFirst() {
        compared += 1
        for (a, b) in zip(first.numbers, other.numbers) where !a.agrees(with: b) {
          Issue.record(
            "\(claim): \(first.figure.text) (\(first.figure.place)) and \(other.figure.text) (\(other.figure.place))")
        }
      }
    }
    #expect(compared >= (pack == .nothingAssessable ? 100 : 30))
  }

  /// Recorded parts make their total, over places and over measures; a year is its year to date and the rest.
  @Test(arguments: CalculatorPack.allCases) func partsMakeTheirTotals(pack: CalculatorPack) async throws {
    let (context, _, printed) = try await pack.made
    var values: [String: Double] = [:]
    for figure in printed.figures where figure.claim.hasSuffix(".r") {
      values[figure.claim] = PrintedNumber.all(in: figure.text).first?.value
    }
    func windows(_ series: String) -> Set<String> {
      Set(values.keys.filter { $0.hasPrefix(series + ".") }.map { String($0.dropFirst(series.count + 1)) })
    }
    let assessment = context.assessment
    func pattern(_ series: AssessedSeries) -> [Bool] { series.observed.values.suffix(36).map(\.isNaN) }
    var sums = 0
    for sum in assessment.hierarchy.sums {
      let nodes = ([sum.total] + sum.parts).compactMap { assessment.series(assessment.hierarchy.nodes[$0].key) }
      guard nodes.count == sum.parts.count + 1, let total = nodes.first, total.observed.kind == .count,
        nodes.allSatisfy({ pattern($0) == pattern(total) })
      else { continue }
      let codes = nodes.map { context.claims.series($0.area.name, $0.measure.id) }
      for window in windows(codes[0]) {
        let parts = codes.dropFirst().map { values["\($0).\(window)"] }
        guard let whole = values["\(codes[0]).\(window)"], !parts.contains(nil) else { continue }
        #expect(
          parts.reduce(0) { $0 + ($1 ?? 0) } == whole, "\(total.area.name), \(total.label), \(window)")
        sums += 1
      }
    }
    if [.synthetic, .everyKind].contains(pack) { #expect(sums > 100) }
    guard let windows = context.span.flatMap({ FinancialWindows(end: $0.upperBound) }), let rest = windows.rest else {
      return
    }
    let periods = context.periods
    var years = 0
    for one in assessment.series where one.observed.kind == .count {
      let code = context.claims.series(one.area.name, one.measure.id)
      func value(_ window: ClosedRange<Period>) -> Double? {
        let known = (0...(window.upperBound - window.lowerBound)).count { one.observed[window.lowerBound + $0] != nil }
        return values["\(code).\(periods.anchor(window.lowerBound))+\(known)b0.r"]
      }
      let known = (0..<12).count { one.observed[windows.year.upperBound - $0] != nil }
      guard let toDate = value(windows.yearToDate), let before = value(rest), let year = values["\(code).y0-\(known).r"]
      else { continue }
      #expect(toDate + before == year, "\(one.observed.key)")
      years += 1
    }
    if [.synthetic, .everyKind, .oneAreaOneMeasure].contains(pack) { #expect(years > 0) }
  }

  /// Forecasts of parts make their total's as pages print them, each rounded to what can be foreseen: no further apart than the rounding.
  @Test(arguments: [CalculatorPack.synthetic, .everyKind])
  func forecastsOfPartsMakeTheirTotals(pack: CalculatorPack) async throws {
    let (context, _, printed) = try await pack.made
    var values: [String: Double] = [:]
    for figure in printed.figures where figure.claim.hasSuffix(".m") && figure.place.contains(".html") {
      values[figure.claim] = PrintedNumber.all(in: figure.text).first?.value
    }
    let assessment = context.assessment
    var sums = 0
    for sum in assessment.hierarchy.sums {
      let nodes = ([sum.total] + sum.parts).compactMap { assessment.series(assessment.hierarchy.nodes[$0].key) }
      guard nodes.count == sum.parts.count + 1, let total = nodes.first, total.observed.kind == .count else { continue }
      let codes = nodes.map { context.claims.series($0.area.name, $0.measure.id) }
      for claim in values.keys where claim.hasPrefix(codes[0] + ".") {
        let window = claim.dropFirst(codes[0].count)
        let found = codes.compactMap { values[$0 + window] }
        guard found.count == codes.count else { continue }
        let room = found.reduce(0) { $0 + max(1, RealisticNumber.step(at: $1)) / 2 }
        let difference = found.dropFirst().reduce(0, +) - found[0]
        #expect(difference.magnitude <= room + 1e-9, "\(total.observed.key), \(claim): \(found)")
        sums += 1
      }
    }
    #expect(sums > 20, "\(sums)")
  }

  /// The sentences that take a change apart are sums as they stand.
  @Test func partsOfAChangeMakeIt() async throws {
    let (context, _, _) = try await CalculatorPack.synthetic.made
    var said = 0
    for risk in context.assessment.risks {
      for side in [ChangeParts.Side.places, .measures] {
        guard let sentence = ChangeParts(context: context, total: risk).sentence(by: side) else { continue }
        let numbers = sentence.replacingOccurrences(of: ",", with: "").matches(of: /(\d+) (more|fewer)/)
          .compactMap { match in Double(match.1).map { match.2 == "more" ? $0 : -$0 } }
        #expect(numbers.dropFirst().reduce(0, +) == numbers.first, "\(sentence)")
        said += 1
      }
    }
    #expect(said > 5)
  }

  /// A numeric cell that holds a number says what it is of; tables of anything but figures of the run are named here.
  @Test(arguments: CalculatorPack.allCases) func everyFigureIsTagged(pack: CalculatorPack) async throws {
    let allowed = Set([
      "doubtful", "rows-table", "areas-table", "sources-table", "detectability-table", "models-table",
      "not-tested-table", "last-year-table", "detectability", "recorded-crime", "outliers-table", "years-table",
      "missed-table", "measures-table", "bands-table", "words-table", "ranking-table", "ranking-by-harm-table",
      "counts-table",
      // Scores that people gave to what no series shows.
      "register",
      // How many months a figure is of, and means by calendar month, of no window that another figure has.
      "outlook-numbers",
    ])
    let untagged = try await pack.made.figures.untagged.filter { line in
      !allowed.contains { line.contains(": \($0):") } && !line.contains("by calendar month")
    }
    let tables = Set(untagged.map { $0.split(separator: ":").prefix(3).joined(separator: ":") })
    #expect(untagged.isEmpty, "\(tables.sorted().prefix(60).joined(separator: "\n"))")
  }

  /// The finder finds: a number changed on one page contradicts the others.
  @Test func aPlantedContradictionIsFound() async throws {
    let (context, files, printed) = try await CalculatorPack.synthetic.made
    let claim = try #require(
      Dictionary(grouping: printed.figures, by: \.claim).sorted { $0.key < $1.key }
        .first { $0.key.hasSuffix(".y0-11.r") && $0.value.count > 2 })
    let path = try #require(claim.value.first { $0.place.hasSuffix(".html") }).place
    let altered = try files.map { file -> OutputFile in
      guard file.path == path else { return file }
      let text = String(decoding: file.contents, as: UTF8.self)
      let tag = "data-c=\"\(claim.key)\">"
      let at = try #require(text.range(of: tag))
      return OutputFile(path: path, text: text.replacingCharacters(in: at, with: tag + "9"))
    }
    let figures = PrintedFigures(altered, context).figures.filter { $0.claim == claim.key }
    let numbers = figures.compactMap { PrintedNumber.all(in: $0.text).first }
    #expect(numbers.contains { number in numbers.contains { !$0.agrees(with: number) } })
  }
}
