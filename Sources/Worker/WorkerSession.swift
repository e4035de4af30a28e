import Assessment
import CommunitySafety
import Diagnostics
import ExceptionDetection
import Forecasting
import Ingest
import NumericCore
import Tables
import TimeSeries

/// `horizon worker`: answers frames until there are no more.
///
/// Every answer depends on the job and the frame it answers alone, so that a task that is run again gets the same. What is wrong with
/// one series is said in its place; what is wrong with a frame is answered by a failure, and the next frame is read.
public struct WorkerSession: Sendable {
  private let version: String
  private let reference: ReferenceData

  /// - Parameters:
  ///   - version: of the program.
  ///   - reference: the files under `Models/`.
  public init(version: String, reference: ReferenceData) {
    self.version = version
    self.reference = reference
  }

  /// Answers every frame that `reader` has.
  ///
  /// - Throws: `HorizonError` where nothing more can be read, after a failure that says so; and what `write` throws.
  public func run(_ reader: FrameReader, write: (Frame) throws -> Void) async throws {
    do {
      guard let hello = try reader.next() else { return }
      guard hello.kind == .hello else { throw unexpected(hello) }
      let job = try WorkerJob.read(hello.body, version: version)
      let greeting = try greeting(job)
      try write(Frame(.ready, JSONText.bytes(greeting)))
      while let frame = try reader.next(), frame.kind != .stop {
        let answer: Frame
        do { answer = try await self.answer(frame, job) } catch let error as HorizonError {
          answer = Frame(.failure, ErrorRecord(error).json)
        }
        try write(answer)
      }
    } catch let error as HorizonError {
      try write(Frame(.failure, ErrorRecord(error).json))
      throw error
    }
  }

  private func greeting(_ job: WorkerJob) throws -> WorkerGreeting {
    let numerics = try NumericsFingerprint.current()
    if let wanted = job.numerics, wanted != numerics {
      throw HorizonError(
        .tryLater, "this machine's mathematical functions round otherwise than those of the one that asked",
        at: .init(file: FrameReader.place),
        remedy: "Use the program of the platform wheel everywhere, with GLIBC_TUNABLES and processors alike")
    }
    return WorkerGreeting(
      protocol: Frame.protocolVersion, version: version, frameLimit: Frame.limit, spanLimit: SeriesBatch.spanLimit,
      numerics: numerics,
      learnsFromPools: job.task == .exceptions
        || job.task == .forecast && ModelName(rawValue: job.model)?.learnsFromPools ?? true,
      statuses: SeriesBatch.Status.allCases.map(\.name), kinds: PeriodTest.Kind.allCases.map(\.rawValue))
  }

  /// The answer to a frame; the same whenever it is asked for.
  func answer(_ frame: Frame, _ job: WorkerJob) async throws -> Frame {
    let answer: Frame
    switch (frame.kind, job.task) {
    case (.batch, .forecast): answer = Frame(.forecasts, try await forecasts(frame.body, job))
    case (.batch, .exceptions): answer = Frame(.verdicts, try await verdicts(frame.body, job))
    case (.batch, .places): answer = Frame(.known, try known(frame.body, job))
    case (.pValues, .adjust):
      answer = Frame(.pValues, PValues.body(benjaminiHochberg(try PValues.read(frame.body)).map(significant)))
    default: throw unexpected(frame)
    }
    // An answer that would not fit is a failure of this frame, not the end of the session.
    guard answer.body.count < Frame.limit else { _ = try answer.bytes(); return answer }
    return answer
  }

  private func forecasts(_ body: [UInt8], _ job: WorkerJob) async throws -> [UInt8] {
    let batch = try SeriesBatch(body, frequency: job.frequency)
    var engine = ForecastEngine(
      model: ModelName(rawValue: job.model) ?? .auto, horizon: job.horizon, levels: job.levels, threads: job.threads,
      interventions: try interventions(batch, job))
    engine.keepsFitted = false
    let made = try await engine.run(panel(batch.series, job))
    return ForecastAnswer(batch: batch, horizon: job.horizon, levels: job.levels, forecasts: made.map(\.forecast)).body
  }

  private func verdicts(_ body: [UInt8], _ job: WorkerJob) async throws -> [UInt8] {
    guard let last = job.lastPeriod else { throw unexpected(Frame(.batch)) }
    let batch = try SeriesBatch(body, frequency: job.frequency, through: last)
    guard !batch.series.isEmpty else { return VerdictAnswer(batch: batch, tests: [], periods: 0).body }
    let detector = ExceptionDetector(
      alpha: job.alpha, last: job.last, threads: job.threads, interventions: try interventions(batch, job))
    // The periods that are judged are those of the run, which this batch may end before: a series of nothing says through when it goes.
    let clock = Series(key: SeriesKey(area: "", measure: nil), start: last, values: [.nan])
    let tests = try await detector.run(panel(batch.series + [clock], job))
    let periods = tests.count / (batch.series.count + 1)
    let bySeries = batch.series.indices.map { Array(tests[$0 * periods..<($0 + 1) * periods]) }
    return VerdictAnswer(batch: batch, tests: bySeries, periods: periods).body
  }

  private func known(_ body: [UInt8], _ job: WorkerJob) throws -> [UInt8] {
    let batch = try SeriesBatch(body, frequency: job.frequency)
    var bytes = ByteWriter()
    bytes.add(UInt32(batch.series.count { reference.areas.district(named: $0.key.area) != nil }))
    return bytes.bytes
  }

  private func panel(_ series: [Series], _ job: WorkerJob) -> Panel {
    Panel(frequency: job.frequency, style: .standard(for: job.frequency), series: series)
  }

  /// The breaks that concern the series of a batch: what a run of them all would find of each.
  private func interventions(_ batch: SeriesBatch, _ job: WorkerJob) throws -> Interventions {
    guard job.calendar == .builtIn else { return Interventions() }
    var seen = Set<String>()
    let areas = batch.series.map(\.key.area).filter { seen.insert($0).inserted }.sorted().map { name in
      let district = reference.areas.district(named: name)
      return Area(
        name: name, code: district?.code, level: district == nil ? .unclassified : .district,
        force: district.map { ForceName.display(slug: $0.force) }, csp: district?.csp, population: district?.population)
    }
    return try BreakLookup(reference, areas: areas, frequency: job.frequency, without: [])
      .interventions(batch.series.map(\.key))
  }

  private func unexpected(_ frame: Frame) -> HorizonError {
    HorizonError(
      .usage, "a frame of kind \(frame.kind) has no place here", at: .init(file: FrameReader.place),
      remedy: "Send a hello first, and then what its task works on; see Python/PROTOCOL.md")
  }
}
