import CommunitySafety
import Ingest
import TimeSeries
import Wording

extension ArchiveRemark {
  /// The remark in a few words: "as the archive is known: no file of Gwent (to be checked by the analyst)".
  var text: String {
    switch self {
    case .known(let entry):
      "the archive is known \(entry.state == .absent ? "to lack it" : "to hold it in part"): \(entry.printedNote)"
    case .filled(let entry): "there, though the archive was known to lack it: \(entry.printedNote)"
    case .backFilled(let vintage): "back-filled: not in an earlier vintage that reached as far, there since \(vintage)"
    }
  }
}

extension CompletenessCalendar {
  /// Remarks with the stretches of periods that they are on, by source.
  var remarkRuns: [(source: String, first: Period, last: Period, remark: ArchiveRemark)] {
    var runs: [(source: String, first: Period, last: Period, remark: ArchiveRemark)] = []
    var open: [ArchiveRemark: Int] = [:]
    for cell in cells {
      for remark in remarks(on: cell) {
        if let at = open[remark], runs[at].source == cell.sourceName, runs[at].last + 1 == cell.period {
          runs[at].last = cell.period
        } else {
          open[remark] = runs.count
          runs.append((cell.sourceName, cell.period, cell.period, remark))
        }
      }
    }
    return runs
  }
}

extension RecordedShare {
  /// "2019-20".
  var yearText: String { PeriodStyle.standard(for: .financialYearly).format(year) }

  /// "93 % of 120,345 recorded crimes, 12 months of 12".
  var text: String {
    let isMore = (self.share ?? 0) > 1.1
    let share = share.map { NumberText.percent($0) } ?? "nothing to compare"
    return
      "\(share) of \(NumberText.grouped(recorded)) recorded crimes (\(NumberText.grouped(archived)) in the archive, \(months) of \(3 * quarters) months there)"
      + (isMore ? "; the table may lack partnerships of the force" : "")
  }
}
