import Assessment
import Charts
import CommunitySafety

/// The entries of the register of sources that the files of a run come under.
struct SourceTable {
  let assessment: StrategicAssessment

  /// An entry and the files under it; files in no entry come last.
  private var used: [(entry: SourceRegister.Entry?, files: [String])] {
    let (register, layout) = (assessment.reference.sources, assessment.data.kind.rawValue)
    let files = assessment.data.sources.map {
      (entry: register.entry(file: $0.name, layout: $0.layout ?? layout), name: $0.name)
    }
    let entries = register.entries.filter { entry in files.contains { $0.entry?.id == entry.id } }
    let unknown = files.filter { $0.entry == nil }.map(\.name)
    return entries.map { entry in (entry, files.filter { $0.entry?.id == entry.id }.map(\.name)) }
      + (unknown.isEmpty ? [] : [(nil, unknown)])
  }

  /// The table, with a line on the audience.
  func markup() -> Markup {
    .joined([
      .paragraph(
        "This pack was made for \(Markup.strong(Markup(text: SourceTable.words(assessment.configuration.audience)))). A source that such readers may not see would have been refused."
      ),
      DataTable(
        id: "register-table", caption: "Where the data comes from, and what it can and cannot support",
        columns: [
          .init("Source"), .init("Owner and licence"), .init("Sharing"), .init("Comes, and is kept"),
          .init("Can support"),
          .init("Cannot support"),
        ],
        rows: used.map { entry, files in
          DataTable.Row(
            entry.map { SourceTable.cells($0, files) }
              ?? [
                Markup(text: "In no register: \(SourceTable.shown(files))"), "not known", "for partners only",
                "not known",
                "not known", "not known",
              ])
        }, emptyText: "No file was read."
      ).markup(), measures(),
    ])
  }

  /// Which measure came from which source, and who may see it, of a run of several.
  private func measures() -> Markup {
    let (register, data) = (assessment.reference.sources, assessment.data)
    guard !data.filesOf.isEmpty else { return .empty }
    let layouts = Dictionary(data.sources.map { ($0.name, $0.layout) }, uniquingKeysWith: { first, _ in first })
    let rows = data.panel.measures.map { measure -> DataTable.Row in
      let files = data.filesOf[measure] ?? []
      let entry = files.lazy.compactMap { register.entry(file: $0, layout: (layouts[$0] ?? nil) ?? data.kind.rawValue) }
        .first
      return DataTable.Row([
        Markup(text: Wording.name(measure)), Markup(text: entry?.name ?? "In no register: \(SourceTable.shown(files))"),
        Markup(text: (entry?.sharing ?? SourceRegister.unregisteredSharing).words),
        .list((entry?.cannotSupport ?? ["not known"]).map { Markup(text: $0) }),
      ])
    }
    return DataTable(
      id: "measure-sources-table",
      caption: "Each measure with its source, who may see it, and what that source cannot support",
      columns: [.init("Measure"), .init("Source"), .init("Sharing"), .init("Cannot support")], rows: rows
    ).markup()
  }

  private static func cells(_ entry: SourceRegister.Entry, _ files: [String]) -> [Markup] {
    [
      Markup(text: "\(entry.name) (\(shown(files)))"), Markup(text: "\(entry.owner); \(entry.licence)"),
      Markup(text: entry.sharing.words), Markup(text: "\(entry.cadence); kept: \(entry.retention)"),
      .list(entry.supports.map { Markup(text: $0) }), .list(entry.cannotSupport.map { Markup(text: $0) }),
    ]
  }

  private static func shown(_ files: [String]) -> String {
    files.count <= 3 ? files.joined(separator: ", ") : "\(files.count) files"
  }

  private static func words(_ audience: SourceRegister.Audience) -> String {
    switch audience {
    case .public: "the public"
    case .partners: "the partnership"
    case .internal: "internal use"
    }
  }
}
