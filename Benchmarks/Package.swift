// swift-tools-version: 6.1
import PackageDescription

// What is timed from within the program, without a command line about it; a package of its own, so that an ordinary build does not pay for it.
let package = Package(
  name: "Benchmarks",
  dependencies: [
    // The name is for the lines below: by itself a package at a path is called what its folder is called.
    .package(name: "horizon", path: "..")
  ],
  targets: [
    .executableTarget(
      name: "HotLoops",
      dependencies: [
        .product(name: "HorizonForecasting", package: "horizon"),
        .product(name: "HorizonDetection", package: "horizon"),
      ]),
    .executableTarget(
      name: "ReconciliationBenchmark",
      dependencies: [.product(name: "HorizonForecasting", package: "horizon")]),
  ],
  swiftLanguageModes: [.v6]
)
