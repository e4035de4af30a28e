import CommunitySafety
import Diagnostics
import Forecasting
import Foundation
import ModelFiles
import Tables
import Testing
import TimeSeries

@testable import Worker

@Suite struct WorkerSessionTests {
  /// Answers to some frames, and what the session ended with.
  private func run(_ bytes: [UInt8]) async throws -> (frames: [Frame], error: HorizonError?) {
    let session = WorkerSession(version: "1.2.3", reference: try ModelFileLoader.builtIn())
    var frames: [Frame] = []
    do {
      try await session.run(Wire.reader(bytes, piece: 4096)) { frames.append($0) }
    } catch let error as HorizonError {
      return (frames, error)
    }
    return (frames, nil)
  }

  private func hello(_ more: String, version: String = "1.2.3", protocol number: Int = 1) -> [UInt8] {
    Wire.frame("H", Array("{\"protocol\":\(number),\"version\":\"\(version)\",\(more)}".utf8))
  }

  private func record(_ frame: Frame?) throws -> ErrorRecord {
    let frame = try #require(frame)
    #expect(frame.kind == .failure)
    return try JSONDecoder().decode(ErrorRecord.self, from: Data(frame.body))
  }

  /// Two areas of a measure and a series that stands alone, of 60 months.
  private static let series: [(id: String, rows: [(day: Int, value: Double)])] = ["A|Theft", "B|Theft", "alone"]
    .enumerated().map {
      number, id in
      (id, (0..<60).map { (Wire.month($0), Double(12 + 5 * number + ($0 * 7 + number * 3) % 9 + $0 % 12)) })
    }

  private static var panel: Panel {
    Panel(
      frequency: .monthly, style: .yearMonth,
      series: series.map {
        Series(key: SeriesKey(uniqueID: $0.id), start: .month(2015, 1), values: $0.rows.map(\.value))
      })
  }

