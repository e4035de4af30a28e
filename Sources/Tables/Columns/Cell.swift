/// One value of a row, before it is text.
public enum Cell: Sendable, Hashable {
  /// Nothing is known, or nothing applies.
  case blank
  /// Text, dates and periods.
  case text(String)
  /// A whole number.
  case integer(Int)
  /// A number, written with at most seven significant digits; one that is not finite is blank.
  case number(Double)
}

/// The shortest decimal text that reads back as the same number, whole numbers without `.0`.
public func plainNumber(_ number: Double) -> String {
  if number == number.rounded() && abs(number) < 1e15 { return String(Int(number)) }
  return number.description
}

/// A number rounded to seven significant digits; whole numbers are left as they are.
public func significant(_ number: Double) -> Double {
  guard number != number.rounded(), number.isFinite, abs(number) > 1e-280 else { return number }
  var multiplier = 1.0
  var magnitude = abs(number)
  while magnitude < 1e6 {
    magnitude *= 10
    multiplier *= 10
  }
  return (number * multiplier).rounded() / multiplier
}

/// A finite number with seven significant digits; nil otherwise.
public func known(_ number: Double?) -> Double? { number.flatMap { $0.isFinite ? significant($0) : nil } }
