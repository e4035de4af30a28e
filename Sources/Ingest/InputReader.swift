import CommunitySafety
import Diagnostics
import Hashing
import Synchronization
import Wording

/// Reads the inputs of a run: police.uk archives, folders and files, or tables.
///
/// The kind of a CSV is told by its header, never by its name; all inputs of a run are of one kind. Archives are
/// read through libzip, entry by entry in bounded memory, and nothing of them is written anywhere. The result does not depend on
/// the number of threads.
public struct InputReader: Sendable {
  package let options: IngestOptions
  package let registry: AreaRegistry
  /// Most bytes of an archive's entry that is unpacked in one piece rather than streamed.
  var wholeEntryLimit = EntryUnpacker.defaultLimit

  /// A reader with these options; `registry` tells which districts belong to which force and partnership.
  public init(options: IngestOptions, registry: AreaRegistry) {
    self.options = options
    self.registry = registry
  }

  /// Reads paths of archives (.zip), folders or CSVs, and `-` for standard input.
  ///
  /// - Throws: `HorizonError`: noInput for a path that is not there, data with file and line for what is wrong in a
  ///   file, usage for inputs of several kinds.
  public func read(_ inputs: [String]) async throws -> IngestedData { try await assemble(units(inputs)) }

  /// Reads one CSV or JSON text, packed by gzip or not, that is in memory.
  ///
  /// - Parameter name: its file name, which may name a force and month, and stands in errors.
  /// - Throws: `HorizonError` as ``read(_:)-([String])`` does.
  public func read(_ bytes: [UInt8], name: String) async throws -> IngestedData {
    try await assemble(units(InputPlan(bytes, name: name, maximumUnpackedBytes: options.maximumUnpackedBytes), detail))
  }

  /// How finely street-level rows have to be counted for what the options ask for.
  package var detail: StreetDetail {
    StreetDetail(byLSOA: !options.lookups.isEmpty, byOutcome: options.outcomes != nil)
  }

  /// Reads and counts the CSVs of inputs, each for itself.
  ///
  /// - Parameter detail: how finely to count; nil for what the options ask for.
  package func units(_ inputs: [String], detail: StreetDetail? = nil) async throws -> IngestedUnits {
    try await units(
      InputPlan(inputs: inputs, maximumUnpackedBytes: options.maximumUnpackedBytes), detail ?? self.detail)
  }

  private func units(_ plan: InputPlan, _ detail: StreetDetail) async throws -> IngestedUnits {
    let hasWorkbook = plan.units.contains { if case .workbook = $0.origin { true } else { false } }
    if let sheet = options.sheets.first, !hasWorkbook {
      throw HorizonError(
        .usage, "the sheet \"\(SafeText.printable(sheet))\" is asked for, and no input is a workbook",
        remedy: "Leave --sheet out, or give an .xlsx or .ods file")
    }
    var street = detail
    street.sampling = CrimeIDs.sampling(forBytes: plan.unpackedBytes)
    let lookups = try Geography.read(options.lookups, registry: registry)
    let layouts = LayoutSettings(options: options, street: street, geography: lookups?.geography)
    let results = try await readUnits(plan, layouts)
    var read = IngestedUnits(
      units: zip(plan.units, results.units).flatMap { unit, result in
        result.contents.isEmpty
          ? [IngestedUnit(unit, contentHash: result.contentHash, content: nil)]
          : result.contents.map {
            IngestedUnit(unit, contentHash: result.contentHash, content: $0.content, sheet: $0.sheet)
          }
      },
      sources: sources(plan, results), skipped: plan.skipped, notes: results.units.flatMap(\.notes),
      crimeIDs: (results.crimeIDsByUnit, street.sampling))
    read.lookups = lookups
    return read
  }

  /// Brings the CSVs of a run together.
  package func assemble(_ input: IngestedUnits) async throws -> IngestedData {
    do { return try await assembled(input) } catch let error as HorizonError {
      guard let unit = input.units.first(where: { $0.sheet != nil && $0.location == error.location?.file }) else {
        throw error
      }
      throw WorkbookReader.placed(error, in: unit.sheet ?? "", of: unit.path)
    }
  }

  private func assembled(_ input: IngestedUnits) async throws -> IngestedData {
    let kind = try input.kind
    guard options.unallocated == .setAside || kind == .policeUK else {
      throw HorizonError(
        .usage, "--unallocated share is for files of police.uk, and these are none",
        remedy: "Leave it out: of other inputs no row lacks its place")
    }
    let lookups = try input.lookups ?? Geography.read(options.lookups, registry: registry)
    let geography = lookups?.geography
    var (options, lists) = try resolved(geography)
    let context = try AreaContext.read(options, geography: geography, registry: registry)
    try options.by?.check(geography)
    let sources = input.sources + (lookups?.sources ?? []) + context.sources + lists
    var notes = input.notes
    if input.skipped > 0 {
      notes.append(.files(.skipped(files: input.skipped)))
    }
    guard let layout = Layouts.assembler(of: kind) else { preconditionFailure("every kind is that of a layout") }
    let data = try await layout.assemble(
      input,
      LayoutRun(options: options, registry: registry, geography: geography, sources: sources, notes: notes))
    let grouping = options.placing.map { FootprintGrouping(placing: $0) }
    guard data.panel.series.contains(where: { data.areas[$0.key.area]?.level != .residual }) else {
      throw HorizonError(
        .data, "the inputs hold no series of any area", at: .init(file: input.units.first?.location ?? ""),
        remedy: "Every row lies outside the areas that are known, or counts in sums only; see `horizon series`")
    }
    let enriched = try context.applied(to: data.withResidents)
    options.by = self.options.by
    let grouped = try options.by.map { try AreaGrouping(level: $0, registry: registry).grouped(enriched) } ?? enriched
    let placed = try grouping?.grouped(grouped) ?? grouped
    return options.besidePlacing.map { FootprintGrouping(placing: $0).marked(placed) } ?? placed
  }

