import CommunitySafety
import Ingest
import RiskRanking
import TimeSeries

/// What the run cannot say, and what data would let it: plain sentences, worst first.
func limitations(
  data: IngestedData, series: [AssessedSeries], risks: [Risk], reference: ReferenceData
) -> [String] {
  var sentences: [String] = []
  let frequency = data.panel.frequency
  let noun = frequency.noun
  let year = frequency.periodsPerYear

  if let span = data.panel.span, let longest = data.panel.series.map(\.observedCount).max() {
    let periods = span.upperBound - span.lowerBound + 1
    if longest < 3 * year {
      sentences.append(
        "There are only \(longest) \(noun)s of data\(longest < periods ? " with gaps between them" : ""): trend and season "
          + "cannot be told apart, forecasts use a fallback with wide intervals, and few exceptions can be judged. "
          + "At least \(3 * year) \(noun)s without a gap would let the usual models run.")
    }
  }
  sentences += data.notes.filter { $0.code == "late-reports" }.map(\.message.sentence)
  let breaks = breakSentences(data.panel.span, series: series, reference: reference, frequency: frequency)
  sentences += breaks.recent
  let absent = data.completeness.cells.filter { $0.status == .absent || $0.status == .strayRowsOnly }
  if !absent.isEmpty {
    let bySource = Dictionary(grouping: absent, by: \.sourceName)
    let parts = bySource.keys.sorted().map { source in
      "\(source): \(periodList((bySource[source] ?? []).map(\.period)))"
    }
    sentences.append(
      "Missing \(noun)s (nothing is known of them; they are not zero): \(parts.joined(separator: "; ")).")
  }
  let partial = data.completeness.cells.filter { $0.status == .partial }
  if !partial.isEmpty {
    let list = partial.map { "\($0.sourceName) \(monthLabel($0.period))" }.joined(separator: ", ")
    sentences.append("Half-loaded \(noun)s, counted as they came: \(list). A later download may hold the rest.")
  }
  let notAssessable = risks.filter {
    $0.outlook == nil && !$0.isGroup && $0.area.level != .whole && $0.area.level != .force
  }
  if !notAssessable.isEmpty {
    sentences.append("\(notAssessable.count) series are too incomplete to compare next year with last year.")
  }
  let small = risks.filter { !$0.isGroup && $0.area.level == .district && $0.outlook != nil && $0.past.lastYear < 30 }
  if !small.isEmpty {
    sentences.append(
      "\(small.count) district series recorded fewer than 30 last year: their changes are mostly chance, and no percentage "
        + "is given for them.")
  }
  for group in reference.measures.groups {
    if let reason = group.proxyReason, series.contains(where: { $0.label == group.label }) {
      sentences.append("\(group.label): \(reason.terminated)")
    }
  }
  sentences += breaks.older
  sentences.append("Recorded crime and ASB move with reporting and recording; they are not all that happened.")
  return sentences
}

/// What the break calendar did: breaks that bear on the comparison of next year with last, then the others, and entries
/// that concern nothing in the run (a misspelt area, say).
private func breakSentences(
  _ span: ClosedRange<Period>?, series: [AssessedSeries], reference: ReferenceData, frequency: Frequency
) -> (recent: [String], older: [String]) {
  guard let span else { return ([], []) }
  var recent: [String] = []
  var older: [String] = []
  let year = frequency.periodsPerYear
  var seen = Set<Intervention>()
  let inSpan = series.flatMap(\.interventions).filter {
    $0.start <= span.upperBound && $0.start >= span.lowerBound && seen.insert($0).inserted
  }
  for step in inSpan where step.effect == .step {
    let sentence = "From \(monthLabel(step.start)), \(step.label.terminated)"
    if step.start > span.upperBound - 2 * year {
      recent.append("\(sentence) Earlier counts are compared at the later level of recording.")
    } else {
      older.append(sentence)
    }
  }
  let windows = Dictionary(grouping: inSpan.filter { $0.effect != .step }, by: \.kindOfBreak)
  for kind in windows.keys.sorted() {
    let periods = Set((windows[kind] ?? []).flatMap { $0.periods(through: span.upperBound) })
      .filter { period in series.contains { $0.observed[period] != nil } }
    guard !periods.isEmpty else { continue }
    let lastYear = periods.filter { $0 > span.upperBound - year }
    if !lastYear.isEmpty {
      recent.append(
        "Last year holds \(frequency.noun)s that were not typical (\(periodList(Array(lastYear))): \(kind)): part of any rise "
          + "is a return to usual.")
    }
    older.append("The models learnt nothing from \(periodList(Array(periods))) (\(kind)).")
  }
  let labels = Set(series.flatMap(\.interventions).map(\.label))
  let idle = reference.breaks.entries.filter { !labels.contains("\($0.kind.rawValue): \($0.note)") }
  if !idle.isEmpty {
    older.append(
      "Entries of the break calendar that concern nothing in this run: \(idle.map(\.id).joined(separator: ", ")). Check the "
        + "spelling of their areas and measures.")
  }
  return (recent, older)
}

/// A period as people write it: "Apr 2024" for months.
func monthLabel(_ period: Period) -> String { PeriodStyle.monthName.format(period) }

/// Periods as ranges: "Jul 2018 to Sep 2018, Mar 2019".
func periodList(_ periods: [Period]) -> String {
  var ranges: [(Period, Period)] = []
  for period in periods.sorted() {
    if let last = ranges.last, last.1 + 1 == period {
      ranges[ranges.count - 1].1 = period
    } else {
      ranges.append((period, period))
    }
  }
  return ranges.map { $0 == $1 ? monthLabel($0) : "\(monthLabel($0)) to \(monthLabel($1))" }.joined(separator: ", ")
}
