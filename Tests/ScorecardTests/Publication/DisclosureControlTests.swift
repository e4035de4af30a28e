import Testing

@testable import Scorecard

/// The publication attacked: with everything that is published, of every table, quarter and total, no withheld figure may be bounded
/// within less than the threshold.
@Suite struct DisclosureControlTests {
  /// A random county of partnerships and districts, measures with overlapping groups, and quarters of small counts.
  static func table(seed: UInt64, quarters: Int? = nil) -> DisclosureTable {
    var random = SeededCounts(seed: seed)
    func whole(_ range: ClosedRange<Int>) -> Int {
      range.lowerBound + Int(random.uniform() * Double(range.count))
    }
    var places: [[Int]] = []
    var leaves = 0
    for _ in 0..<whole(1...4) {
      let districts = Array(leaves..<leaves + whole(1...3))
      leaves += districts.count
      if districts.count > 1 { places.append(districts) }
    }
    places += (0..<leaves).map { [$0] }
    if leaves > 1, !places.contains(Array(0..<leaves)) { places.append(Array(0..<leaves)) }
    let single = whole(2...6)
    var measures = (0..<single).map { [$0] }
    if single > 2 { measures.append(Array(0..<single)) }
    if single > 3 {
      measures.append(Array(0..<whole(2...single - 1)))
      let part = (0..<single).filter { $0 % 2 == 0 }
      if part.count > 1, !measures.contains(part) { measures.append(part) }
    }
    let means = (0..<leaves * single).map { _ in [0.5, 3, 8, 20, 60][whole(0...4)] }
    let times = (0..<(quarters ?? whole(1...5))).map { _ in means.map { random.draw(mean: $0, scatter: 1.3) } }
    // In a third of the tables some cells are not counted at all: they are 0, and everybody knows it.
    let isUncounted = means.map { _ in seed % 3 == 0 && random.uniform() < 0.15 }
    return DisclosureTable(
      places: places, measures: measures, leafPlaces: leaves, leafMeasures: single,
      times: times.map { zip($0, isUncounted).map { $1 ? 0 : $0 } }, isUncounted: isUncounted)
  }

  /// Two tables agree in everything published, hold whole counts, and differ in the withheld figure by the threshold: then no reader can
  /// bound it more closely, by whatever arithmetic. The control makes the tables; this looks at them by itself.
  private func attack(_ control: DisclosureControl) -> String? {
    let table = control.table
    for (time, cells) in table.times.enumerated() {
      for figure in 0..<table.count where !control.isWithheld[figure] {
        if table.value(figure, cells) < control.threshold { return "a small figure \(figure) is published" }
      }
      for figure in control.withheld where table.value(figure, cells).isFinite {
        guard let (low, high) = control.witnesses(figure, time) else { return "figure \(figure) has no witness" }
        for other in [low, high] {
          guard other.allSatisfy({ $0 >= 0 && $0 == $0.rounded() }) else { return "no counts" }
          if zip(other, table.isUncounted).contains(where: { $1 && $0 != 0 }) { return "more than is counted" }
          for shown in 0..<table.count where !control.isWithheld[shown] {
            let (printed, moved) = (table.value(shown, cells), table.value(shown, other))
            if printed != moved, !printed.isNaN { return "figure \(shown) would be another" }
          }
        }
        let width = table.value(figure, high) - table.value(figure, low)
        if width < control.threshold { return "figure \(figure) at \(time) is within \(width)" }
      }
    }
    return nil
  }

  /// What a reader with patience finds: bounds of every cell, tightened by every published sum until nothing moves.
  static func bounds(_ table: DisclosureTable, _ cells: [Double], isWithheld: [Bool]) -> [ClosedRange<Double>] {
    var low = cells.map { _ in 0.0 }
    var high = table.isUncounted.map { $0 ? 0 : Double.infinity }
    var isMoving = true
    while isMoving {
      isMoving = false
      for figure in 0..<table.count where !isWithheld[figure] {
        let sum = table.value(figure, cells)
        guard sum.isFinite else { continue }
        let parts = table.places[table.place(of: figure)].flatMap { place in
          table.measures[table.measure(of: figure)].map { place * table.leafMeasures + $0 }
        }
        for cell in parts {
          let others = parts.filter { $0 != cell }
          let most = sum - others.reduce(0) { $0 + low[$1] }
          let least = sum - others.reduce(0) { $0 + high[$1] }
          if most < high[cell] { (high[cell], isMoving) = (most, true) }
          if least > low[cell] { (low[cell], isMoving) = (least, true) }
        }
      }
    }
    return zip(low, high).map { $0...max($0, $1) }
  }

