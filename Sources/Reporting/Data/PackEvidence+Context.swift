import CommunitySafety
import RiskRanking
import TimeSeries
import Workshop

extension PackContext {
  /// What stands around every page of the pack.
  var facts: PackEvidence.Facts {
    PackEvidence.Facts(
      title: title, marking: assessment.configuration.marking, scope: scope, periodCovered: periodCovered,
      extraction: extraction, version: version, hasFootprints: assessment.beside != nil, hasAlerts: alerts != nil,
      lastDay: assessment.lastDay ?? "",
      year: periods.year, period: periods.frequency.noun)
  }

  /// All that a workshop needs to rank page one's problems again without forecasting again.
  var evidence: PackEvidence {
    let risks = assessment.risks(level: rankedLevel, groups: false, kind: rankedKind)
    let others = assessment.risks(level: rankedLevel, groups: false).filter { $0.evidence.kind != rankedKind }
    let all = risks + others
    var seen = Set<String>()
    let places = all.map(\.area).filter { seen.insert($0.name).inserted }
    return PackEvidence(
      facts: facts, profile: workshopScheme.map { "\($0.name), version \($0.version)" },
      weights: Dictionary(
        uniqueKeysWithValues: (workshopScheme?.dimensions ?? []).map { ($0.id, $0.weight) }),
      places: places.map { .init(name: $0.name, page: hasPage($0) ? path(of: $0) : nil) },
      problems: all.map(problem), signals: assessment.signals)
  }

  /// Periods of history that a workshop is shown.
  private static let shownPeriods = 36

  /// The profile that scores harm by the dimensions and on the ladder of the workshop's forms.
  private var workshopScheme: ScoringScheme? {
    let dimensions = Set(HarmScale.Dimension.allCases.map(\.rawValue))
    return assessment.reference.scoringSchemes.first { scheme in
      Set(scheme.dimensions.map(\.id)) == dimensions
        && scheme.impactLevels.map(\.value).sorted() == HarmScale.ladder.map(Double.init)
    }
  }

  private func problem(_ risk: Risk) -> PackEvidence.Problem {
    let values = series(of: risk)?.observed.values.suffix(PackContext.shownPeriods) ?? []
    return PackEvidence.Problem(
      code: slug(risk.area.name, risk.measure.label), place: risk.area.name, title: risk.title, rank: risk.rank,
      evidence: risk.evidence,
      scoring: .init(workshopScheme.flatMap { scheme in risk.scores.first { $0.scheme == scheme.id } }),
      words: evidenceWords(risk), priority: risk.priority?.name,
      page: hasPage(risk) ? path(of: risk) : nil, history: values.map { $0.isFinite ? $0 : nil })
  }

  /// The words of the pack's tables.
  private func evidenceWords(_ risk: Risk) -> PackEvidence.Words {
    let words = words(risk)
    let text = words.text
    let past = risk.past
    let year = periods.frequency.periodsPerYear
    let part = past.lastYearPeriods < year ? " (\(past.lastYearPeriods) of \(periods.count(year)))" : ""
    var forecast = "none"
    if let outlook = risk.outlook {
      let range = text.foreseenInterval(outlook.lower80, outlook.upper80)
      forecast = risk.isTooFew ? range : "\(text.foreseen(outlook.mean)) (\(range))"
    }
    var chance = risk.outlook == nil ? "not assessable" : "\u{2013}"
    if let event = words.event, let probability = words.eventProbability {
      chance = "\(event.noun(text)): \(Wording.likelihood(probability))"
    }
    return PackEvidence.Words(
      finding: words.headline, lastYear: past.lastYearPeriods > 0 ? text.level(past.lastYear) + part : "none observed",
      forecast: forecast, chance: chance, confidence: risk.confidence.rating.rawValue,
      recommendation: risk.recommendation.rawValue)
  }
}
