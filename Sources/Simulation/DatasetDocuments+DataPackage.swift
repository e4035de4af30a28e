import Tables

extension DatasetDocuments {
  /// `datapackage.json`, of the tables as they are declared.
  static var dataPackage: DataPackage {
    let street = OxfordshireSimulation.streetMonths.map(StreetFile.path)
    return DataPackage(
      name: OxfordshireSimulation.datasetName, title: "Simulated Oxfordshire",
      description:
        "Monthly counts of recorded crime and anti-social behaviour in the five districts of Oxfordshire, 2014 to 2025, made by a program with known truth. The places are real, the numbers are not.",
      licences: [
        .init(
          name: "OGL-UK-3.0", title: "Open Government Licence v3.0",
          path: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/")
      ],
      sources: [
        .init(
          title: "data.police.uk, street-level crime, Thames Valley Police: levels only",
          path: "https://data.police.uk/data/"),
        .init(
          title: "Office for National Statistics: names and codes of districts",
          path: "https://geoportal.statistics.gov.uk/"),
      ],
      resources: [
        .init(PartnerExtract.table.schema, paths: [PartnerExtract.path], primaryKey: ["incident_ref"]),
        .init(CountRow.table.schema, paths: [CountRow.path], primaryKey: ["area", "measure", "period"]),
        .init(StreetFile.table.schema, paths: street),
        .init(Truth.table.schema, paths: [Truth.path]),
      ])
  }
}
