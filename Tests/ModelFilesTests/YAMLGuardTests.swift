import CommunitySafety
import Diagnostics
import Testing

@testable import ModelFiles

@Suite struct YAMLGuardTests {
  static let refused: [(String, Int, String)] = [
    ("a: &x [1]\nb: *x\n", 2, "anchors"),
    ("a: [&a [b], *a]\n", 1, "anchors"),
    ("- note: plain\n  \"&k\n  *k\n", 3, "anchors"),
    ("a: !!seq &x-1_ [b]\nc: \"\"\n? *x-1_\n: d\n", 3, "anchors"),
    ("# a\r&b c: *b", 1, "anchors"),
    ("a: " + String(repeating: "[", count: 100_000), 1, "deep"),
    (String(repeating: "{a: \n", count: 100), 51, "deep"),
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
    "note: a & b * c\n", "note: \"*\"\nb: '&x'\n", "a: |\n  *x\n  - &y\n\n  z: *w\nb: 1\n", "a: R&D and *this*\n", "",
    "a: [b*, c&d] # [*x &y\n", "a:\r\n  - \"q\"\r\n", "a: b - - - - - - - - - - - - - - - - - - - - c\n",
  ]) func harmlessMarksPass(text: String) {
    #expect(throws: Never.self) { try YAMLGuard.check(text, file: "f") }
  }

  /// What gets round the bound on nesting meets the parser's own.
  @Test func theParserBearsItsDeepestNesting() throws {
    let hidden = (0..<990).map { _ in "[ # ]\n" }.joined() + (0..<990).map { _ in "] # [\n" }.joined()
    try YAMLGuard.check(hidden, file: "f")
    let error = try #require(throws: HorizonError.self) {
      try ModelFileLoader.load(overrides: [.breaks: (name: "f", text: hidden)])
    }
    #expect(error.location?.line == 1)
  }

  @Test func theBillionLaughsAreNotLaughed() throws {
    var bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for (name, last) in zip("bcdefghij", "abcdefghi") {
      bomb += "\(name): &\(name) [" + Array(repeating: "*\(last)", count: 9).joined(separator: ", ") + "]\n"
    }
    let error = try #require(throws: HorizonError.self) {
      try ModelFileLoader.load(overrides: [.breaks: (name: "bomb", text: bomb)])
    }
    #expect(error.location?.line == 2)
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
