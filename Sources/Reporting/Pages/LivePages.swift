import Charts
import Workshop

/// Pages of a workshop that is served live, in the look of the pack that is scored.
public struct LivePages: Sendable {
  /// What is scored.
  public let evidence: PackEvidence
  /// Pages of the navigation, the first of them the way in: address and name.
  public let navigation: [(path: String, name: String)]
  /// The way from a page to the pack's own pages, with a slash at its end.
  public let packRoot: String

  /// Pages about this evidence.
  public init(evidence: PackEvidence, navigation: [(path: String, name: String)], packRoot: String) {
    (self.evidence, self.navigation, self.packRoot) = (evidence, navigation, packRoot)
  }

  /// The address of the style sheet that every page asks for.
  public static let stylePath = "assets/style.css"

  /// The pack's style sheet.
  public var styleSheet: String { StyleSheet.text(marking: evidence.facts.marking) }

  /// A page with the pack's head, marking, skip link, navigation and footer around its content.
  ///
  /// - Parameters:
  ///   - path: its address: that of the navigation, for the page to be marked there.
  ///   - title: heading and title of the window.
  public func document(path: String, title: String, className: String? = nil, _ content: [Markup]) -> String {
    var shell = PageShell(facts: evidence.facts)
    shell.site = PageShell.Site(kind: "Workshop, live", navigation: navigation)
    let file = shell.file(PageShell.Page(path: path, title: title, className: className, content: content))
    return String(decoding: file.contents, as: UTF8.self)
  }

  /// How many rows of each part are shown.
  public struct Extent: Sendable {
    let (order, moves, disagreements): (Int, Int, Int)

    /// Rows of the order, of what moved, and problems that people disagree on.
    public init(order: Int, moves: Int, disagreements: Int) {
      (self.order, self.moves, self.disagreements) = (order, moves, disagreements)
    }
  }

  /// The order now, what moved and why, and where people disagree: by the code that makes the pack's page of the workshop.
  public func standing(_ record: WorkshopRecord, _ ranking: WorkshopRanking, _ extent: Extent) -> [Markup] {
    let page = WorkshopPage(evidence: evidence, record: record, ranking: ranking, root: packRoot)
    return [
      .paragraph(page.lead(record, ranking), className: "lead"),
      .section(id: "order", "The first \(extent.order)", [page.order(ranking, most: extent.order)]),
      .section(id: "moved", "What moved and why", page.moved(ranking, most: extent.moves)),
      .section(
        id: "disagreement", "Where people disagree", page.disagreements(ranking, most: extent.disagreements)),
    ]
  }
}
