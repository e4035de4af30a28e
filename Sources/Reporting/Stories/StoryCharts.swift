import Charts
import ExceptionDetection
import Tables
import TimeSeries

/// A chart a story, as files of a folder.
public struct StoryCharts {
  private let report: EpisodeReport
  private let interventions: Interventions

  /// Charts of a report's stories.
  public init(_ report: EpisodeReport, interventions: Interventions) {
    self.report = report
    self.interventions = interventions
  }

  /// One SVG a story, named by series, opening and direction, and the manifest that marks the folder as Horizon's.
  public func files(_ stories: [Story], version: String) throws -> [OutputFile] {
    let slugs = Slugs(stories.map(\.lead.key.uniqueID))
    var files: [OutputFile] = []
    for story in stories {
      guard let chart = chart(story) else { continue }
      let lead = story.lead
      let opened = PeriodStyle.standard(for: lead.opened.frequency).format(lead.opened)
        .map { $0 == "/" ? "-" : $0 }
      files.append(
        OutputFile(
          path: "\(slugs[lead.key.uniqueID])--\(String(opened))-\(lead.isHigher ? "higher" : "lower").svg",
          text: chart.document(subtitle: subtitle(story))))
    }
    return files + [try FolderManifest(files, version: version).file()]
  }

  private func subtitle(_ story: Story) -> String {
    let lead = story.lead
    return "Recorded a \(lead.last.frequency.noun); \(lead.key.measure ?? "the count"), "
      + "\(story.isWide ? "all areas together" : lead.key.area)"
  }

  /// The last five years of the series with what was expected and the unusual periods of the story.
  func chart(_ story: Story) -> TimeSeriesChart? {
    let lead = story.lead
    guard let trace = report.traces[lead.key] else { return nil }
    let series = trace.series
    let year = lead.last.frequency.periodsPerYear
    let from = max(0, series.count - (year == 365 ? year : 5 * year))
    let start = series.start + from
    let words = PeriodText(frequency: lead.last.frequency)
    var chart = TimeSeriesChart(
      id: "story", title: title(story), description: story.explanation.text, history: Array(series.values[from...]))
    var fitted = [Double](repeating: .nan, count: chart.history.count)
    for test in trace.tests where test.kind != .notTested && chart.history.indices.contains(test.period - start) {
      let position = test.period - start
      fitted[position] = test.expected
      let isUnusual = lead.isHigher ? test.kind.isHigher : test.kind == .drop
      if isUnusual, test.period >= lead.onset, test.period <= lead.last {
        chart.exceptions.append(.init(position: position, isHigher: lead.isHigher))
      }
      if test.period >= lead.onset, test.period <= lead.last {
        chart.expectedRanges.append(.init(position: position, lower: test.lower, upper: test.upper))
      }
    }
    chart.fitted = fitted
    chart.breaks = interventions[lead.key].compactMap { item in
      var through: Period?
      if case .window(let end) = item.effect { through = end }
      guard (through ?? item.start) >= start, item.start <= series.end, item.start >= start || through != nil else {
        return nil
      }
      return .init(
        position: item.start - start, through: through.map { $0 - start },
        label: item.kind?.rawValue ?? item.note)
    }
    let ticks = (0..<chart.history.count).filter { $0 > 0 && (start + $0).year != (start + ($0 - 1)).year }
    chart.timeTicks =
      ticks.isEmpty
      ? [.init(position: 0, label: words.label(start))]
      : ticks.map { .init(position: $0, label: String((start + $0).year)) }
    return chart
  }

  private func title(_ story: Story) -> String {
    let lead = story.lead
    let place = story.isWide ? "all areas" : lead.key.area
    let words = PeriodText(frequency: lead.last.frequency)
    let size =
      lead.latest.figure == .count
      ? Wording.change(from: lead.expected, to: lead.observed) : lead.isHigher ? "higher" : "lower"
    return "\(lead.key.measure ?? "Counts") in \(place): \(size) than expected, \(words.range(lead.onset, lead.last))"
  }
}
