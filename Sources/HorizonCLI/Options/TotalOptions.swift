import ArgumentParser
import Assessment

/// Whether the areas make a whole.
struct TotalOptions: ParsableArguments {
  @Flag(help: "The areas do not add up to a whole: judge no totals of them.")
  var noTotals = false

  /// What the whole is called; nil where there is none.
  var name: String? { noTotals ? nil : Assessor.wholeAreaName }
}
