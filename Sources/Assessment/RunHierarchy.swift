import CommunitySafety
import Diagnostics
import Ingest
import TimeSeries

/// What the data of a run adds up to without a file of its own: areas to partnerships, forces and all areas, measures to groups and
/// all measures.
public struct RunHierarchy: Sendable {
  /// Name of the measure that adds up all counts of an area.
  public static let allMeasuresName = "All measures"

  /// The areas.
  public let areas: HierarchyDimension
  /// The measures: those that are counts, for shares and values do not add up.
  public let measures: HierarchyDimension

  /// The hierarchy of some data.
  ///
  /// - Throws: `HorizonError` if the names of areas or groups contradict each other.
  public init(_ data: IngestedData, reference: ReferenceData) throws {
    let panels = try AggregatedPanels(data, measures: reference.measures, areas: reference.areas)
    areas = panels.hierarchy.areas
    let known = panels.hierarchy.measures
    let counted = Set(data.panel.series.filter { $0.kind == .count }.compactMap(\.key.measure))
    // What is counted is a member without parts.
    let parts = known.members.indices.filter {
      known.parts(of: $0).isEmpty && counted.contains(known.members[$0].name.text)
    }
    .map { known.members[$0].name }
    guard parts.count > 1, known.index(named: RunHierarchy.allMeasuresName) == nil else {
      measures = known
      return
    }
    let all = HierarchyDimension.Member(.init(RunHierarchy.allMeasuresName, "all"), parts: parts)
    do throws(HierarchyError) {
      measures = try HierarchyDimension(known.members + [all], mayOverlap: true)
    } catch {
      throw HorizonError(.data, "the measures do not add up: \(error)", remedy: "Give every measure a name of its own")
    }
  }
}
