import CommunitySafety
import Diagnostics
import Foundation
import Testing
import TimeSeries

@testable import Ingest

@Suite struct WorkbookReaderTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  /// Months from January 2022 as dates.
  private static let months: [TestCell] = (1...6).map { .date("2022-0\($0)-01") }

  /// Titles, a header on row 4, three rows, and notes below.
  private static func published(_ header: [TestCell] = ["Area code", "Area", "Offence"] + months) -> [[TestCell]] {
    [
      ["Table 1: Offences recorded [note 1]"], ["Some counts are provisional"], [], header,
      ["E07000178", "Oxford", "Burglary", 4, 5, 6, "[c]", 8, 9],
      ["E07000178", "Oxford", "Robbery", 1, 0, 1, 2, 0, 3],
      ["E07000177", "Cherwell", "Burglary", 7, 7, .number("7.0"), 8, "1,200", .formula("9")],
      [], ["Notes"], ["[note 1] The newest two months may be revised."],
    ]
  }

  @Test(arguments: TestFormat.allCases)
  func titlesNotesDatesAndHiddenSheets(format: TestFormat) async throws {
    let path = try space.book(
      format,
      [
        TestSheet("Cover", [["Recorded crime"], [], ["Published quarterly."]]),
        TestSheet("Table 1", WorkbookReaderTests.published()), TestSheet("Notes", [["[c] means suppressed."]]),
        TestSheet("Empty", []),
        TestSheet(
          "Old",
          [
            ["Area", "Offence", .date("2010-01-01"), .date("2010-02-01")],
            ["Oxford", "Burglary", 90, 91],
          ], isHidden: true),
      ])
    let data = try await read([path])
    #expect(data.panel.series.map(\.key.uniqueID) == ["Oxford|Burglary", "Oxford|Robbery", "Cherwell|Burglary"])
    #expect(data.panel.frequency == .monthly && data.panel.series[0].start == .month(2022, 1))
    #expect(data.panel.series[2].values == [7, 7, 7, 8, 1200, 9])
    #expect(data.panel.series[0].values[3].isNaN && data.panel.series[0].values[5] == 9)
    #expect(data.accounting.read == 18 && data.accounting.balances)
    #expect(data.accounting.setAside == ["suppressed value": 1])
    let sheets = data.notes.compactMap { note -> WorkbookNote? in
      if case .workbook(let note) = note { note } else { nil }
    }
    #expect(
      sheets == [
        .sheets(
          read: ["Table 1"],
          passedOver: [
            .init(sheet: "Cover", reason: .noTable), .init(sheet: "Notes", reason: .noTable),
            .init(sheet: "Empty", reason: .blank), .init(sheet: "Old", reason: .hidden),
          ], file: "book.\(format.rawValue)")
      ])
    #expect(
      data.notes.contains(
        .files(
          .linesAbove(
            ["Table 1: Offences recorded", "Some counts are provisional"], header: 4,
            file: "book.\(format.rawValue)!Table 1"))))
    #expect(
      data.notes.contains(
        .table(
          .linesBelow(
            ["Notes", "[note 1] The newest two months may be revised."], file: "book.\(format.rawValue)!Table 1"))))
    // A hidden sheet is read when it is named, in any case.
    let old = try await read([path]) { $0.sheets = [" old"] }
    #expect(old.panel.series[0].start == .month(2010, 1) && old.panel.series[0].values == [90, 91])
  }

  @Test(arguments: TestFormat.allCases)
  func longTablesAndOneDateSystemAsTheOther(format: TestFormat) async throws {
    let rows: [[TestCell]] = [
      ["area", "measure", "period", "count"],
      ["Oxford", "Burglary", .date("2019-04-01"), 42], ["Oxford", "Burglary", .date("2019-05-01"), .number("4.4E1")],
      ["Oxford", "Burglary", .date("2019-06-01"), .text("30")],
    ]
    for is1904 in [false, true] {
      let path = try space.book(format, [TestSheet("Data", rows)], is1904: is1904)
      let data = try await read([path])
      #expect(data.panel.series.map(\.values) == [[42, 44, 30]])
      #expect(data.panel.style.format(data.panel.series[0].start) == "2019-04-01")
      #expect(!data.notes.contains { if case .workbook = $0 { true } else { false } })
    }
  }

  @Test(arguments: TestFormat.allCases)
  func errorsFormulasAndKinds(format: TestFormat) async throws {
    let header: [TestCell] = ["area", "measure", "period", "count", "change"]
    let good: [[TestCell]] = [
      header, ["Oxford", "Burglary", "2019-01", .formula("3"), .error("#DIV/0!")],
      [.inline(["Ox", "ford"]), "Burglary", "2019-02", .error("#N/A"), .formula(nil)],
      ["Oxford", "Burglary", "2019-03", .error("#DIV/0!"), .boolean(true)],
      ["Oxford", "Burglary", "2019-04", .number("0.30000000000000004"), .blank],
    ]
    let data = try await read([try space.book(format, [TestSheet("Data", good)])])
    let values = data.panel.series[0].values
    #expect(data.panel.series.count == 1 && values[0] == 3 && values[1].isNaN && values[2].isNaN && values[3] == 0.3)
    #expect(data.accounting.setAside == ["missing value": 2] && data.accounting.balances)
    #expect(
      data.notes.contains(
        .workbook(.errorCells(2, examples: ["#N/A in D3", "#DIV/0! in D4"], file: "book.\(format.rawValue)"))))

    let formula = try #require(
      try await failure([
        try space.book(format, [TestSheet("Data", [header, ["Oxford", "Burglary", "2019-01", .formula(nil), 1]])])
      ]))
    #expect(formula.kind == .data && formula.location?.sheet == "Data" && formula.description.contains("cell D2"))
    #expect(formula.message.contains("result is not stored") && formula.remedy?.contains("save it again") == true)
    let name = try #require(
      try await failure([
        try space.book(format, [TestSheet("Data", [header, ["Oxford", .error("#REF!"), "2019-01", 1, 1]])])
      ]))
    #expect(name.message.contains("#REF!") && name.location?.column == 2)
    let number = try #require(
      try await failure([
        try space.book(format, [TestSheet("Data", [header, ["Oxford", "Burglary", "2019-01", "many", 1]])])
      ]))
    #expect(number.description.contains("book.\(format.rawValue), sheet \"Data\", cell D2: \"many\" is not a number"))
  }

  @Test(arguments: TestFormat.allCases)
  func sheetsByYearAreOneTable(format: TestFormat) async throws {
    let header: [TestCell] = [
      "Financial Year", "Financial Quarter", "Force Name", "CSP Name", "Offence Description", "Offence Group",
      "Offence Subgroup", "Offence Code", "Offence Count",
    ]
    func sheet(_ year: String, _ counts: [Int], _ header: [TestCell]) -> TestSheet {
      let rows = counts.enumerated().map { quarter, count -> [TestCell] in
        [
          .text(year), .number(String(quarter + 1)), "Thames Valley", "Oxford", "Burglary - residential",
          "Theft offences", "Burglary", "28E", .number(String(count)),
        ]
      }
      return TestSheet(
        year.replacing("/", with: "_"),
        [["Offences by partnership"], []] + [header] + rows + [[], ["Source: Home Office"]])
    }
    var other = header
    other[8] = "Number of Offences"
    let path = try space.book(
      format,
      [
        sheet("2019/20", [10, 11, 12, 13], header), sheet("2020/21", [5, 6, 7, 8], header),
        sheet("2021/22", [1, 2, 3, 4], other), TestSheet("Notes", [["Nothing"]]),
      ])
    let data = try await read([path])
    #expect(data.panel.series.map(\.values) == [[10, 11, 12, 13, 5, 6, 7, 8, 1, 2, 3, 4]])
    #expect(data.panel.frequency == .quarterly && data.accounting.read == 12 && data.accounting.balances)
    #expect(data.sources.count == 1 && data.sources[0].rows == 12)
    let one = try await read([path]) { $0.sheets = ["2020_21"] }
    #expect(one.panel.series.map(\.values) == [[5, 6, 7, 8]])
    // The same workbook twice is counted once.
    let copy = try space.write("copy.\(format.rawValue)", try Data(contentsOf: URL(fileURLWithPath: path)))
    let twice = try await read([path, copy])
    #expect(twice.panel.series.map(\.values) == data.panel.series.map(\.values))
    #expect(twice.accounting.setAside["repeated file"] == 12 && twice.accounting.balances)
  }

  @Test(arguments: TestFormat.allCases)
  func aSecondTableOfTheSamePlacesIsNotAddedToTheFirst(format: TestFormat) async throws {
    let counts: [[TestCell]] = [["Area", "2019", "2020", "2021"], ["Oxford", 10, 20, 30], ["Cherwell", 1, 2, 3]]
    let rates: [[TestCell]] = [
      ["Area", "2019", "2020", "2021"], ["Oxford", .number("0.1"), .number("0.2"), .number("0.3")],
      ["Cherwell", 4, 5, 6],
    ]
    let next: [[TestCell]] = [["Area", "2022", "2023"], ["Oxford", 40, 50], ["Cherwell", 4, 5]]
    let wards: [[TestCell]] = [["Ward", "Offence", "2019", "2020"], ["Barton", "Burglary", 1, 2]]
    let path = try space.book(
      format,
      [TestSheet("Counts", counts), TestSheet("Rates", rates), TestSheet("Counts 2", next), TestSheet("Wards", wards)])
    let data = try await read([path])
    #expect(data.panel.series.map(\.values) == [[10, 20, 30, 40, 50], [1, 2, 3, 4, 5]])
    #expect(
      data.notes.contains(
        .workbook(
          .sheets(
            read: ["Counts", "Counts 2"],
            passedOver: [
              .init(sheet: "Rates", reason: .otherValues(than: "Counts")), .init(sheet: "Wards", reason: .otherTable),
            ],
            file: "book.\(format.rawValue)"))))
    let named = try #require(try await failure([path]) { $0.sheets = ["Counts", "Wards"] })
    #expect(named.kind == .data && named.location?.sheet == "Wards")
  }

  /// A sheet that says the same once more is not one that counts something else.
  @Test(arguments: TestFormat.allCases)
  func sheetsOfTheSamePlacesAndPeriods(format: TestFormat) async throws {
    func data(_ burglary: [TestCell], _ robbery: [TestCell]) async throws -> [WorkbookNote.PassedOver] {
      let header: [TestCell] = ["Area", "2019-01", "2019-02"]
      let path = try space.book(
        format,
        [
          TestSheet("Burglary", [header, burglary, ["Cherwell", 7, 8]]),
          TestSheet("Robbery", [header, robbery, ["Cherwell", 7, 8]]),
        ])
      let data = try await read([path])
      #expect(data.panel.series.count == 2)
      let sheets = data.notes.compactMap { note -> [WorkbookNote.PassedOver]? in
        if case .workbook(.sheets(_, let passed, _)) = note { passed } else { nil }
      }
      #expect(data.note("workbook-sheets")?.severity == .warning)
      return sheets.flatMap(\.self)
    }
    #expect(
      try await data(["Oxford", 1, "[c]"], ["Oxford", 1, "[c]"]) == [.init(sheet: "Robbery", reason: .sameRows)])
    for other in [["Oxford", 1, 3], ["Oxford", 2, "[c]"]] as [[TestCell]] {
      #expect(
        try await data(["Oxford", 1, "[c]"], other) == [
          .init(sheet: "Robbery", reason: .otherValues(than: "Burglary"))
        ])
    }
  }

  @Test(arguments: TestFormat.allCases)
  func streetAndPartnerLayouts(format: TestFormat) async throws {
    let street: [[TestCell]] = [
      [
        "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code",
        "LSOA name",
        "Crime type", "Last outcome category", "Context",
      ],
      [
        "", .date("2019-06-01"), "Thames Valley Police", "Thames Valley Police", .number("-1.25"), .number("51.75"),
        "On or near High Street", "E01000001", "Oxford 008B", "Burglary", "", "",
      ],
    ]
    let data = try await read([try space.book(format, [TestSheet("2019-06-thames-valley-street", street)])])
    #expect(data.panel.series.contains { $0.key.uniqueID == "Oxford|Burglary" && $0.values.contains(1) })
    // A copy of the sheet is not counted again; what is not the same is.
    var other = street
    other[1][9] = "Robbery"
    let three = try await read([
      try space.book(format, [TestSheet("A", street), TestSheet("Copy", street), TestSheet("B", other)])
    ])
    #expect(three.accounting.read == 2 && three.accounting.balances)
    #expect(three.panel.series.allSatisfy { $0.values.allSatisfy { $0 <= 1 } })
    let partner: [[TestCell]] = [
      ["incident_ref", "date_occurred", "category", "area_code", "notes"],
      ["A1", .date("2019-06-03"), "ASB", "E07000178", "ring jane.doe@example.org"],
    ]
    let error = try #require(try await failure([try space.book(format, [TestSheet("Data", partner)])]))
    #expect(
      error.message.contains("in clear") && !error.description.contains("jane") && error.location?.sheet == "Data")
  }

  @Test(arguments: [false, true])
  func daysWithoutAFormatAreDates(is1904: Bool) async throws {
    // A year and a leap year's day lie between the two first days.
    let shift = is1904 ? 1462 : 0
    func serial(_ days: Int) -> TestCell { .number(String(days - shift)) }
    let long: [[TestCell]] = [
      ["area", "measure", "period", "count"], ["Oxford", "Burglary", serial(43_556), 42],
      ["Oxford", "Burglary", serial(43_586), 44],
    ]
    let wide: [[TestCell]] = [
      ["A title"], ["Area", "Offence", serial(43_556), serial(43_586), serial(43_617)],
      ["Oxford", "Burglary", 42, 44, 40_000],
    ]
    for rows in [long, wide] {
      let data = try await read([try space.book(.xlsx, [TestSheet("Data", rows)], is1904: is1904)])
      #expect(data.panel.series[0].start == .month(2019, 4) && data.panel.series[0].values.starts(with: [42, 44]))
      #expect(
        data.notes.contains(
          .workbook(.serialDates(String(43_556 - shift), date: "2019-04-01", file: "book.xlsx"))))
    }
    // Numbers that are no days of months are no header, and a text among the days is not guessed at.
    let other = try space.book(
      .xlsx, [TestSheet("Data", [["Area", "Offence", 43_556, 43_599], ["Oxford", "Burglary", 1, 2]])])
    #expect(try await failure([other])?.message.contains("missing") == true)
    let mixed = try space.book(.xlsx, [TestSheet("Data", long + [["Oxford", "Burglary", "2019-06", 1]])])
    #expect(try await failure([mixed])?.location?.sheet == "Data")
    let csv = try space.write("t.csv", "area,measure,period,count\nOxford,Burglary,43556,1\nOxford,Burglary,43586,1\n")
    #expect(try await failure([csv])?.remedy?.contains("43556 is 2019-04-01") == true)
  }

  @Test func theSheetNamedMustBeThere() async throws {
    let path = try space.book(.xlsx, [TestSheet("Data", [["unique_id", "ds", "y"], ["A", "2019-01", 1]])])
    let missing = try #require(try await failure([path]) { $0.sheets = ["Other"] })
    #expect(missing.kind == .usage && missing.remedy == "It has \"Data\"")
    let csv = try space.write("a.csv", "unique_id,ds,y\nA,2019-01,1\nA,2019-02,1\n")
    #expect(try await failure([csv]) { $0.sheets = ["Data"] }?.kind == .usage)
    let hidden = try space.book(
      .ods, [TestSheet("Data", [["unique_id", "ds", "y"], ["A", "2019-01", 1]], isHidden: true)])
    #expect(try await failure([hidden])?.remedy?.contains("--sheet") == true)
    let blank = try space.book(
      .ods, [TestSheet("A", []), TestSheet("B", [["Nothing much"]]), TestSheet("C", [["Nor here"]])])
    let none = try #require(try await failure([blank]))
    #expect(none.message.contains("\"A\", \"B\", \"C\"") && none.remedy?.contains("--sheet") == true)
    #expect(try await failure([blank]) { $0.sheets = ["A"] }?.message == "nothing stands in the sheet")
  }
}
