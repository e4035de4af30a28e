import TimeSeries

extension CivilDate {
  /// The day of a cell: `2024-06-30`, or `30/06/2024` as it is written in Britain, and every other form of a date that
  /// `PeriodStyle` knows; a time of day may follow.
  init?(cell: UnsafeBufferPointer<UInt8>) {
    guard cell.count <= 40 else { return nil }
    if let date = CivilDate.usual(cell) {
      self = date
    } else if let (day, _) = PeriodStyle.parse(String(decoding: cell, as: UTF8.self), frequency: .daily) {
      self = day.firstDay
    } else {
      return nil
    }
  }

  /// The two usual forms, of which extracts have millions.
  private static func usual(_ cell: UnsafeBufferPointer<UInt8>) -> CivilDate? {
    guard cell.count >= 10, cell.count == 10 || cell[10] == 32 || cell[10] == 84 else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in cell[range] {
        guard byte &- 48 < 10 else { return nil }
        value = value * 10 + Int(byte - 48)
      }
      return value
    }
    if cell[4] == 45, cell[7] == 45, let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) {
      return CivilDate(year: year, month: month, day: day)
    }
    if cell[2] == 47, cell[5] == 47, let day = number(0..<2), let month = number(3..<5), let year = number(6..<10) {
      return CivilDate(year: year, month: month, day: day)
    }
    return nil
  }
}
