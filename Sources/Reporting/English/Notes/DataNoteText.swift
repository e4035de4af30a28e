import CommunitySafety
import Ingest
import TimeSeries
import Wording

extension DataNote {
  /// The note in plain English, without a full stop. Control characters of names from outside are replaced.
  public var message: String {
    let text =
      switch self {
      case .files(let note): note.text
      case .street(let note): note.text
      case .table(let note): note.text
      case .counted(let note): note.text
      case .incidents(let note): note.text
      case .workbook(let note): note.text
      case .areas(let note): note.text
      case .vintages(let note): note.text
      case .series(let note): note.text
      }
    return SafeText.printable(text)
  }
}

extension FileNote {
  var text: String {
    switch self {
    case .skipped(let files):
      return "\(NumberText.counted(files, "file")) that \(files == 1 ? "is" : "are") not street-level crime "
        + "(outcomes, stop and search, others) \(files == 1 ? "was" : "were") passed over"
    case .repeated(let pair): return "\(pair.file) repeats \(pair.first) byte for byte and was counted once"
    case .linesAbove(let lines, let header, let file):
      return "\(NumberText.counted(lines.count, "line")) above the header of \(file), on line \(header), "
        + "\(lines.count == 1 ? "was" : "were") passed over: \(ListText.abridged(lines.map { "\"\($0.prefix(60))\"" }, most: 3))"
    case .joinedHeader(let upper, let lower, let written, let readAs, let file):
      return
        "the header of \(file) was made of two rows, on lines \(upper) and \(lower): \"\(written)\" was read as \(readAs), and so on"
    case .clash(let clash):
      let place = clash.areas.count == 1 ? clash.areas[0] : "\(clash.areas.count) places"
      let compared =
        clash.periods == 0
        ? "they have no period in common"
        : clash.differing == 0
          ? "they agree in all \(NumberText.grouped(clash.periods)) figures that both have"
          : "they differ in \(NumberText.grouped(clash.differing)) of \(NumberText.grouped(clash.periods)) figures that both have, by \(NumberText.grouped(clash.largest.magnitude)) at most"
      return
        "\(clash.kept) and \(clash.other) both report \"\(clash.measure)\" in \(place): \(compared). The source that was given first counts, whole, and nothing is added up or spliced; give the measure another name where the two count different things"
    case .unregistered(let files):
      let shown = files.prefix(5).joined(separator: ", ") + (files.count > 5 ? ", ..." : "")
      return
        "\(shown) \(files.count == 1 ? "is" : "are") in no register of sources and count\(files.count == 1 ? "s" : "") "
        + "as for partners: nothing is known of owner, retention and what the data can support"
    }
  }
}

extension CountedNote {
  var text: String {
    switch self {
    case .spellings(let names):
      let list = names.map { spelledOut($0.others, now: $0.now) }
      return
        "\(NumberText.counted(names.count, "name")) written in several ways \(names.count == 1 ? "was" : "were") brought under the latest: "
        + ListText.abridged(list, most: 6)
    case .residualAreas(let areas, let rows):
      return "\(NumberText.counted(rows, "row")) of no partnership counted apart: \(ListText.abridged(areas, most: 6))"
    case .negativeTotals(let totals):
      let list = totals.map {
        "\($0.series.uniqueID) \(PeriodStyle.standard(for: $0.period.frequency).format($0.period)): \($0.total)"
      }
      return
        "\(NumberText.counted(totals.count, "total")) below zero (more crimes cancelled than recorded); missing, not zero: "
        + ListText.abridged(list, most: 3)
    }
  }
}

extension IncidentNote {
  var text: String {
    func incidents(_ number: Int, _ what: String) -> String { "\(NumberText.counted(number, "incident")) \(what)" }
    return switch self {
    case .repeatedReferences(let number):
      incidents(number, "repeat the reference of an earlier row of the same source and were set aside")
    case .undated(let number): incidents(number, "without any date were set aside")
    case .historical(let number):
      incidents(
        number,
        "occurred before the month in which the extract begins and were set aside: the extract does not hold the others of that time"
      )
    case .futureDates(let number):
      incidents(number, "occurred after the last report of the extract and were set aside: check their dates")
    case .otherDate(let number, let basis):
      incidents(number, "counted by the date they were \(basis.rawValue), because the other is blank")
    case .unreferenced(let number): incidents(number, "without a reference: repetitions among them cannot be told")
    case .sourcesBegin:
      "the sources begin in different months: a rise where one begins is more reporting, not more incidents"
    case .noPseudonymKey:
      "pseudonyms were not read, so that nothing is said of repeats: give a key with --pseudonym-key"
    case .noPseudonym(let number, let entity):
      incidents(
        number,
        "without a \(entity.rawValue)'s pseudonym \(number == 1 ? "is" : "are") counted, but not among repeats")
    case .noRepeats(let window):
      "nothing can be said of repeats: no pseudonym is there, or the extract is no longer than the window of \(window) months"
    case .repeats(let entity, let window):
      "repeats are incidents whose \(entity.rawValue) had an earlier one of the same category in the same source "
        + "within \(window) months; the first \(window) months have no such past and are left out"
    }
  }
}

