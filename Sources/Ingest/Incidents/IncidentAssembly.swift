import CommunitySafety
import Diagnostics
import TimeSeries

/// Counts the incidents of a run by area, category and qualifier, and the repeats among them.
struct IncidentAssembly {
  /// One file of the run.
  struct File: CountedFile {
    /// For notes.
    let label: String
    let contentHash: ContentHash
    let tally: IncidentTally

    var rowCount: Int { tally.rows }
  }

  /// One series: an area, a category and a qualifier, whatever the source.
  private struct Stream: Hashable {
    let place: Int
    let category: Int
    let qualifier: Int
  }

  /// Longest span of the run, in periods.
  static let spanLimit = 20_000

  let options: IncidentOptions
  private let periods: IncidentPeriods
  let hasKey: Bool
  var notes: [DataNote] = []
  var accounting = RowAccounting()
  var categories = LabelSpelling()
  var qualifiers = LabelSpelling()
  private var places: [CountedData.Place] = []
  private var streams: [Stream] = []
  /// Names of sources, sorted, and of each what it covers.
  private var sources: [String] = []
  var reach: [IncidentReach] = []
  /// Sources that report each category.
  private var sourcesOf: [Int: Set<Int>] = [:]
  /// By stream, incidents by period.
  private var counts: [[Int: Int]] = []
  /// Rows by source and period, for the calendar.
  private var rows: [[Int: Int]] = []
  private var events: [RepeatCount.Event] = []
  var unknownEntities = 0

  /// Counts the incidents of these files.
  ///
  /// - Throws: `HorizonError` of kind data if there is no incident, or the dates lie absurdly far apart.
  init(files: [File], options: IncidentOptions, frequency: Frequency?, registry: AreaRegistry) throws {
    self.options = options
    hasKey = options.pseudonymKey != nil
    periods = IncidentPeriods(frequency: frequency ?? .monthly)
    let (kept, repeats) = accounting.read(files)
    notes = repeats
    let undated = kept.reduce(0) { $0 + $1.tally.undated }
    if undated > 0 { accounting.setAside["no date"] = undated }
    guard kept.contains(where: { !$0.tally.incidents.isEmpty }) else {
      throw HorizonError(
        .data, undated > 0 ? "no incident has a date" : "the extract has a header and no rows",
        at: .init(file: files.first?.label ?? ""), remedy: "Export it again with its rows")
    }
    var spans: [String: IncidentTally.Span] = [:]
    for file in kept { for (source, span) in file.tally.reach { spans[source, default: .init()].include(span) } }
    sources = spans.keys.sorted(by: FileKind.scalarOrder)
    let sourceOf = Dictionary(uniqueKeysWithValues: sources.enumerated().map { ($1, $0) })
    let (first, last) = (spans.values.map(\.first).min() ?? 0, spans.values.map(\.last).max() ?? 0)
    guard periods.period(of: Int(last)) - periods.period(of: Int(first)) < IncidentAssembly.spanLimit else {
      throw HorizonError(
        .data, "the dates span more than \(IncidentAssembly.spanLimit) \(periods.frequency.noun)s",
        at: .init(file: files[0].label), remedy: "Check the first and last dates of the extract")
    }
    rows = sources.map { _ in [:] }
    count(kept, registry, sourceOf, sources.map { spans[$0] ?? .init() })
    noteRows(kept)
  }

  /// Counts every incident that is new and within its source's reach.
  private mutating func count(
    _ files: [File], _ registry: AreaRegistry, _ sourceOf: [String: Int], _ spans: [IncidentTally.Span]
  ) {
    let finder = IncidentPlaces(registry)
    var placeOf: [String: Int] = [:]
    var streamOf: [Stream: Int] = [:]
    var months = spans.map { _ in Set<Int>() }
    var incidents = spans.map { _ in 0 }
    var known = IntegerInterner()
    // An incident may have happened in the month of the first report, before that report.
    let earliest = spans.map { span -> Int32 in
      let month = Period(.monthly, containing: CivilDate(daysSinceEpoch: Int(span.first)))
      return Int32(month.firstDay.daysSinceEpoch)
    }
    for file in files {
      let tally = file.tally
      var lastSeen = [Int](repeating: .min, count: tally.streams.count)
      for incident in tally.incidents {
        lastSeen[Int(incident.stream)] = max(lastSeen[Int(incident.stream)], Int(incident.day))
      }
      let numbers = tally.streams.enumerated().map { index, stream -> (stream: Int, source: Int) in
        let place = finder.place(stream.area)
        if placeOf[place.area.name] == nil {
          placeOf[place.area.name] = places.count
          places.append(place)
        }
        let key = Stream(
          place: placeOf[place.area.name] ?? 0, category: categories.note(stream.category, lastSeen: lastSeen[index]),
          qualifier: qualifiers.note(stream.qualifier, lastSeen: lastSeen[index]))
        if streamOf[key] == nil {
          streamOf[key] = streams.count
          streams.append(key)
          counts.append([:])
        }
        return (streamOf[key] ?? 0, sourceOf[stream.source] ?? 0)
      }
      for incident in tally.incidents {
        if incident.reference != 0, !known.intern(incident.reference).isNew {
          accounting.setAside["repeated incident reference", default: 0] += 1
          continue
        }
        let (stream, source) = numbers[Int(incident.stream)]
        if incident.day < earliest[source] || incident.day > spans[source].last {
          let isBefore = incident.day < earliest[source]
          accounting.setAside[
            isBefore ? "occurred before the extract begins" : "dated after the extract ends", default: 0] += 1
          continue
        }
        let period = periods.period(of: Int(incident.day)).ordinal
        counts[stream][period, default: 0] += 1
        rows[source][period, default: 0] += 1
        places[streams[stream].place].rows += 1
        months[source].insert(IncidentReach.month(Int(incident.day)))
        incidents[source] += 1
        sourcesOf[streams[stream].category, default: []].insert(source)
        if hasKey {
          if incident.entity == 0 {
            unknownEntities += 1
          } else {
            events.append(
              RepeatCount.Event(
                entity: incident.entity, category: Int32(streams[stream].category), day: incident.day,
                stream: Int32(stream)))
          }
        }
      }
    }
    reach = spans.indices.map {
      IncidentReach(
        first: min(Int(spans[$0].first), Int(spans[$0].last)), last: Int(spans[$0].last), months: months[$0],
        incidents: incidents[$0])
    }
  }

