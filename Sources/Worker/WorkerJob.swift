import Diagnostics
import Forecasting
import Foundation
import TimeSeries

/// What a worker is for: everything that its answers depend on besides the series it is sent.
public struct WorkerJob: Codable, Equatable, Sendable {
  /// What is done with a batch.
  public enum Task: String, Codable, Sendable, CaseIterable {
    /// Forecasts, as `horizon forecast` makes them.
    case forecast
    /// Verdicts, as `horizon exceptions` makes them, but for their q-values, which need every series of a period.
    case exceptions
    /// q-values from the p-values of a period.
    case adjust
    /// How many series are of districts that the files under `Models/` know.
    case places
  }

  /// Which breaks are allowed for.
  public enum Calendar: String, Codable, Sendable, CaseIterable {
    /// None: of a run in which no area is a known district.
    case none
    /// Those of `breaks.yaml`.
    case builtIn = "built-in"
  }

  /// Version of the frames.
  public var `protocol`: Int
  /// Version of the program that is wanted.
  public var version: String
  /// What is done.
  public var task: Task
  /// Frequency of every series.
  public var frequency: Frequency = .monthly
  /// Forecasts: the method's name.
  public var model = ModelName.auto.rawValue
  /// Forecasts: periods ahead.
  public var horizon = 12
  /// Forecasts: levels of the central intervals, in per cent, rising.
  public var levels: [Double] = [80, 95]
  /// Verdicts: latest periods to judge, counted back from ``through``.
  public var last = 3
  /// Verdicts: one-sided level of a single test.
  public var alpha = 0.01
  /// Verdicts: a day of the last period of all series of the run, `YYYY-MM-DD`.
  public var through: String?
  /// Which breaks are allowed for.
  public var calendar = Calendar.none
  /// Threads; answers do not depend on it.
  public var threads = 1
  /// ``NumericsFingerprint`` that is wanted; nil for any.
  public var numerics: String?

  /// A job of this version of the frames.
  public init(_ task: Task, version: String) {
    self.protocol = Frame.protocolVersion
    self.version = version
    self.task = task
  }

  private enum CodingKeys: String, CodingKey {
    case `protocol`, version, task, frequency, model, horizon, levels, last, alpha, through, calendar, threads, numerics
  }

  /// Reads a job; what is not said has its default.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try container.decode(Task.self, forKey: .task), version: try container.decode(String.self, forKey: .version))
    self.protocol = try container.decode(Int.self, forKey: .protocol)
    frequency = try container.decodeIfPresent(Frequency.self, forKey: .frequency) ?? frequency
    model = try container.decodeIfPresent(String.self, forKey: .model) ?? model
    horizon = try container.decodeIfPresent(Int.self, forKey: .horizon) ?? horizon
    levels = try container.decodeIfPresent([Double].self, forKey: .levels) ?? levels
    last = try container.decodeIfPresent(Int.self, forKey: .last) ?? last
    alpha = try container.decodeIfPresent(Double.self, forKey: .alpha) ?? alpha
    through = try container.decodeIfPresent(String.self, forKey: .through)
    calendar = try container.decodeIfPresent(Calendar.self, forKey: .calendar) ?? calendar
    threads = try container.decodeIfPresent(Int.self, forKey: .threads) ?? threads
    numerics = try container.decodeIfPresent(String.self, forKey: .numerics)
  }
}

extension WorkerJob {
  /// Reads the body of a hello.
  ///
  /// - Throws: `HorizonError` of kind usage for what is no job, or one that this program does not do.
  static func read(_ body: [UInt8], version: String) throws -> WorkerJob {
    // What is there in every version of the frames is looked at first, so that another version is named as that.
    struct Speaker: Decodable {
      let `protocol`: Int
      let version: String
    }
    guard let speaker = try? JSONDecoder().decode(Speaker.self, from: Data(body)) else {
      throw HorizonError(
        .usage, "the first frame is no job", at: .init(file: FrameReader.place),
        remedy: "Run the worker through the Python package, or see Python/PROTOCOL.md")
    }
    guard speaker.protocol == Frame.protocolVersion, speaker.version == version else {
      throw HorizonError(
        .usage,
        "this program is version \(version) (protocol \(Frame.protocolVersion)), and \(printable(speaker.version)) (protocol \(speaker.protocol)) is wanted",
        at: .init(file: FrameReader.place), remedy: "Install the program and the Python package of one version")
    }
    let job: WorkerJob
    do { job = try JSONDecoder().decode(WorkerJob.self, from: Data(body)) } catch {
      throw HorizonError(
        .usage, "the job has a value of another kind than it can have", at: .init(file: FrameReader.place),
        remedy: "See Python/PROTOCOL.md for what a job holds")
    }
    try job.check()
    return job
  }

  private static func printable(_ text: String) -> String {
    String(text.unicodeScalars.filter { $0.value > 31 }.prefix(40))
  }

  private func check() throws {
    func require(_ isRight: Bool, _ what: String, _ remedy: String) throws {
      guard isRight else { throw HorizonError(.usage, what, at: .init(file: FrameReader.place), remedy: remedy) }
    }
    try require(
      ModelName(rawValue: model) != nil, "there is no model \"\(Self.printable(model))\"",
      "Use one of: \(ModelName.allCases.map(\.rawValue).joined(separator: ", "))")
    try require((1...1000).contains(horizon), "the horizon is \(horizon)", "Give one from 1 to 1000")
    try require(
      levels.count <= 50 && levels.allSatisfy { $0 > 0 && $0 < 100 } && zip(levels, levels.dropFirst()).allSatisfy(<),
      "the levels are not rising numbers between 0 and 100", "Give levels such as 80, 95")
    try require((1...100_000).contains(last), "the number of periods to judge is \(last)", "Give one from 1 to 100000")
    try require(alpha > 0 && alpha < 0.5, "alpha is not between 0 and 0.5", "Give one such as 0.01")
    try require((1...1024).contains(threads), "the number of threads is \(threads)", "Give one from 1 to 1024")
    try require(
      task != .exceptions || lastPeriod != nil, "the job does not say through when series go",
      "Give through, a day of the last period, as YYYY-MM-DD")
  }

  /// The period of ``through``.
  var lastPeriod: Period? {
    guard let parts = through?.split(separator: "-", omittingEmptySubsequences: false).map({ Int($0) }),
      parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2]
    else { return nil }
    return CivilDate(year: year, month: month, day: day).map { Period(frequency, containing: $0) }
  }
}

/// Who a worker is: its answer to a hello.
public struct WorkerGreeting: Codable, Equatable, Sendable {
  /// Version of the frames.
  public let `protocol`: Int
  /// Version of the program.
  public let version: String
  /// Most bytes of a frame.
  public let frameLimit: Int
  /// Most periods from the first to the last row of a series.
  public let spanLimit: Int
  /// ``NumericsFingerprint`` of this process.
  public let numerics: String
  /// Whether the model learns from the other series of a measure, which then must come in one batch.
  public let learnsFromPools: Bool
  /// Names of statuses, by their numbers.
  public let statuses: [String]
  /// Names of kinds of verdicts, by their numbers.
  public let kinds: [String]
}
