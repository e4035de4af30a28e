import Charts

/// The pack's one style sheet. Only the marking, which print puts on every page, comes from the run.
enum StyleSheet {
  static func text(marking: String) -> String { colours + screen + small + print(marking: marking) }

  /// A CSS string: every character but ASCII letters, digits and spaces as an escape.
  static func string(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", " ": out.unicodeScalars.append(scalar)
      default: out += "\\" + String(scalar.value, radix: 16) + " "
      }
    }
    return out + "\""
  }

  private static let colours = """
    :root {
      --ink: \(Palette.ink);
      --quiet: \(Palette.quiet);
      --rule: \(Palette.rule);
      --shade: #F5F5F5;
      --link: \(Palette.darkBlue);
      --accent: \(Palette.darkBlue);
      --mark: \(Palette.darkPink);
      --paper: \(Palette.paper);
    }

    """

  private static let screen = #"""
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body {
      margin: 0 auto; max-width: 76rem; padding: 0 1.5rem 3rem; background: var(--paper); color: var(--ink);
      font: 1rem/1.5 Arial, "Helvetica Neue", "Liberation Sans", system-ui, sans-serif;
    }
    h1, h2, h3 { line-height: 1.2; text-wrap: balance; }
    h1 { margin: 1rem 0 .75rem; font-size: 2rem; max-width: 40ch; }
    h2 { margin: 2.5rem 0 .75rem; font-size: 1.35rem; }
    h3 { margin: 1.75rem 0 .5rem; font-size: 1.1rem; }
    p, ul, ol, dl { margin: 0 0 1rem; max-width: 70ch; }
    li { margin-bottom: .35rem; }
    a { color: var(--link); text-underline-offset: .15em; }
    a:hover { text-decoration-thickness: .15em; }
    :focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
    :target { background: #FFF6DB; scroll-margin-top: 1rem; }
    .skip { position: absolute; left: -100vw; background: var(--paper); padding: .5rem 1rem; }
    .skip:focus { left: 0; z-index: 1; }
    .marking { margin: 0; font-weight: bold; letter-spacing: .08em; text-align: center; max-width: none; }
    header.site { padding-top: .75rem; border-bottom: 2px solid var(--accent); }
    header.site .pack { margin: .5rem 0 0; font-weight: bold; max-width: none; }
    header.site nav ul { display: flex; flex-wrap: wrap; gap: 0 1.5rem; margin: .25rem 0 0; padding: 0; list-style: none; max-width: none; }
    header.site nav li { margin: 0; }
    header.site nav a { display: inline-block; padding: .4rem 0; border-bottom: 4px solid transparent; text-decoration: none; }
    header.site nav a:hover { text-decoration: underline; }
    header.site nav a[aria-current] { border-bottom-color: var(--accent); font-weight: bold; color: var(--ink); }
    .breadcrumbs ol { display: flex; flex-wrap: wrap; margin: .75rem 0 0; padding: 0; list-style: none; font-size: .875rem; color: var(--quiet); max-width: none; }
    .breadcrumbs li { margin: 0; }
    .breadcrumbs a { display: inline-block; min-height: 1.5rem; min-width: 1.5rem; overflow-wrap: anywhere; }
    .breadcrumbs li + li::before { content: "\203A"; padding: 0 .5rem; }
    footer { margin-top: 4rem; padding-top: 1rem; border-top: 2px solid var(--accent); font-size: .875rem; color: var(--quiet); }
    footer p { margin: .5rem 0; }
    footer .marking { color: var(--ink); }
    .scope, .lead { font-size: 1.125rem; }
    .note, .notes, .aside, caption { color: var(--quiet); }
    .note, .notes { font-size: .875rem; }
    .notes { padding: 0; list-style: none; }
    .sentences { padding-left: 1.1rem; font-size: 1.0625rem; }
    .inline { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; padding: 0; list-style: none; max-width: none; }
    .table { overflow-x: auto; margin: 0 0 1.25rem; }
    table { border-collapse: collapse; width: 100%; font-size: .9375rem; line-height: 1.35; }
    caption { text-align: left; padding: 0 0 .5rem; font-size: .875rem; }
    th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; }
    th:last-child, td:last-child { padding-right: 0; }
    thead th { border-bottom: 2px solid var(--ink); vertical-align: bottom; font-size: .875rem; }
    tbody th { font-weight: normal; }
    th.rank, td.rank { width: 3.5rem; }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    .priorities tbody th { font-weight: bold; min-width: 11rem; }
    .place { display: block; font-weight: normal; }
    .interval, .aside { white-space: nowrap; }
    td .interval { display: block; color: var(--quiet); }
    td .aside { display: block; font-size: .875rem; white-space: normal; }
    .on { color: var(--quiet); font-size: .875em; white-space: nowrap; }
    .direction { white-space: nowrap; }
    .arrow { display: inline-block; min-width: 1.1em; font-weight: bold; }
    .recommendation { font-weight: bold; }
    tr.subject th, tr.subject td { background: var(--shade); font-weight: bold; }
    .compact { width: auto; min-width: 24rem; }
    .compact th:not(:last-child), .compact td:not(:last-child) { padding-right: 2rem; }
    .calendar td, .calendar th { padding: .3rem .4rem .3rem 0; font-size: .875rem; }
    .calendar { table-layout: fixed; min-width: 56rem; }
    .calendar .doubtful { font-weight: bold; color: var(--mark); }
    .dense td, .dense th { padding-top: .2rem; padding-bottom: .2rem; font-size: .875rem; }
    .harm-order { columns: 2; column-gap: 3rem; max-width: none; }
    .harm-order .aside { white-space: normal; color: var(--quiet); font-size: .875rem; }
    .orders h3 { margin-top: 1rem; }
    .ring { display: inline-block; width: 1.75rem; height: 1.75rem; border: 2px solid var(--quiet); border-radius: 50%; text-align: center; font-weight: bold; line-height: 1.5rem; color: var(--ink); }
    .ring.concern { background: #F46A25; border-color: var(--ink); border-radius: .2rem; }
    .ring.improvement { border: 3px solid var(--accent); line-height: 1.4rem; }
    .icon { display: inline-block; padding: .25rem; text-decoration: none; }
    .legend li { white-space: nowrap; }
    .drawing { overflow-x: auto; }
    .drawing svg { min-width: 40rem; }
    .projector { font-size: 1.375rem; max-width: none; }
    .projector main > section { min-height: 100vh; padding: 2rem 0; border-top: 2px solid var(--rule); scroll-snap-align: start; }
    html:has(.projector) { scroll-snap-type: y proximity; }
    .projector h1 { font-size: 2.5rem; }
    .projector h2 { font-size: 2.25rem; margin-top: 0; max-width: 40ch; }
    .projector .say, .projector .sentences, .projector .lead, .projector section > ul { font-size: 1.5rem; max-width: 60ch; }
    .projector .picture svg { width: min(100%, 70rem); max-height: 55vh; }
    .forms td { min-width: 14rem; height: 2.75rem; }
    .exceptions td:last-child { max-width: 23rem; font-size: .875rem; }
    .exceptions tbody th { font-weight: bold; }
    figure { margin: 0 0 1rem; }
    figcaption { margin-bottom: .5rem; max-width: 70ch; }
    .finding { display: block; font-weight: bold; }
    .subtitle { display: block; color: var(--quiet); font-size: .9375rem; }
    svg { display: block; max-width: 100%; height: auto; font-family: inherit; }
    .narrow { display: none; }
    .sparks ul { display: grid; grid-template-columns: repeat(5, 1fr); gap: 1.25rem 1.5rem; margin: 0 0 .75rem; padding: 0; list-style: none; max-width: none; }
    .sparks li { display: flex; flex-direction: column; margin: 0; }
    .spark-title { flex: 1; margin: 0 0 .25rem; font-size: .875rem; line-height: 1.3; font-weight: bold; }
    .spark-note { margin: .25rem 0 0; font-size: .8125rem; color: var(--quiet); }
    .sparks .note { max-width: none; }
    details { margin: 0 0 1.5rem; }
    summary { display: inline-block; padding: .3rem 0; color: var(--link); cursor: pointer; text-decoration: underline; text-underline-offset: .15em; }
    dt { margin-top: 1rem; font-weight: bold; }
    dd { margin: .15rem 0 0; }
    code { overflow-wrap: anywhere; font-size: .875rem; }

    """#

  private static let small = #"""
    @media screen and (max-width: 64rem) {
      .sparks ul { grid-template-columns: repeat(3, 1fr); }
      .priorities, .comparison { font-size: .875rem; }
    }
    @media screen and (max-width: 48rem) {
      body { padding: 0 1rem 2rem; }
      h1 { font-size: 1.5rem; }
      h2 { font-size: 1.2rem; }
      .scope, .lead, .sentences { font-size: 1rem; }
      .sparks ul { grid-template-columns: repeat(2, 1fr); gap: 1.25rem 1rem; }
      .wide { display: none; }
      .narrow { display: block; }
      header.site nav ul { gap: 0 1.1rem; }
      header.site nav a { padding: .5rem 0 .3rem; }
      table { font-size: .875rem; }
      .compact { min-width: 0; width: 100%; }
      .compact th:not(:last-child), .compact td:not(:last-child) { padding-right: 1rem; }
      .cards, .cards tbody, .cards tr, .cards td, .cards tbody th { display: block; width: 100%; }
      .cards caption { display: block; }
      .cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      .cards tbody tr { margin: 0 0 1rem; padding: .75rem; border: 1px solid var(--rule); border-left: 4px solid var(--accent); }
      .cards tbody th, .cards td { display: flow-root; padding: .25rem 0; border: 0; text-align: right; font-size: .9375rem; }
      .cards tbody th::before, .cards td::before { content: attr(data-label); float: left; width: 46%; padding-right: .75rem; text-align: left; font-weight: normal; color: var(--quiet); }
      .calendar { min-width: 0; }
      .calendar tbody tr { display: grid; grid-template-columns: repeat(3, 1fr); gap: .25rem .75rem; }
      .calendar tbody th { grid-column: 1 / -1; text-align: left; font-weight: bold; }
      .calendar tbody th::before { display: none; }
      .calendar td { text-align: left; font-size: .875rem; }
      .calendar td::before { float: none; width: auto; padding-right: .35rem; }
      .exceptions td:last-child { text-align: left; }
      .exceptions td:last-child::before { float: none; display: block; width: auto; }
      .priorities tbody tr, .comparison tbody tr, .exceptions tbody tr { display: flex; flex-direction: column; }
      .priorities tbody th, .comparison tbody th, .exceptions tbody th { order: -1; display: block; text-align: left; font-size: 1.0625rem; }
      .priorities tbody th::before, .comparison tbody th::before, .exceptions tbody th::before { display: none; }
      .harm-order { columns: auto; }
      .place { display: inline; }
      .place::before { content: " in"; }
      td .interval, td .aside { display: inline; white-space: normal; }
      .forms td { min-width: 0; }
    }

    """#

  private static func print(marking: String) -> String {
    """
    @page {
      size: A4; margin: 9mm 12mm;
      @top-center { content: \(string(marking)); font: bold 9pt sans-serif; letter-spacing: .08em; }
      @bottom-left { content: \(string(marking)); font: bold 8pt sans-serif; }
      @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt sans-serif; }
    }
    /* The first page carries the marking in its own header, so that browsers without margin boxes print it too. */
    @page :first { @top-center { content: none; } }
    @media print {
      body { max-width: none; padding: 0; font-size: 9pt; line-height: 1.2; }
      header.site nav, .breadcrumbs, .skip, details { display: none; }
      header.site { display: flex; flex-direction: row-reverse; justify-content: space-between; padding: 0; }
      .marking { font-size: 9pt; }
      .first footer { display: none; }
      .first header.site .pack { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
      .first .marking { flex: none; padding-left: 4mm; }
      header.site .pack { margin: 0 0 1mm; }
      h1 { margin: 1.5mm 0 1mm; font-size: 14pt; max-width: none; }
      h2 { margin: 2.5mm 0 1mm; font-size: 10.5pt; break-after: avoid; }
      p, ul, ol { margin-bottom: 1.5mm; max-width: none; }
      li { margin-bottom: .6mm; }
      a { color: inherit; text-decoration: none; }
      .scope, .lead, .sentences { font-size: 9pt; }
      .note, .notes, caption, .aside, .spark-note { font-size: 8pt; }
      table { font-size: 8.5pt; line-height: 1.2; }
      td .aside { font-size: 7.5pt; }
      .subtitle, .dense th, .dense td { font-size: 8.5pt; }
      .first .notes li { display: inline; margin-right: 2mm; }
      .first #priorities > .note:not(.reading) { display: none; }
      .screen, li:has(> .screen:only-child) { display: none; }
      .orders h3 { display: inline; font-size: 8pt; }
      .orders h3::after { content: ": "; }
      .orders .note { display: none; }
      .harm-order { display: inline; columns: auto; padding: 0; font-size: 8pt; }
      .harm-order li { display: inline; counter-increment: list-item; }
      .harm-order li::before { content: counter(list-item) ". "; font-weight: bold; }
      .harm-order li:nth-child(n + 6) { display: none; }
      .harm-order .aside { font-size: 8pt; }
      .first .sparks ul { grid-template-columns: repeat(10, 1fr); gap: 0 2mm; }
      .first .spark-title a, .first .spark-title .place, .first .spark-note { display: none; }
      .first h2 { margin: 1.2mm 0 .4mm; }
      .first li { margin-bottom: .2mm; }
      .first #partnerships, .first #partnerships h2, .first #partnerships ul { display: inline; font-size: 8.5pt; }
      .first #partnerships li { display: inline; margin-right: 3mm; }
      .first #partnerships h2::after { content: ": "; }
      .first table { font-size: 8pt; }
      .first td .aside { font-size: 8pt; }
      .first .place, .first td .interval, .first .priorities td .aside { display: inline; }
      .first .place::before { content: " \\2013 "; }
      .first .priorities, .first .county { table-layout: fixed; }
      .first .priorities tbody th { width: auto; }
      .first .priorities .rank { width: 4%; }
      .first .priorities .way { width: 7%; }
      .first .priorities .now { width: 10%; }
      .first .priorities .next { width: 15.5%; }
      .first .priorities .chance { width: 17.5%; }
      .first .priorities .harm { display: none; }
      .first .priorities th:nth-last-child(2) { width: 8%; }
      .first .priorities th:last-child { width: 12.5%; }
      .first thead th { font-size: 7.5pt; }
      .first .priorities th, .first .priorities td { padding-right: 1mm; }
      .first .priorities .chance { padding-left: 1.5mm; }
      .first .county .rate { width: 10.5%; }
      .first .county .change { width: 22%; }
      .first .county th:last-child { width: 16%; }
      .first .county .cause, .first #trends h2, .first #trends .note { display: none; }
      .first .harm-order .aside { display: none; }
      /* What is longer goes on in the pack: the paper says with dots that it does. */
      .first .sentences li, .first #limits li { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
      .first #limits ul, .first .sentences { padding-left: 0; }
      .first { line-height: 1.15; }
      .first table { line-height: 1.12; }
      .first th, .first td { padding-top: .35mm; padding-bottom: .35mm; }
      .first #limits h2 { display: inline; font-size: 8.5pt; }
      .first #limits h2::after { content: ": "; }
      .first #limits, .first #limits ul { display: inline; font-size: 8.5pt; }
      .first .harm-order li { margin-right: 3mm; }
      thead th { font-size: 8pt; }
      .table { overflow: visible; margin-bottom: 1.5mm; }
      th, td { padding: .6mm 1.5mm .6mm 0; }
      caption { padding-bottom: .5mm; }
      tr, figure, .sparks li { break-inside: avoid; }
      thead { display: table-header-group; }
      p:has(+ .table), caption { break-after: avoid; }
      .priorities tbody th { min-width: 0; width: 27%; }
      .priorities .chance { width: 15%; }
      .calendar { min-width: 0; }
      .calendar td, .calendar th { font-size: 7.5pt; }
      .sparks ul { grid-template-columns: repeat(5, 1fr); gap: 2mm 3mm; margin-bottom: 1mm; }
      .spark-title { font-size: 7.5pt; line-height: 1.15; margin: 0; }
      .spark-note { font-size: 7.5pt; }
      ul, ol { padding-left: 4mm; }
      .inline { padding: 0; gap: .5mm 4mm; }
      .spark-title .place { display: inline; }
      .spark-title .place::before { content: " \\2013 "; }
      .exceptions th:last-child, .exceptions td:last-child { display: none; }
      .exceptions tbody td, .exceptions tbody th { font-size: 8pt; }
      .exceptions .place, .exceptions td .interval { display: inline; }
      .projector main > section { min-height: 0; break-after: page; }
      .first #limits li:first-child:not(:only-child), .first #limits li:nth-child(n + 3) { display: none; }
      .spark-note { margin: 0; }
      figure svg { max-width: 170mm; }
      footer { margin-top: 3mm; padding-top: 1mm; font-size: 7.5pt; }
      footer p { margin: .3mm 0; }
    }

    """
  }
}
