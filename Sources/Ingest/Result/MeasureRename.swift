import Diagnostics
import TimeSeries
import Wording

/// A measure that goes by another name from now on, with all of its history.
public struct MeasureRename: Hashable, Sendable, Codable {
  /// Its name in the inputs.
  public let old: String
  /// The name that it goes by, in the inputs or not.
  public let new: String

  /// A renaming.
  public init(old: String, new: String) {
    self.old = old
    self.new = new
  }

  /// Reads `OLD=NEW`; nil where a name is empty or there is not exactly one equals sign.
  public init?(_ text: String) {
    let parts = text.split(separator: "=", omittingEmptySubsequences: false).map {
      String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, parts[0] != parts[1] else { return nil }
    self.init(old: parts[0], new: parts[1])
  }
}

extension IngestedData {
  /// The same with measures under other names, one after another. Where an area has both, their counts are added; a period that one of
  /// them lacks has the other's.
  ///
  /// - Throws: ``HorizonError`` of kind usage where there is no such measure, of kind data where both are in an area and either is no
  ///   count: shares and values have no sum without their wholes.
  public func joining(_ renames: [MeasureRename]) throws(HorizonError) -> IngestedData {
    var data = self
    for rename in renames { data = try data.joining(rename) }
    return data
  }

  private func joining(_ rename: MeasureRename) throws(HorizonError) -> IngestedData {
    guard panel.measures.contains(rename.old) else {
      let nearest = NearestName.nearest(to: rename.old, among: panel.measures)
      throw HorizonError(
        .usage, "there is no measure \"\(SafeText.printable(rename.old))\" to rename",
        remedy: nearest.map { "Perhaps \"\($0)\" is meant" } ?? "Use a measure that `horizon series` shows")
    }
    var joined: [Series] = []
    var place: [SeriesKey: Int] = [:]
    var areas = 0
    for series in panel.series {
      let isOld = series.key.measure == rename.old
      let own = isOld ? series.renamed(SeriesKey(area: series.key.area, measure: rename.new)) : series
      if isOld { areas += 1 }
      guard let known = place[own.key] else {
        place[own.key] = joined.count
        joined.append(own)
        continue
      }
      guard joined[known].kind == .count, own.kind == .count else {
        throw HorizonError(
          .data, "\"\(rename.old)\" and \"\(rename.new)\" are not both counts in \(own.key.area)",
          remedy: "--rename joins counts only; of shares and values rename what has no series of the new name")
      }
      joined[known] = joined[known].adding(own)
    }
    var rows: [SeriesKey: Int] = [:]
    for (key, count) in rowsOf {
      rows[key.measure == rename.old ? SeriesKey(area: key.area, measure: rename.new) : key, default: 0] += count
    }
    var files = filesOf
    if let found = files.removeValue(forKey: rename.old), files[rename.new] == nil { files[rename.new] = found }
    var units = units
    if let unit = units.removeValue(forKey: rename.old), units[rename.new] == nil { units[rename.new] = unit }
    return IngestedData(
      kind: kind, panel: Panel(frequency: panel.frequency, style: panel.style, series: joined), areas: self.areas,
      completeness: completeness, accounting: accounting, sources: sources,
      notes: notes + [.series(.renamed(rename, areas: areas))], units: units, unallocated: unallocated
    ).with(rowsOf: rows).with(peers: peers).with(filesOf: files)
  }
}

extension Series {
  /// Counts of the periods of either; of a period that one of them lacks the other's.
  fileprivate func adding(_ other: Series) -> Series {
    guard count > 0 else { return other.renamed(key) }
    guard other.count > 0 else { return self }
    let (first, last) = (min(start, other.start), max(end, other.end))
    let values = (0...(last - first)).map { offset -> Double in
      switch (self[first + offset], other[first + offset]) {
      case (let a?, let b?): a + b
      case (let a?, nil): a
      case (nil, let b?): b
      case (nil, nil): .nan
      }
    }
    let partial = Set(self.partial.map { $0 + (start - first) } + other.partial.map { $0 + (other.start - first) })
    return Series(key: key, start: first, values: values, kind: .count, partial: partial.sorted())
  }
}
