import Assessment
import RiskRanking
import Testing
import TimeSeries

@testable import Reporting

@Suite struct LimitationTextTests {
  private static let april = Period.month(2024, 4)

  private static let sentences: [(Limitation, String)] = [
    (
      .shortHistory(longest: 14, hasGaps: true, needed: 36, frequency: .monthly),
      "There are only 14 months of data with gaps between them: trend and season"
    ),
    (
      .lateReports([.init(april, least: 0.62, greatest: 0.8)], frequency: .monthly),
      "Reports of the newest months are still coming in: by the vintages of the store 62 to 80 % of Apr 2024 is expected"
    ),
    (
      .recentStep(start: april, kind: .recordingChange, note: "new rules."),
      "From Apr 2024, recording change: new rules. Earlier counts are compared"
    ),
    (
      .untypicalLastYear(periods: [april, april + 1, april + 3], kind: .covidRestriction, frequency: .monthly),
      "Last year holds months that were not typical (Apr 2024 to May 2024, Jul 2024: COVID restriction)"
    ),
    (
      .absent(
        [.init(source: "Kent", periods: [april]), .init(source: "Essex", periods: [april])], frequency: .monthly),
      "Missing months (nothing is known of them; they are not zero): Kent: Apr 2024; Essex: Apr 2024."
    ),
    (
      .partial([.init(source: "Kent", periods: [april])], frequency: .monthly),
      "Half-loaded months, counted as they came: Kent Apr 2024."
    ),
    (
      .areasOverlap([.init(area: "Bucks", parts: ["Wycombe", "Chiltern"], periods: [april, april + 1])]),
      "Places of which one holds or replaced the other are counted twice in totals: Bucks and Wycombe and Chiltern (Apr 2024 to May 2024)."
    ),
    (
      .membersMissing([
        .init(total: "South and Vale", absent: ["South"]),
        .init(total: "All areas", measures: ["Drugs"], absent: ["a", "b", "c", "d", "e", "f", "g"]),
      ]),
      "Totals of part of what they are named after, because the data has no figures of the rest: South and Vale without South; All areas without a, b, c, d, e and 2 more (Drugs)."
    ),
    (
      .areasChanged([
        .init(began: "Bucks", ended: ["Wycombe"], from: april, figures: .followed),
        .init(began: "Dorset", ended: ["Purbeck"], from: april, figures: .countedBeyond(["Dorset"])),
        .init(began: "Somerset", ended: ["Mendip"], from: april, figures: .lacking(["Somerset"])),
      ]),
      "Districts changed within the span of the data: in Apr 2024 Bucks took the place of Wycombe, and totals count each while it was there; in Apr 2024 Dorset took the place of Purbeck, and the data counts Dorset outside its dates, as it came; in Apr 2024 Somerset took the place of Mendip, and the data has no Somerset to follow totals across it."
    ),
    (
      .groupsLacking([.init(total: "Thefts", absent: ["Shoplifting", "Bicycle theft"])]),
      "Groups that are not added up, because no source of the run has all of them: Thefts (no Shoplifting and Bicycle theft)."
    ),
    (
      .prioritiesOverdue(["Streets (North)"]),
      "Priorities past their day of review, still counted as priorities until somebody says otherwise: Streets (North)."
    ),
    (
      .peerGroupsShort([.init(name: "Like Oxford", held: 2)], needed: 4),
      "Peer groups of which the inputs hold fewer than 4 places of known residents, so that their places are compared with the districts of their force: “Like Oxford” (2)."
    ),
    (
      .groupsLeftOut((0..<7).map { .init(total: "\($0)", measures: ["Thefts"], absent: ["Burglary"]) }),
      "Groups that are not added up, because the data lacks members of them: Thefts in 0 (no Burglary); Thefts in 1 (no Burglary);"
    ),
    (
      .totalsApart(series: 356_000, most: 25_000),
      "There are 356,000 series, and of more than 25,000 totals are forecast by themselves"
    ),
    (.notAssessable(series: 3), "3 series are too incomplete"),
    (
      .unknownMeasures(["a", "b", "c", "d", "e", "f", "g"], isRanked: false),
      "No file of measures knows “a”, “b”, “c”, “d”, “e” and 2 more: whether more is better or worse is not known, so"
    ),
    (.unknownMeasures(["a"], isRanked: true), "No file of measures knows “a”: whether more is better or worse is not"),
    (.smallCounts(series: 2, below: 30), "2 district series recorded fewer than 30 last year"),
    (.proxy(label: "X (proxy)", reason: "it is not split"), "X (proxy): it is not split."),
    (.step(start: april, kind: nil, note: "found"), "From Apr 2024, change: found."),
    (
      .unlearnt(periods: [april], kind: .covidRestriction),
      "The models learnt nothing from Apr 2024 (COVID restriction)"
    ),
    (.idleBreaks(["a", "b"]), "Entries of the break calendar that concern nothing in this run: a, b."),
    (.recordedOnly, "Recorded crime and ASB move with reporting"),
  ]

