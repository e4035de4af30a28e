import Assessment
import CommunitySafety
import Foundation
import RiskRanking
import TestSupport
import Testing
import TimeSeries
import Wording
import Tables

@testable import Reporting

/// What pages say of what the assessor found, where a reader with a pocket calculator would catch them.
@Suite struct WhatIsSaidTests {
  /// Half of the usual robberies, so that some places have fewer than 30 a year; violence is recorded more fully from April of the
  /// last year on; shoplifting halves from the first lockdown to the end of the year before the last three months.
  private static let standing = Task {
    var synthetic = SyntheticAssessment()
    synthetic.last = .month(2021, 12)
    synthetic.months = 72
    synthetic.missing = [.month(2019, 7)]
    synthetic.configure = {
      $0.pathCount = 200
      $0.title = "Oxfordshire"
    }
    synthetic.change = { series in
      guard series.key.measure == "Robbery" else { return series }
      return series.replacing(values: series.values.map { ($0 / 2).rounded() })
    }
    return try await synthetic.build()
  }

  /// The last year begins with a lockdown, and shoplifting has stayed low for most of it.
  private static let rebounding = Task {
    var synthetic = SyntheticAssessment()
    synthetic.last = .month(2021, 3)
    synthetic.months = 63
    synthetic.missing = []
    synthetic.size = 3
    synthetic.configure = { $0.pathCount = 200 }
    synthetic.change = { series in
      guard series.key.measure == "Shoplifting" else { return series }
      return series.replacing(
        values: series.values.enumerated().map { i, value in
          let period = series.start + i
          return period >= .month(2020, 4) && period <= .month(2020, 11) ? (value * 0.45).rounded() : value
        })
    }
    return try await synthetic.build()
  }

