import CommunitySafety
import TimeSeries

/// Which rows of a run's street-level files count: repeated files, superseded force-months and rows of months without a
/// file of their own are set aside.
///
/// A file vouches for a month, so that no row means none recorded, if it is named for it, or if it holds at least a tenth
/// as many rows of it as of the force's fullest month in the file. Fewer are latecomers: they count where
/// another file vouches for their month.
struct StreetSelection {
  /// A force and month.
  struct ForceMonth: Hashable {
    let slug: String
    let month: Int

    /// For notes.
    var named: StreetNote.ForceMonth {
      .init(force: ForceName.display(slug: slug), month: Period(frequency: .monthly, ordinal: month))
    }
  }

  /// A cell of a file that counts.
  struct Accepted {
    let file: Int32
    /// Position among the cells of the file's tally.
    let cell: Int32
  }

  private(set) var accepted: [Accepted] = []
  /// Force-months that are there, and the file that vouches for each.
  private(set) var vouching: [ForceMonth: Int] = [:]
  /// Rows that do not count, by force-month and reason.
  private(set) var setAside: [ForceMonth: [String: Int]] = [:]
  private(set) var notes: [DataNote] = []

  /// Chooses among files in the order of the command line.
  init(files: [StreetFile]) {
    let repeated = findRepeated(files)
    let rows = files.map(StreetSelection.rowsByForceMonth)
    var superseded: [StreetNote.Superseded] = []
    for (index, file) in files.enumerated() where !repeated.contains(index) {
      for forceMonth in StreetSelection.vouched(file, rows[index]) {
        if let earlier = vouching[forceMonth] {
          superseded.append(.init(forceMonth.named, earlier: files[earlier].label, later: file.label))
        }
        vouching[forceMonth] = index
      }
    }
    if !superseded.isEmpty { notes.append(.street(.superseded(superseded))) }
    var late: [ForceMonth: Int] = [:]
    var otherMonth = 0
    for (index, file) in files.enumerated() {
      if repeated.contains(index) {
        for (forceMonth, count) in rows[index] {
          setAside[forceMonth, default: [:]]["repeated file", default: 0] += count
        }
        continue
      }
      let vouched = StreetSelection.vouched(file, rows[index])
      let lost = Set(vouched.filter { vouching[$0] != index }.map(\.slug))
      for (position, cell) in file.tally.cells.enumerated() {
        let item = Accepted(file: Int32(index), cell: Int32(position))
        let forceMonth = ForceMonth(slug: file.slugs[cell.force], month: cell.month)
        if vouching[forceMonth] == index {
          accepted.append(item)
        } else if vouched.contains(forceMonth) || lost.contains(forceMonth.slug) {
          setAside[forceMonth, default: [:]]["superseded file", default: 0] += cell.rows
          continue
        } else if vouching[forceMonth] != nil {
          accepted.append(item)
        } else {
          setAside[forceMonth, default: [:]]["month without a file of its own", default: 0] += cell.rows
          late[forceMonth, default: 0] += cell.rows
          continue
        }
        if let named = file.named, named.month != cell.month { otherMonth += cell.rows }
      }
    }
    noteMonths(late, otherMonth)
  }

  /// Files with the same bytes as an earlier file of the same force; those of another force are only noted.
  private mutating func findRepeated(_ files: [StreetFile]) -> Set<Int> {
    var repeated: [(file: Int, first: Int)] = []
    var elsewhere: [(file: Int, first: Int)] = []
    var seen: [ContentHash: [Int]] = [:]
    for (index, file) in files.enumerated() where file.tally.rows > 0 {
      let same = (seen[file.contentHash] ?? []).filter { files[$0].tally == file.tally }
      if let first = same.first(where: { files[$0].distinctSlugs == file.distinctSlugs }) {
        repeated.append((index, first))
        continue
      }
      if let first = same.first { elsewhere.append((index, first)) }
      seen[file.contentHash, default: []].append(index)
    }
    func pairs(_ found: [(file: Int, first: Int)]) -> [FileNote.Pair] {
      found.map { .init(file: files[$0.file].label, first: files[$0.first].label) }
    }
    if !repeated.isEmpty { notes.append(.street(.repeatedFiles(pairs(repeated)))) }
    if !elsewhere.isEmpty { notes.append(.street(.sameContentOfOtherForce(pairs(elsewhere)))) }
    return Set(repeated.map(\.file))
  }

  private static func rowsByForceMonth(_ file: StreetFile) -> [ForceMonth: Int] {
    var rows: [ForceMonth: Int] = [:]
    for cell in file.tally.cells {
      rows[ForceMonth(slug: file.slugs[cell.force], month: cell.month), default: 0] += cell.rows
    }
    return rows
  }

  /// The force-months a file vouches for, in order.
  private static func vouched(_ file: StreetFile, _ rows: [ForceMonth: Int]) -> [ForceMonth] {
    var fullest: [String: Int] = [:]
    for (forceMonth, count) in rows { fullest[forceMonth.slug] = max(fullest[forceMonth.slug] ?? 0, count) }
    return rows.filter { forceMonth, count in
      forceMonth.month == file.named?.month || 10 * count >= fullest[forceMonth.slug] ?? 0
    }.keys.sorted(by: precedes)
  }

  static func precedes(_ a: ForceMonth, _ b: ForceMonth) -> Bool {
    a.slug == b.slug ? a.month < b.month : FileKind.scalarOrder(a.slug, b.slug)
  }

  private mutating func noteMonths(_ late: [ForceMonth: Int], _ otherMonth: Int) {
    if otherMonth > 0 { notes.append(.street(.otherMonth(rows: otherMonth))) }
    if !late.isEmpty {
      let months = late.keys.sorted(by: StreetSelection.precedes).map(\.named)
      notes.append(.street(.monthsWithoutFile(rows: late.values.reduce(0, +), months)))
    }
  }
}
