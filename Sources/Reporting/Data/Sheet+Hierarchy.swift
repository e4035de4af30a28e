import Tables
import TimeSeries

/// A member of a side of a hierarchy, under one of the totals it is part of.
private struct TreeRow {
  let side: String
  let depth: Int
  let member: HierarchyDimension.Member
  let leaves: Int
  let style: PeriodStyle
}

extension Table where Row == TreeRow {
  fileprivate static var tree: Table {
    Table(
      "hierarchy", title: "What adds up to what",
      "Areas and measures, each total before its parts; a member stands under every total that it is part of."
    ) {
      Column("side", .text, "areas or measures.") { $0.side }
      Column("depth", .integer, unit: "levels", "Levels below a total that is part of none.") { $0.depth }
      Column("name", .text, "Name, set in by its depth.") {
        String(repeating: "  ", count: $0.depth) + $0.member.name.text
      }
      Column("level", .text, "Its level.") { $0.member.name.level }
      Column("parts", .integer, unit: "members", "Direct parts; 0 of what is counted.") { $0.member.parts.count }
      Column("counted", .integer, unit: "members", "Counted members that it adds up in the end.") { $0.leaves }
      Column("residual", .flag, "Whether it holds what belongs to a total but to no other of its parts.") {
        $0.member.isResidual
      }
      Column("also", .text, "Other names of it.") { row in
        row.member.aliases.isEmpty ? nil : row.member.aliases.map { "\($0.text) (\($0.level))" }.joined(separator: "; ")
      }
      Column("from", .period, "First period in which it existed; blank if always.") { row in
        row.member.first.map(row.style.format)
      }
      Column("to", .period, "Last period in which it existed; blank if it still does.") { row in
        row.member.last.map(row.style.format)
      }
    }
  }
}

extension Sheet {
  /// What adds up to what, as a tree of areas and one of measures.
  public static func hierarchy(areas: HierarchyDimension, measures: HierarchyDimension, style: PeriodStyle) -> Sheet {
    Sheet(.tree) { add in
      for (side, dimension) in [("areas", areas), ("measures", measures)] {
        func write(_ index: Int, _ depth: Int) throws {
          try add(
            TreeRow(
              side: side, depth: depth, member: dimension.members[index], leaves: dimension.leaves(of: index).count,
              style: style))
          for part in dimension.parts(of: index) { try write(part, depth + 1) }
        }
        for index in dimension.members.indices where dimension.totals(of: index).isEmpty { try write(index, 0) }
      }
    }
  }
}
