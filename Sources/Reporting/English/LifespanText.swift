import Forecasting
import TimeSeries
import Wording

extension Lifespan {
  /// What it means for a forecast, as sentences; none where the series ran all along.
  ///
  /// - Parameter label: writes a period.
  func sentences(_ noun: String, _ label: (Period) -> String) -> [String] {
    var sentences: [String] = []
    if let began {
      sentences.append(
        "It began in \(label(began)): the zeros before are impossible at the level since, and nothing is learnt from them."
      )
    }
    if let ended {
      sentences.append(
        "It ended in \(label(ended)): the zeros since are impossible at the level before, and it is forecast as 0.")
    } else if let silence {
      sentences.append("No event in the last \(NumberText.counted(silence, "observed \(noun)")): it may have stopped.")
    }
    return sentences
  }
}

extension PossibleRename {
  /// "“X” ended in Mar 2021 and “Y” began in Apr 2021 in 5 of 5 areas, at 45 a month and area against 44: perhaps it was renamed".
  ///
  /// - Parameter label: writes a period.
  func text(_ label: (Period) -> String) -> String {
    let noun = ended.frequency.noun
    return "\u{201C}\(old)\u{201D} ended in \(label(ended)) and \u{201C}\(new)\u{201D} began in \(label(began)) "
      + "in \(areas) of \(NumberText.counted(areasEither, "area")), at \(PossibleRename.level(before)) a \(noun) and area against "
      + "\(PossibleRename.level(after)): perhaps it was renamed"
  }

  private static func level(_ value: Double) -> String { NumberText.grouped(value, decimals: value < 10 ? 1 : 0) }
}
