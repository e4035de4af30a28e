import Diagnostics
import Forecasting
import Session
import TimeSeries
import Wording

extension ForecastCommand {
  /// Forecasts of a hierarchy as they are written.
  struct CoherentRows {
    /// The series of the input in its order, then totals; each as it is called.
    let rows: [(id: SeriesKey, recorded: Series, forecast: SeriesForecast, level: String?)]
    /// What a careful reader must know.
    let notes: [String]
  }

  /// The forecasts with those of totals; nil where none are asked for.
  func coherent(_ session: Session, _ engine: ForecastEngine) async throws -> CoherentRows? {
    guard let method = adding.reconcile else { return nil }
    let asked = try AskedHierarchy(file: adding.hierarchy, session)
    let made: CoherentForecast
    var engine = engine
    engine.interventions = session.interventions
    do {
      made = try await CoherentForecaster(engine: engine, reconciliation: method, middle: asked.middle)
        .run(areas: asked.areas, measures: asked.measures, asked.panel)
    } catch let error as ReconciliationError {
      throw HorizonError(.data, "the forecasts cannot be made to add up: \(error)", remedy: remedy(error, method))
    }
    // What is no part of the hierarchy is forecast as it would be by itself.
    let hierarchy = made.hierarchy
    let apart = asked.panel.filterMap { hierarchy.node($0.key) == nil ? $0 : nil }
    let alone = Dictionary(
      zip(apart.series.map(\.key), try await engine.run(apart)).map { ($0, $1) },
      uniquingKeysWith: { first, _ in first })
    var rows: [(id: SeriesKey, recorded: Series, forecast: SeriesForecast, level: String?)] = []
    var isWritten = Set<Int>()
    for series in asked.panel.series {
      if let node = hierarchy.node(series.key), hierarchy.nodes[node].isLeaf {
        guard isWritten.insert(node).inserted, let forecast = made.forecasts[node], let recorded = made.recorded[node]
        else { continue }
        rows.append((asked.shown(series.key), recorded, forecast, asked.level(hierarchy.nodes[node])))
      } else if let forecast = alone[series.key] {
        rows.append((asked.shown(series.key), series, forecast, nil))
      }
    }
    for (position, node) in hierarchy.nodes.enumerated() where !isWritten.contains(position) {
      guard let forecast = made.forecasts[position], let recorded = made.recorded[position] else { continue }
      rows.append((asked.shown(node.key), recorded, forecast, asked.level(node)))
    }
    return CoherentRows(rows: rows, notes: notes(made, asked, session.data.panel))
  }

  private func notes(_ made: CoherentForecast, _ asked: AskedHierarchy, _ panel: Panel) -> [String] {
    func names(_ keys: [SeriesKey]) -> String {
      keys.prefix(5).map { asked.shown($0).uniqueID }.joined(separator: ", ") + (keys.count > 5 ? ", ..." : "")
    }
    func several(_ count: Int, _ one: String, _ many: String) -> String { "\(count) series \(count == 1 ? one : many)" }
    var notes: [String] = []
    let structure = made.structure
    if structure.totals.isEmpty {
      notes.append(
        "warning: nothing in the data adds up to anything, so that the forecasts are what they are without --reconcile")
    } else if made.reconciliation == .none {
      notes.append("warning: totals are forecast by themselves, and are not the sums of their parts")
    } else {
      notes.append(
        "reconciled by \(made.reconciliation.rawValue): \(structure.leaves.count) series and \(structure.totals.count) totals"
          + (adding.reconcile == .auto ? evidence(made.evidence) : ""))
    }
    if !made.leftOut.isEmpty {
      notes.append(
        "warning: "
          + several(made.leftOut.count, "is", "are")
          + " no counts, or never observed, and part of no total: \(names(made.leftOut))")
    }
    var published: [SeriesKey] = []
    for finding in made.hierarchy.findings {
      switch finding {
      case .published(let key): published.append(key)
      case .orphan, .repeated, .incomplete: break
      }
    }
    if !published.isEmpty {
      notes.append(
        "warning: \(several(published.count, "is a total", "are totals")) of others and added up instead of used: \(names(published))"
      )
      notes += asked.notes
    }
    let isPart = Set(structure.parts.joined())
    let alone = structure.leaves.filter { !isPart.contains($0) }.map { made.hierarchy.nodes[$0].key }
    if !alone.isEmpty && !structure.totals.isEmpty {
      notes.append("warning: \(several(alone.count, "is", "are")) part of no total: \(names(alone))")
    }
    return notes
  }

  /// What `auto` chose for each level, and by what.
  private func evidence(_ levels: [LevelEvidence]) -> String {
    let judged = levels.filter { $0.cases > 0 }
    guard !judged.isEmpty else { return "; with less than three years of history auto takes what most data favour" }
    let said = judged.map { level -> String in
      let part = "\(level.level) \(NumberText.percent(level.ownPart))"
      return level.ownError < level.sumError ? part : part + " (the sums of its parts erred less)"
    }
    return "; by the last years, held out, a total's own forecast has beside the sum of its parts: "
      + said.joined(separator: ", ")
  }

  private func remedy(_ error: ReconciliationError, _ method: Reconciliation) -> String {
    switch error {
    case .noSplit: "Use a method that splits nothing, such as --reconcile auto"
    case .shape where method == .middleOut:
      "Write middle: LEVEL in the file of --hierarchy, a level that holds everything once"
    case .noResiduals: "Use --reconcile bottom-up"
    default: "Use --reconcile bottom-up, or leave the series out with --areas"
    }
  }
}
