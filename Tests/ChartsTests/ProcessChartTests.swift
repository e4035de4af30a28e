import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@testable import Charts

struct ProcessChartTests {
  private func chart() -> ProcessChart {
    var chart = ProcessChart(
      id: "c", title: "Burglary in A & B: concern (high)", description: "Latest 60.", values: [20, .nan, 21, 60, 3],
      mean: [22, .nan, 22, 22, 22], lower: [10, .nan, 10, 10, 10], upper: [34, .nan, 34, 34, 34])
    chart.marks = [
      .init(position: 3, isHigh: true, judgement: .worse), .init(position: 4, isHigh: false, judgement: .better),
    ]
    chart.target = 30
    chart.rebases = [.init(position: 2, label: "new rules")]
    chart.timeTicks = [.init(position: 0, label: "2020"), .init(position: 4, label: "2021")]
    return chart
  }

  @Test func theDrawingIsWellFormedAndNamed() {
    let source = chart().svg().source
    #expect(XMLParser(data: Data(source.utf8)).parse())
    #expect(source.contains("role=\"img\"") && source.contains("Burglary in A &amp; B: concern (high)"))
    #expect(source.contains("class=\"concern\"") && source.contains("class=\"improvement\""))
    #expect(source.contains("new rules") && source.contains("target") && source.contains("process limits"))
    // One dot an ordinary point; the missing one has none.
    #expect(source.components(separatedBy: "class=\"common-cause\"").count - 1 == 2)
  }

  @Test func aChartWithoutFiguresIsDrawn() {
    for values in [[], [Double.nan], [4]] {
      let empty = ProcessChart(
        id: "e", title: "t", description: "d", values: values, mean: values, lower: values, upper: values)
      #expect(XMLParser(data: Data(empty.svg().source.utf8)).parse())
    }
  }
}
