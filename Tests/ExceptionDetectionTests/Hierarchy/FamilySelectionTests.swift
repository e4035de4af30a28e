import NumericCore
import Testing

@testable import ExceptionDetection

struct FamilySelectionTests {
  /// The procedure as Benjamini & Bogomolov (2014) state it, at one rate: selects families by Simes, then tests within each
  /// at the rate times the share selected.
  private func rejected(_ p: [Double], _ families: [[Int]], at rate: Double) -> Set<Int> {
    func bh(_ values: [Double], _ level: Double) -> [Int] {
      let order = values.indices.sorted { values[$0] < values[$1] }
      let last = order.indices.last { values[order[$0]] <= level * Double($0 + 1) / Double(values.count) }
      return last.map { Array(order[...$0]) } ?? []
    }
    let simes = families.map { family in
      let sorted = family.map { p[$0] }.sorted()
      let each = sorted.indices.map { (i: Int) -> Double in sorted[i] * Double(sorted.count) / Double(i + 1) }
      return each.min() ?? 1
    }
    let selected = bh(simes, rate)
    var found = Set<Int>()
    for family in selected {
      let members = families[family]
      for i in bh(members.map { p[$0] }, rate * Double(selected.count) / Double(families.count)) {
        found.insert(members[i])
      }
    }
    return found
  }

  @Test func ratesAreThoseAtWhichTheProcedureRejects() {
    var random = RandomSource(seed: 4)
    for _ in 0..<60 {
      let sizes = (0..<5).map { _ in 1 + Int(random.uniform() * 6) }
      var families: [[Int]] = []
      var p: [Double] = []
      for size in sizes {
        families.append(Array(p.count..<(p.count + size)))
        p += (0..<size).map { _ in random.uniform() < 0.3 ? random.uniform() * 0.01 : random.uniform() }
      }
      let rates = FamilySelection.rates(p, families: families)
      for rate in [0.013, 0.051, 0.1037, 0.2011, 0.4003] {
        let expected = rejected(p, families, at: rate)
        #expect(Set(rates.indices.filter { rates[$0] <= rate }) == expected)
      }
    }
  }

  @Test func familiesOfOneAreBenjaminiHochberg() {
    let p = [0.001, 0.2, 0.04, 0.011, .nan, 0.8]
    let rates = FamilySelection.rates(p, families: p.indices.map { [$0] })
    let plain = benjaminiHochberg(p)
    for (a, b) in zip(rates, plain) { #expect(a == b || (a.isNaN && b.isNaN)) }
  }

  @Test func whatIsInNoFamilyHasNoRate() {
    let rates = FamilySelection.rates([0.01, 0.02], families: [[1]])
    #expect(rates[0].isNaN && rates[1] == 0.02)
    #expect(FamilySelection.rates([], families: []).isEmpty)
  }
}
