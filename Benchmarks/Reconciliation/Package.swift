// swift-tools-version: 6.1
import PackageDescription

// What Benchmarks/reconciliation.py times; a package of its own, so that an ordinary build does not pay for it.
let package = Package(
  name: "reconciliation-benchmark",
  dependencies: [.package(name: "horizon", path: "../..")],
  targets: [
    .executableTarget(
      name: "ReconciliationBenchmark",
      dependencies: [.product(name: "HorizonForecasting", package: "horizon")])
  ]
)
