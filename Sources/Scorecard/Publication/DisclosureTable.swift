/// Counts by place, measure and time as they would be published: single ones and sums over places, measures or both.
///
/// The cells of a time are the counts of each smallest place and single measure; a figure is the sum of those of a place (a set of smallest
/// places) and a measure (a set of single ones). Anything else that is published of these counts is made of figures.
public struct DisclosureTable: Sendable {
  /// Smallest places of each place, rising.
  public let places: [[Int]]
  /// Single measures of each measure, rising.
  public let measures: [[Int]]
  /// Number of smallest places.
  public let leafPlaces: Int
  /// Number of single measures.
  public let leafMeasures: Int
  /// Of each time the cells, place by place; NaN where nothing is known.
  public let times: [[Double]]
  /// Whether nothing is counted in a cell, ever: it adds 0, everybody knows it does, and it is no figure of its own.
  public let isUncounted: [Bool]

  /// The place that each is next within: the smallest of those that hold it and more; nil for none.
  let parents: [Int?]
  /// Places that are next within the same, each place among them.
  let families: [[Int]]
  private let holdsPlace: [[Bool]]
  private let holdsMeasure: [[Bool]]

  /// A table.
  ///
  /// - Parameter isUncounted: see ``isUncounted``; without it everything is counted.
  public init(
    places: [[Int]], measures: [[Int]], leafPlaces: Int, leafMeasures: Int, times: [[Double]],
    isUncounted: [Bool]? = nil
  ) {
    precondition(times.allSatisfy { $0.count == leafPlaces * leafMeasures }, "a cell for each place and measure")
    self.isUncounted = isUncounted ?? [Bool](repeating: false, count: leafPlaces * leafMeasures)
    precondition(self.isUncounted.count == leafPlaces * leafMeasures, "a cell for each place and measure")
    self.places = places
    self.measures = measures
    self.leafPlaces = leafPlaces
    self.leafMeasures = leafMeasures
    self.times = times
    func members(_ sets: [[Int]], _ count: Int) -> [[Bool]] {
      sets.map { set in
        var holds = [Bool](repeating: false, count: count)
        for leaf in set { holds[leaf] = true }
        return holds
      }
    }
    holdsPlace = members(places, leafPlaces)
    holdsMeasure = members(measures, leafMeasures)
    let holds = holdsPlace
    let parents = places.indices.map { place -> Int? in
      places.indices.filter { other in
        places[other].count > places[place].count && places[place].allSatisfy { holds[other][$0] }
      }.min { (places[$0].count, $0) < (places[$1].count, $1) }
    }
    self.parents = parents
    families = places.indices.map { place in
      // What is within nothing has no brothers: nothing says what such places add up to.
      parents[place] == nil ? [place] : places.indices.filter { parents[$0] == parents[place] }
    }
  }

  /// Number of figures at a time.
  public var count: Int { places.count * measures.count }
  /// Position of a figure.
  public func figure(_ place: Int, _ measure: Int) -> Int { place * measures.count + measure }
  /// The place of a figure.
  public func place(of figure: Int) -> Int { figure / measures.count }
  /// The measure of a figure.
  public func measure(of figure: Int) -> Int { figure % measures.count }

  /// A figure of some cells; NaN where one of them is not known, and where nothing is counted in any of them.
  public func value(_ figure: Int, _ cells: [Double]) -> Double {
    var sum = 0.0
    var isCounted = false
    for place in places[place(of: figure)] {
      for measure in measures[measure(of: figure)] {
        let cell = place * leafMeasures + measure
        guard !isUncounted[cell] else { continue }
        sum += cells[cell]
        isCounted = true
      }
    }
    return isCounted ? sum : .nan
  }

  func holds(_ place: Int, leaf: Int?) -> Bool { leaf.map { holdsPlace[place][$0] } ?? false }
  func holds(measure: Int, leaf: Int?) -> Bool { leaf.map { holdsMeasure[measure][$0] } ?? false }

  /// The places within one, itself left out.
  func within(_ place: Int) -> [Int] {
    places.indices.filter { other in
      places[other].count < places[place].count && places[other].allSatisfy { holdsPlace[place][$0] }
    }
  }
}
