import CommunitySafety
import Diagnostics
import Testing
import TimeSeries

@testable import Ingest

@Suite struct LongTableReaderTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  @Test func proportions() async throws {
    let data = try await space.table([
      "Denominator,note,AREA,Period,measure,Numerator", "10,,Oxford,2019-01,Detected,3", "0,,Oxford,2019-02,Detected,0",
      ",,Oxford,2019-03,Detected,2", "8,,Oxford,2019-04,Detected,*", "4,,Oxford,2019-06,Detected,4",
    ])
    let series = try #require(data.panel.series.first)
    #expect(series.kind == .proportion)
    #expect(series.values[0] == 0.3 && series.values[1...4].allSatisfy(\.isNaN) && series.values[5] == 1)
    #expect(series.denominators?[0] == 10 && series.denominators?[1] == 0 && series.numerators?[0] == 3)
    #expect(
      data.accounting.setAside == ["denominator of zero": 1, "missing value": 1, "suppressed value": 1]
        && data.accounting.counted == 2 && data.accounting.balances)
    #expect(data.note("zero-denominators") == .table(.zeroDenominators(rows: 1)))
    #expect(data.asOf(.month(2019, 1)).panel.series[0].denominators == [10])
  }

  /// Room is made for as many rows as the size of a table lets expect, and no size is believed.
  @Test(arguments: [0, 1, 20_000, Int.max]) func sizesAreNotBelieved(_ bytes: Int) throws {
    let text = Array("unique_id,ds,y\n".utf8) + (0..<1500).flatMap { Array("a,\(1900 + $0),\($0)\n".utf8) }
    var scanner = CSVScanner(file: "f.csv")
    var rest = text[...]
    let content = try RecordReader.read(file: "f.csv", bytes: bytes, LayoutSettings()) { handle in
      try scanner.scan(
        read: { buffer in
          let next = rest.prefix(buffer.count)
          buffer.copyBytes(from: next)
          rest = rest.dropFirst(next.count)
          return next.count
        }, while: handle)
    }
    guard let rows = content.content as? TableRows else { throw HorizonError(.data, "no table") }
    #expect(rows.count == 1500)
  }

  @Test func badProportionsAreLocated() async throws {
    let header = "area,measure,period,numerator,denominator"
    let more = try #require(try await space.tableError([header, "A,x,2019,1,2", "A,x,2020,3,2"]))
    #expect(
      more.location?.line == 3 && more.location?.column == 4 && more.message.contains("more than its denominator"))
    for row in ["A,x,2019,-1,2", "A,x,2019,0.5,2", "A,x,2019,1,2.5"] {
      #expect(try await space.tableError([header, row])?.location?.line == 2)
    }
  }

  @Test func valuesWithUnits() async throws {
    let header = "area,measure,period,value,unit"
    let data = try await space.table([
      header, "A,Days,2019,12,days", "A,Days,2020,13,days", "A,Days,2021,,", "A,Satisfied,2019,81%,%",
      "A,Satisfied,2020,79.5,%", "A,Change,2019,-2,",
    ])
    #expect(data.panel.series.map(\.kind) == [.value, .value, .value])
    #expect(data.values("A", "Satisfied") == [81, 79.5])
    #expect(data.units == ["Days": "days", "Satisfied": "%"])
    let mixed = try #require(try await space.tableError([header, "A,x,2019,1,days", "B,x,2019,1,hours"]))
    #expect(mixed.location?.line == 3 && mixed.location?.column == 5 && mixed.message.contains("line 2"))
    let percent = try #require(try await space.tableError([header, "A,x,2019,12%,days"]))
    #expect(percent.location?.column == 4 && percent.remedy?.contains("percent") == true)
    let a = try space.write("a.csv", "\(header)\nA,x,2019,1,days\n")
    let b = try space.write("b.csv", "\(header)\nA,x,2020,1,hours\n")
    #expect(try await failure([a, b])?.location?.file == b)
    let counts = try space.write("c.csv", "area,measure,period,count\nA,x,2021,1\n")
    #expect(try await failure([a, counts])?.message.contains("another way") == true)
  }

  @Test func namesOfThePeriodAndAMeasureForAll() async throws {
    let data = try await space.table(["Area,Month,Count", "A,2019-01,1"]) { $0.measure = "Burglary" }
    #expect(data.panel.series[0].key == SeriesKey(area: "A", measure: "Burglary"))
    #expect(
      try await space.tableError(["area,month,count", "A,2019-01,1"])?.message.contains("column measure") == true)
    let twice = try #require(try await space.tableError(["area,measure,year,month,week,count", "A,x,2019,1,1,1"]))
    #expect(twice.message.contains("year, month, week"))
    let own = try #require(
      try await space.tableError(["area,measure,period,count", "A,x,2019,1"]) { $0.measure = "Burglary" })
    #expect(own.kind == .usage)
    let street = try space.write("s.csv", Street.file(Street.rows(1, "2019-06", "Oxford 001A")))
    #expect(try await failure([street]) { $0.measure = "Burglary" }?.kind == .usage)
  }

  @Test func duplicates() async throws {
    let lines = [
      "area,measure,period,count", "A,x,2019,1", "B,x,2019,5", "A,x,2019,2", "A,x,2019,4", "A,x,2020,1", "A,x,2020,[c]",
      "A,x,2020,3", "B,x,2020,",
    ]
    let error = try #require(try await space.tableError(lines))
    #expect(error.location?.line == 4 && error.message.contains("the first is line 2"))
    #expect(error.remedy?.contains("--duplicates sum") == true)
    let data = try await space.table(lines) { $0.duplicates = .summed }
    let a = try #require(data.values("A", "x"))
    #expect(a[0] == 7 && a[1].isNaN)
    #expect(data.accounting.counted == 4 && data.accounting.balances)
    #expect(
      data.accounting.setAside == [
        "missing value": 1, "suppressed value": 1, "row of a sum with a missing part": 2,
      ])
    #expect(data.note("summed-duplicates") == .table(.summedDuplicates(rows: 4)))
    let shares = try await space.table([
      "area,measure,period,numerator,denominator", "A,x,2019,1,4", "A,x,2019,0,0", "A,x,2019,2,4",
    ]) { $0.duplicates = .summed }
    #expect(shares.values("A", "x") == [0.375] && shares.panel.series[0].denominators == [8])
    #expect(shares.accounting.counted == 3 && shares.accounting.balances)
    let values = try #require(
      try await space.tableError(["area,measure,period,value", "A,x,2019,1", "A,x,2019,2"]) { $0.duplicates = .summed })
    #expect(values.location?.line == 3 && values.message.contains("only counts and proportions"))
  }

  /// Rows that repeat the header have no population: there are fewer populations than rows read.
  @Test func repeatedHeaderBesidePopulations() async throws {
    let data = try await space.table([
      "area,measure,period,count,population", "A,x,2019-01,1,100", "area,measure,period,count,population",
      "A,x,2019-02,2,200",
    ])
    #expect(data.values("A", "x") == [1, 2] && data.areas["A"]?.population == 200)
    #expect(data.accounting.setAside == ["repeated header": 1] && data.accounting.balances)
  }

  @Test func cutShortAndRepeatedHeader() async throws {
    let cut = try #require(
      try await failure([try space.write("c.csv", "area,measure,period,count\nA,x,2019,1\nA,x,20")]))
    #expect(cut.message.contains("may be cut short") && cut.location?.line == 3)
    let short = try #require(try await space.tableError(["area,measure,period,count", "A,x,20", "A,x,2019,1"]))
    #expect(!short.message.contains("cut short"))
    let data = try await space.table([
      "area,measure,period,count", "A,x,2019,1", "area,measure,period,count", "A,x,2020,2",
    ])
    #expect(data.values("A", "x") == [1, 2] && data.accounting.setAside == ["repeated header": 1])
    #expect(data.accounting.balances && data.note("repeated-header") == .table(.repeatedHeader(1, unit: .rows)))
  }

  /// Pages of a report, each with its title and the header.
  @Test(arguments: ["Robbery", "Robbery,,,", "Page 2 of 3", ",,,Table 2", "Robbery\nAll figures are provisional"])
  func headersBelowTitles(title: String) async throws {
    let lines = ["area,measure,period,count", "A,x,2019,1", title, "area,measure,period,count", "A,x,2020,2"]
    let data = try await space.table(lines)
    #expect(data.values("A", "x") == [1, 2] && data.accounting.setAside == ["repeated header": 1])
    #expect(data.accounting.balances && data.codes().contains("lines-between") && !data.codes().contains("lines-below"))
    // Where no column says what is counted, the title may.
    let error = try #require(
      try await space.tableError(["area,period,count", "A,2019,1", title, "area,period,count", "A,2020,2"]) {
        $0.measure = "x"
      })
    #expect(error.message.contains("second table") && error.remedy?.contains("column measure") == true)
  }

  @Test(arguments: [["A,x,2020,2"], []]) func aTitleNeedsAHeaderBelowIt(rows: [String]) async throws {
    let error = try #require(
      try await space.tableError(["area,measure,period,count", "A,x,2019,1", "Robbery"] + rows))
    #expect(error.message == "the row has 1 fields where the header has 4" && error.location?.line == 3)
  }

  @Test func bytesThatAreNoText() async throws {
    let filler = (1...60).map { "A\($0),x,2019,1" }
    let nul = try #require(try await space.tableError(["area,measure,period,count"] + filler + ["B\0,x,2019,1"]))
    #expect(nul.message.contains("NUL") && nul.location?.line == 62 && nul.location?.column == 1)
    let value = try #require(try await space.tableError(["area,measure,period,count"] + filler + ["B,x,2019,1\0"]))
    #expect(value.location?.line == 62 && value.location?.column == 4)
    let latin = Array("area,measure,period,count\nCaf".utf8) + [0xE9] + Array(",x,2019,1\n".utf8)
    let error = try #require(try await failure([try space.write("l.csv", latin)]))
    #expect(error.message.contains("UTF-8") && error.location?.line == 2 && error.location?.column == 1)
  }

  @Test func otherSeparatorsAndDecimalCommas() async throws {
    let data = try await space.table(["area;measure;period;count", "A;x;2019;1", "A;x;2020;1,234"])
    #expect(data.values("A", "x") == [1, 1234])
    let comma = try #require(try await space.tableError(["unique_id\tds\ty", "A\t2019\t1,5"]))
    #expect(comma.remedy?.contains("decimal comma") == true)
  }

  @Test func theLayoutCanBeSaid() async throws {
    let header = "unique_id,ds,y,2019,2020"
    #expect(try await space.table([header, "A,2018,1,2,3"]).values("A", nil) == [1])
    let wide = try await space.table(["Ward,2019", "A,2"]) { $0.inputKind = .wide }
    #expect(wide.values("A", nil) == [2])
    #expect(try await space.tableError(["Ward,2019", "A,2"]) { $0.inputKind = .long }?.kind == .data)
    #expect(
      try await space.tableError(["unique_id,ds,y", "A,2019,2"]) { $0.inputKind = .street }?.message.contains(
        "Crime type")
        == true)
    #expect(try await space.tableError(["unique_id,ds,y", "A,2019,2"]) { $0.inputKind = .wide }?.kind == .data)
  }
}