  @Test func noWithheldFigureIsBoundedWithinLessThanFive() {
    var (withheld, published, small) = (0, 0, 0)
    for seed in 0..<UInt64(1000) {
      let control = DisclosureControl(Self.table(seed: seed))
      if let found = attack(control) { Issue.record("table \(seed): \(found)") }
      for (time, cells) in control.table.times.enumerated() {
        let bounds = Self.bounds(control.table, cells, isWithheld: control.isWithheld)
        for figure in control.withheld where control.table.places[control.table.place(of: figure)].count == 1 {
          let measures = control.table.measures[control.table.measure(of: figure)]
          guard measures.count == 1 else { continue }
          let cell = control.table.places[control.table.place(of: figure)][0] * control.table.leafMeasures + measures[0]
          guard !control.table.isUncounted[cell] else { continue }
          let width = bounds[cell].upperBound - bounds[cell].lowerBound
          #expect(width >= 5, "table \(seed), time \(time), figure \(figure): \(bounds[cell])")
        }
      }
      withheld += control.withheld.count
      published += control.table.count - control.withheld.count
      small += (0..<control.table.count).count { figure in
        control.table.times.contains { control.table.value(figure, $0) < 5 }
      }
    }
    // Something is protected, and something is left to read.
    #expect(small > 100 && withheld > small && published > 0)
  }

  /// The attack finds what withholding small figures alone gives away: the test can fail.
  @Test func withoutSecondarySuppressionTheAttackSucceeds() {
    var disclosed = 0
    for seed in 0..<40 {
      let table = Self.table(seed: UInt64(seed), quarters: 1)
      let isSmall = (0..<table.count).map { table.value($0, table.times[0]) < 5 }
      let bounds = Self.bounds(table, table.times[0], isWithheld: isSmall)
      for place in 0..<table.leafPlaces {
        for measure in 0..<table.leafMeasures {
          let cell = place * table.leafMeasures + measure
          guard table.times[0][cell] < 5, !table.isUncounted[cell] else { continue }
          if bounds[cell].upperBound - bounds[cell].lowerBound < 4 { disclosed += 1 }
        }
      }
    }
    #expect(disclosed > 20, "\(disclosed)")
  }

  /// A later publication of the same history and more withholds all that the earlier one did: set beside each other they tell nothing.
  @Test func laterPublicationsGiveNothingAway() {
    for seed in 0..<60 {
      let whole = Self.table(seed: UInt64(5000 + seed), quarters: 6)
      var before: Set<Int> = []
      for length in 1...6 {
        let known = DisclosureTable(
          places: whole.places, measures: whole.measures, leafPlaces: whole.leafPlaces,
          leafMeasures: whole.leafMeasures, times: Array(whole.times.prefix(length)))
        let withheld = Set(DisclosureControl(known).withheld)
        #expect(before.isSubset(of: withheld), "table \(seed), \(length) quarters")
        before = withheld
      }
    }
  }

  /// One small figure among four districts: all four go, the county stays, and so do other measures.
  @Test func brothersGoTogether() {
    let table = DisclosureTable(
      places: [[0, 1, 2, 3], [0], [1], [2], [3]], measures: [[0], [1]], leafPlaces: 4, leafMeasures: 2,
      times: [[3, 90, 40, 80, 50, 70, 60, 60]])
    let control = DisclosureControl(table)
    #expect(Set(control.withheld) == Set((1...4).map { table.figure($0, 0) }))
  }

  /// A figure of which a part is not counted is the sum of the rest, and as small; one of nothing that is counted is no figure.
  @Test func whatIsNotCountedAddsNothing() {
    let table = DisclosureTable(
      places: [[0, 1, 2], [0], [1], [2]], measures: [[0], [1]], leafPlaces: 3, leafMeasures: 2,
      times: [[3, 90, 0, 80, 0, 70]], isUncounted: [false, false, true, false, true, false])
    #expect(table.value(table.figure(0, 0), table.times[0]) == 3)
    #expect(table.value(table.figure(2, 0), table.times[0]).isNaN)
    let control = DisclosureControl(table)
    #expect(control.isWithheld[table.figure(0, 0)] && control.isWithheld[table.figure(1, 0)])
    #expect((0..<4).allSatisfy { !control.isWithheld[table.figure($0, 1)] })
  }

  /// With a total over measures in each place a second measure goes too: else the total less the others would tell.
  @Test func aTotalOverMeasuresNeedsAPartner() {
    let table = DisclosureTable(
      places: [[0, 1], [0], [1]], measures: [[0], [1], [2], [0, 1, 2]], leafPlaces: 2, leafMeasures: 3,
      times: [[3, 20, 300, 40, 30, 280]])
    let control = DisclosureControl(table)
    for place in [1, 2] {
      #expect(control.isWithheld[table.figure(place, 0)] && control.isWithheld[table.figure(place, 1)])
      #expect(!control.isWithheld[table.figure(place, 2)] && !control.isWithheld[table.figure(place, 3)])
    }
    #expect((0..<4).allSatisfy { !control.isWithheld[table.figure(0, $0)] })
  }
}

extension DisclosureControl {
  fileprivate var withheld: [Int] { isWithheld.indices.filter { isWithheld[$0] } }
}
