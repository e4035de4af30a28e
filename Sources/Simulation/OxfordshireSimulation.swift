import CommunitySafety
import NumericCore
import Tables
import TimeSeries

/// The simulated Oxfordshire: monthly counts of the 14 police.uk types in its five districts, 2014-01 to 2025-12, with known
/// truth.
///
/// The expected count of a type in a district and month is
///
///     level × season × days in the month / 30.4375 × restrictions × recording × planted rise or spike × reporting noise
///
/// and the count is negative binomial about it. Levels are those measured in the Thames Valley files: of 2018/19 up to
/// February 2019, of 2025 from January 2025, and a straight line on the log scale between. The measured level of violence
/// in 2025 is taken to hold the change of recording already; the planted rise and spike come on top of measured levels.
/// Nothing is known of levels before 2018: they are those of 2018/19.
///
/// Same seed, same bytes.
public struct OxfordshireSimulation: Sendable {
  /// The seed of the shipped dataset: picked from 2020...2100 so that chance hides nothing that was planted.
  public static let shippedSeed: UInt64 = 2067

  /// The name of the dataset in its `datapackage.json`.
  public static let datasetName = "oxfordshire-simulated"

  /// First month.
  public static let first = Period.month(2014, 1)
  /// Last month.
  public static let last = Period.month(2025, 12)
  /// Months given as police.uk files too.
  public static let streetMonths = [Period.month(2025, 11), Period.month(2025, 12)]

  /// What every random number derives from.
  public let seed: UInt64
  /// The counts: a series per district and type, districts in order of code, types by name.
  public let panel: Panel

  /// Simulates the counts.
  public init(seed: UInt64 = shippedSeed) {
    self.seed = seed
    let months = (0...(Self.last - Self.first)).map { Self.first + $0 }
    let noise = CrimeType.allCases.map { type in
      var random = RandomSource(seed: seed, stream: "reporting|\(type.rawValue)")
      return months.map { _ in PlantedEffects.reportingNoise * random.normal() }
    }
    var series: [Series] = []
    for (place, district) in MeasuredLevels.districts.enumerated() {
      for (index, type) in CrimeType.allCases.enumerated() {
        let key = SeriesKey(area: district.name, measure: type.rawValue)
        var random = RandomSource(seed: seed, stream: "counts|\(key.uniqueID)")
        let level = Level(type, district: place)
        let size = TypeCharacter.of(type).size
        let values = months.indices.map { t in
          let mean =
            level.expected(months[t]) * exponential(noise[index][t])
            * PlantedEffects.emergingFactor(type, district: district.name, months[t], last: Self.last)
          return random.negativeBinomial(mean: mean, size: size)
        }
        series.append(Series(key: key, start: Self.first, values: values))
      }
    }
    panel = Panel(frequency: .monthly, style: .yearMonth, series: series)
  }

  /// Every file of the dataset, in order of path.
  ///
  /// - Throws: errors of encoding.
  public func files() throws -> [OutputFile] {
    var files = [
      OutputFile(path: "README.md", text: DatasetDocuments.readme(seed: seed)),
      OutputFile(
        path: PartnerExtract.path,
        contents: try PartnerExtract.sheet(seed: seed, panel: panel).rendered(as: .csv)),
      OutputFile(path: "breaks.yaml", text: DatasetDocuments.breaks),
      OutputFile(path: CountRow.path, contents: try CountRow.sheet(panel).rendered(as: .csv)),
      OutputFile(path: DataPackage.fileName, contents: try DatasetDocuments.dataPackage.encoded()),
    ]
    for month in Self.streetMonths {
      files.append(
        OutputFile(path: StreetFile.path(month), text: StreetFile.text(seed: seed, panel: panel, month: month)))
    }
    files.append(OutputFile(path: Truth.path, text: Truth.text()))
    return files
  }
}

extension OxfordshireSimulation {
  /// The expected count of a type in a district, before planted rises, spikes and noise.
  struct Level {
    private let type: CrimeType
    private let early: Double
    private let late: Double
    private static let earlyEnd = Period.month(2019, 2)
    private static let lateStart = Period.month(2025, 1)

    /// - Parameter district: index in ``MeasuredLevels/districts``.
    init(_ type: CrimeType, district: Int) {
      self.type = type
      let totals = MeasuredLevels.totals(type)
      // Such that the expected total over the months of a sample is the total measured.
      func rate(_ total: Int, _ months: [(Int, Int)]) -> Double {
        Double(total) / months.reduce(0) { $0 + Level.shape(type, .month($1.0, $1.1)) }
      }
      early = logarithm(rate(totals.early[district], MeasuredLevels.earlyMonths))
      late = logarithm(rate(totals.late[district], MeasuredLevels.lateMonths))
    }

    /// The expected count in a month.
    func expected(_ period: Period) -> Double {
      let way = Double(period - Level.earlyEnd) / Double(Level.lateStart - Level.earlyEnd)
      let level = early + (late - early) * min(1, max(0, way))
      return exponential(level) * Level.shape(type, period)
    }

    /// What the level of a standard month (365.25 / 12 days) is multiplied by.
    private static func shape(_ type: CrimeType, _ period: Period) -> Double {
      let season = TypeCharacter.of(type).seasonalLog(month: period.seasonIndex + 1)
      return exponential(season + PlantedEffects.restrictionLog(type, period)) * Double(period.days) / 30.4375
        * PlantedEffects.recordingFactor(type, period)
    }
  }
}
