import CommunitySafety
import TimeSeries

extension IncidentAssembly {
  mutating func noteRows(_ files: [File]) {
    func note(_ incidents: Int, _ make: (Int) -> IncidentNote) {
      if incidents > 0 { notes.append(.incidents(make(incidents))) }
    }
    note(accounting.setAside["repeated incident reference"] ?? 0, IncidentNote.repeatedReferences)
    note(accounting.setAside["no date"] ?? 0, IncidentNote.undated)
    note(accounting.setAside["occurred before the extract begins"] ?? 0, IncidentNote.historical)
    note(accounting.setAside["dated after the extract ends"] ?? 0, IncidentNote.futureDates)
    let basis: IncidentOptions.DateBasis = options.date == .occurred ? .reported : .occurred
    note(files.reduce(0) { $0 + $1.tally.otherDate }) { .otherDate($0, basis: basis) }
    note(files.reduce(0) { $0 + $1.tally.unreferenced }, IncidentNote.unreferenced)
    let begin = Set(reach.map { IncidentReach.month($0.first) })
    if begin.count > 1 { notes.append(.incidents(.sourcesBegin)) }
    if !hasKey { notes.append(.incidents(.noPseudonymKey)) }
    let drift = categories.drift + qualifiers.drift
    if !drift.isEmpty { notes.append(.counted(.spellings(drift))) }
  }

  mutating func noteRepeats(_ series: [Series]) {
    if unknownEntities > 0 {
      notes.append(.incidents(.noPseudonym(unknownEntities, entity: options.repeatEntity)))
    }
    notes.append(
      .incidents(
        series.isEmpty
          ? .noRepeats(window: options.repeatWindow)
          : .repeats(entity: options.repeatEntity, window: options.repeatWindow)))
  }
}