  @Test(arguments: ["auto", "counts", "theta", "seasonal-naive"])
  func forecastsAreThoseOfTheEngine(model: String) async throws {
    let bytes =
      hello("\"task\":\"forecast\",\"model\":\"\(model)\",\"horizon\":5,\"levels\":[80,95]")
      + Wire.frame("B", Wire.batch(Self.series)) + Wire.frame("Q", [])
    let (frames, error) = try await run(bytes)
    #expect(error == nil && frames.map(\.kind) == [.ready, .forecasts])
    let expected = try await ForecastEngine(model: try #require(ModelName(rawValue: model)), horizon: 5).run(Self.panel)
      .map(\.forecast)
    var answer = Answer(frames[1].body)
    #expect(answer.numbers(3) == [3, 5, 2])
    #expect(answer.bytes(3) == [0, 0, 0])
    #expect(answer.texts(3) == expected.map(\.model))
    #expect(answer.numbers(15) == (0..<3).flatMap { _ in (60..<65).map(Wire.month) })
    #expect(answer.doubles(15) == expected.flatMap { $0.mean.map(significant) })
    #expect(answer.doubles(15) == expected.flatMap { $0.median.map(significant) })
    for level in [80.0, 95] {
      let intervals = try expected.map { try #require($0.interval(level)) }
      #expect(answer.doubles(15) == intervals.flatMap { $0.lower.map(significant) })
      #expect(answer.doubles(15) == intervals.flatMap { $0.upper.map(significant) })
    }
    #expect(answer.isEmpty)
    // The session says whether pools must come whole as the registry does.
    let greeting = try JSONDecoder().decode(WorkerGreeting.self, from: Data(frames[0].body))
    #expect(greeting.learnsFromPools == ModelName(rawValue: model)?.learnsFromPools)
  }

  @Test func aFrameIsAnsweredTheSameWheneverItIsSent() async throws {
    let batch = Wire.frame("B", Wire.batch(Self.series))
    let other = Wire.frame("B", Wire.batch([("other", [(0, 1), (31, 2)])]))
    let (frames, _) = try await run(hello("\"task\":\"forecast\"") + batch + other + batch)
    #expect(frames.count == 4 && frames[1] == frames[3] && frames[1] != frames[2])
  }

  @Test func aPoisonedSeriesIsARowAndChangesNoOther() async throws {
    let poison: (id: String, rows: [(day: Int, value: Double)]) = ("C|Theft", [(0, 1), (0, 2)])
    let (frames, _) = try await run(
      hello("\"task\":\"forecast\",\"horizon\":2,\"levels\":[80]") + Wire.frame("B", Wire.batch([poison] + Self.series))
        + Wire.frame("B", Wire.batch(Self.series)))
    var (with, without) = (Answer(frames[1].body), Answer(frames[2].body))
    #expect(with.numbers(3) == [4, 2, 1] && without.numbers(3) == [3, 2, 1])
    #expect(with.bytes(4) == [SeriesBatch.Status.duplicatePeriod.rawValue, 0, 0, 0] && without.bytes(3) == [0, 0, 0])
    #expect(Array(with.texts(4).dropFirst()) == without.texts(3))
    #expect(with.numbers(6) == without.numbers(6) && with.doubles(24) == without.doubles(24))
  }

  @Test func verdictsAreOfTheRunsLastPeriods() async throws {
    let job = "\"task\":\"exceptions\",\"last\":2,\"through\":\"2020-02-01\""
    let (frames, _) = try await run(hello(job) + Wire.frame("B", Wire.batch(Self.series)))
    var answer = Answer(try #require(frames.last).body)
    #expect(answer.numbers(2) == [3, 2])
    _ = (answer.bytes(3), answer.texts(3))
    #expect(answer.numbers(6) == (0..<3).flatMap { _ in [Wire.month(60), Wire.month(61)] })
    // Series that end before are not tested.
    #expect(answer.doubles(6).count { $0.isNaN } == 6)
  }

  @Test func qValuesAreThoseOfBenjaminiAndHochberg() async throws {
    // R: p.adjust(c(0.01, 0.04, NA, 0.03, 0.5), "BH")
    let values = [0.01, 0.04, .nan, 0.03, 0.5]
    let (frames, _) = try await run(
      hello("\"task\":\"adjust\"") + Wire.frame("P", Wire.number(5) + values.flatMap(Wire.double)))
    var answer = Answer(try #require(frames.last).body)
    #expect(answer.numbers(1) == [5])
    let found = answer.doubles(5)
    #expect(found[2].isNaN)
    for (value, wanted) in zip([found[0], found[1], found[3], found[4]], [0.04, 0.16 / 3, 0.16 / 3, 0.5]) {
      #expect(abs(value - wanted) < 1e-7)
    }
  }

  @Test func districtsAreKnownByName() async throws {
    let batch = Wire.batch(["Oxford|Theft", "Nowhere|Theft", "Cherwell"].map { ($0, [(0, 1)]) })
    let (frames, _) = try await run(hello("\"task\":\"places\"") + Wire.frame("B", batch))
    #expect(frames.last == Frame(.known, Wire.number(2)))
  }

  @Test func anotherVersionIsRefusedWithBothNames() async throws {
    for bytes in [hello("\"task\":\"forecast\"", version: "1.2.4"), hello("\"task\":\"forecast\"", protocol: 2)] {
      let (frames, error) = try await run(bytes)
      let said = try record(frames.first)
      #expect(frames.count == 1 && error?.kind == .usage)
      #expect(said.message.contains("this program is version 1.2.3 (protocol 1)"))
      #expect(said.remedy == "Install the program and the Python package of one version")
    }
  }

  @Test func aMachineThatRoundsOtherwiseIsRefused() async throws {
    let (frames, error) = try await run(hello("\"task\":\"forecast\",\"numerics\":\"0000000000000000\""))
    #expect(try record(frames.first).kind == "try-later" && error?.kind == .tryLater)
    let own = try NumericsFingerprint.current()
    #expect(try await run(hello("\"task\":\"forecast\",\"numerics\":\"\(own)\"")).frames.map(\.kind) == [.ready])
  }

  @Test(arguments: [
    "\"task\":\"forecast\",\"model\":\"oracle\"", "\"task\":\"forecast\",\"horizon\":0",
    "\"task\":\"forecast\",\"levels\":[95,80]",
    "\"task\":\"forecast\",\"levels\":[100]", "\"task\":\"exceptions\"",
    "\"task\":\"exceptions\",\"through\":\"2019-02-30\"",
    "\"task\":\"exceptions\",\"through\":\"2019-02-03\",\"alpha\":0.5", "\"task\":\"dance\"",
    "\"task\":\"forecast\",\"threads\":0",
    "\"task\":\"forecast\",\"frequency\":\"hourly\"",
  ])
  func aJobThatCannotBeDoneIsRefused(job: String) async throws {
    let (frames, error) = try await run(hello(job))
    #expect(try record(frames.first).kind == "usage" && error?.kind == .usage && frames.count == 1)
  }

  @Test func aBadBatchIsAnsweredAndTheNextOneToo() async throws {
    let (frames, error) = try await run(
      hello("\"task\":\"forecast\"") + Wire.frame("B", [1, 2]) + Wire.frame("P", [])
        + Wire.frame("B", Wire.batch(Self.series)))
    #expect(error == nil && frames.map(\.kind) == [.ready, .failure, .failure, .forecasts])
    #expect(try record(frames[1]).message == "the body of a frame is shorter than it says")
  }

  @Test func anEndInMidFrameIsAFailureAndAnExit() async throws {
    let whole = hello("\"task\":\"forecast\"") + Wire.frame("B", Wire.batch(Self.series))
    let (frames, error) = try await run(Array(whole.dropLast(7)))
    #expect(frames.map(\.kind) == [.ready, .failure] && error?.kind == .data)
    let nothing = try await run([])
    #expect(nothing.frames.isEmpty)
  }
}
