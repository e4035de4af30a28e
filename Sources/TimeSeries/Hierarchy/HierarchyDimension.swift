/// One side of a hierarchy, its areas or its measures: what there is, and what is the sum of what.
///
/// Members without parts are counted; a member with parts is their sum. A member may be part of several totals (a
/// district of its partnership and of its force), of areas of each level at most one. A member may have several names: a
/// partnership of one district is that district.
///
/// ```swift
/// let areas = try HierarchyDimension([
///   .init(.init("Oxford", "district"), aliases: [.init("Oxford City", "csp")]),
///   .init(.init("South Oxfordshire", "district")), .init(.init("Vale of White Horse", "district")),
///   .init(
///     .init("South and Vale", "csp"),
///     parts: [.init("South Oxfordshire", "district"), .init("Vale of White Horse", "district")]),
/// ])
/// areas.member(named: "Oxford City")?.name.text  // "Oxford"
/// ```
///
/// Cost: linear in members and edges, and in the leaves of every total.
public struct HierarchyDimension: Sendable {
  /// A name and the level at which it is one. The same text may name a district and a force; at one level it is unique.
  public struct Name: Hashable, Comparable, Sendable {
    /// The name.
    public let text: String
    /// Its level, such as `district`.
    public let level: String

    /// A name at a level.
    public init(_ text: String, _ level: String) {
      self.text = text
      self.level = level
    }

    /// By level, then text, in Unicode scalar order.
    public static func < (a: Name, b: Name) -> Bool {
      let before = { (a: String, b: String) in a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars) }
      return a.level != b.level ? before(a.level, b.level) : before(a.text, b.text)
    }
  }

  /// Something that is counted, or the sum of others.
  public struct Member: Sendable, Hashable {
    /// Its name, which keys its series.
    public let name: Name
    /// Other names of the same thing.
    public let aliases: [Name]
    /// What it is the sum of, by any of their names; empty for what is counted itself.
    public let parts: [Name]
    /// Whether it holds what belongs to a total but to no other of its parts: records of a force without a place.
    public let isResidual: Bool
    /// Whether its sum needs every part; otherwise it is the sum of those parts that are counted at all.
    public let needsEveryPart: Bool
    /// The first period in which it existed; nil if always.
    public let first: Period?
    /// The last period in which it existed; nil if it still does. From then on totals do without it.
    public let last: Period?

    /// A member of a dimension.
    public init(
      _ name: Name, aliases: [Name] = [], parts: [Name] = [], isResidual: Bool = false, needsEveryPart: Bool = false,
      first: Period? = nil, last: Period? = nil
    ) {
      self.name = name
      self.aliases = aliases
      self.parts = parts
      self.isResidual = isResidual
      self.needsEveryPart = needsEveryPart
      self.first = first
      self.last = last
    }

    /// Whether it existed in a period.
    public func exists(in period: Period) -> Bool {
      first.map { $0 <= period } ?? true && last.map { $0 >= period } ?? true
    }
  }

  /// The members, in the order they were given.
  public let members: [Member]
  /// Positions of all members, parts before their totals.
  public let partsFirst: [Int]
  private let parts: [[Int]]
  private let totals: [[Int]]
  private let leafSets: [[Int]]
  private let byName: [Name: Int]
  private let byText: [String: Int]

  /// A dimension of these members.
  ///
  /// - Parameter mayOverlap: whether totals of one level may share members, as groups of crime do (shoplifting is theft
  ///   and acquisitive crime), and areas do not.
  /// - Throws: ``HierarchyError`` for a name that two members have, a part that is no member, a member that is part of
  ///   itself, one in two totals of one level, or one that a total would count twice.
  public init(_ members: [Member], mayOverlap: Bool = false) throws(HierarchyError) {
    var byName: [Name: Int] = [:]
    var byText: [String: Int] = [:]
    for (index, member) in members.enumerated() {
      for name in [member.name] + member.aliases {
        guard byName.updateValue(index, forKey: name) == nil else { throw .repeatedName(name) }
      }
    }
    // What a thing is called goes before what it is also called.
    for (index, member) in members.enumerated() where byText[member.name.text] == nil {
      byText[member.name.text] = index
    }
    for (index, member) in members.enumerated() {
      for alias in member.aliases where byText[alias.text] == nil { byText[alias.text] = index }
    }
    var parts = [[Int]](repeating: [], count: members.count)
    var totals = [[Int]](repeating: [], count: members.count)
    for (index, member) in members.enumerated() {
      for name in member.parts {
        guard let part = byName[name] else { throw .unknownPart(name, of: member.name) }
        parts[index].append(part)
        totals[part].append(index)
      }
    }
    for (index, totals) in totals.enumerated() where !mayOverlap {
      var levels: [String: Int] = [:]
      for total in totals {
        if let other = levels.updateValue(total, forKey: members[total].name.level), other != total {
          throw .twoTotals(members[index].name, [members[other].name, members[total].name])
        }
      }
    }
    partsFirst = try HierarchyDimension.order(members, parts: parts, totals: totals)
    var leafSets = members.indices.map { parts[$0].isEmpty ? [$0] : [] }
    for index in partsFirst where !parts[index].isEmpty {
      let leaves = parts[index].flatMap { leafSets[$0] }.sorted()
      if let twice = zip(leaves, leaves.dropFirst()).first(where: { $0 == $1 }) {
        throw .countedTwice(members[twice.0].name, in: members[index].name)
      }
      leafSets[index] = leaves
    }
    self.members = members
    self.parts = parts
    self.totals = totals
    self.leafSets = leafSets
    self.byName = byName
    self.byText = byText
  }

  /// A dimension without members.
  public init() {
    (members, partsFirst, parts, totals, leafSets, byName, byText) = ([], [], [], [], [], [:], [:])
  }

  /// Members with their parts before them (Kahn 1962), of those that may come next the first given.
  private static func order(
    _ members: [Member], parts: [[Int]], totals: [[Int]]
  ) throws(HierarchyError) -> [Int] {
    var waiting = parts.map(\.count)
    var order = members.indices.filter { waiting[$0] == 0 }
    var next = 0
    while next < order.count {
      for total in totals[order[next]] {
        waiting[total] -= 1
        if waiting[total] == 0 { order.append(total) }
      }
      next += 1
    }
    guard order.count == members.count else {
      // From any member left, parts that are left lead round a cycle in the end.
      var path: [Int] = []
      var at = members.indices.first { waiting[$0] > 0 }
      while let here = at, !path.contains(here) {
        path.append(here)
        at = parts[here].first { waiting[$0] > 0 }
      }
      let start = at.flatMap { path.firstIndex(of: $0) } ?? 0
      throw .cycle(path[start...].map { members[$0].name })
    }
    return order
  }

  /// Position of the member with this name at this level.
  public func index(of name: Name) -> Int? { byName[name] }
  /// Position of the member with this name at any level: of several, the first whose own name it is, else the first that
  /// is also called so.
  public func index(named text: String) -> Int? { byText[text] }
  /// The member with this name at any level.
  public func member(named text: String) -> Member? { byText[text].map { members[$0] } }
  /// Positions of the parts of a member, in the order given.
  public func parts(of index: Int) -> [Int] { parts[index] }
  /// Positions of the totals a member is directly part of.
  public func totals(of index: Int) -> [Int] { totals[index] }
  /// Positions of every total that counts a member, directly or through others, rising.
  public func allTotals(of index: Int) -> [Int] {
    var found = Set<Int>()
    var next = totals[index]
    while let total = next.popLast() {
      if found.insert(total).inserted { next += totals[total] }
    }
    return found.sorted()
  }
  /// Positions of what a member adds up in the end, rising; of what is counted itself, its own.
  public func leaves(of index: Int) -> [Int] { leafSets[index] }
}

