import Charts
import Reporting

/// For the projector: the order now, what moved and why, and where people disagree. Asked for anew by the browser every few seconds.
struct BoardPage {
  let site: WorkshopSite
  let now: Standing.Now
  let people: [Person]
  /// Whether it stands still.
  let holds: Bool
  /// Seconds since 1970.
  let time: Int

  static let path = "board"
  /// Between two renewals.
  static let seconds = 10

  func page() -> String {
    let hold: Markup =
      holds
      ? "It stands still. \(Markup.link(to: BoardPage.path, "Renew it every \(BoardPage.seconds) seconds"))."
      : "It renews itself every \(BoardPage.seconds) seconds. \(Markup.link(to: "\(BoardPage.path)?hold=1", "Stop that"))."
    var content: [Markup] = [.paragraph("As of \(ClockText.time(time)). \(hold)", className: "note")]
    content += site.pages.standing(now.record, now.ranking, .init(order: 12, moves: 8, disagreements: 5))
    if let first = now.contradictions.first {
      let count = now.contradictions.count
      content.append(
        .section(
          id: "contradictions", "What contradicts a workbook",
          [
            .paragraph(
              "\(count == 1 ? "A score that was entered live is another" : "\(count) scores that were entered live are others") than the same person's workbook has, which stands here. The first: \(first.message)."
            )
          ]))
    }
    content.append(.section(id: "people", "Who has joined", [Swatch.list(people)]))
    return site.pages.document(path: BoardPage.path, title: "The order now", className: "board", content)
  }
}
