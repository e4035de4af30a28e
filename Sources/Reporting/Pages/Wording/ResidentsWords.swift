import Assessment
import CommunitySafety
import TimeSeries
import Wording

/// Whose residents rates are divided by, in words.
struct ResidentsWords {
  let context: PackContext

  /// The rule and the years it took; nil where no area has estimates of several years.
  var sentence: String? {
    let estimates = context.assessment.data.areas.values.flatMap(\.estimates).filter { $0.byYear.count > 1 }
    guard !estimates.isEmpty, let span = context.span else { return nil }
    let parts = YearShares(lastYearOf: span).parts
    let unit = [.daily, .weekly].contains(context.periods.frequency) ? context.periods.frequency.noun : "month"
    let rule =
      parts.count == 1
      ? "Residents are the estimates of \(parts[0].year), the calendar year of these counts."
      : "Residents are the estimates of the calendar years of these counts, weighted by their \(unit)s: "
        + ListText.joined(parts.map { "\(NumberText.counted($0.weight, unit)) of \($0.year)" }) + "."
    let lacking = parts.map(\.year).compactMap { year -> String? in
      let stands = Set(estimates.map { $0.year(for: year) }).subtracting([year]).sorted()
      guard !stands.isEmpty else { return nil }
      let isAll = estimates.allSatisfy { $0.byYear[year] == nil }
      let those = ListText.joined(stands.map(String.init))
      return
        " There is no estimate of \(year)\(isAll ? "" : " for some areas"): the nearest, of \(those), stands for it."
    }
    return rule + lacking.joined()
  }
}
