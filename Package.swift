// swift-tools-version: 6.1
import PackageDescription

// What `horizon --version` calls the commit. `make` says it; a plain `swift build` does not.
let commit = (Context.environment["HORIZON_COMMIT"] ?? "").filter { $0.isHexDigit || "-dirty".contains($0) }

// Targets are listed from the bottom up: a target imports only from targets above it in this list.
let package = Package(
  name: "horizon",
  products: [
    .executable(name: "horizon", targets: ["HorizonCLI"]),
    // For other packages; Examples/ uses both.
    .library(name: "HorizonForecasting", targets: ["TimeSeries", "NumericCore", "Forecasting", "Evaluation"]),
    .library(name: "HorizonDetection", targets: ["TimeSeries", "ExceptionDetection", "ControlCharts"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
  ],
  targets: [
    // Module maps over Debian's C libraries.
    .systemLibrary(name: "CLAPACK", providers: [.apt(["liblapack-dev", "libblas-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    // What the Glibc module leaves out of the C library: how its heap grows.
    .systemLibrary(name: "CMalloc"),
    // What Swift cannot say of a processor's vector instructions; headers only.
    .systemLibrary(name: "CByteMask"),
    // Two loops of the counts model, compiled for several widths of vectors; headers only.
    .systemLibrary(name: "CCountLanes"),
    // The likelihood of ARMA processes, likewise.
    .systemLibrary(name: "CARMALanes"),

    // Leaves that know neither numbers nor crime.
    .target(name: "Diagnostics"),
    .target(name: "Parallelism"),
    .target(name: "Hashing", dependencies: ["CCrypto"]),
    // Numbers, lists and names as text.
    .target(name: "Wording"),

    // The numeric core and the domain.
    .target(name: "NumericCore", dependencies: ["CLAPACK"]),
    .target(name: "TimeSeries", dependencies: ["Wording"]),
    .target(name: "CommunitySafety", dependencies: ["Diagnostics", "TimeSeries"]),
    .target(
      name: "ModelFiles",
      dependencies: [
        "CommunitySafety", "Diagnostics", "Hashing", "TimeSeries", "Wording", .product(name: "Yams", package: "Yams"),
      ]),
    .target(
      name: "Ingest",
      dependencies: [
        "CByteMask", "CDeflate", "CXML", "CZip", "CZlib", "CommunitySafety", "Diagnostics", "Hashing", "NumericCore",
        "Parallelism", "TimeSeries", "Wording",
      ]),
    // What the SQLite files that Horizon keeps have in common. Needs libsqlite3-dev on Linux.
    .target(name: "StateFiles", dependencies: ["Diagnostics", .product(name: "GRDB", package: "GRDB.swift")]),
    .target(
      name: "VintageStore",
      dependencies: [
        "CommunitySafety", "Diagnostics", "Hashing", "Ingest", "StateFiles", "TimeSeries",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    .target(
      name: "Forecasting", dependencies: ["CARMALanes", "CCountLanes", "NumericCore", "Parallelism", "TimeSeries"]),
    .target(name: "Evaluation", dependencies: ["Forecasting", "NumericCore", "TimeSeries"]),
    .target(
      name: "ExceptionDetection", dependencies: ["Forecasting", "NumericCore", "Parallelism", "TimeSeries", "Wording"]),
    // Control charts as "Making Data Count" has them.
    .target(
      name: "ControlCharts",
      dependencies: ["ExceptionDetection", "Forecasting", "NumericCore", "Parallelism", "TimeSeries"]),
    .target(
      name: "RiskRanking",
      dependencies: ["CommunitySafety", "ExceptionDetection", "Forecasting", "NumericCore", "TimeSeries"]),

    // The main job and what people see.
    .target(
      name: "Assessment",
      dependencies: [
        "CommunitySafety", "Diagnostics", "Evaluation", "ExceptionDetection", "Forecasting", "Ingest", "NumericCore",
        "Parallelism", "RiskRanking", "TimeSeries",
      ]),
    // Measures by place and quarter: directions, exceptions, targets, evaluations, publication. Prints nothing.
    .target(
      name: "Scorecard",
      dependencies: [
        "Assessment", "CommunitySafety", "ControlCharts", "Diagnostics", "ExceptionDetection", "Forecasting",
        "NumericCore", "Parallelism", "RiskRanking", "TimeSeries",
      ]),
    .target(name: "Charts", dependencies: ["Wording"]),
    // Typed tables in every format and description, and output that is written whole or not at all.
    .target(name: "Tables", dependencies: ["Diagnostics", "Hashing", "Wording"]),
    // Sheets as XLSX: typed cells, native charts, entries that are checked.
    .target(name: "Workbooks", dependencies: ["CXlsxWriter", "Diagnostics", "Tables", "TimeSeries"]),
    // Scores of people on a pack's problems, and the order that follows.
    .target(
      name: "Workshop",
      dependencies: [
        "CommunitySafety", "Diagnostics", "Hashing", "Ingest", "NumericCore", "RiskRanking", "Tables", "TimeSeries",
        "Wording", "Workbooks",
      ]),
    // Alerts: state, outbox, channels. Judges nothing.
    .target(
      name: "Alerting",
      dependencies: [
        "Charts", "Diagnostics", "ExceptionDetection", "Hashing", "ModelFiles", "StateFiles", "Tables", "TimeSeries",
        "Wording",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .target(name: "Simulation", dependencies: ["CommunitySafety", "NumericCore", "Tables", "TimeSeries", "Wording"]),
    .target(
      name: "Reporting",
      dependencies: [
        "Assessment", "CZip", "Charts", "CommunitySafety", "ControlCharts", "Diagnostics", "Evaluation",
        "ExceptionDetection", "Forecasting", "Hashing", "Ingest", "NumericCore", "Parallelism", "RiskRanking",
        "Scorecard", "Tables", "TimeSeries", "Wording", "Workbooks", "Workshop",
      ]),
    // The form of a workshop as pages that are served to the room: state in SQLite, HTTP, no script.
    .target(
      name: "WorkshopServer",
      dependencies: [
        "Charts", "CommunitySafety", "Diagnostics", "Hashing", "Reporting", "StateFiles", "Wording", "Workshop",
        .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "FlyingSocks", package: "FlyingFox"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    // What a run works on. Not part of Assessment, which needs neither SQLite nor YAML.
    .target(
      name: "Session",
      dependencies: [
        "Assessment", "CommunitySafety", "Diagnostics", "ExceptionDetection", "Forecasting", "Ingest", "ModelFiles",
        "TimeSeries", "VintageStore", "Wording",
      ]),
    // Series in frames, for a cluster: one process a task. Prints nothing, and keeps nothing between frames.
    .target(
      name: "Worker",
      dependencies: [
        "Assessment", "CommunitySafety", "Diagnostics", "ExceptionDetection", "Forecasting", "Hashing", "Ingest",
        "NumericCore", "Tables", "TimeSeries",
      ]),
    // What a build is told of itself and its sources cannot know.
    .target(name: "CBuildFacts", cSettings: [.define("HORIZON_COMMIT", to: commit)]),
    .executableTarget(
      name: "HorizonCLI",
      dependencies: [
        "Alerting", "Assessment", "CBuildFacts", "CMalloc", "CommunitySafety", "ControlCharts", "Diagnostics",
        "Evaluation", "ExceptionDetection", "Forecasting", "Ingest", "ModelFiles", "Reporting", "Scorecard", "Session",
        "Simulation", "Tables",
        "TimeSeries", "VintageStore", "Wording", "Worker", "Workshop", "WorkshopServer",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Tests mirror Sources folder for folder; ManifestTests hold this list against what the sources import.
    .testTarget(name: "ManifestTests"),
    .target(
      name: "TestSupport", path: "Tests/TestSupport"),
    .testTarget(name: "NumericCoreTests", dependencies: ["NumericCore", "TestSupport"], exclude: ["Fixtures"]),
    .testTarget(name: "ParallelismTests", dependencies: ["Parallelism"]),
    .testTarget(name: "HashingTests", dependencies: ["Hashing"]),
    .testTarget(name: "WordingTests", dependencies: ["Wording"]),
    .testTarget(name: "TimeSeriesTests", dependencies: ["TimeSeries"]),
    .testTarget(name: "CommunitySafetyTests", dependencies: ["CommunitySafety", "Diagnostics", "TimeSeries"]),
    .testTarget(
      name: "ModelFilesTests",
      dependencies: ["CommunitySafety", "Diagnostics", "ModelFiles", "TestSupport", "TimeSeries"]),
    .testTarget(
      name: "IngestTests",
      dependencies: [
        "CDeflate", "CZip", "CommunitySafety", "Diagnostics", "Ingest", "ModelFiles", "NumericCore", "TestSupport",
        "TimeSeries",
      ]),
    .testTarget(
      name: "VintageStoreTests",
      dependencies: [
        "CommunitySafety", "Diagnostics", "Ingest", "TimeSeries", "VintageStore",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(
      name: "ForecastingTests",
      dependencies: ["CCountLanes", "Forecasting", "NumericCore", "TestSupport", "TimeSeries"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "EvaluationTests", dependencies: ["Evaluation", "Forecasting", "NumericCore", "TestSupport", "TimeSeries"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "ExceptionDetectionTests",
      dependencies: ["ExceptionDetection", "Forecasting", "NumericCore", "TestSupport", "TimeSeries"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "ControlChartsTests", dependencies: ["ControlCharts", "NumericCore", "TestSupport", "TimeSeries"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "RiskRankingTests",
      dependencies: [
        "CommunitySafety", "ExceptionDetection", "Forecasting", "ModelFiles", "NumericCore", "RiskRanking",
        "TimeSeries",
      ]),
    .testTarget(
      name: "SimulationTests", dependencies: ["CommunitySafety", "Simulation", "Tables", "TestSupport", "TimeSeries"]),
    .testTarget(
      name: "AssessmentTests",
      dependencies: [
        "Assessment", "CommunitySafety", "Diagnostics", "Evaluation", "ExceptionDetection", "Forecasting", "Ingest",
        "ModelFiles", "NumericCore", "RiskRanking", "TestSupport", "TimeSeries",
      ]),
    .testTarget(
      name: "ScorecardTests",
      dependencies: [
        "Assessment", "CommunitySafety", "Diagnostics", "Ingest", "ModelFiles", "NumericCore", "RiskRanking",
        "Scorecard", "TimeSeries",
      ]),
    .testTarget(name: "ChartsTests", dependencies: ["Charts", "Wording"]),
    .testTarget(
      name: "AlertingTests",
      dependencies: [
        "Alerting", "Diagnostics", "ExceptionDetection", "Tables", "TimeSeries",
      ]),
    .testTarget(name: "WorkbooksTests", dependencies: ["CZip", "Tables", "Workbooks"]),
    .testTarget(
      name: "WorkshopTests",
      dependencies: ["CommunitySafety", "Diagnostics", "RiskRanking", "TimeSeries", "Workbooks", "Workshop"]),
    .testTarget(name: "TablesTests", dependencies: ["Diagnostics", "Hashing", "Tables", "TestSupport"]),
    .testTarget(
      name: "ReportingTests",
      dependencies: [
        "Assessment", "CommunitySafety", "ControlCharts", "Diagnostics", "Evaluation", "ExceptionDetection",
        "Forecasting", "Ingest",
        "ModelFiles", "NumericCore", "Reporting", "RiskRanking", "Scorecard", "Tables", "TestSupport", "TimeSeries",
        "Wording",
        "Workshop",
      ],
      exclude: ["Golden"]),
    .testTarget(
      name: "WorkshopServerTests",
      dependencies: [
        "CommunitySafety", "Diagnostics", "RiskRanking", "TestSupport", "TimeSeries", "Workshop", "WorkshopServer",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(
      name: "SessionTests",
      dependencies: [
        "CommunitySafety", "Diagnostics", "ExceptionDetection", "Ingest", "ModelFiles", "Session", "TimeSeries",
        "VintageStore",
      ]),
    .testTarget(
      name: "WorkerTests",
      dependencies: [
        "CommunitySafety", "Diagnostics", "Forecasting", "ModelFiles", "Tables", "TimeSeries", "Worker",
      ]),
    .testTarget(
      name: "CLITests",
      dependencies: [
        "HorizonCLI", "TestSupport", .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)

// The parsers under libFuzzer, for `make fuzz` only: everything is built with its instrumentation then.
if Context.environment["HORIZON_FUZZING"] != nil {
  package.targets.append(
    .executableTarget(
      name: "FuzzParsers",
      dependencies: ["CommunitySafety", "Diagnostics", "Ingest", "ModelFiles", "TimeSeries", "Worker"],
      path: "Tests/Fuzzing", exclude: ["Seeds", "run"]))
}

// Tests run against the optimised program, and are not optimised themselves: that would take longer than it saves. Nobody imports them, so that their
// types are checked once.
for target in package.targets where target.type == .test {
  target.swiftSettings = [.unsafeFlags(["-Onone", "-no-emit-module-separately-wmo"], .when(configuration: .release))]
}
