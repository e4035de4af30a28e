import Charts

/// What the pages of a live workshop add to the pack's style sheet.
enum FormStyle {
  /// Colours that tell people apart beside their names: never alone.
  private static let colours = [
    Palette.darkBlue, Palette.turquoise, Palette.darkPink, Palette.orange, Palette.history, Palette.innerBand,
  ]

  static let text =
    screen
    + colours.enumerated().map { ".person-\($0) { background: \($1); }\n" }.joined()

  private static let screen = """
    form { max-width: 60rem; margin: 0 0 1.5rem; }
    fieldset { margin: 0 0 1rem; padding: .75rem 1rem 1rem; border: 1px solid \(Palette.quiet); min-width: 0; }
    legend { padding: 0 .4rem; font-weight: bold; }
    .fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: .75rem 1.25rem; }
    .field { min-width: 0; margin: 0 0 .75rem; }
    .fields .field { margin: 0; }
    .field label { display: block; font-weight: bold; }
    .field.wrong { padding-left: .75rem; border-left: 4px solid \(Palette.darkPink); }
    .hint { margin: 0; font-size: .875rem; color: \(Palette.quiet); }
    .fault { margin: 0; font-weight: bold; color: \(Palette.darkPink); }
    input[type="text"], select, textarea { display: block; width: 100%; min-height: 2.75rem; margin-top: .2rem; padding: .4rem .5rem; border: 2px solid \(Palette.quiet); border-radius: 0; background: \(Palette.paper); color: \(Palette.ink); font: inherit; }
    .code input[type="text"] { max-width: 16rem; text-transform: uppercase; letter-spacing: .1em; }
    .tick { display: flex; gap: .75rem; align-items: flex-start; }
    .tick input { flex: none; width: 1.5rem; height: 1.5rem; margin: .1rem 0 0; }
    button { min-height: 2.75rem; padding: .5rem 1.25rem; border: 2px solid \(Palette.darkBlue); border-radius: 0; background: \(Palette.darkBlue); color: \(Palette.paper); font: inherit; font-weight: bold; cursor: pointer; }
    button:hover { text-decoration: underline; }
    button.quiet { background: \(Palette.paper); color: \(Palette.darkBlue); }
    .summary { max-width: 60rem; margin: 0 0 1.5rem; padding: .75rem 1rem; border: 4px solid \(Palette.darkPink); }
    .summary h2 { margin: 0 0 .5rem; }
    .summary a { color: \(Palette.darkPink); font-weight: bold; }
    .saved { font-weight: bold; }
    .done::before { content: "\\2713  "; }
    .places ol, .people { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0 0 1rem; padding: 0; list-style: none; max-width: none; }
    .places a, .people span { display: inline-block; padding: .3rem 0; }
    .places a[aria-current] { font-weight: bold; color: \(Palette.ink); text-decoration: none; border-bottom: 4px solid \(Palette.darkBlue); }
    .swatch { display: inline-block; width: .9rem; height: .9rem; margin-right: .4rem; border: 1px solid \(Palette.ink); vertical-align: -.1rem; }
    .problem { margin: 0 0 2rem; padding: 1rem 0 0; border-top: 2px solid \(Palette.darkBlue); }
    .problem h2 { margin-top: 0; }
    .evidence { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0 0 .75rem; max-width: none; }
    .evidence dt { margin: 0; font-weight: normal; color: \(Palette.quiet); }
    .evidence dd { margin: 0; }
    .personal { font-family: monospace; font-size: 1.25rem; font-weight: bold; }
    .board { max-width: 90rem; font-size: 1.125rem; }
    .board table { font-size: 1.0625rem; }
    .board .place, .board td .aside { display: inline; white-space: normal; }
    .board .place::before { content: " in"; }
    @media screen and (max-width: 48rem) {
      .fields { grid-template-columns: 1fr; }
      .evidence { grid-template-columns: 1fr; gap: 0; }
      .evidence dd { margin-bottom: .4rem; }
      .board, .board table { font-size: 1rem; }
      button { width: 100%; }
    }

    """
}
