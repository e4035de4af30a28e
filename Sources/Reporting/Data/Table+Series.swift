import CommunitySafety
import TimeSeries

extension Table {
  /// One row a series: what a panel holds, before any model.
  public static func series(
    _ panel: Panel, areas: [String: Area], breaks: (SeriesKey) -> [Intervention]
  ) -> Table {
    var table = Table(
      columns: [
        "unique_id", "area", "measure", "level", "kind", "from", "to", "periods", "observed", "missing", "zeros",
        "mean",
        "last", "breaks",
      ] + areaColumns)
    for series in panel.series {
      let area = areas[series.key.area]
      var (observed, zeros, sum) = (0, 0, 0.0)
      for value in series.values where !value.isNaN {
        observed += 1
        zeros += value == 0 ? 1 : 0
        sum += value
      }
      let concerning = breaks(series.key).filter { $0.start <= series.end && $0.start >= series.start }
      let cells: [Cell] = [
        .text(series.key.uniqueID), .text(series.key.area), .text(series.key.measure ?? ""),
        .text(area?.level.rawValue ?? ""), .text(series.kind.rawValue),
        .text(panel.style.format(series.start)), .text(panel.style.format(series.end)), .integer(series.count),
        .integer(observed), .integer(series.count - observed), .integer(zeros),
        .number(observed == 0 ? nil : sum / Double(observed)), .number(series.values.last),
        .text(concerning.map { "\(panel.style.format($0.start)) \($0.label)" }.joined(separator: "; ")),
      ]
      table.append(cells + areaCells(area))
    }
    return table
  }
}