  private func pages(_ assessment: StrategicAssessment) throws -> [String: PageTree] {
    let files = PackPages(assessment, version: "0").render().filter { $0.path.hasSuffix(".html") }
    return Dictionary(
      uniqueKeysWithValues: try files.map { file in (file.path, try #require(PageTree.read(file), "\(file.path)")) })
  }

  private func tables(_ page: PageTree, _ className: String) -> [PageTree] {
    page.all("table").filter { ($0.attributes["class"] ?? "").split(separator: " ").contains(Substring(className)) }
  }

  /// The cells of the rows of a table by the names of their columns.
  private func rows(_ table: PageTree) -> [[String: PageTree]] {
    table.all("tbody").flatMap { $0.all("tr") }.map { row in
      Dictionary(row.elements.map { ($0.attributes["data-label"] ?? "", $0) }, uniquingKeysWith: { a, _ in a })
    }
  }

  @Test func underABaseOfThirtyThereIsARangeAndNothingElse() async throws {
    let assessment = try await Self.standing.value
    let few = assessment.risks.filter(\.isTooFew)
    #expect(few.contains { $0.label == "Robbery" && $0.area.level == .csp })
    #expect(few.allSatisfy { $0.recommendation == .tooFew && $0.rank == nil && $0.chances == nil })
    #expect(assessment.risks.allSatisfy { $0.isTooFew || ($0.outlook?.lastYear ?? 30) >= 30 })
    let pages = try pages(assessment)
    var met = 0
    for (path, page) in pages {
      for table in tables(page, "priorities") {
        for row in rows(table) {
          let direction = try #require(row["Direction"])
          guard direction.text == "too few to say" else {
            #expect(!direction.all("span").filter { $0.attributes["class"] == "arrow" }.isEmpty, "\(path)")
            continue
          }
          met += 1
          let chance = try #require(row.first { $0.key.hasPrefix("Chance of") }).value.text
          #expect(chance == "\u{2013}" && row["Rank"]?.text == "\u{2013}", "\(path) \(chance)")
          #expect(row["Recommendation"]?.text.hasPrefix("too few to say") == true)
          let forecast = try #require(row.first { $0.key.hasPrefix("Forecast") }).value.text
          #expect(forecast.wholeMatch(of: /[0-9,]+ to [0-9,]+( \(same .*\))?/) != nil, "\(path) \(forecast)")
        }
      }
    }
    #expect(met > 0)
    // No sheet gives a chance on it either, and no theme counts it.
    let sheet = try CSVDocument(
      Sheet.priorities(few, frequency: .monthly).rendered(as: .csv))
    for column in ["rank", "chance_of_10pct_rise_percent", "event_probability"] {
      let at = try #require(sheet.header.firstIndex(of: column))
      #expect(sheet.rows.allSatisfy { $0[at].isEmpty }, "\(column)")
    }
    #expect(
      assessment.themes.allSatisfy { theme in
        !few.contains { $0.label == theme.label && theme.areas.contains($0.area.name) && $0.area.level == .csp }
      })
  }

  @Test func everyComparisonAcrossARecordingChangeIsLikeForLikeOrMarked() async throws {
    let assessment = try await Self.standing.value
    var met = 0
    for (path, page) in try pages(assessment) {
      for table in tables(page, "comparison") {
        for row in rows(table) {
          guard let change = row["Change on year before"]?.text, change != "\u{2013}" else { continue }
          let name = table.all("caption").map(\.text).joined() + (row.values.map(\.text).joined(separator: " "))
          let isViolence = path.contains("violence") || path.contains("all-crime") || name.contains("Violence and")
          guard isViolence, !path.contains("forecasts"), change.contains("more") || change.contains("fewer") else {
            continue
          }
          let own = row.first { ["Measure", "Place", "District"].contains($0.key) }?.value.text ?? ""
          guard ["Measure"].contains(where: { row[$0] == nil }) || own.contains("Violence") || own.contains("All crime")
          else { continue }
          met += 1
          #expect(
            (change.contains("like for like") || change.contains("not comparable"))
              && change.contains("recording change in Apr 2021"), "\(path) \(own): \(change)")
        }
      }
    }
    #expect(met > 10)
  }

  @Test func lastYearsForecastSaysWhatLiesBetween() async throws {
    let page = try #require(try pages(try await Self.standing.value)["forecasts.html"])
    let said = page.all("li").map(\.text).filter { $0.hasPrefix("Last year's forecast said") }
    let violence = said.filter { $0.contains("Violence and sexual offences") }
    #expect(!violence.isEmpty)
    #expect(violence.allSatisfy { $0.contains("recording change in Apr 2021") })
    #expect(said.filter { $0.contains("Burglary") }.allSatisfy { !$0.contains("recording change") })
    let table = try #require(page.all("table").first { $0.attributes["id"] == "last-year-table" })
    for row in rows(table) {
      let isViolence = row["Series"]?.text.contains("Violence") == true
      #expect(row["Verdict"]?.text.contains("across a recording change in Apr 2021") == isViolence)
    }
  }

  /// The line that a model fitted lies by the record on both sides of a step, not at today's level all along.
  @Test func whatIsFittedLiesAtTheLevelThatWasRecorded() async throws {
    let assessment = try await Self.standing.value
    let page = try #require(try pages(assessment)["themes/violence-and-sexual-offences.html"])
    let table = try #require(page.all("table").first { $0.text.contains("Fitted") && $0.text.contains("Recorded") })
    var (recorded, fitted) = (0.0, 0.0)
    for row in table.all("tbody").flatMap({ $0.all("tr") }).prefix(60) {
      let cells = row.elements.map { $0.text.replacing(",", with: "") }
      guard let a = Double(cells[1]), let b = Double(cells[2]), cells[0] < "Z" else { continue }
      recorded += a
      fitted += b
    }
    #expect(recorded > 0 && abs(fitted / recorded - 1) < 0.05, "\(fitted / recorded)")
    // Two names for two numbers: what was foreseen is expected, what a model fits is fitted.
    for (path, page) in try pages(assessment) {
      for table in page.all("table") {
        let heads = table.all("th").filter { $0.attributes["scope"] == "col" }.map(\.text)
        #expect(!(heads.contains("Fitted") && heads.contains { $0.hasPrefix("Expected") }), "\(path)")
      }
    }
  }

  @Test func whatWasNotJudgedIsNotClearedAndSaysWhy() async throws {
    for assessment in [try await Self.standing.value, try await SyntheticAssessment.notAssessable.value] {
      let untested = Set(
        Dictionary(grouping: assessment.tests, by: { $0.key.measure ?? "" })
          .filter { $0.value.allSatisfy { $0.kind == .notTested } }.keys)
      #expect(!untested.isEmpty)
      let context = PackContext(assessment, version: "0")
      let pages = try pages(assessment)
      for theme in context.themes where untested.contains(theme.label) {
        let text = try #require(pages[context.path(of: theme)]).text
        #expect(text.contains("None of these figures could be judged, "), "\(theme.label)")
        #expect(text.contains("because "))
        #expect(!text.contains("higher or lower than expected by more than chance explains"))
      }
      guard assessment.tests.allSatisfy({ $0.kind == .notTested }) else { continue }
      let exceptions = try #require(pages["exceptions.html"]).text
      for clear in [
        "Nothing exceptional", "No rise beyond chance", "No fall beyond", "No event has ended", "No count was",
      ] {
        #expect(!exceptions.contains(clear), "\(clear)")
      }
    }
  }

  @Test func aReboundIsNoNewPriority() async throws {
    let assessment = try await Self.rebounding.value
    var met = 0
    for risk in assessment.risks {
      guard let outlook = risk.outlook, let usual = risk.evidence.usual, !risk.isTooFew else { continue }
      let returns = [Event.Direction.rise, .fall].contains {
        outlook.probability(of: $0) >= 0.5 && usual.isReturn($0)
      }
      #expect((risk.recommendation == .returnToUsual) == returns, "\(risk.key)")
      guard returns else { continue }
      met += 1
      #expect(usual.reason == .untypicalPeriods || usual.reason == .outlyingYear)
      let context = PackContext(assessment, version: "0")
      #expect(context.words(risk).provisos.contains { $0.hasPrefix("A return to usual: ") })
      #expect(context.emerging?.key != risk.key && context.improvement?.key != risk.key)
      #expect(assessment.themes.allSatisfy { $0.label != risk.label || !$0.areas.contains(risk.area.name) })
    }
    #expect(assessment.risks.contains { $0.label == "Shoplifting" && $0.recommendation == .returnToUsual })
    #expect(met > 0)
    #expect(
      !assessment.risks.contains { risk in
        guard let usual = risk.evidence.usual, let next = risk.outlook?.mean, usual.reason == .untypicalPeriods else {
          return false
        }
        return risk.recommendation == .new && next < usual.level && usual.lastYear < usual.level
      })
  }

