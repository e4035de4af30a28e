import Testing
import Wording

@Suite struct SafeTextTests {
  @Test func controlCharactersAreReplaced() {
    #expect(SafeText.printable("a\u{1B}[31m\nb\u{7F}") == "a\u{FFFD}[31m\u{FFFD}b\u{FFFD}")
    #expect(SafeText.printable("a\n\tb", keepsLines: true) == "a\n\u{FFFD}b")
    // A terminal in UTF-8 obeys these too.
    #expect(SafeText.printable("\u{9B}31m\u{80}\u{9F}") == "\u{FFFD}31m\u{FFFD}\u{FFFD}")
  }

  @Test func everythingElseStays() {
    let text = "Ynys Môn, \u{A0}naïve, \u{1F600}"
    #expect(SafeText.printable(text) == text)
  }
}
