import Testing

@testable import Ingest

@Suite struct RepeatPatternsTests {
  private func event(_ entity: UInt64, _ day: Int32, category: Int32 = 0) -> RepeatCount.Event {
    RepeatCount.Event(entity: entity, category: category, day: day, stream: 0)
  }

  /// Three within six months: the third reaches the threshold, the fourth does not reach it again, and one that comes when the
  /// first ones are long past does.
  @Test func theThresholdIsReachedOnceUntilItIsLeft() {
    // Days since 1970-01-01: January 1 and 20, March 1, April 1 of 1970; then 1972.
    let events = [0, 19, 59, 90, 800, 801, 802].map { event(1, $0) } + [event(2, 0), event(2, 10)]
    let reached = RepeatPatterns.reaching(events, reports: 3, months: 6)
    #expect(reached.map(\.day) == [59, 802])
    #expect(RepeatPatterns.reaching(events, reports: 2, months: 6).map(\.day) == [19, 801, 10])
    // Of two categories each has its own.
    let apart = [event(1, 0), event(1, 10), event(1, 20, category: 1)]
    #expect(RepeatPatterns.reaching(apart, reports: 3, months: 6).isEmpty)
  }

  /// 100 people, five of whom have 21 incidents each: the most affected twentieth has 105 of 200.
  @Test func theConcentrationIsThatOfTheMostAffectedTwentieth() {
    let entities = (1...100).flatMap { number in [UInt64](repeating: UInt64(number), count: number <= 5 ? 21 : 1) }
    #expect(RepeatPatterns.concentration(entities) == .init(ofTheMost: 105, all: 200))
    // An extract with five people in it says nothing of a twentieth of them.
    #expect(RepeatPatterns.concentration([1, 1, 1, 2, 3, 4, 5]) == nil)
    #expect(RepeatPatterns.concentration((1...99).map(UInt64.init)) == nil)
  }
}
