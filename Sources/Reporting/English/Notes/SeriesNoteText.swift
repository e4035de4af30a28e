import Ingest
import TimeSeries
import Wording

extension SeriesNote {
  var text: String {
    switch self {
    case .perhapsRenamed(let one):
      "\(one.text { PeriodStyle.standard(for: $0.frequency).format($0) }); --rename '\(one.old)=\(one.new)' makes one series of them"
    case .renamed(let one, let areas):
      "\"\(one.old)\" counts as \"\(one.new)\" in \(NumberText.counted(areas, "area")), as --rename asks"
    }
  }
}