  @Test func everyCodeHasASentence() {
    for (limitation, start) in Self.sentences {
      let text = limitation.sentence
      #expect(text.hasPrefix(start), "\(text)")
      #expect(text.hasSuffix(".") && !text.hasSuffix(".."), "\(text)")
    }
    let many = Limitation.groupsLeftOut((0..<7).map { .init(total: "\($0)", measures: ["T"], absent: ["B"]) })
    #expect(many.sentence.hasSuffix("T in 4 (no B); and 2 more."))
    let beyond = AreaChange(
      began: "Dorset", ended: ["Purbeck"], from: Self.april, figures: .countedBeyond(["Dorset", "Purbeck"]))
    #expect(
      Limitation.areasChanged([beyond]).sentence.hasSuffix(
        "the data counts Dorset and Purbeck outside their dates, as they came."))
    #expect(Limitation.unknownMeasures(["a"], isRanked: true).sentence.contains("ranked by their expected rise"))
    #expect(Limitation.unknownMeasures(["a"], isRanked: false).sentence.contains("forecast and not ranked"))
  }
}

@Suite struct DoubtTextTests {
  private static let april = Period.month(2024, 4)

  private static let reasons: [(Doubt, String)] = [
    (.shortHistory(periods: 14), "only 14 months observed"), (.modestHistory, "less than four years observed"),
    (.lastYearSparse(observed: 8, of: 12), "only 8 of the last 12 months observed"),
    (.lastYearIncomplete(missing: 1, of: 12), "1 of the last 12 months missing"),
    (.fewRecorded(below: 30), "fewer than 30 recorded last year"),
    (.modestCounts, "fewer than 10 recorded a month on average"),
    (.fallbackForecast(reason: "too short"), "fallback forecast: too short"),
    (.recentStep(kind: .boundaryChange), "a boundary change within the last year"),
    (.untypicalPeriods(kind: nil), "untypical months within the last two years (change)"),
    (.proxy(reason: "x"), "Proxy: x"),
  ]

  private static let sentences: [(Doubt, String)] = [
    (
      .notComparable(observed: 5, of: 12),
      "Not assessable: 5 of the last 12 months were observed; at least half are needed."
    ),
    (.comparedOver(periods: 11), "Compared over the 11 months that were observed last year."),
    (.measureCaveat("Read it with care"), "Read it with care."),
    (
      .step(start: april, kind: .recordingChange, note: "new rules.", factor: 1.126),
      "From Apr 2024, recording change: new rules: earlier counts were multiplied by 1.13 to compare like with like."
    ),
    (
      .step(start: april, kind: .recordingChange, note: "new rules", factor: nil),
      "From Apr 2024, recording change: new rules: there is too little data on one side of it to measure its size."
    ),
    (
      .untypicalLastYear(periods: [april], kind: .covidRestriction),
      "Last year holds months that were not typical (Apr 2024: COVID restriction): part of any change is a return to usual."
    ),
    (.noHarmWeight(reason: "too mixed"), "No harm weight: too mixed."),
    (.modestCounts, "Fewer than 10 recorded a month on average."),
  ]

  @Test func inAList() {
    for (doubt, text) in Self.reasons { #expect(doubt.reason(.monthly) == text) }
    #expect(Confidence(rating: .high, reasons: []).words(.monthly).count == 1)
    #expect(
      Confidence(rating: .low, reasons: [.modestHistory, .modestCounts]).words(.quarterly)
        == ["less than four years observed", "fewer than 10 recorded a quarter on average"])
  }

  @Test func asASentence() {
    for (doubt, text) in Self.sentences { #expect(doubt.sentence(.monthly) == text) }
    #expect(Doubt.unknownMeasure.sentence(.monthly).contains("ranked only on request"))
  }
}
