/// LSOAs kept together across censuses so that rows of old and new codes count in one series.
///
/// A stable area is a connected component of the graph of old and new codes: an LSOA that was kept; the LSOAs one was
/// split into, or that were merged into one; or any tangle of them.
struct StableAreas: Sendable {
  /// A component.
  struct Area: Sendable, Hashable {
    /// Code it goes by: of a kept or split LSOA the old one, of merged LSOAs the new one, of a tangle the first old one.
    let code: String
    /// Old codes, in scalar order.
    let older: [String]
    /// New codes, in scalar order.
    let newer: [String]
    /// Name of its series: its code, marked where others are in it that the code does not stand for.
    var name: String { isTangle ? "\(code) and others" : code }
    /// Whether a census redrew it.
    var isRedrawn: Bool { older.count > 1 || newer.count > 1 || older != newer }
    /// Whether several old codes became several new ones.
    var isTangle: Bool { older.count > 1 && newer.count > 1 }
  }

  /// The components, by code.
  let areas: [Area]
  private let areaOfCode: [String: Int32]

  /// Components of the graph that joins each old code to its new codes.
  init(newerCodes: [String: [String]]) {
    let codes = Set(newerCodes.keys).union(newerCodes.values.joined()).sorted(by: FileKind.scalarOrder)
    let position = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })
    var parent = Array(codes.indices)
    func root(_ index: Int) -> Int {
      var index = index
      while parent[index] != index {
        parent[index] = parent[parent[index]]
        index = parent[index]
      }
      return index
    }
    for (older, newer) in newerCodes {
      for code in newer {
        guard let a = position[older].map(root), let b = position[code].map(root) else { continue }
        parent[max(a, b)] = min(a, b)
      }
    }
    var (older, newer) = ([Int: [String]](), [Int: [String]]())
    let isNew = Set(newerCodes.values.joined())
    for (index, code) in codes.enumerated() {
      if newerCodes[code] != nil { older[root(index), default: []].append(code) }
      if isNew.contains(code) { newer[root(index), default: []].append(code) }
    }
    var areas: [Area] = []
    for (root, olds) in older {
      let news = newer[root] ?? []
      let code = olds.count > 1 && news.count == 1 ? news[0] : olds[0]
      areas.append(Area(code: code, older: olds, newer: news))
    }
    areas.sort { FileKind.scalarOrder($0.code, $1.code) }
    var areaOfCode: [String: Int32] = [:]
    for (index, area) in areas.enumerated() {
      for code in area.older + area.newer { areaOfCode[code] = Int32(index) }
    }
    self.areas = areas
    self.areaOfCode = areaOfCode
  }

  /// The stable area of an old or new code.
  subscript(code: String) -> Area? { areaOfCode[code].map { areas[Int($0)] } }
}
