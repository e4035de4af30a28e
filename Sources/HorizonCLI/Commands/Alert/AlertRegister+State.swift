import Alerting
import Reporting

extension AlertRegister {
  /// What a state file holds; it is left as it is.
  init(state path: String) throws {
    let store = try AlertStore(reading: path)
    self.init(
      latestRun: try store.latestRun().map { ($0.at.text, $0.period) },
      alerts: try store.alerts().map { record in
        let until = record.state.until.map { " until \($0.text)" } ?? ""
        return Alert(
          id: record.id, standing: record.state.phase.rawValue + until, isOpen: record.state.phase.isOpen,
          finding: record.finding
            ?? "\(record.terms?.label ?? record.key.series.measure ?? "Counts") in \(record.terms?.place ?? record.key.series.area)",
          rule: record.key.rule,
          history: try store.history(record.id).map {
            Step(at: $0.at.text, what: $0.happening.word, author: $0.author, reason: $0.reason)
          })
      })
  }
}
