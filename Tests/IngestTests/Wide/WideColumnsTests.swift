import CommunitySafety
import Diagnostics
import Testing

@testable import Ingest

@Suite struct WideColumnsTests {
  private func columns(_ header: String, measure: String? = nil) throws -> WideColumns {
    var layout: (any Layout)?
    var options = IngestOptions()
    options.measure = measure
    let bytes = Array(header.utf8)
    var scanner = CSVScanner(file: "w.csv")
    var isRead = false
    try scanner.scan(
      read: { buffer in
        if isRead { return 0 }
        isRead = true
        bytes.withUnsafeBytes { buffer.copyMemory(from: $0) }
        return bytes.count
      },
      record: {
        layout = try Layouts.recognised(
          in: Opening(header: TableHeader($0, file: "w.csv")), options: options)
      })
    guard let wide = layout as? WideLayout else { throw HorizonError(.data, "not wide: \(header)") }
    return wide.columns
  }

  private static let headers: [(header: String, area: Int?, measure: [Int])] = [
    ("Postcode,Offence category,Subcategory,Jan 1995,Feb 1995", 0, [1, 2]),
    ("MajorText,MinorText,LookUp_BoroughName,201004,201005", 2, [0, 1]),
    ("Offence,WardName,WardCode,2019-04,2019-05", 1, [0]), ("Offence,LSOA21CD,2019,2020", 1, [0]),
    ("Offence name,Offence code,2019 Q1,2019 Q2", nil, [0, 1]), ("LAD22NM,LAD22CD,Type,2019/20,2020/21", 0, [2]),
    ("unique_id,note,2010-04,2010-05", 0, []), ("Type,Name,01/04/2010,01/05/2010", 1, [0]),
    ("Apr-10,May-10,Area,Type", 2, [3]), (",2019-01,2019-02", 0, []),
  ]

  @Test(arguments: headers)
  func areaAndMeasure(header: String, area: Int?, measure: [Int]) throws {
    let columns = try columns(header)
    #expect(columns.identity == area)
    #expect(columns.measure == measure)
    #expect(columns.periods.count == 2)
  }

  @Test func totalsAndNamelessColumnsAreLeftOut() throws {
    let columns = try columns("Area,Type,2019,2020,Total,,Area code")
    #expect(columns.leftOut == [4, 5] && columns.code == 6)
    #expect(columns.measure == [1])
  }

  @Test func headersThatAreNotWide() throws {
    // One period, a long table with a column named for a year, and numbers that are no years.
    for header in ["Area,2019", "area,measure,period,count,2019,2020", "Area,1234567,7654321", "Area,0001,0002"] {
      let error = #expect(throws: HorizonError.self) { try columns(header) }
      #expect(error?.kind == .data)
    }
  }

  @Test func badHeaders() throws {
    let twice = try #require(throws: HorizonError.self) { try columns("Area,Jan 2019,Feb 2019,jan 2019") }
    #expect(twice.location?.column == 4 && twice.message.contains("2 and 4"))
    #expect(throws: HorizonError.self) { try columns("2019-01,2019-02") }
    let measure = try #require(throws: HorizonError.self) { try columns("Area,Type,2019,2020", measure: "x") }
    #expect(measure.kind == .usage)
    #expect(try columns("Area,2019,2020", measure: "Burglary").onlyMeasure == "Burglary")
  }

  @Test(arguments: ["Precinct", "Ward number", "Community Area", "Beat", "County"]) func numbersMayNameAreas(
    name: String
  ) throws {
    #expect(ColumnEvidence(name: name, cells: ["1", "2", "17"]).level != nil)
  }

  @Test(arguments: ["Number of wards", "Ward population", "District rate", "Beats per 1,000", "Area count"])
  func figuresOfAreasAreNone(name: String) {
    #expect(ColumnEvidence(name: name, cells: ["1", "2", "17"]).level == nil)
  }
}