  /// The panel, its account and what to know about it.
  consuming func data(kind: IngestedData.SourceKind) -> CountedData {
    var series: [Series] = []
    let keys = streams.map { SeriesKey(area: places[$0.place].area.name, measure: measure($0)) }
    let order = streams.indices.filter { !counts[$0].isEmpty }.sorted { keys[$0] < keys[$1] }
    var states: [Int: (first: Period, states: [IncidentReach.State])] = [:]
    for index in order where states[streams[index].category] == nil {
      states[streams[index].category] = self.states(ofCategory: streams[index].category)
    }
    for index in order {
      if let known = states[streams[index].category] { series.append(count(index, keys[index], known)) }
    }
    if hasKey { series += repeats(order, states) }
    return CountedData(
      kind: kind, panel: Panel(frequency: periods.frequency, style: periods.style, series: series), places: places,
      accounting: accounting, completeness: calendar(), notes: notes)
  }

  private func measure(_ stream: Stream) -> String {
    let qualifier = qualifiers.spelling(stream.qualifier)
    let category = categories.spelling(stream.category)
    return qualifier.isEmpty ? category : "\(category) (\(qualifier))"
  }

  /// State of every period in which any source of a category reports: absent where one of them is, partial likewise.
  private func states(ofCategory category: Int) -> (first: Period, states: [IncidentReach.State]) {
    let reaches = (sourcesOf[category] ?? []).sorted().map { reach[$0] }
    let first = periods.period(of: reaches.map(\.first).min() ?? 0)
    let last = periods.period(of: reaches.map(\.last).max() ?? 0)
    return (
      first,
      (0...max(0, last - first)).map { offset in
        let all = reaches.map { $0.state(of: periods.days(of: first + offset)) }
        if all.contains(.absent) { return .absent }
        if all.contains(.partial) { return .partial }
        return all.contains(.whole) ? .whole : .absent
      }
    )
  }

  private func count(
    _ index: Int, _ key: SeriesKey, _ known: (first: Period, states: [IncidentReach.State])
  ) -> Series {
    let values = known.states.indices.map { offset -> Double in
      known.states[offset] == .absent ? .nan : Double(counts[index][known.first.ordinal + offset] ?? 0)
    }
    return Series(
      key: key, start: known.first, values: values,
      partial: known.states.indices.filter { known.states[$0] == .partial })
  }

  /// The share of repeats among the incidents with a pseudonym. Missing in the first months, which have no window behind
  /// them.
  private mutating func repeats(
    _ order: [Int], _ states: [Int: (first: Period, states: [IncidentReach.State])]
  ) -> [Series] {
    var all = streams.map { _ in [Int: Int]() }
    var again = all
    let judged = RepeatCount.judge(events, window: options.repeatWindow)
    for (event, isRepeat) in judged {
      let period = periods.period(of: Int(event.day)).ordinal
      all[Int(event.stream)][period, default: 0] += 1
      if isRepeat { again[Int(event.stream)][period, default: 0] += 1 }
    }
    var series: [Series] = []
    for index in order where !all[index].isEmpty {
      let stream = streams[index]
      guard let (first, states) = states[stream.category] else { continue }
      let latest = (sourcesOf[stream.category] ?? []).map(historyBegins).max() ?? 0
      let begins = IncidentPeriods.day(latest, later: options.repeatWindow)
      let usable = states.indices.filter { offset in
        states[offset] != .absent && periods.days(of: first + offset).lowerBound >= begins
      }
      guard let from = usable.first, let to = usable.last else { continue }
      let denominators = (from...to).map { offset -> Double in
        guard states[offset] != .absent, let number = all[index][first.ordinal + offset] else { return .nan }
        return Double(number)
      }
      let values = (from...to).map { Double(again[index][first.ordinal + $0] ?? 0) / denominators[$0 - from] }
      let key = SeriesKey(
        area: places[stream.place].area.name,
        measure: RepeatMeasures.repeats(measure(stream), by: options.repeatEntity.rawValue))
      series.append(
        Series(
          key: key, start: first + from, values: values, kind: .proportion, denominators: denominators,
          partial: (from...to).filter { states[$0] == .partial }.map { $0 - from }))
    }
    noteRepeats(series)
    return series + reviews(judged.map(\.event), order, states) + concentrations(order, states)
  }

