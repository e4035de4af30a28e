import Charts

/// A table with a caption, column headings and a heading in each row. Below a certain width the style sheet turns each
/// row into a card, for which every cell carries its column's name; the roles keep it a table for screen readers.
struct DataTable {
  struct Column {
    let title: String
    var isNumeric = false
    /// Class of the column's cells, for widths.
    var className: String?
    /// What its cells claim, of a table of one series by period (``Claim``).
    var claim: Claim.Kind?
    /// The series that its cells are of, of a table by period of several: recorded values, then forecasts.
    var series: String?

    init(
      _ title: String, isNumeric: Bool = false, className: String? = nil, claim: Claim.Kind? = nil,
      series: String? = nil
    ) {
      self.claim = claim
      self.series = series
      self.title = title
      self.isNumeric = isNumeric
      self.className = className
    }
  }

  struct Row {
    var id: String?
    var className: String?
    let cells: [Markup]

    init(id: String? = nil, className: String? = nil, _ cells: [Markup]) {
      self.id = id
      self.className = className
      self.cells = cells
    }
  }

  var id: String?
  let caption: Markup
  let columns: [Column]
  let rows: [Row]
  /// Column whose cells head their rows.
  var heading = 0
  var className: String?
  /// The series that every row is a period of (``ClaimCodes``); nil of other tables.
  var series: String?
  /// What stands in place of a table without rows.
  var emptyText: Markup = "There is nothing to show here."

  func markup() -> Markup {
    guard !rows.isEmpty else { return .element("p", ["id": id], emptyText) }
    let head = Markup.element(
      "tr", ["role": "row"],
      columns.map { column in
        .element(
          "th",
          [
            "scope": "col", "role": "columnheader", "class": classes(column), "data-k": column.claim?.rawValue,
            "data-s": column.series,
          ], Markup(text: column.title))
      })
    // A table of up to three columns fits a phone as it is.
    let names = [className, columns.count > 3 ? "cards" : nil].compactMap { $0 }
    let table = Markup.element(
      "table",
      [
        "id": id, "role": "table", "class": names.isEmpty ? nil : names.joined(separator: " "), "data-s": series,
      ],
      .element("caption", [:], caption), .element("thead", ["role": "rowgroup"], head),
      .element("tbody", ["role": "rowgroup"], rows.map(row)))
    return .element("div", ["class": "table"], table)
  }

  private func row(_ row: Row) -> Markup {
    let cells = zip(columns.indices, columns).map { i, column -> Markup in
      let content = row.cells.indices.contains(i) ? row.cells[i] : .empty
      if i == heading {
        return .element(
          "th",
          ["scope": "row", "role": "rowheader", "data-label": column.title, "class": classes(column)], content)
      }
      return .element("td", ["role": "cell", "data-label": column.title, "class": classes(column)], content)
    }
    return .element("tr", ["role": "row", "id": row.id, "class": row.className], cells)
  }

  private func classes(_ column: Column) -> String? {
    let names = [column.isNumeric ? "number" : nil, column.className].compactMap { $0 }
    return names.isEmpty ? nil : names.joined(separator: " ")
  }
}
