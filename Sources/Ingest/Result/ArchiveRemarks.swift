import CommunitySafety
import TimeSeries

/// What is known of a source and period of the police.uk archive beyond this run's files.
public enum ArchiveRemark: Hashable, Sendable {
  /// It is missing or held in part, as the archive is known to be: another download will not mend it.
  case known(ArchiveCoverage.Entry)
  /// It is there, though the archive is known to lack it: it has been filled since that was written down.
  case filled(ArchiveCoverage.Entry)
  /// An earlier vintage of the store that reached as far did not have it; the first that has.
  case backFilled(since: String)
}

/// The crimes of a force and financial year in the police.uk archive beside those that the Home Office counts.
public struct RecordedShare: Hashable, Sendable {
  /// How much of what was recorded the archive holds.
  public enum State: String, CaseIterable, Hashable, Sendable {
    /// At least nine tenths, in files of every month.
    case present
    /// Less.
    case partial
    /// Nothing.
    case absent
  }

  /// Share from which the archive counts as holding a year: it and the tables are counted at different times, and by
  /// rules that differ a little.
  static let whole = 0.9

  /// The force's slug.
  public let force: String
  /// The financial year.
  public let year: Period
  /// Crimes that the Home Office counts in the quarters compared.
  public let recorded: Int
  /// Crimes in the archive in the same quarters, anti-social behaviour left out.
  public let archived: Int
  /// Quarters of the year that both could hold: those of the tables within the archive's span.
  public let quarters: Int
  /// Months of these that the archive has a file of.
  public let months: Int

  /// Crimes of a force and year.
  public init(force: String, year: Period, recorded: Int, archived: Int, quarters: Int, months: Int) {
    self.force = force
    self.year = year
    self.recorded = recorded
    self.archived = archived
    self.quarters = quarters
    self.months = months
  }

  /// The force as people name it.
  public var forceName: String { ForceName.display(slug: force) }
  /// The share that the archive holds; nil where nothing was recorded.
  public var share: Double? { recorded > 0 ? Double(archived) / Double(recorded) : nil }
  /// How much that is.
  public var state: State {
    archived == 0 ? .absent : (share ?? 1) >= RecordedShare.whole && months == 3 * quarters ? .present : .partial
  }
}

extension IngestedData {
  /// The shares of recorded crime that this archive holds, by force of the areas of the run and financial year, in the order
  /// of ``unallocated``.
  ///
  /// - Parameter tables: Home Office tables of recorded crime, read as a run of their own; anything but quarters says
  ///   nothing.
  public func shares(ofRecordedCrime tables: IngestedData) -> [RecordedShare] {
    guard let counts = unallocated?.counts, let first = counts.first, tables.panel.frequency == .quarterly else {
      return []
    }
    var recorded: [String: [Period: Double]] = [:]
    for series in tables.panel.series where series.kind == .count && !RecordedShare.isFraud(series.key.measure) {
      guard let force = tables.areas[series.key.area]?.force.map(ForceName.slug(ofName:)) else { continue }
      for (index, value) in series.values.enumerated() where !value.isNaN {
        recorded[force, default: [:]][series.start + index, default: 0] += value
      }
    }
    let span = first.start...(first.start + (first.rows.count - 1))
    let forces = areas.values.map { area in (area.level == .force ? area.name : area.force).map(ForceName.slug(ofName:))
    }
    // An area of a footprint may lie in several forces.
    let asked = forces.contains(nil) ? Set(counts.map(\.force)) : Set(forces.compactMap(\.self))
    var order: [String] = []
    for count in counts where order.last != count.force && asked.contains(count.force) { order.append(count.force) }
    return order.flatMap { force -> [RecordedShare] in
      let own = counts.filter { $0.force == force && $0.type != CrimeType.antiSocialBehaviour.rawValue }
      var years: [Period: (recorded: Double, archived: Int, quarters: Int, months: Int)] = [:]
      for (quarter, value) in recorded[force] ?? [:] {
        let months = (0..<3).map { Period(.monthly, containing: quarter.firstDay) + $0 }
        guard months.allSatisfy(span.contains) else { continue }
        var year = years[Period(.financialYearly, containing: quarter.firstDay)] ?? (0, 0, 0, 0)
        year.recorded += value
        year.quarters += 1
        for month in months {
          let rows = own.compactMap { $0.rows[month - first.start] }
          year.archived += rows.reduce(0, +)
          year.months += rows.isEmpty ? 0 : 1
        }
        years[Period(.financialYearly, containing: quarter.firstDay)] = year
      }
      return years.keys.sorted().compactMap { key in
        years[key].map {
          RecordedShare(
            force: force, year: key, recorded: Int($0.recorded.rounded()), archived: $0.archived, quarters: $0.quarters,
            months: $0.months)
        }
      }
    }
  }
}

extension IngestedData {
  /// What to say of tables that have nothing to compare this archive with.
  public func withoutRecordedCrime(in tables: IngestedData) -> DataNote {
    let span = tables.panel.span
    let forces = Set(tables.areas.values.compactMap(\.force)).sorted(by: FileKind.scalarOrder)
    return .street(.recordedCrimeElsewhere(first: span?.lowerBound, last: span?.upperBound, forces: forces))
  }
}

extension RecordedShare {
  /// Fraud is recorded nationally, and in no force's files.
  fileprivate static func isFraud(_ measure: String?) -> Bool {
    measure.map { $0.lowercased().contains("fraud") } ?? false
  }
}
