/// One to nine in words, other numbers in digits.
func numberWord(_ n: Int) -> String {
  let words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
  return words.indices.contains(n) ? words[n] : String(n)
}

/// "a", "a and b", "a, b and c".
func listInWords(_ items: [String]) -> String {
  guard let last = items.last else { return "" }
  return items.count == 1 ? last : items.dropLast().joined(separator: ", ") + " and " + last
}
