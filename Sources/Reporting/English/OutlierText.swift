import Forecasting
import Wording

extension IsolatedOutlier {
  /// What was done about it, after its period: "302, far out of line with the months around it (about 150): nothing is learnt from it".
  func text(_ noun: String) -> String {
    "\(Wording.count(counted)), far out of line with the \(noun)s around it (about \(Wording.count(typical.rounded()))): "
      + (held.map { "followed only as far as \(Wording.count($0)) until the next \(noun) is known" }
        ?? "nothing is learnt from it")
  }
}
