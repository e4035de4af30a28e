import CommunitySafety
import Testing

@testable import ModelFiles

@Suite struct YAMLGuardTests {
  static let refused: [(String, Int, String)] = [
    ("a: &x [1]\nb: *x\n", 1, "anchors"),
    ("a: [&a [b], *a]\n", 1, "anchors"),
    ("- &a b\n", 1, "anchors"),
    ("a:\n  !!seq &a [b]\n", 2, "anchors"),
    ("{a: 1, ? &k b: c}\n", 1, "anchors"),
    ("{\"a\":*b}\n", 1, "anchors"),
    ("- note: >-\n    text\n  id: *x\n", 3, "anchors"),
    ("- |\n text\n- *x\n", 3, "anchors"),
    ("'it''s': *x\n", 1, "anchors"),
    ("\"a\\\"\n b\": *x\n", 2, "anchors"),
    ("a: b # no\n*c : d\n", 2, "anchors"),
    ("a: " + String(repeating: "[", count: 100_000), 1, "deep"),
    (String(repeating: "- ", count: 1000) + "x\n", 1, "deep"),
    ((0..<200).map { String(repeating: " ", count: $0) + "a:\n" }.joined(), 102, "deep"),
  ]

  @Test(arguments: refused.indices) func hostileTextIsRefusedBeforeItIsParsed(index: Int) throws {
    let (text, line, says) = Self.refused[index]
    let error = try #require(throws: HorizonError.self) { try YAMLGuard.check(text, file: "f") }
    #expect(error.kind == .data)
    #expect(error.location?.line == line)
    #expect(error.message.contains(says))
  }

  @Test(arguments: [
    "note: a & b * c\n", "note: \"*\"\nb: '&x'\n", "a: |\n  *x\n  - &y\n\n  z: *w\nb: 1\n",
    "- note: >\n    *x\n  id: y\n",
    "a: [b*, c&d] # *x &y\n", "a: x#*y\n", "", "a:\r\n  - \"q\"\r\n",
  ]) func harmlessMarksPass(text: String) throws {
    try YAMLGuard.check(text, file: "f")
  }

  @Test func theBillionLaughsAreNotLaughed() throws {
    var bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for (name, last) in zip("bcdefghij", "abcdefghi") {
      bomb += "\(name): &\(name) [" + Array(repeating: "*\(last)", count: 9).joined(separator: ", ") + "]\n"
    }
    let error = try #require(throws: HorizonError.self) {
      try ModelFileLoader.load(overrides: [.breaks: (name: "bomb", text: bomb)])
    }
    #expect(error.location?.line == 1)
  }

  @Test func aFileOverTheLimitIsRefused() throws {
    let text = "breaks: []\n" + String(repeating: "#\n", count: ModelFileLoader.maximumBytes / 2)
    let error = try #require(throws: HorizonError.self) {
      try ModelFileLoader.load(overrides: [.breaks: (name: "big", text: text)])
    }
    #expect(error.message.contains("5000000"))
  }

  /// Whatever a file is cut or changed to, it is read or refused: never a trap.
  @Test func cutAndChangedFilesNeverTrap() {
    let text = Array(ModelFile.breaks.builtInText.utf8)
    var outcomes = 0
    for k in stride(from: 0, to: text.count, by: 37) {
      for change in ["", "\"", "[", ": ", "\n- ", "\t", "|"] {
        let changed = String(decoding: text[..<k] + Array(change.utf8) + text[min(k + 3, text.count)...], as: UTF8.self)
        let cut = String(decoding: text[..<k] + Array(change.utf8), as: UTF8.self)
        for candidate in [changed, cut] {
          do { _ = try YAMLValue.document(candidate, file: "f") } catch { #expect(error is HorizonError) }
          outcomes += 1
        }
      }
    }
    #expect(outcomes > 1000)
  }
}
