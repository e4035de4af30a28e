import Assessment
import Ingest
import TimeSeries
import Wording

extension Limitation {
  /// The limitation as a sentence.
  var sentence: String {
    switch self {
    case .shortHistory(let longest, let hasGaps, let needed, let frequency):
      let noun = frequency.noun
      return
        "There are only \(longest) \(noun)s of data\(hasGaps ? " with gaps between them" : ""): trend and season cannot be told apart, forecasts use a fallback with wide intervals, and few exceptions can be judged. At least \(needed) \(noun)s without a gap would let the usual models run."
    case .lateReports(let known, let frequency):
      return Wording.stopped(Wording.sentence(VintageNote.lateReports(known, frequency: frequency).text))
    case .geocodingDrift(let drift, let comparison, let isShared):
      return drift.sentence(of: comparison, isShared: isShared)
    case .unallocatedChoice(let series):
      return
        "Last year's change of \(series) series is a rise or a fall by what becomes of records without a place: it is marked there, and not taken for a trend."
    case .recentStep(let start, let kind, let note):
      return
        "From \(PeriodText.label(of: start)), \(kind.words): \(Wording.stopped(note)) Earlier counts are compared at the later level of recording."
    case .untypicalLastYear(let periods, let kind, let frequency):
      return
        "Last year holds \(frequency.noun)s that were not typical (\(PeriodText.ranges(periods)): \(kind.words)): part of any change is a return to usual."
    case .absent(let sources, let frequency):
      let parts = sources.map { "\($0.source): \(PeriodText.ranges($0.periods))" }
      return
        "Missing \(frequency.noun)s (nothing is known of them; they are not zero): \(parts.joined(separator: "; "))."
    case .partial(let sources, let frequency):
      let list = sources.map { "\($0.source) \(PeriodText.ranges($0.periods))" }.joined(separator: ", ")
      return
        "Half-loaded \(frequency.noun)s, counted as they came: \(list). A later download may hold the rest; until then they are left out of comparisons of years."
    case .areasOverlap(let overlaps):
      let list = overlaps.map { "\($0.area) and \(Wording.list($0.parts)) (\(PeriodText.ranges($0.periods)))" }
      return "Places of which one holds or replaced the other are counted twice in totals: \(Limitation.some(list))."
    case .membersMissing(let totals):
      let list = totals.map { total in
        let measures = total.measures.isEmpty ? "" : " (\(Limitation.listed(total.measures)))"
        return "\(total.total) without \(Limitation.listed(total.absent))\(measures)"
      }
      return
        "Totals of part of what they are named after, because the data has no figures of the rest: \(Limitation.some(list))."
    case .areasChanged(let changes):
      return "Districts changed within the span of the data: \(Limitation.some(changes.map(\.words)))."
    case .groupsLeftOut(let groups):
      let list = groups.map {
        "\(Limitation.listed($0.measures)) in \($0.total) (no \(Limitation.listed($0.absent)))"
      }
      return "Groups that are not added up, because the data lacks members of them: \(Limitation.some(list))."
    case .groupsLacking(let groups):
      let list = groups.map { "\($0.total) (no \(Limitation.listed($0.absent)))" }
      return "Groups that are not added up, because no source of the run has all of them: \(Limitation.some(list))."
    case .prioritiesOverdue(let names):
      return
        "Priorities past their day of review, still counted as priorities until somebody says otherwise: \(Limitation.some(names))."
    case .peerGroupsShort(let groups, let needed):
      let list = groups.map { "\u{201C}\($0.name)\u{201D} (\($0.held))" }
      return
        "Peer groups of which the inputs hold fewer than \(needed) places of known residents, so that their places are compared with the districts of their force: \(Limitation.some(list))."
    case .totalsApart(let series, let most):
      return
        "There are \(NumberText.grouped(series)) series, and of more than \(NumberText.grouped(most)) totals are forecast by themselves: the forecasts of their parts do not add up to them."
    case .notAssessable(let series): return "\(series) series are too incomplete to compare next year with last year."
    case .unknownMeasures(let names, let isRanked):
      let shown = names.prefix(Limitation.mostNames)
      let rest = names.count - shown.count
      let list = Wording.list(shown.map { "\u{201C}\($0)\u{201D}" } + (rest > 0 ? ["\(rest) more"] : []))
      return
        "No file of measures knows \(list): whether more is better or worse is not known\(isRanked ? "; they are ranked by their expected rise because that was asked for" : ", so they are forecast and not ranked"). Say it in measures.yaml."
    case .smallCounts(let series, let below):
      return
        "\(series) district series recorded fewer than \(Wording.count(below)) last year: their changes are mostly chance, and no percentage, chance or advice is given on them."
    case .proxy(let label, let reason): return "\(label): \(Wording.stopped(reason))"
    case .step(let start, let kind, let note):
      return "From \(PeriodText.label(of: start)), \(kind.words): \(Wording.stopped(note))"
    case .unlearnt(let periods, let kind):
      return "The models learnt nothing from \(PeriodText.ranges(periods)) (\(kind.words))."
    case .idleBreaks(let ids):
      return
        "Entries of the break calendar that concern nothing in this run: \(ids.joined(separator: ", ")). Check the spelling of their areas and measures."
    case .recordedOnly:
      return "Recorded crime and ASB move with reporting and recording; they are not all that happened."
    }
  }

  /// Most measures, areas or totals that are named.
  private static let mostNames = 5

  /// "a, b and c", of many the first and how many more.
  private static func listed(_ names: [String]) -> String {
    let rest = names.count - mostNames
    return Wording.list(rest > 0 ? names.prefix(mostNames) + ["\(rest) more"] : names)
  }

  /// The first of many clauses, and how many more.
  private static func some(_ clauses: [String]) -> String {
    let rest = clauses.count - mostNames
    return (clauses.prefix(mostNames) + (rest > 0 ? ["and \(rest) more"] : [])).joined(separator: "; ")
  }
}

extension AreaChange {
  /// "in Apr 2020 Buckinghamshire took the place of Chiltern and Wycombe, and totals count each while it was there".
  fileprivate var words: String {
    let change = "in \(PeriodText.label(of: from)) \(began) took the place of \(Wording.list(ended))"
    return switch figures {
    case .followed: "\(change), and totals count each while it was there"
    case .countedBeyond(let areas):
      "\(change), and the data counts \(Wording.list(areas)) outside \(areas.count == 1 ? "its dates, as it came" : "their dates, as they came")"
    case .lacking(let areas): "\(change), and the data has no \(Wording.list(areas)) to follow totals across it"
    }
  }
}
