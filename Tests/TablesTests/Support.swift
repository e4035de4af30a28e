import Tables

/// A row with a value of each kind.
struct Sample: Sendable {
  var id = "a"
  var value: Double? = 1.5
  var count: Int? = 3
  var isNew = true
  var state = Colour.red

  enum Colour: String, CaseIterable, Sendable { case red, green }
}

extension Table where Row == Sample {
  static var sample: Table {
    Table("sample", title: "Samples", "One row a sample.") {
      Column("id", .text, "Its name.") { $0.id }
      Column("value", .number, unit: "metres", "Its length.") { $0.value }
      Column("n", .integer, unit: "pieces", "How many.") { $0.count }
      Column("new", .flag, "Whether it is new.") { $0.isNew }
      Column("colour", .choice(Sample.Colour.self), "Its colour.") { $0.state }
    }
  }
}

/// Text that has broken other programs.
let hostileTexts = [
  "a,b \"c\"\nd", "\"", "\"\"", "line\r\nline", "\r", "=1+1", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "nul\u{0}byte",
  "\u{202E}right to left\u{202C} אבג", "\u{1B}[31mred", "\u{9B}31m", "e\u{301}", "👩‍👩‍👧", "\u{2028}", "", " ", "null",
  "-0.5",
  "\\u0000 \\", "a/b",
]

/// Bytes as text.
func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
