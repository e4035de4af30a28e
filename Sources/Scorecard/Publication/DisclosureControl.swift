/// Decides which figures are not published, so that no count under a threshold can be told from those that are.
///
/// A figure is published at all times or at none. It is withheld where it is under the threshold at any time; with it its brothers, the
/// places that make up the next larger place with it, and what lies within any of them; and then as many more as it takes for every
/// withheld figure to be **safe**: there are two tables of whole counts, none negative, that agree in everything that is published and
/// differ in that figure by at least the threshold. So nobody can bound it more closely, by whatever arithmetic.
///
/// Two such tables are made by exchanges. Let a cell (c, m) grow by d and, to make up for it, (c, m′) shrink, (c′, m) shrink and (c′, m′)
/// grow, where c′ or m′ may be nothing. It leaves everything published as it is if no published figure holds just one of c and c′ and just
/// one of m and m′ (Cox 1980, *J. Am. Stat. Assoc.* 75, 377-385, on complementary suppression in tables).
///
/// Times are gone through in their order, and what was withheld up to one is withheld after it. So a later publication, of the same
/// history and more, withholds all that an earlier one did, and the two together say no more than the earlier one alone: differences
/// between quarters, years, tables and charts tell nothing.
///
/// Cost: for each withheld figure and time a search for exchanges, which ends with the first that suffice.
public struct DisclosureControl: Sendable {
  /// Counts under this are not published, and no withheld figure can be bounded within less.
  public let threshold: Double
  /// The table.
  public let table: DisclosureTable
  /// Whether each figure is withheld.
  public private(set) var isWithheld: [Bool]
  private var verified: Set<Int> = []
  private let order: [Int]

  /// The figures of a table that are withheld.
  public init(_ table: DisclosureTable, threshold: Double = 5) {
    self.table = table
    self.threshold = threshold
    isWithheld = [Bool](repeating: false, count: table.count)
    // Of the first quarter's size, which later publications do not change: what is smallest is missed least.
    let first = table.times.prefix(1)
    let sizes = table.measures.indices.map { measure in
      first.reduce(0) { sum, cells in
        sum
          + table.measures[measure].reduce(0) { inner, m in
            inner + (0..<table.leafPlaces).reduce(0) { $0 + max(0, cells[$1 * table.leafMeasures + m].finite) }
          }
      }
    }
    order = table.measures.indices.sorted {
      let (single, other) = (table.measures[$0].count == 1, table.measures[$1].count == 1)
      if single != other { return single }
      return (sizes[$0], $0) < (sizes[$1], $1)
    }
    for time in table.times.indices { take(time) }
  }

  private mutating func take(_ time: Int) {
    let cells = table.times[time]
    for figure in 0..<table.count where table.value(figure, cells) < threshold { withhold(figure) }
    while let (figure, at) = firstUnsafe(through: time) { protect(figure, at) }
  }

  /// Withholds a figure with its brothers and what lies within them.
  private mutating func withhold(_ figure: Int) {
    guard !isWithheld[figure] else { return }
    let measure = table.measure(of: figure)
    for brother in table.families[table.place(of: figure)] {
      for place in [brother] + table.within(brother) { isWithheld[table.figure(place, measure)] = true }
    }
  }

  private mutating func firstUnsafe(through time: Int) -> (figure: Int, time: Int)? {
    for figure in 0..<table.count where isWithheld[figure] {
      for at in 0...time {
        let mark = at * table.count + figure
        guard !verified.contains(mark) else { continue }
        guard isSafe(figure, at) else { return (figure, at) }
        // Withholding more only leaves more tables.
        verified.insert(mark)
      }
    }
    return nil
  }

  /// Withholds what makes a figure safe: of the same place the smallest measure that does, single ones first, else the same measure one
  /// place up, else the first that is left.
  private mutating func protect(_ figure: Int, _ time: Int) {
    let (place, measure) = (table.place(of: figure), table.measure(of: figure))
    var candidates = order.map { table.figure(place, $0) }
    if let parent = table.parents[place] { candidates.append(table.figure(parent, measure)) }
    candidates += table.measures.indices.flatMap { m in table.places.indices.map { table.figure($0, m) } }
    candidates = candidates.filter { !isWithheld[$0] }
    for candidate in candidates {
      var tried = self
      tried.withhold(candidate)
      if tried.isSafe(figure, time) {
        self = tried
        return
      }
    }
    guard let first = candidates.first else { return }
    withhold(first)
  }

  /// Whether a figure is safe at a time; of what is not known there nothing is published.
  public func isSafe(_ figure: Int, _ time: Int) -> Bool {
    guard let tables = witnesses(figure, time) else { return true }
    return table.value(figure, tables.high) - table.value(figure, tables.low) >= threshold
  }

  /// Two tables that agree in everything published and differ in a figure, by the threshold if they can; nil where the figure is not
  /// known.
  public func witnesses(_ figure: Int, _ time: Int) -> (low: [Double], high: [Double])? {
    let cells = table.times[time]
    guard table.value(figure, cells).isFinite else { return nil }
    var high = cells
    var reached = 0.0
    exchange(&high, figure, up: true, until: threshold, &reached)
    var low = cells
    var fallen = 0.0
    if reached < threshold { exchange(&low, figure, up: false, until: threshold - reached, &fallen) }
    return (low, high)
  }

  /// Moves a figure by exchanges until it has moved far enough, or none is left.
  private func exchange(_ cells: inout [Double], _ figure: Int, up: Bool, until wanted: Double, _ moved: inout Double) {
    let (place, measure) = (table.place(of: figure), table.measure(of: figure))
    let width = table.leafMeasures
    let others: [Int?] = [nil] + (0..<width).filter { !table.holds(measure: measure, leaf: $0) }.map { $0 }
    let elsewhere: [Int?] = [nil] + (0..<table.leafPlaces).filter { !table.holds(place, leaf: $0) }.map { $0 }
    for c in table.places[place] {
      for m in table.measures[measure] {
        for other in others {
          for away in elsewhere {
            guard moved < wanted, isFree(c, away, m, other) else { continue }
            func at(_ place: Int?, _ measure: Int?) -> Int? {
              place.flatMap { place in measure.map { place * width + $0 } }
            }
            let grow = [at(c, m), at(away, other)].compactMap(\.self)
            let shrink = [at(c, other), at(away, m)].compactMap(\.self)
            let (more, fewer) = up ? (grow, shrink) : (shrink, grow)
            // A cell that is not known is not part of anything published; one that is not counted is 0 in every table.
            guard (more + fewer).allSatisfy({ cells[$0].isFinite && !table.isUncounted[$0] }) else { continue }
            let amount = fewer.reduce(wanted - moved) { min($0, cells[$1]) }
            guard amount > 0 else { continue }
            for cell in more { cells[cell] += amount }
            for cell in fewer { cells[cell] -= amount }
            moved += amount
          }
        }
      }
    }
  }

  /// Whether an exchange leaves everything published as it is.
  private func isFree(_ c: Int, _ away: Int?, _ m: Int, _ other: Int?) -> Bool {
    for place in table.places.indices where table.holds(place, leaf: c) != table.holds(place, leaf: away) {
      for measure in table.measures.indices
      where table.holds(measure: measure, leaf: m) != table.holds(measure: measure, leaf: other)
        && !isWithheld[table.figure(place, measure)]
      {
        return false
      }
    }
    return true
  }
}

extension Double {
  /// Itself; 0 of what is not known.
  fileprivate var finite: Double { isFinite ? self : 0 }
}
