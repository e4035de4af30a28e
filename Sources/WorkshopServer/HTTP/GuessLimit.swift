/// Counts wrong codes by address, so that none can be found by trying.
actor GuessLimit {
  private var wrong: [String: (since: Int, count: Int)] = [:]
  /// Wrong codes in a minute.
  static let most = 10

  /// Whether an address may try again.
  func allows(_ address: String, at now: Int) -> Bool {
    guard let known = wrong[address], now - known.since < 60 else { return true }
    return known.count < GuessLimit.most
  }

  /// Notes a wrong code.
  func note(_ address: String, at now: Int) {
    if wrong.count > 10_000 { wrong = wrong.filter { now - $0.value.since < 60 } }
    if let known = wrong[address], now - known.since < 60 {
      wrong[address] = (known.since, known.count + 1)
    } else {
      wrong[address] = (now, 1)
    }
  }
}
