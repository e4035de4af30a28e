extension DatasetDocuments {
  /// `datapackage.json`, keys sorted.
  static let dataPackage = """
    {
      "description": "Monthly counts of recorded crime and anti-social behaviour in the five districts of Oxfordshire, 2014 to 2025, made by a program with known truth. The places are real, the numbers are not.",
      "licenses": [
        {
          "name": "OGL-UK-3.0",
          "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
          "title": "Open Government Licence v3.0"
        }
      ],
      "name": "oxfordshire-simulated",
      "profile": "tabular-data-package",
      "resources": [
        {
          "description": "Reports of anti-social behaviour to the district councils, 2024 and 2025; simulated persons and places.",
          "encoding": "utf-8",
          "name": "asb-partner-extract",
          "path": "asb-partner-extract.csv",
          "profile": "tabular-data-resource",
          "schema": {
            "fields": [
              { "name": "source", "type": "string" },
              { "constraints": { "required": true, "unique": true }, "name": "incident_ref", "type": "string" },
              { "name": "date_reported", "type": "date" },
              { "name": "date_occurred", "type": "date" },
              { "name": "category", "type": "string" },
              { "constraints": { "enum": ["personal", "nuisance", "environmental"] }, "name": "qualifier", "type": "string" },
              { "description": "ONS code of the district.", "name": "area_code", "type": "string" },
              { "description": "Who reported; blank where nobody said.", "name": "person_pseudonym", "type": "string" },
              { "name": "location_pseudonym", "type": "string" }
            ],
            "missingValues": [""],
            "primaryKey": "incident_ref"
          }
        },
        {
          "description": "Counts by district, type and month.",
          "encoding": "utf-8",
          "name": "counts",
          "path": "counts.csv",
          "profile": "tabular-data-resource",
          "schema": {
            "fields": [
              { "description": "District.", "name": "area", "type": "string" },
              { "description": "Crime type as on data.police.uk.", "name": "measure", "type": "string" },
              { "description": "Month.", "name": "period", "type": "yearmonth" },
              { "constraints": { "minimum": 0 }, "description": "Offences or incidents recorded.", "name": "count", "type": "integer" }
            ],
            "missingValues": [""],
            "primaryKey": ["area", "measure", "period"]
          }
        },
        {
          "description": "Two months in the layout of data.police.uk's street-level files; invented rows.",
          "encoding": "utf-8",
          "name": "police-uk",
          "path": [
            "police-uk/2025-11/2025-11-thames-valley-street.csv",
            "police-uk/2025-12/2025-12-thames-valley-street.csv"
          ],
          "profile": "tabular-data-resource",
          "schema": {
            "fields": [
              { "name": "Crime ID", "type": "string" },
              { "name": "Month", "type": "yearmonth" },
              { "name": "Reported by", "type": "string" },
              { "name": "Falls within", "type": "string" },
              { "name": "Longitude", "type": "number" },
              { "name": "Latitude", "type": "number" },
              { "name": "Location", "type": "string" },
              { "name": "LSOA code", "type": "string" },
              { "name": "LSOA name", "type": "string" },
              { "name": "Crime type", "type": "string" },
              { "name": "Last outcome category", "type": "string" },
              { "name": "Context", "type": "string" }
            ],
            "missingValues": [""]
          }
        },
        {
          "description": "Everything that was planted.",
          "encoding": "utf-8",
          "name": "truth",
          "path": "truth.csv",
          "profile": "tabular-data-resource",
          "schema": {
            "fields": [
              { "name": "kind", "type": "string" },
              { "description": "District; blank for all five.", "name": "area", "type": "string" },
              { "description": "Crime type; blank for all.", "name": "measure", "type": "string" },
              { "description": "First month.", "name": "from", "type": "yearmonth" },
              { "description": "Last month; blank where it lasts.", "name": "through", "type": "yearmonth" },
              { "description": "What it measures is in the note.", "name": "size", "type": "number" },
              { "name": "note", "type": "string" }
            ],
            "missingValues": [""]
          }
        }
      ],
      "sources": [
        {
          "path": "https://data.police.uk/data/",
          "title": "data.police.uk, street-level crime, Thames Valley Police: levels only"
        },
        {
          "path": "https://geoportal.statistics.gov.uk/",
          "title": "Office for National Statistics: names and codes of districts"
        }
      ],
      "title": "Simulated Oxfordshire"
    }

    """
}
