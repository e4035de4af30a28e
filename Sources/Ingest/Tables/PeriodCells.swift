import CommunitySafety
import TimeSeries

/// A period cell of a table and where it first stands.
struct PeriodCell {
  let text: String
  let place: HorizonError.Location
}

/// The distinct period cells of a run, understood.
struct PeriodCells {
  let frequency: Frequency
  let style: PeriodStyle
  /// Ordinal of each cell.
  let ordinals: [Int]

  /// Understands the cells in one common style.
  ///
  /// - Parameter frequency: nil recognises it.
  /// - Throws: `HorizonError` of kind data for a cell that is no period or is written unlike the first, and of kind usage
  ///   if the frequency cannot be told.
  init(_ cells: [PeriodCell], frequency wanted: Frequency?) throws {
    let frequency = try wanted ?? FrequencyRecognition.frequency(of: cells)
    var ordinals: [Int] = []
    ordinals.reserveCapacity(cells.count)
    var styles: [PeriodStyle] = []
    for cell in cells {
      guard let (period, style) = PeriodStyle.parse(cell.text, frequency: frequency) else {
        throw HorizonError(
          .data, "\"\(printable(String(cell.text.prefix(40))))\" is not a \(frequency.noun)", at: cell.place,
          remedy: "Periods are written as 2019-06-01, 2019-06, 201906, Jun 2019, 2019-Q2 or 2019; "
            + "if they are not \(frequency.noun)s, say --frequency")
      }
      ordinals.append(period.ordinal)
      styles.append(style)
    }
    self.frequency = frequency
    self.ordinals = ordinals
    style = try PeriodCells.common(styles, cells, ordinals, frequency)
  }

  /// The style all cells share.
  private static func common(
    _ styles: [PeriodStyle], _ cells: [PeriodCell], _ ordinals: [Int], _ frequency: Frequency
  ) throws -> PeriodStyle {
    guard let first = styles.first else { return .standard(for: frequency) }
    guard case .date(_, let suffix) = first else {
      if let odd = styles.firstIndex(where: { $0 != first }) { throw mixed(cells[0], cells[odd]) }
      return first
    }
    /// Day of each cell in its period, and whether it is the last.
    var days: [(offset: Int, isLast: Bool, length: Int)] = []
    for (index, style) in styles.enumerated() {
      guard case .date(let day, let other) = style, other == suffix else { throw mixed(cells[0], cells[index]) }
      let length = Period(frequency: frequency, ordinal: ordinals[index]).days
      switch day {
      case .last: days.append((length - 1, true, length))
      case .offset(let offset): days.append((offset, false, length))
      }
    }
    if days.allSatisfy(\.isLast) { return .date(.last, suffix: suffix) }
    // The 30th of most months is the 28th of February.
    let offset = days.map(\.offset).max() ?? 0
    if let odd = days.firstIndex(where: { $0.offset != min(offset, $0.length - 1) }) {
      let usual = days.firstIndex { $0.offset == min(offset, $0.length - 1) } ?? 0
      let (early, late) = (min(odd, usual), max(odd, usual))
      throw HorizonError(
        .data,
        "\(printable(cells[late].text)) and \(printable(cells[early].text)) (line \(cells[early].place.line ?? 0)) are "
          + "different days of their \(frequency.noun)s", at: cells[late].place,
        remedy: frequency == .daily
          ? "Write every date alike"
          : "Give every \(frequency.noun) by the same day, or say --frequency if the rows are not \(frequency.noun)s")
    }
    return .date(.offset(offset), suffix: suffix)
  }

  private static func mixed(_ first: PeriodCell, _ odd: PeriodCell) -> HorizonError {
    HorizonError(
      .data,
      "\"\(printable(String(odd.text.prefix(40))))\" is written unlike \"\(printable(String(first.text.prefix(40))))\" "
        + "of line \(first.place.line ?? 0)", at: odd.place, remedy: "Write all periods in one form")
  }
}
