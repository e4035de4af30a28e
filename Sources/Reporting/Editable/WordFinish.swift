import CZip
import Diagnostics
import Foundation

/// Sets the pages of a Word document that Pandoc made: A4 across, small type in tables, and the marking on every page.
struct WordFinish {
  let marking: String

  /// Changes the document in its file. Nothing in it takes anything from the clock.
  ///
  /// - Throws: ``HorizonError`` (cannotWrite) where it is not as Pandoc makes documents.
  func apply(to path: String) throws {
    let failure = HorizonError(
      .cannotWrite, "the Word document cannot be finished: it is not as this version of Horizon knows Pandoc's",
      remedy: "Leave --document out")
    guard let archive = zip_open(path, 0, nil) else { throw failure }
    var isClosed = false
    defer { if !isClosed { zip_discard(archive) } }
    // The library reads what is put in only when the archive is closed.
    var kept: [UnsafeMutableRawPointer] = []
    defer { for bytes in kept { free(bytes) } }

    func text(_ name: String) throws -> String {
      var status = zip_stat_t()
      zip_stat_init(&status)
      guard zip_stat(archive, name, 0, &status) == 0, let file = zip_fopen(archive, name, 0) else { throw failure }
      defer { zip_fclose(file) }
      var bytes = [UInt8](repeating: 0, count: Int(status.size))
      guard zip_fread(file, &bytes, status.size) == Int64(status.size) else { throw failure }
      return String(decoding: bytes, as: UTF8.self)
    }
    func put(_ name: String, _ text: String) throws {
      let bytes = Array(text.utf8)
      let copy = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
      kept.append(copy)
      copy.copyMemory(from: bytes, byteCount: bytes.count)
      guard let source = zip_source_buffer(archive, copy, UInt64(bytes.count), 0) else { throw failure }
      let index = zip_file_add(archive, name, source, UInt32(ZIP_FL_OVERWRITE))
      // The date that Pandoc was given: 1 January 2000.
      guard index >= 0, zip_file_set_mtime(archive, UInt64(index), 946_684_800, 0) == 0 else { throw failure }
    }
    func edit(_ name: String, _ changes: [(old: String, new: String)]) throws {
      var all = try text(name)
      for change in changes {
        guard all.contains(change.old) else { throw failure }
        all = all.replacing(change.old, with: change.new)
      }
      try put(name, all)
    }

    let references = ["header", "footer"].map { "<w:\($0)Reference w:type=\"default\" r:id=\"rIdHorizon-\($0)\"/>" }
    try edit(
      "word/document.xml",
      [
        (
          "<w:sectPr />",
          "<w:sectPr>\(references.joined())<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"
            + "<w:pgMar w:top=\"1134\" w:right=\"850\" w:bottom=\"1020\" w:left=\"850\" w:header=\"510\" w:footer=\"454\" w:gutter=\"0\"/></w:sectPr>"
        )
      ])
    try edit(
      "word/styles.xml",
      [
        (
          "w:styleId=\"Compact\" w:type=\"paragraph\">",
          "w:styleId=\"Compact\" w:type=\"paragraph\"><w:rPr><w:sz w:val=\"17\"/></w:rPr>"
        )
      ])
    let types = ["header", "footer"].map {
      "<Override PartName=\"/word/\($0)1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.\($0)+xml\"/>"
    }
    try edit("[Content_Types].xml", [("</Types>", types.joined() + "</Types>")])
    let relations = ["header", "footer"].map {
      "<Relationship Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/\($0)\" Id=\"rIdHorizon-\($0)\" Target=\"\($0)1.xml\"/>"
    }
    try edit("word/_rels/document.xml.rels", [("</Relationships>", relations.joined() + "</Relationships>")])
    for (part, name) in [("hdr", "header"), ("ftr", "footer")] { try put("word/\(name)1.xml", margin(part)) }
    guard zip_close(archive) == 0 else { throw failure }
    isClosed = true
  }

  /// The marking in the middle; below a page its number too.
  private func margin(_ part: String) -> String {
    var text = ""
    for scalar in marking.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": text += "\u{FFFD}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    let number =
      part == "ftr"
      ? "<w:r><w:t xml:space=\"preserve\"> \u{2013} page </w:t></w:r><w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple>"
      : ""
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <w:\(part) xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>\(text)</w:t></w:r>\(number)</w:p></w:\(part)>
      """
  }
}
