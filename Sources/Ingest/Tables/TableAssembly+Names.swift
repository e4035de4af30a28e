import CommunitySafety
import Diagnostics
import TimeSeries
import Wording

extension TableAssembly {
  /// Brings series whose names differ in their writing only together.
  mutating func fold() throws {
    guard options.foldsSpellings else { return }
    var isIdentifier = [Bool](repeating: false, count: keys.count)
    for (file, table) in files.enumerated() where table.rows?.areIdentifiers == true {
      for series in seriesOf[file] where keys[series].measure == nil { isIdentifier[series] = true }
    }
    let named = keys.indices.filter { !isIdentifier[$0] }
    let (areas, areaOf) = TableAssembly.distinct(named.map { keys[$0].area })
    let (measures, measureOf) = TableAssembly.distinct(named.map { keys[$0].measure ?? "" })
    let folded = [NameFolding(areas, districts: registry), NameFolding(measures, districts: nil)]
    guard folded.contains(where: \.folds) else { return }
    var rows = [Int](repeating: 0, count: keys.count)
    for (file, table) in files.enumerated() {
      for row in table.rows?.rows ?? [] { rows[seriesOf[file][Int(row.series)]] += 1 }
      for run in table.rows?.runs ?? [] { rows[seriesOf[file][Int(run.series)]] += run.values.count }
    }
    var rowsOf = [[Int](repeating: 0, count: areas.count), [Int](repeating: 0, count: measures.count)]
    for (position, series) in named.enumerated() {
      rowsOf[0][areaOf[position]] += rows[series]
      rowsOf[1][measureOf[position]] += rows[series]
    }
    let spellings = zip(folded, rowsOf).map { $0.spellings(rows: $1) }
    for (dimension, position) in [(TableNote.Dimension.area, 0), (.measure, 1)] where folded[position].folds {
      notes.append(.table(.spellings(dimension, folded[position].drift(spellings[position]))))
    }
    let (oldKeys, oldKinds) = (keys, kinds)
    var canonical = keys
    for (position, series) in named.enumerated() {
      canonical[series] = SeriesKey(
        area: spellings[0][folded[0].numbers[areaOf[position]]],
        measure: keys[series].measure.map { _ in spellings[1][folded[1].numbers[measureOf[position]]] })
    }
    (keys, kinds) = ([], [])
    var numberOf: [SeriesKey: Int] = [:]
    var moved: [Int] = []
    for (series, key) in canonical.enumerated() {
      let number = numberOf[key] ?? keys.count
      if number == keys.count {
        numberOf[key] = number
        keys.append(key)
        kinds.append(oldKinds[series])
      } else if kinds[number] != oldKinds[series], let file = files.first {
        throw unlike(oldKeys[series], file)
      }
      moved.append(number)
    }
    seriesOf = seriesOf.map { list in list.map { moved[$0] } }
    let oldUnits = units
    units = [:]
    for (measure, unit) in oldUnits.sorted(by: { FileKind.scalarOrder($0.key, $1.key) }) {
      let name = measures.firstIndex(of: measure).map { spellings[1][folded[1].numbers[$0]] } ?? measure
      if let known = units.updateValue(unit, forKey: name), known != unit {
        throw HorizonError(
          .data,
          "the unit of \"\(SafeText.printable(name))\" is \"\(SafeText.printable(unit))\" and, written otherwise, \"\(SafeText.printable(known))\"",
          at: .init(file: files.first?.location ?? ""), remedy: "Give a measure one unit, or two names")
      }
    }
  }

  /// The distinct texts in order of first appearance, and the position of each among them.
  private static func distinct(_ texts: [String]) -> (distinct: [String], positions: [Int]) {
    var positionOf: [String: Int] = [:]
    var distinct: [String] = []
    var positions: [Int] = []
    positions.reserveCapacity(texts.count)
    var last: (text: String, position: Int)?
    for text in texts {
      // Rows of one area stand together.
      let position = last.flatMap { $0.text == text ? $0.position : nil } ?? positionOf[text] ?? distinct.count
      last = (text, position)
      if position == distinct.count {
        positionOf[text] = position
        distinct.append(text)
      }
      positions.append(position)
    }
    return (distinct, positions)
  }
}
