import CommunitySafety
import Diagnostics
import TimeSeries
import Wording

extension TableAssembly {
  /// For each series whether its area was asked for; notes what the footprint of the run leaves out.
  mutating func selection() throws -> [Bool] {
    guard options.areas != nil || options.placing != nil else { return keys.map { _ in true } }
    var names: [String] = []
    var position: [String: Int] = [:]
    for key in keys where position[key.area] == nil {
      position[key.area] = names.count
      names.append(key.area)
    }
    let lookup = DistrictNames(registry)
    let areas = names.map { area($0, district($0, lookup), nil) }
    let reach = try FootprintReach(options, among: areas)
    notes += reach.notes
    let candidates = zip(names, areas).map { name, area in
      let district = district(name, lookup)
      let force = district.map { ForceName.aliases(slug: $0.force, display: ForceName.display(slug: $0.force)) } ?? []
      return AreaSelection.Candidate(
        name: name, isListed: true, aliases: AreaSelection.aliases(area, in: registry) + force,
        group: options.group(of: area), isOutside: !reach.contains(area))
    }
    let choice = try AreaSelection(options.areas, among: candidates, footprint: options.placing?.footprint.id)
    return keys.map { choice.isKept[position[$0.area] ?? 0] }
  }

  /// The areas kept, with the latest population the table gives, of several years that of each.
  ///
  /// - Throws: `HorizonError` of kind data for two populations of one area and period.
  func areas(_ periods: PeriodCells, _ isKept: [Bool]) throws -> [String: Area] {
    var given: [UInt64: Int] = [:]
    var numberOf: [String: UInt64] = [:]
    let hasPopulations = files.contains { $0.rows?.populations.isEmpty == false }
    let areaOf = (hasPopulations ? keys : []).map { key in
      let number = numberOf[key.area] ?? UInt64(numberOf.count)
      numberOf[key.area] = number
      return number
    }
    var latest: [String: (ordinal: Int, population: Int)] = [:]
    var byYear: [String: [Int: (ordinal: Int, population: Int)]] = [:]
    let ordinals = periods.ordinals
    for (file, table) in files.enumerated() {
      guard let rows = table.rows, !rows.populations.isEmpty else { continue }
      for row in rows.rows.indices where !rows.populations[row].isNaN {
        let series = seriesOf[file][Int(rows.rows[row].series)]
        let name = keys[series].area
        let ordinal = ordinals[periodOf[file][Int(rows.rows[row].period)]]
        let place = areaOf[series] << 32 | UInt64(UInt32(truncatingIfNeeded: ordinal))
        if let known = given.updateValue(Int(rows.populations[row]), forKey: place),
          known != Int(rows.populations[row])
        {
          throw contradictory(name, rows.keys[Int(rows.rows[row].series)].area, known, file, row)
        }
        if ordinal >= latest[name]?.ordinal ?? .min { latest[name] = (ordinal, Int(rows.populations[row])) }
        let year = Period(frequency: periods.frequency, ordinal: ordinal).year
        if ordinal >= byYear[name]?[year]?.ordinal ?? .min {
          byYear[name, default: [:]][year] = (ordinal, Int(rows.populations[row]))
        }
      }
    }
    let names = DistrictNames(registry)
    var areas: [String: Area] = [:]
    for (index, key) in keys.enumerated() where isKept[index] && areas[key.area] == nil {
      var area = area(key.area, district(key.area, names), latest[key.area]?.population)
      if let years = byYear[key.area]?.mapValues(\.population), years.count > 1 {
        area.estimates = [PopulationEstimates(byYear: years)].compactMap(\.self)
      }
      areas[key.area] = area
    }
    return areas
  }

  private func contradictory(
    _ area: String, _ written: String, _ known: Int, _ file: Int, _ row: Int
  ) -> HorizonError {
    let rows = files[file].rows
    let population = rows.map { Int($0.populations[row]) } ?? 0
    let spelled = written == area ? "" : ", written \"\(SafeText.printable(String(written.prefix(60))))\","
    return HorizonError(
      .data,
      "\"\(SafeText.printable(String(area.prefix(60))))\"\(spelled) has \(population) residents here and \(known) in another row of the period",
      at: .init(file: files[file].location, line: rows.map { Int($0.rows[row].line) }),
      remedy: "Give an area one population in each period"
        + (written == area ? "" : ", or say --no-fold-spellings if they are not the same"))
  }

  /// The district that an area is; on a footprint, which is made of codes, codes do for names.
  private func district(_ name: String, _ names: DistrictNames) -> AreaRegistry.District? {
    names.district(named: name) ?? (options.placing == nil ? nil : registry.district(code: name.uppercased()))
  }

  private func area(_ name: String, _ district: AreaRegistry.District?, _ population: Int?) -> Area {
    Area(
      name: name, code: district?.code, level: district == nil ? .unclassified : .district,
      force: district.map { ForceName.display(slug: $0.force) }, csp: district?.csp,
      population: population ?? district?.population)
  }

  /// Rows of the table in each period. A table says nothing of what it ought to hold, so that a period is there or not.
  func calendar(_ periods: PeriodCells, _ spans: TableSpans, partial: [Period]) -> CompletenessCalendar {
    let kept = spans.spans.compactMap(\.self)
    guard let first = kept.map(\.lowerBound).min(), let last = kept.map(\.upperBound).max(),
      last - first < TableAssembly.spanLimit
    else { return CompletenessCalendar(cells: []) }
    var rows = [Int](repeating: 0, count: last - first + 1)
    for (file, table) in files.enumerated() {
      guard let table = table.rows else { continue }
      let (seriesOf, ordinalOf) = (seriesOf[file], periodOf[file].map { periods.ordinals[$0] })
      for row in table.rows where spans.spans[seriesOf[Int(row.series)]] != nil {
        rows[ordinalOf[Int(row.period)] - first] += 1
      }
      let runs = table.runs.count { spans.spans[seriesOf[Int($0.series)]] != nil }
      guard runs > 0 else { continue }
      for index in spans.runParts[file] { rows[spans.runOrdinals[file][index] - first] += runs }
    }
    let median = HalfLoaded.median(rows.filter { $0 > 0 }.map(Double.init))
    return CompletenessCalendar(
      cells: rows.enumerated().map { offset, count in
        let period = Period(frequency: periods.frequency, ordinal: first + offset)
        return .init(
          source: "table", period: period,
          status: count == 0 ? .absent : partial.contains(period) ? .partial : .present, rows: count, unlocated: 0,
          medianRows: median)
      })
  }
}
