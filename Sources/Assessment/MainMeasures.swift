import CommunitySafety
import TimeSeries

extension StrategicAssessment {
  /// All crime and other groups that the data has, then counts that are no crime; where there is no group the most frequent
  /// counts.
  var mainMeasures: [Measure] {
    var seen = Set<MeasureID>()
    let met = series.map(\.measure).filter { seen.insert($0.id).inserted }
    let all = allCrime.map(\.id)
    let groups = reference.measures.groups.filter { group in met.contains { $0.id == group.id } }
    let others = met.filter { !$0.isGroup && !$0.isCrime && $0.isKnown && $0.kind == .count }
    if !groups.isEmpty {
      return groups.filter { $0.id == all } + groups.filter { $0.id != all }.prefix(2) + others.prefix(1)
    }
    let counts = met.filter { !$0.isGroup && $0.kind == .count }
    func size(_ measure: Measure) -> Double {
      let end = data.panel.span?.upperBound
      return data.panel.series.filter { $0.key.measure == measure.name }.reduce(0) { sum, series in
        sum + (end.flatMap { series.lastYear(to: $0) } ?? 0)
      }
    }
    let sized = counts.map { ($0, size($0)) }
    return sized.enumerated().sorted { a, b in
      a.element.1 != b.element.1 ? a.element.1 > b.element.1 : a.offset < b.offset
    }.map(\.element.0)
  }

  /// The measures of a panel that make up a measure: itself where the panel has it, of a group else its members.
  func recorded(of measure: Measure, in panel: Panel) -> Set<String> {
    panel.measures.contains(measure.label)
      ? [measure.label]
      : Set(
        (measure.members ?? []).compactMap { reference.measures[$0]?.name } + (measure.isGroup ? [] : [measure.label]))
  }
}
