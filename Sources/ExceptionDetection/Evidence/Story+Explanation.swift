import TimeSeries
import Wording

extension Story {
  /// Two plain sentences about this story: how large it is, and where it stands.
  ///
  /// - Parameters:
  ///   - label: the measure as people see it, "Vehicle crime".
  ///   - area: the place, "West Oxfordshire"; of a wide story the place as a whole.
  ///   - style: how periods are written; `.monthName` writes months as "Apr 2024".
  public func explanation(label: String, area: String, style: PeriodStyle = .monthName) -> Explanation {
    Explanation(
      expectation: "\(label) in \(area): \(lead.sizeInWords(style))\(mostly).", reason: lead.standing(style))
  }

  /// That the parts of an event do not add up to its size, as a sentence: "Each area is compared with its own past, so that these add
  /// up to +101, not to +135."; nil where they do, but for what rounding makes of them.
  ///
  /// - Parameters:
  ///   - parts: how many more (below 0: fewer) than expected there are in the areas, as they are told: in whole numbers.
  ///   - whole: the same of all areas as one.
  public static func difference(parts: [Double], whole: Double) -> String? {
    let sum = parts.reduce(0) { $0 + $1.rounded() }
    let whole = whole.rounded()
    guard !parts.isEmpty, abs(sum - whole) > max(1, Double(parts.count) / 4) else { return nil }
    func signed(_ count: Double) -> String { "\(count > 0 ? "+" : "")\(NumberText.grouped(count))" }
    return "Each area is compared with its own past, so that these add up to \(signed(sum)), not to \(signed(whole))."
  }

  /// ", most of it in Cherwell (60 more) and Oxford (33 more)".
  private var mostly: String {
    guard isWide, lead.latest.figure == .count else { return "" }
    let sign = lead.isHigher ? 1.0 : -1.0
    let total = sign * lead.excess
    var named: [Contribution] = []
    var sum = 0.0
    for part in contributions where sign * part.excess >= 0.5 && sum < 0.7 * total && named.count < 4 {
      named.append(part)
      sum += sign * part.excess
    }
    guard !named.isEmpty else { return "" }
    let places = named.map { "\($0.area) (\(spokenCount(abs($0.excess))) \(lead.isHigher ? "more" : "fewer"))" }
    return ", \(sum > 0.5 * total ? "most of it" : "the largest parts") in \(ListText.joined(places))"
  }
}

extension Episode {
  /// "412 recorded from Apr 2024 to Jul 2024, when about 310 were expected: 102 more (33 % higher)"; where some periods had no
  /// verdict and are not in the sums, "in 4 of the 5 months from Mar 2024 to Jul 2024".
  func sizeInWords(_ style: PeriodStyle) -> String {
    if latest.figure != .count { return figureInWords(style) }
    let part = judged < periods ? "in \(judged) of the \(periods) \(last.frequency.noun)s " : ""
    let when =
      onset == last
      ? "in \(onset.inWords(style))" : "\(part)from \(onset.inWords(style)) to \(last.inWords(style))"
    let gap = abs(excess)
    let percent =
      expected >= 30
      ? " (\(NumberText.grouped((gap / expected * 100).rounded())) % \(isHigher ? "higher" : "lower"))" : ""
    let amount = gap < 1 ? "less than one" : spokenCount(gap)
    return "\(spokenCount(observed)) recorded \(when), when \(expected < 0.5 ? "" : "about ")\(spokenCount(expected)) "
      + "\(expected < 1.5 ? "was" : "were") expected: \(amount) \(isHigher ? "more" : "fewer")\(percent)"
  }

  /// The same of a share or value, of which periods add up to nothing: "higher than expected from Oct 2024 to Dec 2024, in Dec 2024
  /// 72 %, when about 66 % was expected".
  private func figureInWords(_ style: PeriodStyle) -> String {
    let way = "\(isHigher ? "higher" : "lower") than expected"
    guard let seen = latest.seenInWords else { return way }
    let end = last.inWords(style)
    return onset == last
      ? "\(way) in \(end): \(seen)" : "\(way) from \(onset.inWords(style)) to \(end), in \(end) \(seen)"
  }

  /// Since when it is known and where it stands, as one sentence.
  func standing(_ style: PeriodStyle) -> String {
    let noun = last.frequency.noun
    let p = isHigher ? opening.pValue : opening.pLow
    let first =
      "It first stood out in \(style.format(opened)), on figures that would come up by chance \(rarity(p, noun))"
    let caution = isHigher ? "" : "; a fall can be an improvement, a change in recording or missing data"
    switch state {
    case .new: return "\(first), and is new\(caution)."
    case .continuing:
      let since =
        quiet == 0 ? "is still going on" : "may be ending: no \(noun) since \(style.format(last)) was unusual"
      return "\(first), and \(since)\(caution)."
    case .over:
      return "\(first), and is over: no \(noun) after \(style.format(last)) was found unusual\(caution)."
    case .newNormal:
      return "\(first), and has lasted so long that from \(style.format(closed.map { $0 + 1 } ?? last)) on "
        + "\(noun)s are compared with the new level\(caution)."
    }
  }
}
