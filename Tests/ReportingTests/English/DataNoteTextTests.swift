import Foundation
import Ingest
import Testing
import TimeSeries

@testable import Reporting

@Suite struct DataNoteTextTests {
  private static let june = Period.month(2019, 6)
  private static let kent = StreetNote.ForceMonth(force: "Kent", month: june)
  private static let pair = FileNote.Pair(file: "b.csv", first: "a.csv")

  /// Each with its code and whether it warns.
  private static let notes: [(DataNote, code: String, warns: Bool, String)] = [
    (
      .files(.skipped(files: 1)), "skipped-files", false,
      "1 file that is not street-level crime (outcomes, stop and search, others) was passed over"
    ),
    (.files(.repeated(pair)), "duplicate-file", true, "b.csv repeats a.csv byte for byte and was counted once"),
    (
      .files(.unregistered(["a", "b", "c", "d", "e", "f"])), "unregistered-source", false,
      "a, b, c, d, e, ... are in no register of sources and count as for partners: nothing is known of owner, retention and what the data can support"
    ),
    (
      .areas(
        .unknownBreakNames([
          .init(entry: "a", names: ["Nort", "Bigamy"], nearest: "North"), .init(entry: "b", names: ["X"], nearest: nil),
        ])), "unknown-break-names", true,
      "the break calendar names areas or measures that neither the data nor any file knows, and that concern nothing here: "
        + "a names \"Nort\", \"Bigamy\" (perhaps \"North\" was meant); b names \"X\""
    ),
    (
      .areas(.prioritiesOfNoPlace(["Cherwell"])), "priorities-of-no-place", true,
      "the inputs hold no place of these partnerships, whose priorities the file names and nothing is said of: Cherwell; "
        + "a place that is in no partnership has its priorities under its own name"
    ),
    (
      .street(.repeatedFiles([pair])), "duplicate-file", true,
      "1 file repeated byte for byte and counted once: b.csv repeats a.csv"
    ),
    (
      .street(.sameContentOfOtherForce([pair])), "same-content-other-force", true,
      "1 file with the same bytes as a file of another force; both were counted: b.csv equals a.csv"
    ),
    (
      .street(.superseded([.init(kent, earlier: "a.csv", later: "b.csv")])), "superseded-file", true,
      "1 force-month in two files that differ; the later on the command line was used: Kent 2019-06 in a.csv and b.csv"
    ),
    (
      .street(.otherMonth(rows: 2)), "other-month", false,
      "2 rows of a month other than that of the file's name were counted in the month the row gives"
    ),
    (
      .street(.monthsWithoutFile(rows: 3, [kent])), "month-without-file", true,
      "3 rows of months without a file of their own were set aside, because the rest of the month is missing: Kent 2019-06"
    ),
    (
      .street(.emptyFiles(["a.csv"])), "empty-file", true, "1 file without a row, treated as absent: a.csv"
    ),
    (
      .street(.earlyLayout(files: ["a.csv"], rows: 1000)), "early-layout", true,
      "1 file in the earliest layout, without LSOAs: none of their 1,000 rows can be placed in a district"
    ),
    (
      .street(.unknownForce(files: ["a.csv", "b.csv"])), "unknown-force", true,
      "2 files name no police force, neither in the file name nor in the rows"
    ),
    (
      .street(.retiredTypes(["Violent crime"])), "retired-type", true,
      "crime types that are no longer used are kept as measures of their own: Violent crime; they cannot be joined with the types that replaced them"
    ),
    (
      .street(.unrecognisedTypes(["Piracy\u{1B}"])), "unrecognised-type", true,
      "crime types that data.police.uk does not list are kept as measures of their own: Piracy\u{FFFD}"
    ),
    (
      .street(.lookupMissed(rows: 1)), "lookup-missed", true,
      "1 row with an LSOA code that the lookups do not know was placed by LSOA name"
    ),
    (
      .street(.bestFit(rows: 2, of: 21)), "best-fit", false,
      "2 rows (9.5 %) placed by best fit: their LSOAs were split among several wards, and they count in the ward that has most of the parts"
    ),
    (
      .street(.redrawn(rows: 11, of: 22, areas: 3)), "redrawn-areas", false,
      "11 rows (50.0 %) lie in LSOAs that a census split, merged or redrew; they count in 3 areas kept the same over time: the LSOA as it was before a split or after a merger"
    ),
    (
      .street(.homeDistrictsGuessed(force: "Ruritania", districts: ["Zenda"])), "home-districts-guessed", true,
      "Ruritania is not in the area registry; districts with at least 1 % of its rows were taken as its own: Zenda"
    ),
    (
      .street(.folded(force: "Kent", [.init("Old", into: "New", rows: 3)])), "folded-district", false,
      "Kent: former districts were counted in their successors: Old into New (3 rows)"
    ),
    (
      .street(.residual(.noLocation, rows: 10, of: 100, level: .district)), "residual", false,
      "10 rows (10.0 %) have no location; they count in the force's residual area \"no location\" and in no district"
    ),
    (
      .street(.residual(.lsoaNotKnown, rows: 1, of: 100, level: .lsoa)), "residual", false,
      "1 row (1.0 %) lie in a known district, but their LSOA code is blank or unknown to the lookups; they count in the district's residual area \"LSOA not known\" and in no LSOA"
    ),
    (
      .street(.repeatedCrimeIDs(ids: 2, acrossFiles: 1, rows: 2, isEstimate: false)), "repeated-crime-ids", false,
      "2 crime IDs stand in more than one row, 1 of them in more than one file; the 2 further rows were counted too, as published"
    ),
    (
      .street(.repeatedCrimeIDs(ids: 1, acrossFiles: 0, rows: 1, isEstimate: true)), "repeated-crime-ids", false,
      "about 1 crime ID stands in more than one row, 0 of them in more than one file; the about 1 further row was counted too, as published"
    ),
    (
      .street(.absentPeriods(force: "Kent", [june])), "absent-period", true,
      "Kent: no file for 2019-06; missing, not zero"
    ),
    (
      .street(.strayRows(kent, rows: 2)), "stray-rows", true,
      "Kent, 2019-06: files of other forces hold 2 rows in its districts; the month is still missing, and those rows count outside the force that reported them"
    ),
    (
      .street(.halfLoaded(kent, rows: 100, shareOfUsual: 0.49)), "half-loaded", true,
      "Kent, 2019-06: 100 rows, 49 % of the usual month; the file may hold only part of the month; shown as counted, and not trusted"
    ),
    (
      .street(.absentType(force: "Kent", type: "Burglary", [june])), "absent-type", true,
      "Kent: not one row of Burglary in 2019-06, where it usually records many; shown as recorded, and not trusted"
    ),
    (
      .street(.outcomesAsOfArchive(undecided: 5, of: 21, latestUndecided: 1, latestOf: 2)), "outcomes-as-of-archive",
      true,
      "outcomes are those of the day the archive was made: 24 % of crimes have no final word, of the last month 50 %; the share detected is the least it can be, and least in the newest months"
    ),
    (
      .street(.outcomesPending(force: "Kent", [june, june + 1])), "outcomes-pending", true,
      "Kent: outcomes of Jun 2019 to Jul 2019 are still coming in, so that the share detected will rise: no forecast learns from these months, and they are compared with nothing"
    ),
    (
      .street(.unrecognisedOutcomes(["Lost"])), "unrecognised-outcome", true,
      "outcomes that are not listed count as not detected: Lost"
    ),
    (
      .table(
        .sums(
          [
            .init(dimension: .area, name: "Total", parts: ["A", "B", "C", "D"], exact: 12, compared: 12),
            .init(
              dimension: .measure, name: "All", parts: ["x", "y"], exact: 1199, compared: 1200, period: june, total: 40,
              ofParts: 33),
          ], isCheck: true)), "sums-among-rows", true,
      "sums of other rows are kept as a check on them and never added to them: \"Total\" of A, B, C and 1 more, exact, \"All\" of x, y, exact in 1,199 of 1,200 values, furthest off in Jun 2019: 40 against 33 (say --totals keep if they are none)"
    ),
    (
      .table(
        .sums([.init(dimension: .area, name: "Total", parts: ["A", "B"], exact: 12, compared: 12)], isCheck: false)),
      "sums-among-rows", true,
      "a sum of other rows is left out and never added to them: \"Total\" (say --totals keep if it is none)"
    ),
    (
      .table(.spellings(.area, [.init(now: "Ely", others: ["ELY", "ely"])])), "spelling", true,
      "1 area written in several ways was brought under one: ELY, ely (now Ely)"
    ),
    (
      .table(.spellings(.area, [.init(now: "West Ham", others: ["West\u{A0}Ham", "WEST HAM"])])), "spelling", true,
      "1 area written in several ways was brought under one: West Ham with other blanks, WEST HAM (now West Ham)"
    ),
    (
      .workbook(
        .sheets(read: ["2019", "2020"], passedOver: [], file: "b.ods")), "workbook-sheets", true,
      "of b.ods the sheets \"2019\", \"2020\" were read, as one table continued"
    ),
    (
      .workbook(
        .sheets(
          read: ["Table 1"],
          passedOver: [
            .init(sheet: "Old", reason: .hidden), .init(sheet: "Rates", reason: .sameRows),
            .init(sheet: "Wards", reason: .otherTable), .init(sheet: "Notes", reason: .noTable),
            .init(sheet: "Bad", reason: .faulty("two columns are named x")),
            .init(sheet: "Robbery", reason: .otherValues(than: "Table 1")),
          ], file: "b.xlsx")), "workbook-sheets", true,
      "of b.xlsx the sheet \"Table 1\" was read; passed over were \"Old\" (hidden), "
        + "\"Rates\" (the same areas, measures, periods and values as a sheet that was read), \"Wards\" (another table), "
        + "\"Notes\" (no table is recognised), \"Bad\" (two columns are named x), \"Robbery\" (the same areas, measures and periods as "
        + "\"Table 1\" with other values: it seems to count something else). --sheet NAME reads another"
    ),
    (
      .files(.joinedHeader(upper: 2, lower: 3, written: "Apr", readAs: "Apr 2019", file: "t.csv")), "joined-header",
      true,
      "the header of t.csv was made of two rows, on lines 2 and 3: \"Apr\" was read as Apr 2019, and so on"
    ),
    (
      .workbook(.hiddenColumns(["\"2019-01\"", "F"], file: "b.xlsx")), "hidden-columns", true,
      "the columns \"2019-01\", F of b.xlsx, which are hidden, were read like the others"
    ),
    (
      .table(.linesBetween(["Robbery"], file: "t.csv")), "lines-between", true,
      "1 line within the table of t.csv, above a row that repeats the header, was passed over: \"Robbery\""
    ),
    (
      .table(.periodMarks(["(p)", "r"], periods: 2)), "period-marks", true,
      "2 periods bear a mark (\"(p)\", \"r\") and were read without it: figures marked as provisional may still change"
    ),
    (
      .table(.periodsAlike(example: "2019-04-01 13:30", readAs: "2019-04-01")), "periods-alike", true,
      "the periods are written in several ways and were read alike: \"2019-04-01 13:30\" as 2019-04-01"
    ),
    (
      .street(
        .recordedCrimeElsewhere(
          first: Period(.quarterly, containing: Period.month(2015, 4).firstDay),
          last: Period(.quarterly, containing: Period.month(2016, 1).firstDay), forces: ["Kent"])),
      "recorded-crime-elsewhere", true,
      "the table of recorded crime has no quarter of these forces within the archive, and nothing is said of how much the "
        + "archive holds: it is of Kent from Apr to Jun 2015 through Jan to Mar 2016"
    ),
    (
      .workbook(
        .sheets(
          read: ["Data"],
          passedOver: [.init(sheet: "Sheet2", reason: .blank), .init(sheet: "Sheet3", reason: .notNamed)],
          file: "b.xlsx")),
      "workbook-sheets", false,
      "of b.xlsx the sheet \"Data\" was read; passed over were \"Sheet2\" (nothing stands in it), "
        + "\"Sheet3\" (not asked for). --sheet NAME reads another"
    ),
    (
      .workbook(.errorCells(1, examples: ["#REF! in D7"], file: "b.xlsx")), "error-cells", true,
      "1 cell of b.xlsx holds an error of the spreadsheet instead of a number and is missing: #REF! in D7"
    ),
    (
      .workbook(.errorCells(9, examples: ["#N/A in D7", "#N/A in D8"], file: "b.xlsx")), "error-cells", true,
      "9 cells of b.xlsx hold an error of the spreadsheet instead of a number and are missing: #N/A in D7, #N/A in D8"
    ),
    (
      .workbook(.serialDates("43556", date: "2019-04-01", file: "b.xlsx")), "serial-dates", true,
      "the periods of b.xlsx are plain numbers and were read as the days that spreadsheets count: 43556 is 2019-04-01"
    ),
    (
      .workbook(.hiddenRows(1, file: "b.xlsx!Data")), "hidden-rows", true,
      "1 row of b.xlsx!Data that is hidden (a filter may be on) was read like the others"
    ),
    (
      .workbook(.macros(file: "b.xlsm")), "macros", false, "the macros of b.xlsm were neither run nor read"
    ),
    (
      .files(.linesAbove(["Title", "Made by hand"], header: 4, file: "t.csv")), "lines-above", true,
      "2 lines above the header of t.csv, on line 4, were passed over: \"Title\", \"Made by hand\""
    ),
    (
      .table(.linesBelow(["Source: x"], file: "t.csv")), "lines-below", true,
      "1 line below the table of t.csv was passed over: \"Source: x\""
    ),
    (
      .table(.columnRoles(areas: ["Ward", "Borough"], measures: ["Offence"], file: "t.csv")), "column-roles", false,
      "the areas of t.csv are told by \"Ward\" and \"Borough\", its measures by \"Offence\""
    ),
    (
      .table(.columnRoles(areas: [], measures: [], file: "t.csv")), "column-roles", false,
      "the areas of t.csv are told by nothing: it is of one area, its measures by nothing: it is of one"
    ),
    (
      .table(.takenApart(.rollingYear, measures: [], lost: 0)), "cumulative-figures", true,
      "sums over the last year were taken apart into single periods: the first year's are not in them and were taken as even, so that levels and yearly sums hold and the season does not"
    ),
    (
      .table(.takenApart(.yearToDate(firstMonth: 4), measures: ["ASB"], lost: 1)), "cumulative-figures", true,
      "sums of the year so far of \"ASB\", from April, were taken apart into single periods; 1 value could not be, and is missing"
    ),
    (
      .table(.negativeCounts([.init(area: "A", measure: "x")], values: 1, .missing)),
      "negative-counts", true,
      "1 negative value among the counts of A|x: corrections of earlier periods; missing, not zero (say --negative net to take them from the periods before)"
    ),
    (
      .table(.negativeCounts([.init(area: "A", measure: "x")], values: 2, .netted)),
      "negative-counts", true, "2 negative values among the counts of A|x: corrections, taken from the periods before"
    ),
    (
      .table(.negativeCounts([.init(area: "A", measure: "x")], values: 3, .areCode)),
      "negative-counts", true,
      "3 negative values that stand for no figure among the counts of A|x; missing, not zero"
    ),
    (
      .table(.negativeCounts([.init(area: "A", measure: "x")], values: 1, .largerThanBefore)), "negative-counts", true,
      "1 negative value among the counts of A|x: corrections of more than the periods before hold; missing, not zero"
    ),
    (
      .table(.notJudgedCumulative(measures: ["Rare"])), "cumulative-not-judged", true,
      "\"Rare\" has too few counts to tell whether they are sums over the year like those beside; read as counts of single periods"
    ),
    (
      .table(.fractionalCounts([.init(area: "A", measure: "x")])), "fractional-counts", true,
      "A|x: a column of counts holds fractions; read as values, which are never added to counts"
    ),
    (
      .table(
        .unlikeTotals(
          [
            .init(
              dimension: .area, name: "Total", parts: ["A", "B"], exact: 0, compared: 9, period: .month(2019, 4),
              total: 20,
              ofParts: 35)
          ], areDropped: false)), "unlike-totals", true,
      "a row is named as of everything and is not the sum of the others: \"Total\", furthest off in Apr 2019: 20 against 35; kept as a series of its own (say --totals drop to leave it out)"
    ),
    (
      .table(.thousandPoints(example: "1,054", values: 2)), "thousand-points", true,
      "2 numbers such as 1,054 were read as thousands: semicolons separate the fields, and every comma has three digits behind it"
    ),
    (
      .table(.thousandPoints(example: "1.252", values: 2)), "thousand-points", true,
      "2 numbers such as 1.252 were read as thousands: semicolons separate the fields, and every point has three digits behind it"
    ),
    (
      .table(.notYetLoaded([june], shareOfUsual: 0)), "not-yet-loaded", true,
      "Jun 2019: all series together hold 0 % of what is usual; the newest figures may not be loaded yet; shown as recorded, and not trusted"
    ),
    (
      .street(.forcesWithoutPlaces(["Kent"])), "force-without-places", true,
      "no row of Kent has a place: the force is seen as a whole, and nothing can be said of districts"
    ),
    (
      .table(.summedDuplicates(rows: 4)), "summed-duplicates", true,
      "4 rows for an area, measure and period that had one already were added to it"
    ),
    (
      .table(.blankColumns(["2019-01"], file: "t.csv")), "blank-columns", true,
      "the columns 2019-01 of t.csv are blank in every row and are taken as not there"
    ),
    (
      .table(.columnsLeftOut(["\"Total\""], file: "t.csv")), "columns-left-out", true,
      "the column \"Total\" of t.csv is no period, area or measure and was left out"
    ),
    (
      .table(.dayFirst(example: "01/02/2019")), "day-first", true,
      "dates such as 01/02/2019 are read day first, as in the United Kingdom; no date tells otherwise"
    ),
    (
      .table(.suppressed(values: 1, marks: ["[c]"])), "suppressed-values", true,
      "1 value suppressed ([c]); missing, not zero"
    ),
    (
      .table(.suppressed(values: 2, marks: [])), "suppressed-values", true, "2 values suppressed; missing, not zero"
    ),
    (
      .table(.missing(7, unit: .cells)), "missing-values", true, "7 cells without a value; missing, not zero"
    ),
    (
      .table(.zeroDenominators(rows: 1)), "zero-denominators", true, "1 proportion of nothing (denominator 0); missing"
    ),
    (
      .table(.repeatedHeader(1, unit: .rows)), "repeated-header", true, "1 row repeats the header and was passed over"
    ),
    (
      .table(.repeatedHeader(2, unit: .cells)), "repeated-header", true, "rows that repeat the header were passed over"
    ),
    (
      .table(.gaps(periods: 1, series: 1, areZero: false)), "gaps", true,
      "1 period of 1 series has no row; missing, not zero (say --absent zero if no row means none)"
    ),
    (
      .table(.gaps(periods: 2, series: 1, areZero: true)), "gaps", false,
      "2 periods of 1 series have no row; taken as zero"
    ),
    (
      .counted(.spellings([.init(now: "B", others: ["b", "B."])])), "spelling", false,
      "1 name written in several ways was brought under the latest: b, B. (now B)"
    ),
    (
      .counted(.residualAreas(["Airport"], rows: 9)), "residual-areas", false,
      "9 rows of no partnership counted apart: Airport"
    ),
    (
      .counted(
        .negativeTotals([
          .init(.init(area: "Oxford", measure: "Burglary"), .init(frequency: .quarterly, ordinal: 2019 * 4 + 1), -3)
        ])), "negative-totals", true,
      "1 total below zero (more crimes cancelled than recorded); missing, not zero: Oxford|Burglary 2019-Q2: -3"
    ),
    (
      .incidents(.repeatedReferences(1)), "repeated-references", true,
      "1 incident repeat the reference of an earlier row of the same source and were set aside"
    ),
    (.incidents(.undated(2)), "undated", true, "2 incidents without any date were set aside"),
    (
      .incidents(.historical(2)), "historical", false,
      "2 incidents occurred before the month in which the extract begins and were set aside: the extract does not hold the others of that time"
    ),
    (
      .incidents(.futureDates(2)), "future-dates", true,
      "2 incidents occurred after the last report of the extract and were set aside: check their dates"
    ),
    (
      .incidents(.otherDate(2, basis: .reported)), "other-date", false,
      "2 incidents counted by the date they were reported, because the other is blank"
    ),
    (
      .incidents(.unreferenced(2)), "no-reference", false,
      "2 incidents without a reference: repetitions among them cannot be told"
    ),
    (
      .incidents(.sourcesBegin), "sources-begin", true,
      "the sources begin in different months: a rise where one begins is more reporting, not more incidents"
    ),
    (
      .incidents(.noPseudonymKey), "no-pseudonym-key", false,
      "pseudonyms were not read, so that nothing is said of repeats: give a key with --pseudonym-key"
    ),
    (
      .incidents(.noPseudonym(1, entity: .person)), "no-pseudonym", false,
      "1 incident without a person's pseudonym is counted, but not among repeats"
    ),
    (
      .incidents(.noRepeats(window: 12)), "no-repeats", true,
      "nothing can be said of repeats: no pseudonym is there, or the extract is no longer than the window of 12 months"
    ),
    (
      .incidents(.repeats(entity: .location, window: 12)), "repeats", false,
      "repeats are incidents whose location had an earlier one of the same category in the same source within 12 months; the first 12 months have no such past and are left out"
    ),
    (
      .areas(.context([.init(.population, column: "pop", file: "p.csv")])), "context", false,
      "figures of the areas: population from the column \"pop\" of p.csv"
    ),
    (
      .areas(.contextMissing(.population, areas: 2, of: 4)), "context-missing", true,
      "the files give no population of 2 areas out of 4; that of the inputs themselves stands there, or else of the area registry, "
        + "if there is one"
    ),
    (
      .areas(.contextMissing(.households, areas: 1, of: 4)), "context-missing", true,
      "the files give no households of 1 area out of 4"
    ),
    (
      .areas(.noGroup(["Erewhon"], level: .csp)), "no-group", true,
      "1 area whose partnership is not known stays as it is, beside the partnerships: Erewhon"
    ),
    (
      .areas(.notAddedUp(measures: ["Satisfaction"])), "not-added-up", true,
      "values that are no counts or shares cannot be added up and stay with their areas: Satisfaction"
    ),
    (
      .areas(.incompleteGroups([.init("South and Vale", lacks: ["Graffiti"])], level: .csp)), "incomplete-group", true,
      "a total is never made of some of its parts: where not every area of the partnership has the measure, the areas stay as they are: Graffiti in South and Vale"
    ),
    (
      .areas(.partialGroups([.init("Thames Valley", lacks: ["Cherwell"])], level: .force)), "partial-group", true,
      "the inputs do not hold every district of these forces: Thames Valley without Cherwell"
    ),
    (
      .vintages(.otherVintages(1, of: .file)), "other-vintages", false,
      "1 file of other vintages is in the store and was not used"
    ),
    (
      .vintages(.laterVintage(2, of: .value)), "later-vintage", true,
      "2 values are of a vintage after --as-of, because none of the earlier ones holds them: what was known then may have been less"
    ),
    (
      .vintages(
        .lateReports(
          [.init(june, least: 0.62, greatest: 0.8), .init(june - 1, least: 0.97, greatest: 0.97)], frequency: .monthly)),
      "late-reports", true,
      "reports of the newest months are still coming in: by the vintages of the store 62 to 80 % of Jun 2019, 97 % of May 2019 is expected to be known; forecasts and ranks take the figures as they are"
    ),
  ]

  @Test(arguments: notes.indices) func everyNoteSaysWhatItSaid(_ index: Int) throws {
    let (note, code, warns, text) = Self.notes[index]
    #expect(note.message == text)
    #expect(note.code == code && (note.severity == .warning) == warns)
    #expect(try JSONDecoder().decode(DataNote.self, from: JSONEncoder().encode(note)) == note)
  }

  @Test func scopesNameWhatANoteIsAbout() {
    let absent = DataNote.street(.absentType(force: "Kent", type: "Burglary", [Self.june]))
    #expect(absent.scope == .init(sources: ["Kent"], measures: ["Burglary"], periods: [Self.june]))
    let months = [Self.kent, .init(force: "Kent", month: Self.june - 1)]
    #expect(
      DataNote.street(.monthsWithoutFile(rows: 1, months)).scope
        == .init(sources: ["Kent"], periods: [Self.june - 1, Self.june]))
    #expect(DataNote.table(.missing(1, unit: .rows)).scope == .run)
  }
}