  /// The options with the footprint resolved, and the lists it was read from.
  private func resolved(_ geography: Geography?) throws -> (IngestOptions, [SourceFile]) {
    guard var footprint = options.footprint else {
      guard options.footprintList == nil else {
        throw HorizonError(
          .usage, "a list of the LSOAs of a footprint was given, and no footprint", remedy: "Give --footprint too")
      }
      return (options, [])
    }
    var options = options
    var sources: [SourceFile] = []
    if let path = options.footprintList {
      let listed = try footprint.listed(in: path)
      footprint = listed.footprint
      sources = [listed.source]
    }
    let placing = try FootprintPlacing(footprint, by: options.by, registry: registry, geography: geography)
    options.placing = placing
    if footprint.cutsThroughDistricts { options.by = .lsoa }
    if var beside = options.beside {
      if let path = options.besideList {
        let listed = try beside.listed(in: path)
        beside = listed.footprint
        sources.append(listed.source)
      }
      options.besidePlacing = try FootprintPlacing(beside, by: options.by, registry: registry, geography: geography)
    }
    return (options, sources)
  }

  private struct Results: Sendable {
    /// One a unit.
    var units: [UnitResult]
    /// Digests of archives by source index.
    var digests: [Int: String]
    /// One a worker, by the number of the file in the plan.
    var crimeIDs: [CrimeIDs]

    /// The same by the number of the unit: workbooks may be several. What stands on several sheets of one counts as of the first.
    var crimeIDsByUnit: [CrimeIDs] {
      guard units.contains(where: { $0.contents.count > 1 }) else { return crimeIDs }
      var numbers: [Int] = []
      var next = 0
      for unit in units {
        numbers.append(next)
        next += max(1, unit.contents.count)
      }
      return crimeIDs.map { $0.renumbered(numbers) }
    }
  }

  private enum Outcome: Sendable {
    case unit(UnitResult)
    case digest(String)
  }

  /// Hashes archives and reads CSVs on `options.threads` workers that take the next job from a common counter. Of
  /// several failures the one of the first job is thrown: every job before a failed one has been handed out and ends.
  private func readUnits(_ plan: InputPlan, _ layouts: LayoutSettings) async throws -> Results {
    let archives = plan.sources.indices.filter { options.digests && plan.sources[$0].isArchive }
    let limits = plan.sources.map { UnpackLimit(path: $0.path, maximum: options.maximumUnpackedBytes) }
    let progress = ProgressMeter(total: plan.totalBytes(hashingArchives: options.digests), report: options.progress)
    let queue = JobQueue(count: archives.count + plan.units.count)
    let wholeEntryLimit = wholeEntryLimit
    let digests = options.digests
    typealias Work = (done: [(Int, Result<Outcome, any Error>)], crimeIDs: CrimeIDs)
    let work: @Sendable () -> Work = {
      var reader = UnitReader(
        plan: plan, limits: limits, layouts: layouts, progress: progress, takesDigests: digests,
        wholeEntryLimit: wholeEntryLimit)
      var done: [(Int, Result<Outcome, any Error>)] = []
      while let job = queue.next() {
        let result = Result<Outcome, any Error> {
          job < archives.count
            ? .digest(try reader.digest(ofSource: archives[job]))
            : .unit(try reader.read(unit: job - archives.count))
        }
        if case .failure = result { queue.stop() }
        done.append((job, result))
      }
      return (done, reader.crimeIDs)
    }
    let workers = max(1, min(options.threads, queue.count))
    var outcomes = [Result<Outcome, any Error>?](repeating: nil, count: queue.count)
    var results = Results(units: [], digests: [:], crimeIDs: [])
    await withTaskGroup(of: Work.self) { group in
      for _ in 0..<workers { group.addTask { work() } }
      for await work in group {
        for (job, result) in work.done { outcomes[job] = result }
        results.crimeIDs.append(work.crimeIDs)
      }
    }
    results.units.reserveCapacity(plan.units.count)
    for (job, outcome) in outcomes.enumerated() {
      switch try outcome?.get() {
      case .unit(let unit): results.units.append(unit)
      case .digest(let digest): results.digests[archives[job]] = digest
      case nil: break
      }
    }
    return results
  }

  private func sources(_ plan: InputPlan, _ results: Results) -> [SourceFile] {
    var rows = [Int](repeating: 0, count: plan.sources.count)
    var bytes = plan.sources.map(\.bytes)
    var digests = [String](repeating: "", count: plan.sources.count)
    for (unit, result) in zip(plan.units, results.units) {
      rows[unit.source] += result.contents.reduce(0) { $0 + $1.content.rowCount }
      if let digest = result.sha256 {
        digests[unit.source] = digest
        bytes[unit.source] = result.bytes
      }
    }
    for (source, digest) in results.digests { digests[source] = digest }
    return plan.sources.indices.map {
      SourceFile(name: SafeText.printable(plan.sources[$0].name), sha256: digests[$0], bytes: bytes[$0], rows: rows[$0])
    }
  }
}

/// Hands out job numbers in rising order until stopped.
private final class JobQueue: Sendable {
  let count: Int
  private let cursor = Atomic<Int>(0)

  init(count: Int) { self.count = count }

  func next() -> Int? {
    let job = cursor.add(1, ordering: .relaxed).oldValue
    return job < count ? job : nil
  }

  func stop() { cursor.store(count, ordering: .relaxed) }
}
