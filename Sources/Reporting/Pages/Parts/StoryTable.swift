import Charts
import CommunitySafety
import ExceptionDetection
import TimeSeries

/// Events, one a line: since when, where they stand, how large they are so far, and who shares in them.
struct StoryTable {
  let context: PackContext
  let root: String

  func markup(_ stories: [Story], id: String, caption: Markup, empty: Markup) -> Markup {
    DataTable(
      id: id, caption: caption,
      columns: [
        .init("What and where"), .init("When"), .init("Stands"), .init("Recorded", isNumeric: true),
        .init("Expected", isNumeric: true), .init("Difference so far"), .init("In two sentences"),
      ],
      rows: stories.map { story in
        let lead = story.lead
        return DataTable.Row(
          id: "\(id)-\(context.slug(lead.key.area, lead.key.measure ?? ""))-\(context.periods.anchor(lead.opened))",
          [
            subject(story), Markup(text: context.periods.range(lead.onset, lead.last)), standing(lead),
            recorded(lead), expected(lead), difference(lead) + contributions(story),
            Markup(text: context.explanation(story).text),
          ])
      }, className: "exceptions", emptyText: empty
    ).markup()
  }

  /// The level of an event: of a share or value never the sum of its periods.
  private func recorded(_ lead: Episode) -> Markup {
    guard let series = context.assessment.series(lead.key), series.observed.kind != .count else {
      return figure(Wording.count(lead.observed), .recorded, of: lead)
    }
    guard let level = series.compared(lead.onset...lead.last, yearsBack: 0) else { return "\u{2013}" }
    return Figures(context, area: series.area.name, measure: series.measure).level(
      level.later.recorded, .recorded, .from(lead.onset, back: 0, periods: level.periods.count))
  }

  private func expected(_ lead: Episode) -> Markup {
    isCount(lead)
      ? figure(Wording.count(lead.expected), .foreseen, of: lead) : "by \(context.periods.frequency.noun), below"
  }

  private func difference(_ lead: Episode) -> Markup {
    isCount(lead)
      ? figure(Wording.change(from: lead.expected, to: lead.observed), .excess, of: lead)
      : Markup(text: lead.isHigher ? "higher" : "lower")
  }

  private func isCount(_ lead: Episode) -> Bool {
    context.assessment.series(lead.key).map { $0.observed.kind == .count } ?? true
  }

  private func figure(_ text: String, _ kind: Claim.Kind, of lead: Episode) -> Markup {
    guard let series = context.assessment.series(lead.key) else { return Markup(text: text) }
    return Figures(context, area: series.area.name, measure: series.measure)
      .tagged(text, kind, .from(lead.onset, back: 0, periods: lead.last - lead.onset + 1))
  }

  private func subject(_ story: Story) -> Markup {
    let lead = story.lead
    let label = context.label(lead.key)
    let name = story.isWide ? context.place(story) : context.place(lead.key.area).full
    let place = Markup.element("span", ["class": "place"], " \(name)")
    guard let series = context.assessment.series(lead.key),
      let risk = context.risk(in: series.area, measure: series.measure.id)
    else { return Markup(text: label) + place }
    return RiskTables(context: context, root: root).name(risk, place: name)
  }

  private func standing(_ lead: Episode) -> Markup {
    let arrow = Markup.element(
      "span", ["aria-hidden": "true", "class": "arrow"], lead.isHigher ? "\u{25B2}" : "\u{25BD}")
    return .element(
      "span", ["class": "direction"], arrow,
      Markup(text: " \(lead.isHigher ? "higher" : "lower"), \(context.standing(lead))"))
  }

  /// What each area adds, as a list below the total.
  private func contributions(_ story: Story) -> Markup {
    guard story.isWide else { return .empty }
    let list = Markup.list(
      story.contributions.map {
        Markup(text: "\(context.displayName($0.area)): \(Wording.change(from: $0.expected, to: $0.observed))")
      }, className: "note")
    let difference = Story.difference(parts: story.contributions.map(\.excess), whole: story.lead.excess)
    return list + (difference.map { Markup.element("p", ["class": "note"], Markup(text: $0)) } ?? .empty)
  }
}

extension PackContext {
  /// Stories that are open, newest first, then closed ones, each by size.
  var stories: [Story] {
    assessment.stories.enumerated().sorted { a, b in
      let (x, y) = (a.element.lead, b.element.lead)
      if x.state.isOpen != y.state.isOpen { return x.state.isOpen }
      if a.element.isWide != b.element.isWide { return a.element.isWide }
      if x.opened != y.opened { return x.opened > y.opened }
      return abs(x.excess) != abs(y.excess) ? abs(x.excess) > abs(y.excess) : a.offset < b.offset
    }.map(\.element)
  }

  /// The name people see for a series' measure.
  func label(_ key: SeriesKey) -> String {
    Wording.name(assessment.series(key)?.label ?? key.measure ?? "This series")
  }

  /// The place a story is told of.
  func place(_ story: Story) -> String {
    story.isWide ? "all areas together" : displayName(story.lead.key.area)
  }

  /// Two sentences about a story.
  func explanation(_ story: Story) -> Explanation {
    story.explanation(label: label(story.lead.key), area: place(story))
  }

  /// "new", "still going on", "may be ending", "over", "the new normal".
  func standing(_ lead: Episode) -> String {
    switch lead.state {
    case .new: "new"
    case .continuing: lead.quiet == 0 ? "still going on" : "may be ending"
    case .over: "over"
    case .newNormal: "the new normal"
    }
  }
}
