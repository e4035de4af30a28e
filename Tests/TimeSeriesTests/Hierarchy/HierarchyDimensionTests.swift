import Testing
import TimeSeries

@Suite struct HierarchyDimensionTests {
  private typealias Name = HierarchyDimension.Name
  private typealias Member = HierarchyDimension.Member

  private func district(_ name: String) -> Name { Name(name, "district") }
  private func csp(_ name: String) -> Name { Name(name, "csp") }

  @Test func aMemberIsFoundByEveryNameAndAtItsLevel() throws {
    let dimension = try HierarchyDimension([
      Member(district("Oxford"), aliases: [csp("Oxford City")]), Member(district("Devon")),
      Member(csp("Devon"), parts: [csp("Oxford City"), district("Devon")]),
    ])
    #expect(dimension.index(of: csp("Oxford City")) == 0)
    #expect(dimension.index(of: csp("Oxford")) == nil)
    #expect(dimension.member(named: "Oxford City")?.name == district("Oxford"))
    // Of two members of one name the first is found by it alone, each by its level.
    #expect(dimension.index(named: "Devon") == 1)
    #expect(dimension.index(of: csp("Devon")) == 2)
    #expect(dimension.parts(of: 2) == [0, 1])
    #expect(dimension.totals(of: 0) == [2])
  }

  @Test func anOwnNameGoesBeforeAnAlias() throws {
    let dimension = try HierarchyDimension([
      Member(district("Oxford"), aliases: [csp("Isis")]), Member(district("Isis")),
    ])
    #expect(dimension.index(named: "Isis") == 1)
  }

  @Test func partsComeBeforeTotalsAndLeavesAreThoseOfAllParts() throws {
    let dimension = try HierarchyDimension([
      Member(Name("All", "whole"), parts: [Name("East", "force"), district("C")]),
      Member(Name("East", "force"), parts: [district("B"), district("A")]),
      Member(district("A")), Member(district("B")), Member(district("C")),
    ])
    #expect(dimension.partsFirst == [2, 3, 4, 1, 0])
    #expect(dimension.leaves(of: 0) == [2, 3, 4])
    #expect(dimension.leaves(of: 1) == [2, 3])
    #expect(dimension.leaves(of: 4) == [4])
    #expect(
      dimension.allTotals(of: 2) == [0, 1] && dimension.allTotals(of: 4) == [0] && dimension.allTotals(of: 0) == [])
  }

  @Test func mistakesAreNamed() {
    func error(_ members: [Member]) -> HierarchyError? {
      do throws(HierarchyError) {
        _ = try HierarchyDimension(members)
        return nil
      } catch { return error }
    }
    #expect(error([Member(district("A")), Member(district("A"))]) == .repeatedName(district("A")))
    #expect(
      error([Member(district("A"), aliases: [csp("B")]), Member(csp("B"))]) == .repeatedName(csp("B")))
    #expect(
      error([Member(csp("P"), parts: [district("A")])]) == .unknownPart(district("A"), of: csp("P")))
    #expect(
      error([
        Member(Name("Q", "force"), parts: [csp("P")]), Member(csp("P"), parts: [csp("R")]),
        Member(csp("R"), parts: [csp("P")]),
        Member(district("A")),
      ]) == .cycle([csp("P"), csp("R")]))
    #expect(error([Member(csp("P"), parts: [csp("P")])]) == .cycle([csp("P")]))
    #expect(
      error([
        Member(district("A")), Member(csp("P"), parts: [district("A")]), Member(csp("Q"), parts: [district("A")]),
      ]) == .twoTotals(district("A"), [csp("P"), csp("Q")]))
    #expect(
      error([
        Member(district("A")), Member(csp("P"), parts: [district("A")]),
        Member(Name("All", "whole"), parts: [csp("P"), district("A")]),
      ]) == .countedTwice(district("A"), in: Name("All", "whole")))
    #expect(
      error([Member(csp("P"), parts: [district("A"), district("A")]), Member(district("A"))])
        == .countedTwice(district("A"), in: csp("P")))
    #expect(error([]) == nil)
    // Groups of measures may share a member.
    #expect(throws: Never.self) {
      try HierarchyDimension(
        [Member(district("A")), Member(csp("P"), parts: [district("A")]), Member(csp("Q"), parts: [district("A")])],
        mayOverlap: true)
    }
    #expect(
      HierarchyError.cycle([csp("P"), csp("R")]).description == "\"P\" is part of itself, by way of \"P\", \"R\"")
  }

  @Test func existenceHasTwoEnds() {
    let member = Member(district("A"), first: .month(2020, 2), last: .month(2020, 3))
    #expect((1...4).map { member.exists(in: .month(2020, $0)) } == [false, true, true, false])
    #expect(Member(district("A")).exists(in: .month(1900, 1)))
  }
}
