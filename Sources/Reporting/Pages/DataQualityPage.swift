import Charts
import Ingest
import TimeSeries
import Wording

/// What was there, what was not, and what was done about it.
struct DataQualityPage {
  let context: PackContext
  private var data: IngestedData { context.assessment.data }

  func page() -> PageShell.Page {
    PageShell.Page(
      path: "data-quality.html", title: "Data quality",
      content: [
        .section(id: "limits", "What we cannot say", [limits()])
      ] + GeocodingSection(context: context).sections + [
        .section(
          id: "completeness", "Which \(context.periods.frequency.noun)s are there",
          completeness() + [.dataFile("completeness.csv", root: "")])
      ] + OutlierSection(context: context).sections + [
        .section(id: "detectability", "What would go unnoticed", DetectabilityTable(context: context).markup()),
        .section(id: "rows", "What became of every row", [rows()]),
        .section(id: "areas", "The areas", AreasSection(context: context).markup()),
        .section(id: "notes", "What a careful reader must know", [notes()]),
        .section(id: "breaks", "Known changes of recording and circumstances", [breaks()]),
        .section(
          id: "register", "Sources and what they can support", [SourceTable(assessment: context.assessment).markup()]),
        .section(id: "sources", "Files read", [sources()]),
      ])
  }

  private func limits() -> Markup {
    let items = context.assessment.limitations.map { Markup(text: $0.sentence) }
    return items.isEmpty
      ? .paragraph("No limitation was found beyond those of recorded crime itself.") : .list(items)
  }

  private func completeness() -> [Markup] {
    let calendar = CalendarTables(context: context, cells: data.completeness.cells)
    return [
      .paragraph(
        "\(Markup.strong("\u{25CF} there")): of the usual size. \(Markup.strong("\u{25CB} part")): far smaller than usual, counted as it is. \(Markup.strong("\u{25C7} stray")): absent, but other files hold rows in its places: missing. \(Markup.strong("\u{2715} none")): absent: missing, never zero."
      )
    ] + calendar.markup() + [doubtful(), remarks(), recorded()]
  }

  /// What is known of periods beyond the files of the run; nothing where nothing is.
  private func remarks() -> Markup {
    let runs = data.completeness.remarkRuns
    guard !runs.isEmpty else { return .empty }
    return DataTable(
      id: "archive", caption: "What is known of the archive beyond these files",
      columns: [.init(Wording.sentence(context.periods.frequency.noun)), .init("Source"), .init("What is known")],
      rows: runs.map { run in
        DataTable.Row([
          Markup(text: context.periods.range(run.first, run.last)), Markup(text: run.source),
          Markup(text: Wording.stopped(Wording.sentence(run.remark.text))),
        ])
      }, className: "compact"
    ).markup()
  }

  private func recorded() -> Markup {
    let shares = data.completeness.recorded
    guard !shares.isEmpty else { return .empty }
    return DataTable(
      id: "recorded-crime",
      caption:
        "Recorded crime that the archive holds, by force and financial year: a file that is there does not show that it is whole",
      columns: [
        .init("Year"), .init("Force"), .init("Archive"), .init("Share", isNumeric: true),
        .init("Recorded", isNumeric: true), .init("In the archive", isNumeric: true),
        .init("Months there", isNumeric: true),
      ],
      rows: shares.map { share in
        DataTable.Row([
          Markup(text: share.yearText), Markup(text: share.forceName), Markup(text: share.state.rawValue),
          Markup(text: share.share.map { Wording.percent($0) } ?? "\u{2013}"),
          Markup(text: NumberText.grouped(share.recorded)), Markup(text: NumberText.grouped(share.archived)),
          Markup(text: "\(share.months) of \(3 * share.quarters)"),
        ])
      }, className: "compact"
    ).markup()
  }

  private func doubtful() -> Markup {
    DataTable(
      id: "doubtful", caption: "Every \(context.periods.frequency.noun) that is not plainly there",
      columns: [
        .init(Wording.sentence(context.periods.frequency.noun)), .init("Source"), .init("State"),
        .init("Rows", isNumeric: true), .init("Usual rows", isNumeric: true),
      ],
      rows: doubtfulRuns.map { first, last in
        DataTable.Row([
          Markup(text: context.periods.range(first.period, last)), Markup(text: Wording.sentence(first.sourceName)),
          Markup(text: CalendarTables.sign(first.status)), Markup(text: NumberText.grouped(first.rows)),
          Markup(text: NumberText.grouped(first.medianRows, fallback: "\u{2013}")),
        ])
      }, className: "dense compact",
      emptyText: "Every \(context.periods.frequency.noun) is there and of the usual size."
    ).markup()
  }

