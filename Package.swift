// swift-tools-version: 6.1
import PackageDescription

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
  ],
  targets: [
    // Module maps over Debian's C libraries.
    .systemLibrary(name: "CLAPACK", providers: [.apt(["liblapack-dev", "libblas-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    // What Swift cannot say of a processor's vector instructions; headers only.
    .systemLibrary(name: "CByteMask"),
    // Two loops of the counts model, compiled for several widths of vectors; headers only.
    .systemLibrary(name: "CCountLanes"),

    // Leaves that know neither numbers nor crime.
    .target(name: "Diagnostics"),
    .target(name: "Parallelism"),
    .target(name: "Hashing", dependencies: ["CCrypto"]),

    // The numeric core and the domain.
    .target(name: "NumericCore", dependencies: ["CLAPACK"]),
    .target(name: "TimeSeries"),
    .target(name: "CommunitySafety", dependencies: ["Diagnostics", "TimeSeries"]),
    .target(
      name: "ModelFiles",
      dependencies: [
        "CommunitySafety", "Diagnostics", "Hashing", "TimeSeries", .product(name: "Yams", package: "Yams"),
      ]),
    .target(
      name: "Ingest",
      dependencies: [
        "CByteMask", "CDeflate", "CZip", "CZlib", "CommunitySafety", "Diagnostics", "Hashing", "NumericCore",
        "Parallelism", "TimeSeries",
      ]),
    // Needs libsqlite3-dev on Linux.
    .target(
      name: "VintageStore",
      dependencies: [
        "CommunitySafety", "Diagnostics", "Hashing", "Ingest", "TimeSeries",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    .target(name: "Forecasting", dependencies: ["CCountLanes", "NumericCore", "Parallelism", "TimeSeries"]),
    .target(name: "Evaluation", dependencies: ["Forecasting", "NumericCore", "TimeSeries"]),
    .target(name: "ExceptionDetection", dependencies: ["NumericCore", "Parallelism", "TimeSeries"]),
    // Control charts as "Making Data Count" has them.
    .target(name: "ControlCharts", dependencies: ["ExceptionDetection", "NumericCore", "Parallelism", "TimeSeries"]),
    .target(
      name: "RiskRanking",
      dependencies: ["CommunitySafety", "ExceptionDetection", "Forecasting", "TimeSeries"]),
    .target(name: "Simulation", dependencies: ["CommunitySafety", "NumericCore", "TimeSeries"]),

    // The main job and what people see.
    .target(
      name: "Assessment",
      dependencies: [
        "CommunitySafety", "Diagnostics", "Evaluation", "ExceptionDetection", "Forecasting", "Ingest", "NumericCore",
        "Parallelism", "RiskRanking", "TimeSeries",
      ]),
    .target(name: "Charts"),
    .target(
      name: "Reporting",
      dependencies: [
        "Assessment", "Charts", "CommunitySafety", "ControlCharts", "Diagnostics", "Evaluation", "ExceptionDetection",
        "Forecasting", "Hashing", "Ingest", "NumericCore", "Parallelism", "RiskRanking", "TimeSeries",
      ]),
    .executableTarget(
      name: "HorizonCLI",
      dependencies: [
        "Assessment", "CommunitySafety", "ControlCharts", "Diagnostics", "Evaluation", "ExceptionDetection",
        "Forecasting",
        "Ingest", "ModelFiles", "Reporting", "Simulation", "TimeSeries", "VintageStore",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Tests mirror Sources file for file.
    .target(
      name: "TestSupport", dependencies: ["NumericCore", "TimeSeries"], path: "Tests/TestSupport"),
    .testTarget(name: "NumericCoreTests", dependencies: ["NumericCore", "TestSupport"], exclude: ["Fixtures"]),
    .testTarget(name: "HashingTests", dependencies: ["Hashing"]),
    .testTarget(name: "TimeSeriesTests", dependencies: ["TimeSeries", "TestSupport"]),
    .testTarget(name: "CommunitySafetyTests", dependencies: ["Diagnostics", "CommunitySafety", "TestSupport"]),
    .testTarget(name: "ModelFilesTests", dependencies: ["Diagnostics", "ModelFiles", "TestSupport"]),
    .testTarget(name: "IngestTests", dependencies: ["Diagnostics", "Ingest", "ModelFiles", "TestSupport"]),
    .testTarget(
      name: "VintageStoreTests",
      dependencies: [
        "Diagnostics", "Ingest", "VintageStore", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(
      name: "ForecastingTests", dependencies: ["CCountLanes", "Forecasting", "TestSupport"], exclude: ["Fixtures"]),
    .testTarget(
      name: "EvaluationTests", dependencies: ["Evaluation", "Forecasting", "TestSupport"], exclude: ["Fixtures"]),
    .testTarget(
      name: "ExceptionDetectionTests", dependencies: ["ExceptionDetection", "TestSupport"], exclude: ["Fixtures"]),
    .testTarget(name: "ControlChartsTests", dependencies: ["ControlCharts", "TestSupport"], exclude: ["Fixtures"]),
    .testTarget(name: "RiskRankingTests", dependencies: ["RiskRanking", "TestSupport"]),
    .testTarget(name: "SimulationTests", dependencies: ["Simulation", "TestSupport"]),
    .testTarget(
      name: "AssessmentTests", dependencies: ["ModelFiles", "Diagnostics", "Assessment", "Simulation", "TestSupport"]),
    .testTarget(name: "ChartsTests", dependencies: ["Charts", "TestSupport"]),
    .testTarget(
      name: "ReportingTests", dependencies: ["ModelFiles", "Diagnostics", "Hashing", "Reporting", "TestSupport"]),
    .testTarget(
      name: "CLITests",
      dependencies: ["HorizonCLI", "TestSupport", .product(name: "GRDB", package: "GRDB.swift")]),
  ],
  swiftLanguageModes: [.v6]
)

// The parsers under libFuzzer, for `make fuzz` only: everything is built with its instrumentation then.
if Context.environment["HORIZON_FUZZING"] != nil {
  package.targets.append(
    .executableTarget(
      name: "FuzzParsers", dependencies: ["CommunitySafety", "Diagnostics", "Ingest", "ModelFiles", "TimeSeries"],
      path: "Tests/Fuzzing", exclude: ["Seeds", "run"]))
}
