import CommunitySafety
import Ingest
import TimeSeries
import Wording

extension StreetNote {
  var text: String {
    switch self {
    case .repeatedFiles(let pairs):
      return
        "\(NumberText.counted(pairs.count, "file")) repeated byte for byte and counted once: \(StreetNote.list(pairs, "repeats"))"
    case .sameContentOfOtherForce(let pairs):
      return
        "\(NumberText.counted(pairs.count, "file")) with the same bytes as a file of another force; both were counted: "
        + StreetNote.list(pairs, "equals")
    case .superseded(let list):
      let shown = list.map { "\(StreetNote.name($0.forceMonth)) in \($0.earlier) and \($0.later)" }
      return
        "\(NumberText.counted(list.count, "force-month")) in two files that differ; the later on the command line was used: "
        + ListText.abridged(shown, most: 3)
    case .otherMonth(let rows):
      return "\(NumberText.counted(rows, "row")) of a month other than that of the file's name "
        + "\(rows == 1 ? "was" : "were") counted in the month the row gives"
    case .monthsWithoutFile(let rows, let months):
      return
        "\(NumberText.counted(rows, "row")) of months without a file of their own were set aside, because the "
        + "rest of the month is missing: \(ListText.abridged(months.map(StreetNote.name)))"
    case .emptyFiles(let files):
      return
        "\(NumberText.counted(files.count, "file")) without a row, treated as absent: \(ListText.abridged(files, most: 5))"
    case .earlyLayout(let files, let rows):
      return "\(NumberText.counted(files.count, "file")) in the earliest layout, without LSOAs: none of their "
        + "\(NumberText.counted(rows, "row")) can be placed in a district"
    case .unknownForce(let files):
      return
        "\(NumberText.counted(files.count, "file")) name no police force, neither in the file name nor in the rows"
    case .retiredTypes(let types):
      return
        "crime types that are no longer used are kept as measures of their own: \(ListText.abridged(types)); they cannot be "
        + "joined with the types that replaced them"
    case .unrecognisedTypes(let types):
      return
        "crime types that data.police.uk does not list are kept as measures of their own: \(ListText.abridged(types))"
    case .homeDistrictsGuessed(let force, let districts):
      return
        "\(force) is not in the area registry; districts with at least 1 % of its rows were taken as its own: "
        + ListText.abridged(districts)
    case .folded(let force, let list):
      let shown = list.map { "\($0.district) into \($0.into) (\(NumberText.counted($0.rows, "row")))" }
      return "\(force): former districts were counted in their successors: \(ListText.abridged(shown))"
    case .repeatedCrimeIDs(let ids, let acrossFiles, let rows, let isEstimate):
      func about(_ count: Int, _ noun: String) -> String {
        (isEstimate ? "about " : "") + NumberText.counted(count, noun)
      }
      return "\(about(ids, "crime ID")) \(ids == 1 ? "stands" : "stand") in more than one row, "
        + "\(NumberText.grouped(acrossFiles)) of them in more than one file; the "
        + "\(about(rows, "further row")) \(rows == 1 ? "was" : "were") counted too, as published"
    case .lookupMissed(let rows):
      return "\(NumberText.counted(rows, "row")) with an LSOA code that the lookups do not know "
        + "\(rows == 1 ? "was" : "were") placed by LSOA name"
    case .bestFit(let rows, let all):
      return "\(StreetNote.share(rows, all)) placed by best fit: their "
        + "LSOAs were split among several wards, and they count in the ward that has most of the parts"
    case .redrawn(let rows, let all, let areas):
      return "\(StreetNote.share(rows, all)) lie in LSOAs that a census "
        + "split, merged or redrew; they count in \(NumberText.counted(areas, "area")) kept the same over time: "
        + "the LSOA as it was before a split or after a merger"
    case .residual(let reason, let rows, let all, let level):
      let what =
        switch reason {
        case .noLocation: "have no location"
        case .outsideTheForce: "lie outside the force"
        case .lsoaNotKnown, .wardNotKnown:
          "lie in a known district, but their LSOA code is blank or unknown to the lookups"
        }
      let isWithinDistrict = reason == .lsoaNotKnown || reason == .wardNotKnown
      return "\(StreetNote.share(rows, all)) \(what); they count in the "
        + "\(isWithinDistrict ? "district" : "force")'s residual area \"\(reason.rawValue)\" and in no "
        + (level == .lsoa ? "LSOA" : level.rawValue)
    case .absentPeriods(let force, let periods):
      return "\(force): no file for \(ListText.abridged(periods.map(StreetNote.month))); missing, not zero"
    case .strayRows(let forceMonth, let rows):
      return
        "\(forceMonth.force), \(StreetNote.month(forceMonth.month)): files of other forces hold \(NumberText.counted(rows, "row")) in its "
        + "districts; the month is still missing, and those rows count outside the force that reported them"
    case .halfLoaded(let forceMonth, let rows, let share):
      return
        "\(forceMonth.force), \(StreetNote.month(forceMonth.month)): \(NumberText.counted(rows, "row")), \(Int((100 * share).rounded())) % of the usual month; the "
        + "file may hold only part of the month; shown as counted, and not trusted"
    case .absentType(let force, let type, let periods):
      return
        "\(force): not one row of \(type) in \(ListText.abridged(periods.map(StreetNote.month))), where it usually records "
        + "many; shown as recorded, and not trusted"
    case .sharedOut(let rows, let all, let left):
      let rest =
        left == 0
        ? ""
        : "; \(NumberText.counted(left, "row")) \(left == 1 ? "stays" : "stay") without a place, because no row of the same force, month and crime type has one"
      return
        "\(NumberText.counted(rows, "row")) without a place, out of \(NumberText.grouped(all)) rows, \(rows == 1 ? "was" : "were") shared out to the districts of the force in proportion to the rows that have one, within month and crime type: whole rows, by largest remainder, what rounding left over carried to the next month\(rest)"
    case .forcesWithoutPlaces(let forces):
      return
        "no row of \(ListText.abridged(forces)) has a place: \(forces.count == 1 ? "the force is" : "the forces are") seen as a whole, "
        + "and nothing can be said of districts"
    case .outcomesAsOfArchive(let undecided, let all, let latest, let latestAll):
      func percent(_ part: Int, _ whole: Int) -> String { NumberText.percent(Double(part) / Double(max(whole, 1))) }
      let newest =
        if let latest, let latestAll { ", of the last month \(percent(latest, latestAll))" } else { "" }
      return
        "outcomes are those of the day the archive was made: \(percent(undecided, all)) of crimes have no final word"
        + newest + "; the share detected is the least it can be, and least in the newest months"
    case .outcomesPending(let force, let periods):
      return
        "\(force): outcomes of \(PeriodText.ranges(periods)) are still coming in, so that the share detected will rise: no forecast learns from these months, and they are compared with nothing"
    case .recordedCrimeElsewhere(let first, let last, let forces):
      let span = zip([first].compactMap(\.self), [last].compactMap(\.self)).map { first, last in
        " from \(PeriodText(frequency: first.frequency).range(first, last))"
      }
      return
        "the table of recorded crime has no quarter of these forces within the archive, and nothing is said of how much the archive "
        + "holds: it is of \(forces.isEmpty ? "no force that is known" : ListText.abridged(forces, most: 4))\(span.joined())"
    case .unrecognisedOutcomes(let outcomes):
      return "outcomes that are not listed count as not detected: \(ListText.abridged(outcomes))"
    }
  }

  private static func share(_ rows: Int, _ all: Int) -> String {
    "\(NumberText.counted(rows, "row")) (\(NumberText.percent(Double(rows) / Double(max(all, 1)), decimals: 1)))"
  }

  private static func month(_ period: Period) -> String { PeriodStyle.yearMonth.format(period) }

  private static func name(_ forceMonth: ForceMonth) -> String { "\(forceMonth.force) \(month(forceMonth.month))" }

  private static func list(_ pairs: [FileNote.Pair], _ verb: String) -> String {
    ListText.abridged(pairs.map { "\($0.file) \(verb) \($0.first)" }, most: 3)
  }
}
