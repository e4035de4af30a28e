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
  let absent = data.completeness.cells.filter { $0.status == .absent || $0.status == .strayRowsOnly }
  if !absent.isEmpty {
    let bySource = Dictionary(grouping: absent, by: \.source)
    let parts = bySource.keys.sorted().map { source in
      "\(source): \(periodList((bySource[source] ?? []).map(\.period)))"
    }
    sentences.append(
      "Missing \(noun)s (nothing is known of them; they are not zero): \(parts.joined(separator: "; ")).")
  }
  let partial = data.completeness.cells.filter { $0.status == .partial }
  if !partial.isEmpty {
    let list = partial.map { "\($0.source) \(monthLabel($0.period))" }.joined(separator: ", ")
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
  let labels = series.flatMap(\.interventions).filter { intervention in
    data.panel.span.map { intervention.start <= $0.upperBound && intervention.start >= $0.lowerBound } ?? false
  }
  var seen = Set<String>()
  for intervention in labels where seen.insert(intervention.label).inserted {
    switch intervention.effect {
    case .step: sentences.append("From \(monthLabel(intervention.start)), \(intervention.label).")
    case .window(let end):
      sentences.append(
        "\(monthLabel(intervention.start)) to \(monthLabel(end)) taught the models nothing (\(intervention.label)).")
    }
  }
  sentences.append("Recorded crime and ASB move with reporting and recording; they are not all that happened.")
  return sentences
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
