import TimeSeries

/// For every source (a police force, or the table itself) and period: was it there?
public struct CompletenessCalendar: Sendable {
  /// State of one source in one period.
  public enum Status: String, CaseIterable, Hashable, Sendable {
    /// There and of the usual size.
    case present
    /// There, but far smaller than usual and than the source's own variation explains: counted, and reported.
    case partial
    /// Not there, but other sources' files hold rows in its districts: missing, not small.
    case strayRowsOnly = "stray rows only"
    /// Not there: missing, not zero.
    case absent
  }

  /// One cell of the calendar.
  public struct Cell: Hashable, Sendable {
    /// Name of the source: the force's slug for police.uk, "table" for long tables.
    public let source: String
    /// The period.
    public let period: Period
    /// Its state.
    public let status: Status
    /// Data rows counted from the source; where there are stray rows only, those.
    public let rows: Int
    /// Of them, rows without a location.
    public let unlocated: Int
    /// The source's median number of rows a period.
    public let medianRows: Double
    /// What became of the source's own rows of the period, those of repeated and superseded files included; nil where
    /// that is known for the run as a whole only (tables, whose rows are set aside for what series and cells they are).
    public let account: RowAccounting?

    /// A cell.
    public init(
      source: String, period: Period, status: Status, rows: Int, unlocated: Int, medianRows: Double,
      account: RowAccounting? = nil
    ) {
      self.source = source
      self.period = period
      self.status = status
      self.rows = rows
      self.unlocated = unlocated
      self.medianRows = medianRows
      self.account = account
    }
  }

  /// Every source and period from the first to the last period of the run, by source, then period.
  public let cells: [Cell]
  /// What is known of some of them beyond the files of the run.
  public let remarks: [Place: [ArchiveRemark]]
  /// How much of recorded crime the archive holds, by force and financial year; empty without figures of recorded crime.
  public let recorded: [RecordedShare]

  /// A source and period.
  public struct Place: Hashable, Sendable {
    /// Name of the source.
    public let source: String
    /// The period.
    public let period: Period

    /// A source and period.
    public init(source: String, period: Period) {
      self.source = source
      self.period = period
    }
  }

  /// A calendar of these cells.
  public init(cells: [Cell], remarks: [Place: [ArchiveRemark]] = [:], recorded: [RecordedShare] = []) {
    self.cells = cells
    self.remarks = remarks
    self.recorded = recorded
  }

  /// What is known of a cell beyond the files of the run.
  public func remarks(on cell: Cell) -> [ArchiveRemark] {
    remarks[Place(source: cell.source, period: cell.period)] ?? []
  }

  /// How much of recorded crime the archive holds of the source in the financial year of a cell; nil if that is not known.
  public func recorded(in cell: Cell) -> RecordedShare? {
    recorded.isEmpty
      ? nil
      : recorded.first {
        $0.force == cell.source && $0.year == Period(.financialYearly, containing: cell.period.firstDay)
      }
  }

  /// The calendar up to a period.
  func asOf(_ period: Period) -> CompletenessCalendar {
    CompletenessCalendar(cells: cells.filter { $0.period <= period }, remarks: remarks, recorded: recorded)
  }

  /// Cells that are not plainly present.
  public var doubtful: [Cell] { cells.filter { $0.status != .present } }
}

extension CompletenessCalendar.Cell {
  /// The source as people name it: "Thames Valley" for the slug `thames-valley`, "the table" for a long table.
  public var sourceName: String { source == "table" ? "the table" : ForceName.display(slug: source) }
}
