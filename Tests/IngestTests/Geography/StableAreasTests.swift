import Testing

@testable import Ingest

@Suite struct StableAreasTests {
  let areas = StableAreas(newerCodes: [
    "kept": ["kept"], "split": ["s1", "s2"], "m1": ["merged"], "m2": ["merged"], "x1": ["x3"], "x2": ["x3", "x4"],
    "moved": ["renamed"],
  ])

  @Test func kinds() throws {
    let kept = try #require(areas["kept"])
    #expect(kept.code == "kept" && kept.name == "kept" && !kept.isRedrawn)
    let split = try #require(areas["s2"])
    #expect(split.code == "split" && split.name == "split" && split.newer == ["s1", "s2"] && split.isRedrawn)
    #expect(areas["split"] == split && areas["s1"] == split)
    let merged = try #require(areas["m2"])
    #expect(merged.code == "merged" && merged.older == ["m1", "m2"] && areas["merged"] == merged)
    let tangle = try #require(areas["x4"])
    #expect(tangle.code == "x1" && tangle.name == "x1 and others" && tangle.isTangle)
    #expect(areas["x1"] == tangle && areas["x2"] == tangle && areas["x3"] == tangle)
    #expect(areas["renamed"]?.code == "moved")
    #expect(areas["other"] == nil && areas.areas.count == 5)
  }

  /// Every code is in exactly one area, and two codes share one if and only if a chain of links joins them.
  @Test(arguments: 1...20) func components(_ seed: Int) {
    var state = UInt64(seed)
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var links: [String: [String]] = [:]
    for _ in 0..<30 { links["o\(next(25))", default: []].append("n\(next(25))") }
    var reach: [String: Set<String>] = [:]
    for code in Set(links.keys).union(links.values.joined()) {
      var found: Set = [code]
      while true {
        let more = links.filter { found.contains($0.key) || !found.isDisjoint(with: $0.value) }
          .flatMap { [$0.key] + $0.value }
        if found.isSuperset(of: more) { break }
        found.formUnion(more)
      }
      reach[code] = found
    }
    let areas = StableAreas(newerCodes: links)
    for (code, found) in reach {
      #expect(Set((areas[code]?.older ?? []) + (areas[code]?.newer ?? [])) == found)
    }
    #expect(Set(areas.areas.map(\.code)).count == areas.areas.count)
  }
}
