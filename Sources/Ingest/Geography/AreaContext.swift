import CommunitySafety
import Diagnostics
import TimeSeries
import Wording

/// Population, households and deprivation of the areas of a run, from the files given for them.
struct AreaContext {
  /// Residents by year of the areas of a table.
  private let estimates: [String: PopulationEstimates]
  /// Households and deciles.
  private let figures: [ContextTable.Subject: [String: Int]]
  /// Codes of the districts that tables of deprivation give for their LSOAs, for want of a lookup.
  private let districtOfLSOA: [String: String]
  /// The files, for the manifest.
  let sources: [SourceFile]
  private let origins: [AreaNote.Origin]
  /// How the files write areas, by the forms of their names.
  private let names: [String: String]
  private let geography: Geography?
  private let registry: AreaRegistry

  /// Reads the files that the options name.
  ///
  /// - Throws: `HorizonError`: data for what is wrong in a file, usage for a file that does not hold what its option says
  ///   or needs a lookup that was not given.
  static func read(_ options: IngestOptions, geography: Geography?, registry: AreaRegistry) throws -> AreaContext {
    var figures: [ContextTable.Subject: [String: Int]] = [:]
    var residents: [String: [Int: Int]] = [:]
    var districtOfLSOA: [String: String] = [:]
    var sources: [SourceFile] = []
    var origins: [AreaNote.Origin] = []
    let files = options.populations.map { ($0, true) } + options.contexts.map { ($0, false) }
    var names: [String: String] = [:]
    for (path, isPopulation) in files {
      let (tables, source) = try AreaContext.tables(path, isPopulation, options)
      sources.append(source)
      let held = tables.filter { table in
        table.table.columns.keys.contains { ($0 == .population) == isPopulation }
      }
      // Other sheets of a workbook may hold what was not asked for.
      for (file, table) in held.isEmpty ? tables : held {
        let wanted = table.columns.keys.filter { ($0 == .population) == isPopulation }
        guard !wanted.isEmpty else {
          throw HorizonError(
            .usage, "\(path) holds \(isPopulation ? "no population" : "neither households nor deprivation deciles")",
            remedy: isPopulation ? "Give it to --context" : "Give it to --population")
        }
        for subject in wanted.sorted(by: { $0.rawValue < $1.rawValue }) {
          if subject == .population {
            try merge(table.populations, into: &residents, names, file)
          } else {
            let known = figures[subject] ?? [:]
            if subject == .deprivation,
              let code = table.figures[subject]?.first(where: { known[$0.key] ?? $0.value != $0.value })?.key
            {
              throw HorizonError(
                .usage, "\(path) and a file before it give different deprivation deciles, of \(code) among others",
                remedy: "Give one edition of the Index of Multiple Deprivation")
            }
            figures[subject, default: [:]].merge(table.figures[subject] ?? [:]) { first, _ in first }
          }
          origins.append(
            .init(subject, column: table.columns[subject] ?? "", file: FileKind.lastComponent(file)))
        }
        names.merge(table.names) { first, _ in first }
        if wanted.contains(.deprivation) { districtOfLSOA.merge(table.districtOfLSOA) { first, _ in first } }
        if wanted.contains(.deprivation), options.by != .lsoa, geography?.placesLSOAsInDistricts != true,
          table.districtOfLSOA.isEmpty || options.by == .ward
        {
          throw HorizonError(
            .usage, "\(path) gives deprivation by LSOA, and no lookup says in which district an LSOA lies",
            remedy: "Give --lookup an ONS table with columns like LSOA11CD and LAD24CD")
        }
      }
    }
    return AreaContext(
      estimates: residents.compactMapValues { PopulationEstimates(byYear: $0) }, figures: figures,
      districtOfLSOA: districtOfLSOA, sources: sources, origins: origins, names: names, geography: geography,
      registry: registry)
  }

  /// The tables of a file, each with what it is called: one of a CSV, those of the sheets of a workbook.
  private static func tables(
    _ path: String, _ isPopulation: Bool, _ options: IngestOptions
  ) throws -> (tables: [(file: String, table: ContextTable)], source: SourceFile) {
    if let book = try ContextWorkbook(path: path, maximumUnpackedBytes: options.maximumUnpackedBytes) {
      let tables = try book.contents().map { content in
        (file: "\(path), sheet \"\(SafeText.printable(content.sheet))\"", table: content.table)
      }
      return (tables, try SideFile.source(path))
    }
    var tables: [(file: String, table: ContextTable)] = []
    let source = try SideFile.read(path, as: isPopulation ? "table of population" : "table of context") {
      tables.append((path, try ContextTable(file: path, read: $0)))
    }
    return (tables, source)
  }

  /// Adds the estimates of a table, whose areas may be written otherwise in those before.
  ///
  /// - Throws: `HorizonError` of kind usage if a table before gives another figure for an area and year.
  private static func merge(
    _ table: [String: [Int: Int]], into residents: inout [String: [Int: Int]], _ names: [String: String],
    _ path: String
  ) throws {
    for (written, years) in table {
      let code = residents[written] == nil ? names[NameForm.form(written)] ?? written : written
      for (year, count) in years {
        if let known = residents[code]?[year], known != count {
          throw HorizonError(
            .usage,
            "\(path) and a file before it give different residents of \(SafeText.printable(String(code.prefix(60))))"
              + (year > 0 ? " in \(year)" : ""), remedy: "Give one file for each year")
        }
        residents[code, default: [:]][year] = count
      }
    }
  }

