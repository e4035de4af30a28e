import Charts
import Tables
import Workshop

/// What every page has around its content: head, skip link, marking, navigation, breadcrumbs, footer.
struct PageShell {
  let facts: PackEvidence.Facts

  /// The shell of these facts, which a workshop has of the pack that it scored.
  init(facts: PackEvidence.Facts) { self.facts = facts }

  init(context: PackContext, site: Site? = nil) {
    facts = context.facts
    self.site = site
  }

  /// A page of the pack, before it is wrapped.
  struct Page {
    /// Path from the pack's root.
    let path: String
    /// The heading, and the title of the window.
    let title: String
    /// Pages above it, from the top: path and name. Page one is always the first and need not be given.
    var trail: [(path: String, name: String)] = []
    /// The page's own name in the breadcrumbs; its title if nil.
    var crumb: String?
    /// Class of the body.
    var className: String?
    let content: [Markup]
  }

  /// What a set of pages is: a pack for an assessment unless said otherwise.
  struct Site {
    /// What kind of document it is, before its title.
    let kind: String
    /// Its pages of the navigation, in order, page one first.
    let navigation: [(path: String, name: String)]
  }

  /// The set of pages; nil for a pack.
  var site: Site?

  /// Makes a page.
  typealias Maker = @Sendable () -> Page

  /// The pages of the navigation, in order.
  private var navigation: [(path: String, name: String)] {
    if let site { return site.navigation }
    var pages = PageShell.navigation
    if facts.hasAlerts { pages.insert((AlertsPage.path, "Alerts"), at: 6) }
    if facts.hasFootprints { pages.insert((FootprintsPage.path, "Footprints"), at: 5) }
    return pages
  }

  /// Those that every pack has.
  private static let navigation: [(path: String, name: String)] = [
    ("index.html", "Priorities"), (RecommendationsPage.path, "Recommendations"), (ScorecardPage.path, "Scorecard"),
    ("themes/index.html", "Themes"), ("partnerships/index.html", "Partnerships"), ("exceptions.html", "Exceptions"),
    ("forecasts.html", "Forecasts"), (TrackRecordPage.path, "Track record"), (WatchListPage.path, "Watch-list"),
    (SignalsPage.path, "Signals"), (WorkshopPage.path, "Workshop"), (ControlChartGrid.path, "Control charts"),
    ("data-quality.html", "Data quality"),
    ("method.html", "Method"), ("data-dictionary.html", "Data dictionary"), ("glossary.html", "Glossary"),
  ]

  /// The way from a page up to the pack's root: "" or "../".
  static func root(of path: String) -> String {
    String(repeating: "../", count: path.utf8.reduce(0) { $0 + ($1 == UInt8(ascii: "/") ? 1 : 0) })
  }

  func file(_ page: Page) -> OutputFile {
    OutputFile(path: page.path, text: Markup.document(root: html(page)))
  }

  private func html(_ page: Page) -> Markup {
    let root = PageShell.root(of: page.path)
    let isFirst = page.path == "index.html"
    let windowTitle = isFirst ? "\(page.title)" : "\(page.title) \u{2013} \(facts.title)"
    return .element(
      "html", ["lang": "en-GB"],
      PageShell.head(
        title: "\(windowTitle) [\(facts.marking)]",
        style: .element("link", ["rel": "stylesheet", "href": root + "assets/style.css"])),
      .element(
        "body", ["class": page.className],
        .element("a", ["class": "skip", "href": "#main"], "Skip to the content"), header(page, root: root),
        breadcrumbs(page, root: root),
        .element("main", ["id": "main"], [.element("h1", [:], Markup(text: page.title))] + page.content),
        footer()))
  }

  /// The head of a page: its encoding, width, window title and style.
  static func head(title: Markup, style: Markup) -> Markup {
    .element(
      "head", [:], .element("meta", ["charset": "utf-8"]),
      .element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .element("title", [:], title), style)
  }

  private func header(_ page: Page, root: String) -> Markup {
    let items = navigation.map { entry in
      Markup.element(
        "li", [:],
        .element(
          "a", ["href": root + entry.path, "aria-current": entry.path == page.path ? "page" : nil],
          Markup(text: entry.name)))
    }
    return .element(
      "header", ["class": "site"],
      .element("p", ["class": "marking"], Markup(text: facts.marking)),
      .element("p", ["class": "pack"], "\(site?.kind ?? "Strategic intelligence assessment"): \(facts.title)"),
      .element("nav", ["aria-label": "Pack"], .element("ul", [:], items)))
  }

  private func breadcrumbs(_ page: Page, root: String) -> Markup {
    var items = (page.path == "index.html" ? [] : [("index.html", navigation[0].name)]) + page.trail
    items = items.filter { $0.0 != page.path }
    let links = items.map { Markup.element("li", [:], .link(to: root + $0.0, Markup(text: $0.1))) }
    let here = Markup.element(
      "li", [:], .element("span", ["aria-current": "page"], Markup(text: page.crumb ?? page.title)))
    return .element(
      "nav", ["class": "breadcrumbs", "aria-label": "Breadcrumb"], .element("ol", [:], links + [here]))
  }

  private func footer() -> Markup {
    .element(
      "footer", [:],
      .element("p", ["class": "marking"], Markup(text: facts.marking)),
      .paragraph(
        "\(facts.title). Period covered: \(facts.periodCovered). \(facts.extraction). Horizon \(facts.version)."
      ),
      .paragraph(
        "Recorded crime is not accredited official statistics. Forecasts say what to expect if past patterns continue. Results are about places and categories, never about persons."
      ))
  }
}