  @Test func aStandInSaysSoWhereTheReaderDecides() async throws {
    let assessment = try await Self.standing.value
    let page = try #require(try pages(assessment)["partnerships/oxford-city.html"])
    let note = "Proxy for the priority \u{201C}Night-time economy\u{201D}: counts at all hours."
    #expect(page.all("ul").contains { $0.attributes["class"] == "notes" && $0.text.contains(note) })
    let table = try #require(tables(page, "priorities").first)
    let row = try #require(rows(table).first { $0["Problem"]?.text == "Public order" })
    #expect(row["Recommendation"]?.all("a").isEmpty == false)
    let current = try #require(page.all("table").first { $0.attributes["id"] == "current-table" })
    #expect(current.text.contains("Public order (proxy for it)") && !current.text.contains("Robbery (proxy"))
  }

  /// Two to three figures of what is foreseen, and chances in steps of five.
  @Test func whatIsForeseenIsNotSaidToTheUnit() async throws {
    var met = 0
    for (path, page) in try pages(try await Self.standing.value) {
      for table in tables(page, "priorities") + tables(page, "comparison") {
        for row in rows(table) {
          for (name, cell) in row where name.hasPrefix("Forecast") {
            let text = cell.text.replacing(/\(same [^)]*\)/, with: "").replacing(",", with: "")
            for match in text.matches(of: /[0-9]{3,}/) {
              met += 1
              let number = try #require(Double(match.output))
              #expect(RealisticNumber.count(number) == number, "\(path) \(text)")
            }
          }
          for (name, cell) in row where name.hasPrefix("Chance") {
            for match in cell.text.matches(of: /([0-9]+).%/) {
              #expect(Int(match.1).map { $0 % 5 == 0 } == true, "\(path) \(cell.text)")
            }
          }
        }
      }
    }
    #expect(met > 50)
  }

  /// Each percentage of the smallest rise is that of the two numbers beside it.
  @Test func theSmallestRiseStandsBesideItsOwnBase() async throws {
    let page = try #require(try pages(try await SyntheticAssessment.standard.value)["data-quality.html"])
    let table = try #require(page.all("table").first { $0.attributes["id"] == "detectability-table" })
    var met = 0
    for cell in table.all("td").map(\.text) {
      guard let match = cell.replacing(",", with: "").firstMatch(of: /([0-9]+) on ([0-9]+) \(\+([0-9]+).%\)/),
        let size = Double(match.1), let base = Double(match.2), let percent = Double(match.3)
      else { continue }
      met += 1
      #expect((100 * size / base).rounded() == percent && base >= 30, "\(cell)")
    }
    #expect(met > 5)
  }

  @Test func everythingTogetherGoesByTheNameOfThePack() async throws {
    let assessment = try await Self.standing.value
    for (path, page) in try pages(assessment) where !path.contains("data-quality") && !path.contains("control-charts/")
    {
      #expect(!page.text.contains("All areas"), "\(path)")
    }
    let context = PackContext(assessment, version: "0")
    #expect(context.displayName("All areas") == "Oxfordshire")
    #expect(context.scope.contains("5 districts in 4 partnerships"))
  }

  /// Twelve monthly means add up to the mean that the ranking uses.
  @Test func theMonthsAddUpToTheYear() async throws {
    let assessment = try await MixedPanel.assessment.value
    var met = 0
    for risk in assessment.risks {
      guard let outlook = risk.outlook, risk.evidence.kind == .count, outlook.matchedPeriods == 12,
        let forecast = assessment.series(risk.key)?.forecast?.forecast
      else { continue }
      met += 1
      #expect(abs(forecast.mean.prefix(12).reduce(0, +) - outlook.mean) < 1e-6 * max(1, outlook.mean), "\(risk.key)")
    }
    #expect(met > 0)
  }

  /// A forecast of a share by month was "0.2 (0.1 to 0.3)".
  @Test func sharesAreSharesByMonthToo() async throws {
    let page = try #require(try pages(try await MixedPanel.assessment.value)["themes/burglary-detected.html"])
    let table = try #require(page.all("table").first { $0.text.hasPrefix("Forecast, if past") })
    for cell in table.all("td").map(\.text) { #expect(cell.contains("%"), "\(cell)") }
    #expect(page.all("table").contains { $0.text.contains(" of ") && $0.text.contains("%") })
  }

  @Test func thePackOfIncidentsOnlySpeaksOfNoCrime() async throws {
    var synthetic = SyntheticAssessment()
    (synthetic.months, synthetic.size) = (40, 2)
    synthetic.configure = { $0.pathCount = 50 }
    let names = (0..<SyntheticAssessment.levels.count).map { "Council report \($0)" }
    synthetic.measures = ["Anti-social behaviour"] + names.dropFirst()
    let context = PackContext(try await synthetic.build(), version: "0")
    #expect(!context.scope.lowercased().contains("crime"), "\(context.scope)")
    #expect(context.scope.contains("nti-social behaviour"))
    // Of what no file knows nothing is called worse or new.
    #expect(
      context.assessment.risks.filter { !$0.measure.isKnown }.allSatisfy { $0.recommendation != .new && $0.rank == nil }
    )
  }

  /// What is neither better nor worse is named in no sentence of what gets worse or better.
  @Test func whatIsNeitherIsNoRiskAndNoImprovement() async throws {
    let assessment = try await MixedPanel.assessment.value
    let neither = assessment.risks.filter { $0.polarity == .neither }
    #expect(!neither.isEmpty)
    let context = PackContext(assessment, version: "0")
    #expect(context.emerging?.polarity != .neither && context.improvement?.polarity != .neither)
    for risk in neither {
      #expect(![.new, .escalate, .deEscalate].contains(risk.recommendation))
      #expect(!context.words(risk).recommendation.contains("worse:"), "\(context.words(risk).recommendation)")
    }
  }
}