  /// Doubtful cells, by source; a stretch of periods without any row is one.
  private var doubtfulRuns: [(first: CompletenessCalendar.Cell, last: Period)] {
    var runs: [(first: CompletenessCalendar.Cell, last: Period)] = []
    let cells = data.completeness.doubtful
      .sorted { ($0.source, $0.period.ordinal) < ($1.source, $1.period.ordinal) }
    for cell in cells {
      if let run = runs.last, run.first.source == cell.source, run.first.status == .absent, cell.status == .absent,
        run.last + 1 == cell.period
      {
        runs[runs.count - 1].last = cell.period
      } else {
        runs.append((cell, cell.period))
      }
    }
    return runs
  }

  private func rows() -> Markup {
    let account = data.accounting
    var lines: [(String, Int)] = [
      ("Rows read", account.read), ("Counted in a place of this pack or its totals", account.counted),
    ]
    lines += account.residual.sorted { $0.key < $1.key }.map { ("Counted in wider totals only: \($0.key)", $0.value) }
    lines += account.setAside.sorted { $0.key < $1.key }.map { ("Set aside: \($0.key)", $0.value) }
    let verdict: Markup =
      account.balances
      ? "Every row is accounted for."
      : .strong("These numbers do not add up to the rows read: treat the pack with care.")
    return .joined([
      DataTable(
        id: "rows-table", caption: "Rows read, counted and set aside",
        columns: [.init("What"), .init("Rows", isNumeric: true)],
        rows: lines.map { DataTable.Row([Markup(text: $0.0), Markup(text: NumberText.grouped($0.1))]) },
        className: "compact"
      ).markup(), .paragraph(verdict),
    ])
  }

  private func notes() -> Markup {
    let warnings = data.notes.filter { $0.severity == .warning }
    let information = data.notes.filter { $0.severity == .information }
    let items = (warnings + information).map { note -> Markup in
      "\(Markup.strong(note.severity == .warning ? "Warning:" : "Note:")) \(Wording.stopped(note.message))"
    }
    return items.isEmpty ? .paragraph("There is nothing to add.") : .list(items)
  }

  private func breaks() -> Markup {
    let entries = context.assessment.reference.breaks.entries
    let ignored = Set(context.assessment.configuration.withoutBreaks)
    return DataTable(
      id: "breaks-table", caption: "The break calendar of this run",
      columns: [
        .init("From"), .init("Until"), .init("Kind"), .init("Where"), .init("Measures"), .init("What happened"),
        .init("Used"),
      ],
      rows: entries.map { entry in
        DataTable.Row([
          Markup(text: PeriodText.date(entry.from)),
          Markup(text: entry.through.map(PeriodText.date) ?? "lasting"), Markup(text: entry.kind.rawValue),
          Markup(text: entry.areas.map(Wording.list) ?? "everywhere"),
          Markup(text: entry.measures.map(Wording.list) ?? "all"),
          Markup(
            text: Wording.stopped(entry.printedNote) + (entry.source.map { " Source: \(Wording.stopped($0))" } ?? "")),
          ignored.contains(entry.id) ? "no, as asked" : "yes",
        ])
      }, emptyText: "The break calendar is empty."
    ).markup()
  }

  private func sources() -> Markup {
    DataTable(
      id: "sources-table", caption: "Files read, with the SHA-256 of their bytes",
      columns: [
        .init("File"), .init("Rows", isNumeric: true), .init("Bytes", isNumeric: true), .init("SHA-256"),
      ],
      rows: data.sources.map { source in
        DataTable.Row([
          Markup(text: source.name), Markup(text: NumberText.grouped(source.rows)),
          Markup(text: NumberText.grouped(source.bytes)), .element("code", [:], Markup(text: source.sha256)),
        ])
      }
    ).markup()
  }
}