  /// The same data with what the files say of its areas; what they do not say stays as it was.
  func applied(to data: IngestedData) throws -> IngestedData {
    guard !figures.isEmpty || !estimates.isEmpty else { return data }
    let window = data.panel.span.map(YearShares.init(lastYearOf:))
    let names = data.areas.keys.sorted(by: FileKind.scalarOrder)
    let places = names.compactMap { data.areas[$0] }.filter { $0.level != .residual }
    let deprivation = deprivation(of: places)
    var areas = data.areas
    var unknown: [ContextTable.Subject: Int] = [:]
    for place in places {
      var area = place
      if let found = parts(of: place, among: estimates) {
        area.estimates = found
        area = window.map(area.withResidents) ?? area
      } else {
        unknown[.population, default: 0] += 1
      }
      if let found = figure(.households, of: place) {
        area.households = found
      } else {
        unknown[.households, default: 0] += 1
      }
      if let found = deprivation[place.name] {
        area.deprivation = found
      } else {
        unknown[.deprivation, default: 0] += 1
      }
      areas[place.name] = area
    }
    var notes = [DataNote.areas(.context(origins))]
    for subject in [ContextTable.Subject.population, .households, .deprivation] {
      guard subject == .population ? !estimates.isEmpty : figures[subject] != nil else { continue }
      guard let count = unknown[subject] else { continue }
      notes.append(.areas(.contextMissing(subject, areas: count, of: places.count)))
    }
    return IngestedData(
      kind: data.kind, panel: data.panel, areas: areas, completeness: data.completeness, accounting: data.accounting,
      sources: data.sources, notes: data.notes + notes, units: data.units, unallocated: data.unallocated
    ).with(rowsOf: data.rowsOf).with(peers: data.peers.map { peers(of: $0, over: window) })
  }

  /// Districts to compare with, with the residents that the files give them.
  private func peers(of known: PeerDistricts, over window: YearShares?) -> PeerDistricts {
    PeerDistricts(
      panel: known.panel,
      areas: known.areas.mapValues { place in
        guard let found = parts(of: place, among: estimates) else { return place }
        var area = place
        area.estimates = found
        return window.map(area.withResidents) ?? area
      })
  }

  /// The figure of an area: its own, else the sum over the areas that make it up, if all of them have one.
  private func figure(_ subject: ContextTable.Subject, of area: Area) -> Int? {
    figures[subject].flatMap { parts(of: area, among: $0) }?.reduce(0, +)
  }

  /// What is known of an area itself, else of all the areas that make it up; nil if neither is.
  private func parts<Figure>(of area: Area, among figures: [String: Figure]) -> [Figure]? {
    let own =
      area.code.flatMap { figures[$0] } ?? figures[area.name]
      ?? names[NameForm.form(area.name)].flatMap { figures[$0] }
    if let own { return [own] }
    for parts in parts(of: area) where !parts.isEmpty {
      let known = parts.compactMap { figures[$0] }
      if known.count == parts.count { return known }
    }
    return nil
  }

  private func parts(of area: Area) -> [[String]] {
    guard let geography, let code = area.code else { return [] }
    switch area.level {
    case .lsoa: return geography.stableAreas[code].map { [$0.newer, $0.older] } ?? []
    case .ward: return [geography.lsoas(inWard: code)]
    case .district: return geography.predecessors(ofDistrict: code)
    default: return []
    }
  }

  /// LSOAs by decile of each area, by its name.
  private func deprivation(of places: [Area]) -> [String: Deprivation] {
    guard let deciles = figures[.deprivation] else { return [:] }
    let byCode = Dictionary(
      places.compactMap { area in area.code.map { ($0, area.name) } }, uniquingKeysWith: { first, _ in first })
    let names = Set(places.map(\.name))
    let level = places.first?.level
    var found: [String: [Int]] = [:]
    for (lsoa, decile) in deciles {
      let name: String? =
        switch level {
        case .lsoa: (geography?.stableAreas[lsoa]?.code).flatMap { byCode[$0] } ?? byCode[lsoa]
        case .ward: (geography?.ward(ofLSOA: lsoa)?.ward.code).flatMap { byCode[$0] }
        default:
          (geography?.district(ofLSOA: lsoa) ?? districtOfLSOA[lsoa].flatMap { registry.district(code: $0)?.name })
            .flatMap { district in
              // The rows of a former district may be counted in the one that replaced it.
              [district, registry.lastSuccessor(of: district)].first(where: names.contains)
                ?? registry.district(named: district).flatMap { byCode[$0.code] }
            }
        }
      if let name { found[name, default: []].append(decile) }
    }
    return found.compactMapValues { Deprivation(deciles: $0) }
  }
}
