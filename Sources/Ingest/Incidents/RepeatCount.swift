import TimeSeries

/// Tells which incidents are repeats: whose person or place had an earlier one of the same category within the window.
enum RepeatCount {
  /// An incident with a pseudonym.
  struct Event {
    /// Hash of the person or place.
    let entity: UInt64
    let category: Int32
    let day: Int32
    /// What it is counted under.
    let stream: Int32
  }

  /// For every event, in the order they are returned, whether it is a repeat. Events are ordered by entity, category, day
  /// and stream: of two on one day the second is a repeat of the first, and the result does not depend on the order given.
  static func judge(_ events: [Event], window months: Int) -> [(event: Event, isRepeat: Bool)] {
    let sorted = events.sorted {
      ($0.entity, $0.category, $0.day, $0.stream) < ($1.entity, $1.category, $1.day, $1.stream)
    }
    return sorted.indices.map { index in
      let event = sorted[index]
      guard index > 0, sorted[index - 1].entity == event.entity, sorted[index - 1].category == event.category else {
        return (event, false)
      }
      return (event, sorted[index - 1].day >= start(ofWindowEnding: event.day, months: months))
    }
  }

  /// The same day of the month `months` earlier, or the last there is.
  static func start(ofWindowEnding day: Int32, months: Int) -> Int32 {
    let date = CivilDate(daysSinceEpoch: Int(day))
    let month = date.year * 12 + date.month - 1 - months
    guard month >= 12 else { return .min }
    let (year, number) = (month / 12, month % 12 + 1)
    let last = CivilDate.daysInMonth(year: year, month: number)
    guard let earlier = CivilDate(year: year, month: number, day: min(date.day, last)) else { return .min }
    return Int32(earlier.daysSinceEpoch)
  }
}
