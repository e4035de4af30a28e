import Diagnostics
import TimeSeries
import Wording

/// A file that says what adds up to what, for forecasts that are to.
///
/// ```yaml
/// areas:
///   - name: South and Vale
///     level: partnership
///     parts: [South Oxfordshire, Vale of White Horse]
/// measures:
///   - name: Theft
///     parts: [Shoplifting, Bicycle theft]
/// ```
///
/// Parts are names of the data or of other totals. Without a level a total's is `total`, or `total 2`, `total 3` and so on where
/// it is made of totals: an area may be part of one total of each level. Measures may be part of several.
public struct HierarchyFile: Sendable {
  private struct Entry: Sendable {
    let name: String
    let level: String?
    let parts: [(name: String, location: HorizonError.Location)]
    let location: HorizonError.Location
  }

  private let areas: [Entry]
  private let measures: [Entry]
  /// The level whose forecasts a middle-out reconciliation keeps, if the file says.
  public let middle: String?

  /// Reads a file.
  ///
  /// - Parameter name: of the file, as messages say it.
  /// - Throws: `HorizonError` with line and column: not YAML, an unknown, missing or repeated key or name, a total without parts.
  public init(_ text: String, name: String) throws {
    let document = try YAMLValue.document(text, file: name)
    let mapping = try document.mapping("the hierarchy", required: [], optional: ["areas", "measures", "middle"])
    areas = try HierarchyFile.entries(mapping.optional("areas"), "areas")
    measures = try HierarchyFile.entries(mapping.optional("measures"), "measures")
    middle = try mapping.optional("middle")?.text("middle")
    guard !areas.isEmpty || !measures.isEmpty else {
      throw document.error(
        "it adds nothing up", remedy: "Write areas: or measures: with a list of totals and their parts")
    }
  }

  private static func entries(_ value: YAMLValue?, _ what: String) throws -> [Entry] {
    var names = DistinctNames()
    return try (value?.list(what) ?? []).map { value in
      let entry = try value.mapping("a total of \(what)", required: ["name", "parts"], optional: ["level"])
      let name = try entry.required("name").text("name")
      try names.note(name, entry.required("name"), kind: "total")
      let list = try entry.required("parts").list("parts")
      guard !list.isEmpty else {
        throw try entry.required("parts").error("the total '\(name)' has no parts", remedy: "Name at least one part")
      }
      var seen = DistinctNames()
      let parts = try list.map { value in
        let part = try value.text("a part")
        try seen.note(part, value, kind: "part")
        return (part, value.location)
      }
      return Entry(
        name: name, level: try entry.optional("level")?.text("level"), parts: parts,
        location: try entry.required("name").location)
    }
  }

  /// The areas of some data with the totals of the file.
  ///
  /// - Throws: `HorizonError` with the line: a part that is neither in the data nor a total, a cycle, an area in two totals of
  ///   one level, one that a total would count twice.
  /// - Parameter rests: totals of which something is counted apart that none of their parts holds, with its name.
  public func areaDimension(_ names: [String], rests: [String: String] = [:]) throws -> HierarchyDimension {
    try HierarchyFile.dimension(areas, of: names, rests, leaf: "area", mayOverlap: false)
  }

  /// The measures of some data with the totals of the file; as ``areaDimension(_:)``.
  public func measureDimension(_ names: [String], rests: [String: String] = [:]) throws -> HierarchyDimension {
    try HierarchyFile.dimension(measures, of: names, rests, leaf: "measure", mayOverlap: true)
  }

  private static func dimension(
    _ entries: [Entry], of names: [String], _ rests: [String: String], leaf: String, mayOverlap: Bool
  ) throws -> HierarchyDimension {
    let totals = Dictionary(entries.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let counted = names.filter { totals[$0] == nil }
    let known = Set(counted)
    var heights: [String: Int] = [:]
    func height(_ name: String, below: Set<String>) -> Int {
      guard let entry = totals[name], !below.contains(name) else { return 0 }
      if let found = heights[name] { return found }
      let found = 1 + (entry.parts.map { height($0.name, below: below.union([name])) }.max() ?? 0)
      heights[name] = found
      return found
    }
    func level(_ name: String) -> String {
      guard let entry = totals[name] else { return leaf }
      let height = height(name, below: [])
      return entry.level ?? (height > 1 ? "total \(height)" : "total")
    }
    for entry in entries {
      for part in entry.parts where totals[part.name] == nil && !known.contains(part.name) {
        throw HorizonError(
          .data, "there is no \(leaf) '\(part.name)' in the data, and no total of that name", at: part.location,
          remedy: NearestName.nearest(to: part.name, among: counted + entries.map(\.name)).map {
            "Perhaps '\($0)' was meant"
          } ?? "Use a name as the data writes it (see `horizon series`)")
      }
    }
    let apart = Set(rests.values)
    let members =
      counted.map { HierarchyDimension.Member(.init($0, leaf), isResidual: apart.contains($0)) }
      + entries.map { entry in
        HierarchyDimension.Member(
          .init(entry.name, level(entry.name)),
          parts: entry.parts.map { .init($0.name, level($0.name)) }
            + (rests[entry.name].map { [.init($0, leaf)] } ?? []))
      }
    do throws(HierarchyError) {
      return try HierarchyDimension(members, mayOverlap: mayOverlap)
    } catch {
      throw HorizonError(
        .data, "it does not add up: \(error)", at: totals[culprit(error)]?.location,
        remedy: "Each total is a sum of parts that it holds once, and an \(leaf) is part of one total of each level")
    }
  }

  /// The total whose line a mistake is on.
  private static func culprit(_ error: HierarchyError) -> String {
    switch error {
    case .repeatedName(let name): name.text
    case .unknownPart(_, of: let name): name.text
    case .cycle(let names): names.first?.text ?? ""
    case .twoTotals(_, let totals): totals.last?.text ?? ""
    case .countedTwice(_, in: let name): name.text
    }
  }
}
