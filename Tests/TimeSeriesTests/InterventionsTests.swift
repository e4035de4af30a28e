import Foundation
import Testing
import TimeSeries

@Suite struct InterventionsTests {
  private let step = Intervention(start: .month(2020, 4), effect: .step, kind: .recordingChange, note: "new practice")
  private let window = Intervention(
    start: .month(2020, 3), effect: .window(through: .month(2021, 6)), kind: .covidRestriction, note: "lockdowns")

  private func key(_ area: Int) -> SeriesKey { SeriesKey(area: "Area \(area)", measure: "Theft") }

  @Test func aSeriesHasItsOwnOrThoseOfAll() {
    let interventions = Interventions(everywhere: [window], [(key(1), [window, step]), (key(2), [])])
    #expect(interventions[key(1)] == [window, step])
    #expect(interventions[key(2)].isEmpty)
    #expect(interventions[key(3)] == [window])
    #expect(Interventions()[key(1)].isEmpty)
    // Of two lists of one series the later counts, also where it is that of all.
    #expect(Interventions([(key(1), [step]), (key(1), [window])])[key(1)] == [window])
    #expect(Interventions([(key(1), [step]), (key(1), [])])[key(1)].isEmpty)
  }

  @Test func valuesAreEqualWhereEverySeriesHasTheSame() {
    let one = Interventions([(key(1), [step]), (key(2), [window]), (key(3), [])])
    let other = Interventions([(key(2), [window]), (key(1), [window]), (key(1), [step])])
    #expect(one == other && one.hashValue == other.hashValue)
    #expect(one != Interventions([(key(1), [step])]))
    #expect(one != Interventions([(key(1), [window]), (key(2), [window])]))
    #expect(one != Interventions(everywhere: [step], [(key(1), [step]), (key(2), [window]), (key(3), [])]))
  }

  @Test func onlyWhatHadBegunIsKnown() {
    let all = Interventions(everywhere: [window], [(key(1), [window, step]), (key(2), [step])])
    let known = all.begun(by: .month(2020, 3))
    #expect(known[key(1)] == [window] && known[key(2)].isEmpty && known[key(3)] == [window])
    #expect(all.begun(by: .month(2020, 4)) == all)
    // What differed only in what was yet to come is the same.
    #expect(known == Interventions(everywhere: [window], [(key(2), [])]))
    #expect(known.hashValue == Interventions(everywhere: [window], [(key(2), [])]).hashValue)
    #expect(all.begun(by: .month(2020, 2)) == Interventions())
  }

  @Test func equalValuesAreWrittenAlikeAndReadBack() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let pairs = (0..<500).map { (key($0), $0 % 3 == 0 ? [window] : $0 % 3 == 1 ? [step, window] : []) }
    let one = Interventions(everywhere: [step], pairs)
    let bytes = try encoder.encode(one)
    #expect(try encoder.encode(Interventions(everywhere: [step], pairs.reversed())) == bytes)
    #expect(try JSONDecoder().decode(Interventions.self, from: bytes) == one)
    // Each list is written once.
    #expect(String(decoding: bytes, as: UTF8.self).components(separatedBy: "lockdowns").count == 3)
  }
}
