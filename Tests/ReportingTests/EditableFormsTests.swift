import Assessment
import Foundation
import Ingest
import Tables
import Testing

@testable import Reporting

/// The workbook and the Word document hold what the pages and files hold.
@Suite struct EditableFormsTests {
  private func sheets(_ file: OutputFile) throws -> [String: WorkbookCells] {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).xlsx")
    defer { try? FileManager.default.removeItem(at: path) }
    try Data(file.contents).write(to: path)
    return Dictionary(uniqueKeysWithValues: try WorkbookCells.sheets(ofFile: path.path).map { ($0.name, $0) })
  }

  @Test func theWorkbookHoldsEveryTable() async throws {
    let assessment = try await SyntheticAssessment.standard.value
    let pages = PackPages(assessment, version: "0.1.0")
    let data = PackData(assessment, version: "0.1.0")
    let file = try pages.workbook(data)
    #expect(try pages.workbook(data) == file)
    let sheets = try sheets(file)
    for part in data.parts {
      let name = part.path.split(separator: ".")[0].replacing("-", with: " ")
      let sheet = try #require(sheets[name.prefix(1).uppercased() + name.dropFirst()], "\(part.path)")
      let lines = try CSVLines(part.sheet.rendered(as: .csv))
      #expect(sheet.rows.count == lines.count, "\(part.path)")
      let head = try #require(sheet.rows.first)
      #expect((1...head.cells.count).map { head.cells[$0]?.text ?? "" } == part.sheet.schema.tabularColumns.map(\.name))
    }
    // A number of the file is that number of the sheet, and no text.
    let risks = try #require(sheets["Risks"])
    let column = try #require(risks.rows[0].cells.first { $0.value.text == "expected_change" }?.key)
    let expected = assessment.risks.map { $0.score?.expectedChange }
    for (row, value) in zip(risks.rows.dropFirst(), expected) {
      guard let value else {
        #expect(row.cells[column] == nil)
        continue
      }
      let cell = try #require(row.cells[column])
      #expect(cell.isNumber && !cell.isFormula)
      #expect(abs((Double(cell.text) ?? .nan) - value) <= 1e-6 * max(1, abs(value)))
    }
  }

  @Test func theDocumentIsThePagesTextWithItsPictures() async throws {
    let files = try await PackPagesTests.made.value.files
    let page = try #require(files.first { $0.path == "priorities/west-oxfordshire--vehicle-crime.html" })
    let index = try #require(files.first { $0.path == "index.html" })
    let source = DocumentSource([index, page], title: "A & B", marking: "OFFICIAL")
    let parsed = ParsedPage(OutputFile(path: "d.html", text: source.html.replacing(/style="width: \d+%"/, with: "")))
    #expect(parsed.error == nil, "\(parsed.error ?? "")")
    #expect(parsed.all("svg").isEmpty && !source.drawings.isEmpty)
    let pictures = parsed.all("img")
    #expect(pictures.count == source.drawings.count)
    // Text alternatives are those of the drawings, and there is one of each picture, not one for narrow screens too.
    let original = ParsedPage(page)
    #expect(pictures.allSatisfy { !($0.attributes["alt"] ?? "").isEmpty })
    #expect(original.all("svg").count > source.drawings.count - ParsedPage(index).all("svg").count)
    // Every heading and every table of the two pages.
    for tag in ["h1", "h2", "h3", "table", "caption", "td"] {
      #expect(parsed.all(tag).count == ParsedPage(index).all(tag).count + original.all(tag).count, "\(tag)")
    }
    // Of cells what Word shows and no more: the rest is for screens, and most of what Pandoc would have to read.
    let spans = { (page: ParsedPage) in page.all("td").count { $0.attributes["colspan"] != nil } }
    #expect(spans(parsed) == spans(ParsedPage(index)) + spans(original))
    for cell in parsed.all("td") + parsed.all("th") {
      #expect(Set(cell.attributes.keys).isSubset(of: ["id", "colspan", "rowspan"]))
    }
    // Links lead within the document or to files beside it.
    let ids = Set(parsed.all("div").compactMap { $0.attributes["id"] })
    #expect(ids.isSuperset(of: ["p0", "p1"]))
    for link in parsed.all("a").compactMap({ $0.attributes["href"] }) { #expect(!link.hasPrefix("..")) }
  }

  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: "/usr/bin/pandoc")
        && FileManager.default.isExecutableFile(atPath: "/usr/bin/rsvg-convert")))
  func pandocMakesTheSameDocumentTwice() async throws {
    let files = try await PackPagesTests.made.value.files
    let index = try #require(files.first { $0.path == "index.html" })
    let document = try WordDocument()
    let made = try await document.file([index], title: "T", marking: "OFFICIAL & more", threads: 2)
    #expect(made.path == "pack.docx" && made.contents.starts(with: [0x50, 0x4B]))
    #expect(try await document.file([index], title: "T", marking: "OFFICIAL & more", threads: 1) == made)
  }
}

/// Records of a CSV file.
private struct CSVLines {
  let count: Int

  init(_ bytes: [UInt8]) throws {
    var isQuoted = false
    var lines = 0
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == 10, !isQuoted { lines += 1 }
    }
    count = lines
  }
}
