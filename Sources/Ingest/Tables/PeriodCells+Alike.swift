import TimeSeries
import Wording

extension PeriodCells {
  /// The cells as periods are read, written alike where they unmistakably mean the same: without marks such as (p), dates
  /// without their times of day, dates of several forms in one, and first days of months among months as months.
  ///
  /// A day and month in figures among dates that are none is believed only where all are on one day of their months, or on
  /// its last: a spreadsheet that takes the day for the month leaves no such dates behind.
  static func alike(_ cells: [PeriodCell], _ dates: DateOrder) -> (cells: [PeriodCell], notes: [DataNote]) {
    var cells = cells
    var notes: [DataNote] = []
    var marks: [String] = []
    var marked = 0
    for (index, cell) in cells.enumerated() {
      guard let (period, mark) = PeriodMark.split(cell.text, isPeriod: { isPeriod($0, dates) }) else { continue }
      cells[index] = PeriodCell(text: period, place: cell.place)
      if !marks.contains(mark) { marks.append(mark) }
      marked += 1
    }
    if marked > 0 { notes.append(.table(.periodMarks(marks, periods: marked))) }
    guard let (texts, odd) = rewritten(cells.map(\.text), dates) else { return (cells, notes) }
    notes.append(.table(.periodsAlike(example: cells[odd].text, readAs: texts[odd])))
    return (zip(cells, texts).map { PeriodCell(text: $1, place: $0.place) }, notes)
  }

  private static func isPeriod(_ text: String, _ dates: DateOrder) -> Bool {
    Frequency.allCases.contains { PeriodStyle.parse(text, frequency: $0, dates: dates) != nil }
  }

  /// The texts in one form, and the first that is written unlike the first; nil where they need none, or are in doubt.
  private static func rewritten(_ texts: [String], _ dates: DateOrder) -> (texts: [String], odd: Int)? {
    let days = texts.map { Day($0, dates) }
    guard let first = days.firstIndex(where: { $0 != nil }) else { return nil }
    let all = days.compactMap(\.self)
    guard all.count == days.count else {
      let months = texts.map { PeriodStyle.parse($0, frequency: .monthly, dates: dates)?.period }
      let areFirstDays = days.allSatisfy { $0.map { !$0.isNumbered && $0.date.day == 1 } ?? true }
      guard areFirstDays, months.allSatisfy({ $0 != nil }) else { return nil }
      return (months.compactMap { $0.map(PeriodStyle.yearMonth.format) }, first)
    }
    let forms = Set(all.map(\.form))
    if forms.count > 1 {
      let numbered = all.count(where: \.isNumbered)
      guard numbered == 0 || numbered < all.count && areOnOneDay(all.map(\.date)) else { return nil }
      let odd = all.firstIndex { $0.form != all[0].form } ?? 0
      return (all.map(\.plain), odd)
    }
    guard Set(all.map(\.suffix)).count > 1 else { return nil }
    let odd = all.firstIndex { $0.suffix != all[0].suffix } ?? 0
    return (
      zip(texts, all).map { String($0.dropLast($1.suffix.count)) }, all[odd].suffix.isEmpty ? 0 : odd
    )
  }

  private static func areOnOneDay(_ dates: [CivilDate]) -> Bool {
    dates.allSatisfy { $0.day == dates[0].day }
      || dates.allSatisfy { $0.day == CivilDate.daysInMonth(year: $0.year, month: $0.month) }
  }

  /// A cell that is a date.
  private struct Day {
    /// What is written otherwise than in other forms, whatever the padding.
    enum Form: Hashable { case yearFirst(String), numbered(String, Bool), named }

    let date: CivilDate
    let form: Form
    /// The time of day behind it.
    let suffix: String

    init?(_ text: String, _ dates: DateOrder) {
      guard let (period, style) = PeriodStyle.parse(text, frequency: .daily, dates: dates),
        case .days(let form, _, let suffix) = style
      else { return nil }
      date = period.firstDay
      self.suffix = suffix
      self.form =
        switch form {
        case .yearFirst(let separator): .yearFirst(separator)
        case .dayFirst(_, let separator, let isShort), .monthFirst(_, let separator, let isShort):
          .numbered(separator, isShort)
        case .named: .named
        }
    }

    var isNumbered: Bool { if case .numbered = form { true } else { false } }

    /// `2019-06-01`.
    var plain: String { PeriodStyle.standard(for: .daily).format(Period(.daily, containing: date)) }
  }
}