  /// How many reach the threshold of a case review, by the incident that they reach it with. Missing in the first months, which have no
  /// window behind them.
  private func reviews(
    _ events: [RepeatCount.Event], _ order: [Int], _ states: [Int: (first: Period, states: [IncidentReach.State])]
  ) -> [Series] {
    var reached = streams.map { _ in [Int: Int]() }
    for event in RepeatPatterns.reaching(events, reports: options.reviewReports, months: options.reviewMonths) {
      reached[Int(event.stream)][periods.period(of: Int(event.day)).ordinal, default: 0] += 1
    }
    let known = Set(events.map(\.stream))
    return order.filter { known.contains(Int32($0)) }.compactMap { index in
      guard let (first, states) = states[streams[index].category] else { return nil }
      let latest = (sourcesOf[streams[index].category] ?? []).map(historyBegins).max() ?? 0
      let begins = IncidentPeriods.day(latest, later: options.reviewMonths)
      let usable = states.indices.filter { states[$0] != .absent && periods.days(of: first + $0).lowerBound >= begins }
      guard let from = usable.first, let to = usable.last else { return nil }
      return Series(
        key: SeriesKey(
          area: places[streams[index].place].area.name,
          measure: RepeatMeasures.review(
            measure(streams[index]), reports: options.reviewReports, months: options.reviewMonths,
            by: options.repeatEntity.rawValue)),
        start: first + from,
        values: (from...to).map {
          states[$0] == .absent ? .nan : Double(reached[index][first.ordinal + $0] ?? 0)
        }, partial: (from...to).filter { states[$0] == .partial }.map { $0 - from })
    }
  }

  /// The share of the most affected twentieth, a figure a year: it stands at the last whole month of each twelve, counted back from the end.
  private func concentrations(
    _ order: [Int], _ states: [Int: (first: Period, states: [IncidentReach.State])]
  ) -> [Series] {
    guard periods.frequency == .monthly else { return [] }
    let byStream = Dictionary(grouping: events, by: \.stream)
    return order.compactMap { index in
      guard let (first, states) = states[streams[index].category], let own = byStream[Int32(index)],
        let last = states.lastIndex(of: .whole)
      else { return nil }
      var values = [Double](repeating: .nan, count: last + 1)
      var wholes = values
      for end in stride(from: last, through: 11, by: -12) {
        let year = end - 11...end
        guard year.allSatisfy({ states[$0] == .whole }) else { continue }
        let days = periods.days(of: first + (end - 11)).lowerBound...periods.days(of: first + end).upperBound
        let entities = own.lazy.filter { days.contains(Int($0.day)) }.map(\.entity)
        guard let found = RepeatPatterns.concentration(entities) else { continue }
        (values[end], wholes[end]) = (Double(found.ofTheMost) / Double(found.all), Double(found.all))
      }
      guard let from = values.firstIndex(where: \.isFinite) else { return nil }
      return Series(
        key: SeriesKey(
          area: places[streams[index].place].area.name,
          measure: RepeatMeasures.concentration(measure(streams[index]), by: options.repeatEntity.rawValue)),
        start: first + from, values: Array(values[from...]), kind: .proportion, denominators: Array(wholes[from...]))
    }
  }

  /// First day of which a source's incidents are known: of its first period, if that is whole.
  private func historyBegins(_ source: Int) -> Int {
    let days = periods.days(of: periods.period(of: reach[source].first))
    return reach[source].state(of: days) == .whole ? days.lowerBound : reach[source].first
  }

  private func calendar() -> CompletenessCalendar {
    var cells: [CompletenessCalendar.Cell] = []
    for (index, reach) in reach.enumerated() {
      let (first, last) = (periods.period(of: reach.first), periods.period(of: reach.last))
      let median = HalfLoaded.median(rows[index].values.map(Double.init))
      let slug = ForceName.slug(ofName: sources[index])
      for offset in 0...max(0, last - first) {
        let period = first + offset
        let status: CompletenessCalendar.Status =
          switch reach.state(of: periods.days(of: period)) {
          case .absent, .outside: .absent
          case .partial: .partial
          case .whole: .present
          }
        cells.append(
          .init(
            source: slug.isEmpty ? "table" : slug, period: period, status: status,
            rows: rows[index][period.ordinal] ?? 0, unlocated: 0, medianRows: median))
      }
    }
    return CompletenessCalendar(cells: cells)
  }
}
