import Testing

@testable import Charts

@Suite struct MarkupTests {
  @Test func textIsEscapedWhereverItComesFrom() {
    let hostile = "<script>alert('1')</script> & \"more\""
    let escaped = "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;more&quot;"
    #expect(Markup(text: hostile).source == escaped)
    #expect(("\(hostile)" as Markup).source == escaped)
    #expect(Markup.element("p", ["title": hostile], "\(hostile)").source == "<p title=\"\(escaped)\">\(escaped)</p>")
    #expect(("a < b" as Markup).source == "a &lt; b")
  }

  @Test func interpolatedMarkupStaysMarkup() {
    let link = Markup.element("a", ["href": "x.html"], "x & y")
    #expect(("See \(link), \(3) times" as Markup).source == "See <a href=\"x.html\">x &amp; y</a>, 3 times")
  }

  @Test func charactersXMLCannotHoldAreReplaced() {
    #expect(Markup(text: "a\u{0}b\u{1B}c\u{FFFF}\n").source == "a\u{FFFD}b\u{FFFD}c\u{FFFD}\n")
  }

  @Test func missingAttributesAndEmptyElements() {
    #expect(Markup.element("td", ["id": nil]).source == "<td></td>")
    #expect(Markup.element("br").source == "<br/>")
    #expect(Markup.document(root: .element("html", [:], "x")) == "<!DOCTYPE html>\n<html>x</html>\n")
    #expect(Markup.joined(["a", "b"], by: .element("br")).source == "a<br/>b")
  }

  @Test func aStyleSheetReadsAlikeAsHTMLAndXML() {
    let sheet = Markup.styleSheet("p::before { content: \"a > b\" } </style><b>&")
    #expect(sheet.source == "<style>p::before { content: \"a > b\" } \\3C /style>\\3C b>\\26 </style>")
  }
}
