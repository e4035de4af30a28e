import CommunitySafety
import RiskRanking
import TimeSeries

/// Makes a row of the ranking from what was found about one series.
struct RiskBuilder {
  let reference: ReferenceData
  let weights: HarmWeights
  let configuration: AssessmentConfiguration
  let record: OutlookRecord

  func risk(_ series: AssessedSeries) -> Risk {
    let observed = series.observed.within(series.lifespan)
    let past = PastComparison(observed)
    let measure = series.measure
    let evidence = RiskEvidence(
      measure: measure.id, kind: series.observed.kind, polarity: measure.polarity, isKnown: measure.isKnown,
      outlook: outlook(series), past: past,
      confidence: series.lifespan.ended.map { Confidence(rating: .low, reasons: [.ended($0)]) }
        ?? Confidence(
          series: observed, past: past, fallbackReason: series.forecast?.fallbackReason,
          interventions: series.interventions,
          accuracy: record.accuracy(of: measure.id, from: configuration.profile.smallestBase),
          profile: configuration.profile),
      // A group's members differ in harm: a group has no weight of its own.
      harmPerOffence: measure.isGroup ? nil : weights[measure.name], doubts: doubts(series, past: past))
    return Risk(
      area: series.area, measure: measure, evidence: evidence,
      exceptions: series.tests.filter(configuration.exceptionRule.holds).sorted { $0.period > $1.period },
      priority: reference.priorities.priority(
        partnership: series.area.csp ?? series.area.name, measure: measure.id), profile: configuration.profile)
  }

  /// A rise or fall that hangs on what becomes of records without a place is no trend: nothing is said of what comes next. Nor is
  /// it of a measure that may only have changed its name.
  private func outlook(_ series: AssessedSeries) -> Outlook? {
    guard series.rename == nil else { return nil }
    guard series.opposed != nil, let outlook = series.outlook else { return series.outlook }
    let isTrend = max(outlook.probabilityOfRise, outlook.probabilityOfFall) >= configuration.profile.likely
    return isTrend ? nil : outlook
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
