import Assessment
import Ingest
import TimeSeries
import Wording

extension GeocodingDrift {
  /// The share, when, and what it does to counts of places.
  var shareText: String {
    let gap =
      after.lowerBound - before.upperBound > 1
      ? " (when in between is not known: \(PeriodText.label(of: before.upperBound)) is the last month before)" : ""
    return
      "records of \(forceName) without a place\(typesInWords) went from \(Wording.precisePercent(shareBefore)) of all before \(PeriodText.label(of: after.lowerBound)) to \(Wording.precisePercent(shareAfter)) from then on\(gap)"
  }

  /// What a reader must know of it, with a place as the measure of it.
  func sentence(of figures: GeocodingComparison.Figures?, isShared: Bool) -> String {
    let verdict =
      "so that counts of its districts before and after are not comparable as they stand: they are \(Wording.precisePercent(abs(factor - 1))) \(factor > 1 ? "higher" : "lower") for that reason alone"
    let example = figures.map { " \($0.text)" } ?? ""
    let use =
      isShared
      ? " Here these records are shared out to the districts."
      : " Run with --unallocated share to have them shared out."
    return "Geocoding drift: \(shareText), \(verdict).\(example)\(use)"
  }
}

extension GeocodingComparison.Figures {
  /// "All areas: 7,421 a month before and 8,236 after (+11 %) as they stand, 8,265 and 8,430 (+2 %) with these records shared out."
  var text: String {
    "\(place)\(measure.map { ", \($0)" } ?? ""): \(setAside.words(" a month")) as they stand, \(sharedOut.words("")) with these records shared out\(isOpposed ? "; the one is a rise and the other a fall, so that neither is a trend" : "")."
  }
}

extension GeocodingComparison.Levels {
  fileprivate func words(_ unit: String) -> String {
    "\(Wording.count(before))\(unit) before and \(Wording.count(after)) after (\(changeText))"
  }

  /// "+11 %"; a difference where a percentage would rest on too little.
  var changeText: String {
    guard let change, before >= 30 else { return Wording.change(from: before, to: after) }
    return Wording.signedPercent(change)
  }
}

extension Wording {
  /// A share with one decimal: "10.1 %".
  static func precisePercent(_ share: Double) -> String { NumberText.percent(share, decimals: 1, joint: "\u{A0}") }
}
