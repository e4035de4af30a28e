import ControlCharts
import ExceptionDetection
import TimeSeries

/// Finds the month that stands out of a small series, by the surveillance regression and by a control chart.
@main
enum FindAnException {
  /// Thefts from vehicles a month in an invented area, from January 2019; the last is twice what there usually is.
  static let thefts = Series(
    key: SeriesKey(area: "Northgate", measure: "Theft from vehicle"), start: .month(2019, 1),
    values: [
      44, 48, 52, 56, 47, 51, 51, 42, 46, 50, 41, 45,
      53, 44, 48, 52, 56, 47, 47, 51, 42, 46, 50, 41,
      49, 53, 44, 48, 52, 56, 43, 47, 51, 42, 46, 50,
      45, 49, 53, 44, 48, 52, 52, 43, 47, 51, 42, 46,
      54, 45, 49, 53, 44, 48, 48, 52, 43, 47, 51, 91,
    ])

  static func main() async throws {
    let panel = Panel(frequency: .monthly, style: .yearMonth, series: [thefts])
    for test in try await ExceptionDetector(alpha: 0.001, last: 12).run(panel) where test.flagged {
      let (month, observed) = (panel.style.format(test.period), Int(test.observed ?? 0))
      print("\(month): \(test.kind.rawValue) of \(observed) against \(Int(test.expected.rounded())) expected")
    }
    for chart in try await ControlCharts(direction: .lower).run(panel) {
      print("Control chart of \(chart.key.uniqueID): \(chart.variation.rawValue)")
    }
  }
}
