import Tables

/// Units and sentences that several tables share, so that the same thing is described once.
enum CommonColumns {
  /// The unit of a figure: whatever its series counts or measures.
  static let measureUnit = "unit of the measure"
  /// The unit of a year's level: the total of a count, the pooled share of a proportion, the mean of a value.
  static let levelUnit = "records a year; of a share or value, its own unit"
  static let uniqueID =
    "The series: area and measure with a vertical bar between, or the area alone where there is no measure."
  static let period = "The period, in the form the data writes it in."

  /// The ends of a central interval as columns are named: `lo-80`, `hi-80`.
  static func bounds(_ level: Double) -> (lower: String, upper: String) {
    ("lo-\(plainNumber(level))", "hi-\(plainNumber(level))")
  }
}