/// Why a hierarchy cannot be built: a mistake in what it was to be made of.
public enum HierarchyError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Two members have one name at one level.
  case repeatedName(HierarchyDimension.Name)
  /// A part that is no member.
  case unknownPart(HierarchyDimension.Name, of: HierarchyDimension.Name)
  /// Members each of which is part of the one before it, and the first of the last.
  case cycle([HierarchyDimension.Name])
  /// A member that is part of two totals of one level.
  case twoTotals(HierarchyDimension.Name, [HierarchyDimension.Name])
  /// A member that a total would count twice, over different ways.
  case countedTwice(HierarchyDimension.Name, in: HierarchyDimension.Name)

  /// The mistake in words.
  public var description: String {
    switch self {
    case .repeatedName(let name): "two members are named \"\(name.text)\" (\(name.level))"
    case .unknownPart(let part, let total):
      "\"\(total.text)\" (\(total.level)) has a part \"\(part.text)\" (\(part.level)) that does not exist"
    case .cycle(let names):
      "\"\(names.first?.text ?? "")\" is part of itself, by way of \(names.map { "\"\($0.text)\"" }.joined(separator: ", "))"
    case .twoTotals(let name, let totals):
      "\"\(name.text)\" (\(name.level)) is part of two totals of one level: "
        + totals.map { "\"\($0.text)\" (\($0.level))" }.joined(separator: " and ")
    case .countedTwice(let name, let total):
      "\"\(total.text)\" (\(total.level)) would count \"\(name.text)\" (\(name.level)) twice"
    }
  }
}
