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

  /// `index.html`, one SVG a shown chart, and the manifest that marks the folder as Horizon's.
  ///
  /// - Parameters:
  ///   - marking: security marking of the page.
  ///   - version: Horizon's own.
  public func files(marking: String, version: String) throws -> [OutputFile] {
    let shown = self.shown
    let drawings = shown.map { chart in
      OutputFile(path: slugs[chart.key.uniqueID] + ".svg", text: picture(chart).svg().source + "\n")
    }
    let sections = shown.map { chart -> Markup in
      .section(
        id: slugs[chart.key.uniqueID], Markup(text: name(chart)),
        [.paragraph(Markup(text: words(chart))), framed(chart, label: "Control chart of \(name(chart))")])
    }
    let page = StandalonePage(
      title: "Control charts", kind: "The latest point of each series", marking: marking,
      content: [.paragraph(Markup(text: ControlChartPictures.note), className: "note")] + sections,
      footer: ["Horizon \(version). Recorded crime is not accredited official statistics."])
    let files = [OutputFile(path: "index.html", text: page.html())] + drawings
    return files + [try FolderManifest(files, version: version).file()]
  }

  /// The drawing of a chart in a frame: on a narrow screen it scrolls, by keys too, rather than shrink until nobody can read it.
  func framed(_ chart: ControlChart, label: String) -> Markup {
    .element(
      "figure", [:],
      .element(
        "div", ["class": "drawing", "role": "region", "tabindex": "0", "aria-label": label], picture(chart).svg()))
  }

  /// What a reader must know before reading any of them.
  static let note =
    "A point stands out if it lies outside the limits, is one of seven on one side of the mean, one of seven that rise or fall in a "
    + "row, or one of two of three beyond two thirds of the way to a limit, all three on one side. Limits of fewer than 12 points are "
    + "trial limits, and nothing is judged before 13. Charts know nothing of season, trend or drift: each says how often a series like "
    + "it, with its season and drift but nothing new, would stand out all the same. New limits are a person's decision with a known cause."

  private func name(_ chart: ControlChart) -> String {
    chart.key.measure.map { "\($0) in \(chart.key.area)" } ?? chart.key.area
  }

  /// The state of a chart in plain sentences.
  func words(_ chart: ControlChart) -> String {
    guard let latest = chart.latest else { return "No figure." }
    let when = PeriodStyle.monthName.format(latest.period)
    let number = { (x: Double) in figure(x, chart) }
    if let overlap = chart.overlap {
      return
        "\(when): \(number(latest.value)). No limits and no rules: these are \(overlap.rawValue), whose neighbours share most of "
        + "what they are made of. Chart the single \(latest.period.frequency.noun)s."
    }
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
    if chart.isProvisional {
      text += " Trial limits: fewer than \(ControlChart.enoughPoints) points. They will move with every new one."
    }
    if (chart.latestStretch?.points ?? 0) < ControlChart.judgedPoints {
      text += " A point and a target are judged from \(ControlChart.judgedPoints) points on."
    }
    text += falseAlarms(chart, latest.period.frequency.noun)
    if let proposal = chart.proposal {
      let change = NumberText.percent(abs(proposal.ratio - 1), decimals: 0)
      text +=
        " The level seems to have \(proposal.ratio < 1 ? "fallen" : "risen") by \(change) in "
        + "\(PeriodStyle.monthName.format(proposal.period)): new limits from there are proposed, not drawn. They are for someone to "
        + "accept who knows the cause."
    }
    return text
  }

  /// How often a series like this one stands out with nothing new, and by which rule most; nothing where it was not simulated.
  private func falseAlarms(_ chart: ControlChart, _ noun: String) -> String {
    let rates = chart.falseAlarms
    guard rates.any.isFinite else { return "" }
    var text =
      " With nothing new, a series like this would stand out in about \(NumberText.grouped(rates.any * 100)) of 100 \(noun)s"
    let most = SPCRule.allCases.max { (rates.rules[$0] ?? 0) < (rates.rules[$1] ?? 0) }
    if rates.any >= 0.05, let most { text += ", most often by \(most.rawValue)" }
    return text + "."
  }

  private func figure(_ x: Double, _ chart: ControlChart) -> String {
    chart.kind == .xmr
      ? NumberText.grouped(x, decimals: abs(x) < 10 && x != x.rounded() ? 1 : 0)
      : NumberText.percent(x, decimals: 1)
  }

  /// A reason as it fits beside a line: whole words.
  private func label(_ reason: String) -> String {
    guard reason.count > 40 else { return reason }
    let words = reason.prefix(40).split(separator: " ").dropLast()
    return (words.isEmpty ? String(reason.prefix(39)) : words.joined(separator: " ")) + "\u{2026}"
  }

  /// The drawing of a chart.
  func picture(_ chart: ControlChart) -> ProcessChart {
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
      .init(position: $0.range.lowerBound, label: label($0.reason ?? "rebase"))
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
