import CommunitySafety
import ExceptionDetection
import RiskRanking
import TimeSeries

/// Makes a row of the ranking from what was found about one series.
struct RiskBuilder {
  let reference: ReferenceData
  let weights: HarmWeights
  let configuration: AssessmentConfiguration
  /// How past outlooks on each measure turned out (``OutlookRecord/accuracy(of:from:)``); none of one that nothing is known of.
  let accuracies: [MeasureID: PastAccuracy]
  /// Names of the partnerships of the run, in its order.
  var partnerships: [String] = []

  func risk(_ series: AssessedSeries) -> Risk {
    let observed = series.observed.within(series.lifespan)
    let history = ComparableHistory(observed, forecast: series.forecast)
    let past = PastComparison(observed, history: history, profile: configuration.profile)
    let measure = series.measure
    let outlook = outlook(series)
    let usual = outlook.flatMap { outlook in
      series.forecast.flatMap {
        UsualLevel(
          history, forecast: $0, interventions: series.interventions, outlook: outlook, profile: configuration.profile)
      }
    }
    let exceptions = series.tests.filter(configuration.exceptionRule.holds).sorted { $0.period > $1.period }
    let evidence = RiskEvidence(
      measure: measure.id, kind: series.observed.kind, polarity: measure.polarity, isKnown: measure.isKnown,
      outlook: outlook, past: past,
      confidence: series.lifespan.ended.map { Confidence(rating: .low, reasons: [.ended($0)]) }
        ?? Confidence(
          series: observed, past: past, fallbackReason: series.forecast?.fallbackReason,
          interventions: series.interventions,
          accuracy: accuracies[measure.id],
          profile: configuration.profile),
      // A group's members differ in harm: a group has no weight of its own.
      harmPerOffence: measure.isGroup ? nil : weights[measure.name],
      doubts: doubtsOfMove(outlook, usual, exceptions, series) + doubts(series, past: past), usual: usual,
      growth: series.growth, shareOfPeriods: shareOfPeriods(observed))
    return Risk(
      area: series.area, measure: measure, evidence: evidence, exceptions: exceptions,
      priority: priority(of: series.area, measure.id),
      scores: reference.scoringSchemes.map { score(evidence, of: series, under: $0) }, profile: configuration.profile)
  }

  /// The current priority of its partnership; of a total of partnerships that of any of them.
  private func priority(of area: Area, _ measure: MeasureID) -> LocalPriorities.Priority? {
    if let own = reference.priorities.priority(partnership: area.csp ?? area.name, measure: measure) { return own }
    return area.level == .whole ? reference.priorities.priority(ofAny: partnerships, measure: measure) : nil
  }

  private func score(_ evidence: RiskEvidence, of series: AssessedSeries, under scheme: ScoringScheme) -> SchemeScore {
    let measure = series.measure
    let weights = reference.harmWeights.first { $0.name == scheme.provisional.weights }
    return SchemeScore(
      evidence, scheme: scheme,
      person: reference.impactScores.entry(
        place: series.area.name, partnership: series.area.csp, measure: measure.id, scheme: scheme.id),
      harm: measure.isGroup ? nil : weights?[measure.name], profile: configuration.profile)
  }

  /// In how many of the last year's periods that are known any was counted.
  private func shareOfPeriods(_ observed: Series) -> Double? {
    guard observed.kind == .count else { return nil }
    let known = (0..<observed.start.frequency.periodsPerYear).compactMap { observed[observed.end - $0] }
    return known.isEmpty ? nil : Double(known.count { $0 > 0 }) / Double(known.count)
  }

  /// A rise or fall that hangs on what becomes of records without a place is no trend: nothing is said of what comes next. Nor is
  /// it of a measure that may only have changed its name.
  private func outlook(_ series: AssessedSeries) -> Outlook? {
    guard series.rename == nil else { return nil }
    guard series.opposed != nil, let outlook = series.outlook else { return series.outlook }
    let isTrend = max(outlook.probabilityOfRise, outlook.probabilityOfFall) >= configuration.profile.likely
    return isTrend ? nil : outlook
  }

  /// What must be known of a change that is likely: that it is a return to what was usual, or rests on what was unusual. A single
  /// count far out of line is learnt by no model, and is told of by itself.
  private func doubtsOfMove(
    _ outlook: Outlook?, _ usual: UsualLevel?, _ exceptions: [PeriodTest], _ series: AssessedSeries
  ) -> [Doubt] {
    guard let outlook else { return [] }
    var doubts: [Doubt] = []
    for direction in [Event.Direction.rise, .fall]
    where outlook.probability(of: direction) >= configuration.profile.likely {
      if let usual, usual.isReturn(direction) { doubts.append(.returnsToUsual(usual)) }
      let alone = Set((series.forecast?.outliers ?? []).map(\.period))
      let unusual = exceptions.filter { $0.kind.isHigher == (direction == .rise) && !alone.contains($0.period) }
      if !unusual.isEmpty { doubts.append(.restsOnUnusual(unusual.map(\.period).sorted())) }
    }
    return doubts
  }

  private func doubts(_ series: AssessedSeries, past: PastComparison) -> [Doubt] {
    let observed = series.observed
    let measure = series.measure
    let year = observed.start.frequency.periodsPerYear
    var doubts: [Doubt] = []
    if let opposed = series.opposed {
      doubts.append(.dependsOnUnallocated(setAside: opposed.setAside, sharedOut: opposed.sharedOut))
    }
    if let ended = series.lifespan.ended {
      doubts.append(.ended(ended))
    } else if let began = series.lifespan.began, began > observed.end - 2 * year {
      doubts.append(.began(began))
    }
    if let rename = series.rename {
      doubts.append(.perhapsRenamed(rename))
    } else if series.lifespan.ended != nil {
      // Said already.
    } else if series.outlook == nil {
      doubts.append(.notComparable(observed: past.lastYearPeriods, of: year))
    } else if past.lastYearPeriods < year {
      doubts.append(.comparedOver(periods: past.lastYearPeriods))
    }
    let partial = (0..<year).map { observed.end - $0 }.filter(observed.isPartial).sorted()
    if !partial.isEmpty { doubts.append(.knownInPart(partial)) }
    if !measure.isKnown { doubts.append(.unknownMeasure) }
    if let reason = measure.proxyReason { doubts.append(.proxy(reason: reason)) }
    if let caveat = measure.caveat { doubts.append(.measureCaveat(caveat)) }
    for step in series.interventions
    where step.effect == .step && step.start > observed.end - 2 * year && step.start <= observed.end {
      let factor = series.forecast?.adjustments.first { $0.intervention == step }?.factor
      doubts.append(.step(start: step.start, kind: step.kind, note: step.note, factor: factor))
    }
    for one in series.forecast?.outliers ?? [] where one.period > observed.end - year {
      doubts.append(.outOfLine(one.period, counted: one.counted, typical: one.typical))
    }
    let untypical = series.interventions.filter { intervention in
      guard case .window(let end) = intervention.effect else { return false }
      return end > observed.end - year && intervention.start <= observed.end
    }
    if let first = untypical.first {
      doubts.append(
        .untypicalLastYear(
          periods: Array(Set(untypical.flatMap { $0.periods(through: observed.end) })).sorted(), kind: first.kind))
    }
    if measure.kind == .count, !measure.isGroup, weights[measure.name] == nil {
      doubts.append(.noHarmWeight(reason: weights.reasonUnweighted(measure.name)))
    }
    return doubts
  }
}
