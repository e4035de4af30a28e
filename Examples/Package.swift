// swift-tools-version: 6.1
import PackageDescription

// How another package uses Horizon's libraries: `make examples` at the root builds and runs each of these.
let package = Package(
  name: "Examples",
  dependencies: [
    // The name is for the lines below: by itself a package at a path is called what its folder is called.
    .package(name: "horizon", path: "..")
  ],
  targets: [
    .executableTarget(
      name: "ForecastASeries", dependencies: [.product(name: "HorizonForecasting", package: "horizon")]),
    .executableTarget(
      name: "WriteAForecaster", dependencies: [.product(name: "HorizonForecasting", package: "horizon")]),
    .executableTarget(
      name: "FindAnException", dependencies: [.product(name: "HorizonDetection", package: "horizon")]),
  ],
  swiftLanguageModes: [.v6]
)
