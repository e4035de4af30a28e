import NumericCore
import TestSupport
import Testing

@testable import ExceptionDetection

struct PELTTests {
  /// A case of `segments.R`.
  struct Case {
    let cost: CountSegmentCost
    let counts: [Double]
    let shortest: Int
    let penalty: Double
    let changes: [Int]
    let saving: Double

    static func all() throws -> [Case] {
      let cases = try Fixture.numbers("segments.csv", target: "ExceptionDetectionTests")
      return try cases.keys.sorted().map { name in
        let c = try #require(cases[name])
        let one = { (quantity: String) in try #require(c[quantity]?.first) }
        let counts = try #require(c["count"])
        return Case(
          cost: CountSegmentCost(counts: counts, exposures: try #require(c["exposure"]), size: try one("size")),
          counts: counts, shortest: Int(try one("shortest")), penalty: try one("penalty"),
          changes: (c["change"] ?? []).map { Int($0) }, saving: try one("saving"))
      }
    }
  }

  @Test func agreesWithADynamicProgrammeInR() throws {
    let cases = try Case.all()
    #expect(cases.count == 8)
    for c in cases {
      let found = pelt(c.cost, penalty: c.penalty, minimumLength: c.shortest)
      #expect(found.changes == c.changes)
      let whole = c.cost(0..<c.cost.count)
      #expect(abs(whole - found.cost - c.saving) < 1e-6 * max(1, c.saving))
    }
  }

  /// The same minimum without pruning.
  private func everyCut(_ cost: CountSegmentCost, penalty: Double, shortest: Int) -> (changes: [Int], total: Double) {
    let n = cost.count
    var best = [Double](repeating: .infinity, count: n + 1)
    var last = [Int](repeating: 0, count: n + 1)
    best[0] = -penalty
    for end in stride(from: 1, through: n, by: 1) {
      for start in 0..<end where end - start >= shortest {
        let total = best[start] + cost(start..<end) + penalty
        if total < best[end] { (best[end], last[end]) = (total, start) }
      }
    }
    var changes: [Int] = []
    var at = last[n]
    while at > 0 {
      changes.insert(at, at: 0)
      at = last[at]
    }
    return (changes, best[n])
  }

  @Test func pruningLosesNothing() {
    var random = RandomSource(seed: 8)
    var several = 0
    for round in 0..<300 {
      let n = 6 + Int(random.uniform() * 90)
      let size = [Double.infinity, 2, 30][round % 3]
      var level = 5.0
      let counts = (0..<n).map { _ in
        if random.uniform() < 0.08 { level = [0, 1, 5, 20][Int(random.uniform() * 4)] }
        return random.negativeBinomial(mean: level, size: level > 0 ? size : .infinity)
      }
      let exposures = (0..<n).map { round % 2 == 0 ? 1 : 1 + 0.4 * sine(Double($0)) }
      let cost = CountSegmentCost(counts: counts, exposures: exposures, size: size)
      let shortest = 1 + round % 5
      let penalty = [0.5, 3, 8, 20][round % 4]
      let found = pelt(cost, penalty: penalty, minimumLength: shortest)
      let reference = everyCut(cost, penalty: penalty, shortest: shortest)
      let total = found.cost + penalty * Double(found.changes.count)
      #expect(abs(total - reference.total) < 1e-8 * max(1, abs(reference.total)), "round \(round)")
      #expect(found.changes.count <= n / shortest)
      let bounds = [0] + found.changes + [n]
      if !found.changes.isEmpty { #expect(zip(bounds, bounds.dropFirst()).allSatisfy { $1 - $0 >= shortest }) }
      several += found.changes.count > 2 ? 1 : 0
    }
    #expect(several > 50)
  }

  @Test func aGreaterPenaltyFindsNoMoreChanges() throws {
    for c in try Case.all() {
      var previous = Int.max
      for penalty in [0.1, 1, 2, 4, 8, 16, 32, 64, 128] {
        let found = pelt(c.cost, penalty: penalty, minimumLength: c.shortest).changes.count
        #expect(found <= previous)
        previous = found
      }
    }
  }

  @Test func shortSequencesHaveOneSegment() {
    let empty = CountSegmentCost(counts: [], exposures: [], size: 3)
    #expect(pelt(empty, penalty: 1, minimumLength: 3).changes.isEmpty)
    let five = CountSegmentCost(counts: [0, 0, 90, 90, 90], exposures: [1, 1, 1, 1, 1], size: .infinity)
    #expect(pelt(five, penalty: 1, minimumLength: 3).changes.isEmpty)
    #expect(pelt(five, penalty: 1, minimumLength: 2).changes == [2])
  }
}
