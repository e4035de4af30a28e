/// What repeats come to beside their share: how many reach the threshold of a case review, and how far incidents gather on a few. Only
/// counts come out.
enum RepeatPatterns {
  /// The incidents with which a person or place reaches a number of reports within a window, as an ASB case review asks for
  /// (Anti-social Behaviour, Crime and Policing Act 2014, section 104; the threshold is set locally): those that had as many behind
  /// them and whose forerunner had not.
  ///
  /// - Parameters:
  ///   - events: by entity, category and day, as ``RepeatCount/judge(_:window:)`` orders them.
  ///   - reports: how many, at least 2.
  ///   - months: the window.
  static func reaching(_ events: [RepeatCount.Event], reports: Int, months: Int) -> [RepeatCount.Event] {
    func reaches(_ index: Int) -> Bool {
      let first = index - (reports - 1)
      guard first >= 0 else { return false }
      let (event, earliest) = (events[index], events[first])
      return earliest.entity == event.entity && earliest.category == event.category
        && earliest.day >= RepeatCount.start(ofWindowEnding: event.day, months: months)
    }
    return events.indices.filter { index in
      guard reaches(index) else { return false }
      guard index > 0, events[index - 1].entity == events[index].entity,
        events[index - 1].category == events[index].category
      else { return true }
      return !reaches(index - 1)
    }.map { events[$0] }
  }

  /// How many incidents are of the most affected twentieth.
  struct Concentration: Hashable {
    /// Incidents of theirs.
    let ofTheMost: Int
    /// All incidents.
    let all: Int
  }

  /// Fewest persons or places of which a twentieth is told: with fewer it would be less than five of them.
  static let fewest = 100

  /// The concentration of the incidents of one stream, by how many each entity has; nil where it would be of less than five.
  static func concentration(_ entities: some Sequence<UInt64>) -> Concentration? {
    var counts: [UInt64: Int] = [:]
    for entity in entities { counts[entity, default: 0] += 1 }
    guard counts.count >= fewest else { return nil }
    let sorted = counts.values.sorted(by: >)
    // A twentieth, rounded up.
    let most = sorted.prefix((counts.count + 19) / 20)
    return Concentration(ofTheMost: most.reduce(0, +), all: sorted.reduce(0, +))
  }
}
