/// What scorecards and annual reports add to the pack's style sheet.
enum ScorecardStyle {
  static func text(marking: String) -> String { StyleSheet.text(marking: marking) + own }

  private static let own = #"""

    .visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    .findings { table-layout: fixed; }
    .findings thead th:nth-child(2), .findings thead th:nth-child(3) { width: 22%; }
    .findings tbody th { min-width: 0; padding-right: 1.5rem; }
    .findings .aside { white-space: normal; }
    .slot { display: block; color: var(--quiet); font-size: .875rem; border-bottom: 1px dotted var(--quiet); min-height: 2.5rem; }
    .tally { font-weight: bold; max-width: none; }
    .reading { display: block; }
    .reading .ring { width: 1.4rem; height: 1.4rem; line-height: 1.15rem; font-size: .8125rem; }
    .reading .ring.improvement { line-height: 1rem; }
    .register { min-width: 70rem; }
    .register-entry { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; max-width: 60rem; }
    .register-entry dt { margin: 0; }
    .scorecard td .ring { width: 1.4rem; height: 1.4rem; line-height: 1.15rem; font-size: .8125rem; }
    .scorecard td .ring.improvement { line-height: 1rem; }
    .directions .ring { width: 1.4rem; height: 1.4rem; line-height: 1.15rem; font-size: .8125rem; }
    .directions .ring.improvement { line-height: 1rem; }
    .goals th .aside, .annual th .aside { display: block; font-size: .875rem; white-space: normal; color: var(--quiet); }
    .goals tbody th { min-width: 14rem; }
    @media screen and (max-width: 48rem) {
      .findings, .findings tbody, .findings tr, .findings th, .findings td { display: block; width: 100%; }
      .findings caption { display: block; }
      .findings thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      .findings tbody tr { margin: 0 0 1rem; padding: .75rem; border: 1px solid var(--rule); border-left: 4px solid var(--accent); }
      .findings tbody th, .findings td { border: 0; padding: .25rem 0; text-align: left; }
      .findings td::before { content: attr(data-label); display: block; color: var(--quiet); }
      .goals tbody th { min-width: 0; }
      .register-entry { display: block; }
      .register-entry dt { margin-top: .75rem; }
    }
    @media print {
      .slot { min-height: 9mm; font-size: 7.5pt; }
      .goals, .goals th .aside { font-size: 7.5pt; }
      .findings { font-size: 8.5pt; }
      .annual h1 { font-size: 13pt; }
      .annual table { font-size: 7.5pt; }
      .register { min-width: 0; font-size: 6.5pt; }
    }

    """#
}
