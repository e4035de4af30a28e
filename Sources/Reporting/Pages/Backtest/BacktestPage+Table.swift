import Tables
import Charts
import Evaluation
import Wording

extension BacktestPage {
  /// A score with three significant digits or so.
  func score(_ value: Double) -> String {
    NumberText.grouped(value, decimals: value < 10 ? 3 : 1, fallback: "\u{2013}")
  }

  /// Scores as a table: of each row the group, if there is one, and the model.
  func table(
    _ id: String, _ caption: String, _ rows: [(group: String?, model: String, scores: Scores)], group: String? = nil
  ) -> Markup {
    let levels = report.levels
    let widest = levels.suffix(1)
    var columns: [DataTable.Column] = group.map { [.init($0)] } ?? []
    columns += [.init("Model"), .init("Forecasts", isNumeric: true)]
    columns += ["MASE", "RMSSE", "sMAPE", "OWA"].map { .init($0, isNumeric: true) }
    columns += levels.map { .init("Within \(plainNumber($0))\u{A0}%", isNumeric: true) }
    columns += widest.map { .init("MSIS \(plainNumber($0))\u{A0}%", isNumeric: true) }
    columns += ["Scaled pinball", "Scaled CRPS", "Log score"].map { .init($0, isNumeric: true) }
    return DataTable(
      id: id, caption: Markup(text: caption), columns: columns,
      rows: rows.map { row in
        let s = row.scores
        let numbers =
          [s.mase, s.rmsse, s.smape, s.owa].map(score)
          + s.coverage.map { $0.value.isFinite ? Wording.percent($0.value) : "\u{2013}" }
          + s.msis.suffix(widest.count).map { score($0.value) }
          + [s.scaledPinball, s.scaledCRPS, s.logScore].map(score)
        return DataTable.Row(
          ((row.group.map { [$0] } ?? []) + [row.model, NumberText.grouped(s.forecasts)] + numbers).map {
            Markup(text: $0)
          })
      }, className: "dense"
    ).markup()
  }
}

/// A chart with its caption, drawn wide and narrow.
struct Figure {
  let id: String
  /// The finding.
  let title: String
  /// What is plotted, and its unit.
  let subtitle: String

  /// The figure; `draw` is given a width in CSS pixels and what to add to identifiers.
  func markup(_ draw: (_ width: Double, _ suffix: String) -> Markup) -> Markup {
    .element(
      "figure", ["id": id],
      .element(
        "figcaption", [:], .element("span", ["class": "finding"], Markup(text: title)),
        .element("span", ["class": "subtitle"], Markup(text: subtitle))),
      .element("div", ["class": "wide"], draw(760, "")), .element("div", ["class": "narrow"], draw(340, "-narrow")))
  }
}
