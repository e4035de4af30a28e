import Charts
import ControlCharts
import ExceptionDetection
import Tables
import TimeSeries
import Wording

/// The control charts of a panel as files: a drawing for each and a page that shows them all with their words.
public struct ControlChartPictures {
  private let charts: [ControlChart]
  private let slugs: Slugs

  /// Pictures of charts.
  public init(_ charts: [ControlChart]) {
    self.charts = charts
    slugs = Slugs(charts.map(\.key.uniqueID))
  }

  /// The charts that have a figure, and so a drawing.
  public var shown: [ControlChart] { charts.filter { $0.latest != nil } }

  /// `index.html`, one SVG a shown chart, and the manifest that marks the folder as Horizon's. `version` is Horizon's own.
  public func files(version: String) throws -> [OutputFile] {
    let shown = self.shown
    let drawings = shown.map { chart in
      OutputFile(path: slugs[chart.key.uniqueID] + ".svg", text: picture(chart).svg().source + "\n")
    }
    let sections = shown.map { chart in
      Markup.element(
        "section", [:], .element("h2", [:], Markup(text: name(chart))), .element("p", [:], Markup(text: words(chart))),
        picture(chart).svg())
    }
    let page = Markup.element(
      "html", ["xmlns": "http://www.w3.org/1999/xhtml", "lang": "en-GB"],
      .element(
        "head", [:], .element("meta", ["charset": "utf-8"]), .element("title", [:], "Control charts"),
        .element(
          "style", [:],
          "body { font: 16px/1.5 sans-serif; max-width: 760px; margin: 2em auto; padding: 0 1em; color: #1A1A1A } svg { width: 100%; height: auto }"
        )),
      .element(
        "body", [:],
        [
          .element("h1", [:], "Control charts"),
          .element("p", [:], Markup(text: ControlChartPictures.note)),
        ] + sections))
    let files = [OutputFile(path: "index.html", text: Markup.document(root: page))] + drawings
    return files + [try FolderManifest(files, version: version).file()]
  }

  /// What a reader must know before reading any of them.
  static let note =
    "A point stands out if it lies outside the limits, is one of seven on one side of the mean, one of seven that rise or fall in a "
    + "row, or one of two of three beyond two thirds of the way to a limit. Charts know nothing of season, trend or drift: each says "
    + "how often a series like it in which nothing is new would stand out all the same."

  private func name(_ chart: ControlChart) -> String {
    chart.key.measure.map { "\($0) in \(chart.key.area)" } ?? chart.key.area
  }

  /// The state of a chart in plain sentences.
  func words(_ chart: ControlChart) -> String {
    guard let latest = chart.latest else { return "No figure." }
    let when = PeriodStyle.monthName.format(latest.period)
    let number = { (x: Double) in figure(x, chart) }
    guard !latest.mean.isNaN else {
      return
        "\(when): \(number(latest.value)). Not judged: too few points since the start or the last rebase, or not a typical period."
    }
    var text =
      "\(when): \(number(latest.value)); mean \(number(latest.mean)), limits \(number(latest.lower)) to \(number(latest.upper)). "
    text += chart.variation.rawValue.prefix(1).uppercased() + chart.variation.rawValue.dropFirst()
    if !latest.signal.rules.isEmpty {
      text += " (\(latest.signal.rules.map(\.rawValue).joined(separator: ", ")))"
      if let began = chart.began, began != latest.period { text += ", since \(PeriodStyle.monthName.format(began))" }
    }
    text += "."
    if let target = chart.target, let assurance = chart.assurance {
      text += " Target \(number(target)): \(assurance.rawValue)."
    }
    if chart.isProvisional { text += " Limits are provisional: fewer than \(ControlChart.enoughPoints) points." }
    if chart.falseAlarms.isFinite {
      text +=
        " With nothing new, a series like this would stand out in about \(NumberText.grouped(chart.falseAlarms * 100)) of 100 "
        + "\(latest.period.frequency.noun)s."
    }
    return text
  }

  private func figure(_ x: Double, _ chart: ControlChart) -> String {
    chart.kind == .xmr
      ? NumberText.grouped(x, decimals: abs(x) < 10 && x != x.rounded() ? 1 : 0)
      : NumberText.percent(x, decimals: 1)
  }

  private func picture(_ chart: ControlChart) -> ProcessChart {
    let scale = chart.kind == .xmr ? 1.0 : 100
    var picture = ProcessChart(
      id: "spc-" + slugs[chart.key.uniqueID], title: "\(name(chart)): \(chart.variation.rawValue)",
      description: words(chart), values: chart.points.map { $0.value * scale },
      mean: chart.points.map { $0.mean * scale },
      lower: chart.points.map { $0.lower * scale }, upper: chart.points.map { $0.upper * scale })
    picture.target = chart.target.map { $0 * scale }
    picture.marks = chart.points.enumerated().compactMap { i, point in
      guard !point.signal.rules.isEmpty else { return nil }
      let isHigh = point.signal.isHigh
      let judgement: ProcessChart.Judgement =
        switch chart.direction {
        case .neither: .neither
        case .higher: isHigh ? .better : .worse
        case .lower: isHigh ? .worse : .better
        }
      return .init(position: i, isHigh: isHigh, judgement: judgement)
    }
    picture.rebases = chart.stretches.dropFirst().map {
      .init(position: $0.range.lowerBound, label: String(($0.reason ?? "rebase").prefix(28)))
    }
    let years = chart.points.indices.filter {
      $0 == 0 || chart.points[$0].period.year != chart.points[$0 - 1].period.year
    }
    let every = max(1, chart.points.count / 6)
    picture.timeTicks =
      years.count >= 3
      ? years.map { .init(position: $0, label: String(chart.points[$0].period.year)) }
      : stride(from: 0, to: chart.points.count, by: every).map {
        .init(position: $0, label: PeriodStyle.monthName.format(chart.points[$0].period))
      }
    return picture
  }
}
