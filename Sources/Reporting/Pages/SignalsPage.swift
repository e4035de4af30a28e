import Charts
import CommunitySafety
import RiskRanking
import TimeSeries
import Wording

/// The signals register: what is over the horizon and no series shows, what of it has expired, and how earlier signals turned out.
struct SignalsPage {
  let context: PackContext
  static let path = "signals.html"

  private var signals: [Signal] { context.assessment.signals }
  private var lastDay: String { context.assessment.lastDay ?? "the end" }

  func page() -> PageShell.Page {
    let lapsedOnes = context.assessment.expiredSignals
    let expired = signals.filter(lapsedOnes.contains)
    let alive = signals.filter { signal in !expired.contains(signal) }
    return PageShell.Page(
      path: SignalsPage.path, title: "Signals: what no series shows", crumb: "Signals",
      content: [
        .paragraph(
          "What is coming that recorded figures cannot show. Every entry is somebody's judgement, with its source and owner; likelihood is of mattering within its horizon, impact from 0 to 8. In a workshop's order they stand beside the problems of the series, marked as signals.",
          className: "lead"),
        .paragraph(
          "Entries that came with Horizon are examples: their likelihood and impact are placeholders until the partnership has put its own judgement in their place.",
          className: "note"),
        expired.isEmpty ? .empty : .section(id: "expired", "Expired: look at these first", [lapsed(expired)]),
        .section(id: "signals", "Over the horizon", [table(alive)]),
        .section(id: "happened", "Earlier signals against what happened", [happened()]),
        .paragraph(
          "The register is the file signals.yaml: \(Markup.element("code", [:], "horizon profile export")) writes it for editing.",
          className: "note"),
      ])
  }

  /// Every partnership that it concerns.
  private func places(_ signal: Signal) -> String {
    signal.places.isEmpty ? "all places" : Wording.list(signal.places)
  }

  private func names(_ measures: [MeasureID]) -> String {
    let names = measures.map { id in context.themes.first { $0.measure.id == id }?.title ?? id.rawValue }
    return names.isEmpty ? "none known" : Wording.list(names)
  }

  private func lapsed(_ signals: [Signal]) -> Markup {
    DataTable(
      id: "expired-signals",
      caption:
        "The review of these was due by \(lastDay), the last day of the data. Nothing is made of them until their owner has looked again.",
      columns: [.init("Signal"), .init("Review was due"), .init("Owner"), .init("Places"), .init("Source")],
      rows: signals.sorted { ($0.review, $0.id) < ($1.review, $1.id) }.map { signal in
        DataTable.Row(
          id: "signal-\(signal.id)",
          [
            Markup(text: signal.name), .strong(Markup(text: signal.review)), Markup(text: signal.owner),
            Markup(text: places(signal)), Markup(text: "\(signal.source), \(signal.date)"),
          ])
      }, className: "comparison"
    ).markup()
  }

  private func table(_ signals: [Signal]) -> Markup {
    let sorted = signals.sorted { a, b in
      let (x, y) = (a.likelihood.grade * Double(a.impact), b.likelihood.grade * Double(b.impact))
      return x != y ? x > y : a.id < b.id
    }
    return DataTable(
      id: "register", caption: "Signals in force, by likelihood and impact",
      columns: [
        .init("Signal"), .init("Cause and horizon"), .init("Likelihood"), .init("Impact", isNumeric: true),
        .init("Places"), .init("Would move"), .init("Note"), .init("Source"), .init("Owner and review"),
      ],
      rows: sorted.map { signal in
        DataTable.Row(
          id: "signal-\(signal.id)",
          [
            Markup(text: signal.name), Markup(text: "\(signal.tag.rawValue), \(signal.horizon.rawValue)"),
            Markup(text: signal.likelihood.rawValue), "\(signal.impact)", Markup(text: places(signal)),
            Markup(text: names(signal.measures)),
            Markup(text: signal.note.map { Wording.stopped(Wording.sentence($0)) } ?? "\u{2013}"),
            Markup(text: "\(signal.source), \(signal.date)"), Markup(text: "\(signal.owner), by \(signal.review)"),
          ])
      }, className: "comparison", emptyText: "The register holds no signal in force."
    ).markup()
  }

  /// Signals that were noted a year before the data ends or earlier, and named measures: what those did since.
  private func happened() -> Markup {
    let old = signals.filter { signal in
      guard let span = context.span, !signal.measures.isEmpty else { return false }
      let year = context.periods.frequency.periodsPerYear
      return signal.date <= (span.upperBound - (year - 1)).firstDay.isoText
    }
    let rows = old.flatMap { signal -> [DataTable.Row] in
      let risks = context.assessment.risks(level: context.rankedLevel, groups: false).filter { risk in
        signal.measures.contains(risk.measure.id) && (signal.places.isEmpty || signal.places.contains(risk.area.name))
      }
      return risks.map { risk in
        let words = context.words(risk)
        return DataTable.Row([
          Markup(text: signal.name), Markup(text: "\(signal.likelihood.rawValue), \(signal.horizon.rawValue)"),
          .link(to: context.hasPage(risk) ? context.path(of: risk) : "forecasts.html", Markup(text: words.subject)),
          Markup(text: Wording.stopped(Wording.sentence(words.record))),
        ])
      }
    }
    return DataTable(
      id: "record",
      caption:
        "What the measures of signals that are at least a year old did in the last \(context.periods.year). A signal that came true moved them; that they moved does not say that it did.",
      columns: [.init("Signal"), .init("What was said"), .init("Problem and place"), .init("What was recorded")],
      rows: rows, heading: 2, className: "comparison",
      emptyText: "No signal that names a measure is a year old by the end of the data: there is nothing to check yet."
    ).markup()
  }
}