extension AreaNote {
  var text: String {
    switch self {
    case .context(let origins):
      let list = origins.map { "\($0.subject.rawValue) from the column \"\($0.column)\" of \($0.file)" }
      return "figures of the areas: \(list.joined(separator: "; "))"
    case .contextMissing(let subject, let areas, let all):
      return
        "the files give no \(subject.rawValue) of \(NumberText.counted(areas, "area")) out of \(NumberText.grouped(all))"
        + (subject == .population
          ? "; that of the inputs themselves stands there, or else of the area registry, if there is one" : "")
    case .noGroup(let areas, let level):
      let word = AreaNote.word(level)
      return
        "\(NumberText.counted(areas.count, "area")) whose \(word) is not known \(areas.count == 1 ? "stays as it is" : "stay as they are"), "
        + "beside the \(word)s: \(ListText.abridged(areas))"
    case .notAddedUp(let measures):
      return
        "values that are no counts or shares cannot be added up and stay with their areas: \(ListText.abridged(measures))"
    case .incompleteGroups(let groups, let level):
      let list = groups.flatMap { group in group.lacks.map { "\($0) in \(group.name)" } }
      return
        "a total is never made of some of its parts: where not every area of the \(AreaNote.word(level)) has the measure, the areas stay as "
        + "they are: \(ListText.abridged(list))"
    case .partialGroups(let groups, let level):
      let list = groups.map { "\($0.name) without \(ListText.abridged($0.lacks, most: 6))" }
      return
        "the inputs do not hold every district of these \(AreaNote.word(level))s: \(ListText.abridged(list))"
    case .unknownBreakNames(let entries):
      let list = entries.map { entry in
        "\(entry.entry) names \(ListText.abridged(entry.names.map { "\"\($0)\"" }, most: 6))"
          + (entry.nearest.map { " (perhaps \"\($0)\" was meant)" } ?? "")
      }
      return
        "the break calendar names areas or measures that neither the data nor any file knows, and that concern nothing here: "
        + list.joined(separator: "; ")
    case .prioritiesOfNoPlace(let partnerships):
      return
        "the inputs hold no place of these partnerships, whose priorities the file names and nothing is said of: "
        + "\(ListText.abridged(partnerships)); a place that is in no partnership has its priorities under its own name"
    case .footprint(let name, let isProposed, let from, let note, let areas):
      let made = areas.map { $0.parts == [$0.name] ? $0.name : "\($0.name) is \(ListText.joined($0.parts))" }
      let year = from.map { isProposed ? " (a proposal, from \($0))" : " (from \($0))" } ?? ""
      return
        "figures are told by the footprint \"\(name)\"\(year), as if it had been so all along: \(made.joined(separator: "; "))"
        + (note.map { "; \($0)" } ?? "")
    case .footprintLacks(let groups):
      let list = groups.map { "\($0.name) (\(ListText.abridged($0.lacks)))" }
      return
        "\(NumberText.counted(groups.count, "area")) of the footprint \(groups.count == 1 ? "is" : "are") left out, because the inputs lack "
        + "districts of \(groups.count == 1 ? "it" : "them"): \(ListText.abridged(list)); a sum is never made of what happens to be there"
    case .footprintMeasures(let groups):
      let list = groups.map { "\(ListText.abridged($0.lacks)) in \($0.name)" }
      return
        "a sum is never made of some of its parts: measures of which not every part of an area of the footprint has figures are left out "
        + "there: \(ListText.abridged(list))"
    case .footprintValues(let measures):
      return "values that are no counts or shares do not add up and are left out: \(ListText.abridged(measures))"
    case .footprintGaps(let gaps):
      let list = gaps.map { gap in
        let periods = gap.periods.map { PeriodStyle.standard(for: $0.frequency).format($0) }
        return "\(gap.area) \(ListText.abridged(periods, most: 6))"
      }
      return
        "missing is not zero: where part of an area of the footprint has no figure, the area has none: \(ListText.abridged(list, most: 6))"
    case .unlistedLSOAs(let districts):
      let list = districts.map { "\($0.lsoas) of \($0.district)" }
      return
        "LSOAs of districts that the footprint divides are in none of its areas, and are not counted: \(ListText.abridged(list))"
    }
  }

  private static func word(_ level: AreaLevel) -> String { level == .csp ? "partnership" : "force" }
}

extension VintageNote {
  var text: String {
    switch self {
    case .otherVintages(let number, let item):
      return "\(NumberText.counted(number, item.rawValue)) of other vintages \(number == 1 ? "is" : "are") in the "
        + "store and \(number == 1 ? "was" : "were") not used"
    case .laterVintage(let number, let item):
      return
        "\(NumberText.counted(number, item.rawValue)) \(number == 1 ? "is" : "are") of a vintage after --as-of, because none "
        + "of the earlier ones holds \(number == 1 ? "it" : "them"): what was known then may have been less"
    case .lateReports(let known, let frequency):
      let named = known.map { "\($0.percent) of \(PeriodStyle.monthName.format($0.period))" }
      return "reports of the newest \(frequency.noun)s are still coming in: by the vintages of the store "
        + "\(named.joined(separator: ", ")) is expected to be known; forecasts and ranks take the figures as they are"
    }
  }
}

extension VintageNote.Known {
  /// "62 to 80 %" where measures differ, else "75 %".
  public var percent: String {
    let percents = [least, greatest].map { Int(($0 * 100).rounded()) }
    return "\(percents[0])" + (percents[1] > percents[0] ? " to \(percents[1])" : "") + " %"
  }
}

/// "CHERWELL (now Cherwell)"; a spelling that only blanks tell from the name says so, since a reader sees no difference.
func spelledOut(_ others: [String], now: String) -> String {
  let told = others.map { other in
    other.split(whereSeparator: \.isWhitespace).joined(separator: " ") == now ? "\(now) with other blanks" : other
  }
  return "\(told.joined(separator: ", ")) (now \(now))"
}
