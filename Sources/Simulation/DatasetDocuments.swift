/// The documents of the dataset that hold no simulated numbers.
enum DatasetDocuments {
  static let breaks = """
    # Break calendar of the simulated Oxfordshire: the known reasons why its counts changed. See Models/breaks.yaml for the keys.
    # Units: days of the calendar. Source: planted by the simulation (truth.csv). Licence: as the dataset.

    breaks:
      - id: violence-recording-2025
        from: 2025-04-01
        areas: [Cherwell, Oxford, South Oxfordshire, Vale of White Horse, West Oxfordshire]
        measures: [Violence and sexual offences]
        kind: recording change
        note: violence recorded more fully from April 2025 (simulated)
        source: truth.csv
      - id: covid-2020-spring
        from: 2020-04-01
        through: 2020-06-30
        kind: COVID restriction
        note: first national restrictions
        source: truth.csv
      - id: covid-2020-november
        from: 2020-11-01
        through: 2020-11-30
        kind: COVID restriction
        note: second national restrictions
        source: truth.csv
      - id: covid-2021-winter
        from: 2021-01-01
        through: 2021-03-31
        kind: COVID restriction
        note: third national restrictions
        source: truth.csv

    """

  static func readme(seed: UInt64) -> String {
    """
    # Simulated Oxfordshire

    Monthly counts of the 14 crime types of data.police.uk in the five districts of Oxfordshire, January 2014 to December 2025,
    **made by a program**. The places are real; the counts, rows, streets, points and pseudonyms are not. Say nothing about Oxfordshire from
    them. What they are for: to try the engine, and to see whether it finds what is known to be there.

    | file | what it is |
    |---|---|
    | `counts.csv` | the counts, a row per district, type and month |
    | `police-uk/` | November and December 2025 in the layout of police.uk; the rows add up to `counts.csv`, some without a location come on top |
    | `asb-partner-extract.csv` | reports of anti-social behaviour to the district councils, 2024 and 2025, with pseudonyms; about a third of the incidents |
    | `truth.csv` | everything that was planted |
    | `breaks.yaml` | the break calendar of this world: its change of recording and its COVID restrictions |
    | `datapackage.json` | a description of the files for programs (Frictionless Data Package) |

    What was planted
    - Vehicle crime in West Oxfordshire rises slowly from July 2023, has doubled by December 2025, and goes on rising.
    - Shoplifting in Oxford is twice its usual in November 2025, in that month only.
    - Violence and sexual offences are recorded more fully from April 2025 in all five districts: 25 % more records, no more violence.
    - In South Oxfordshire and Vale of White Horse more and more reports of anti-social behaviour come from the same few people, from July 2024
      on. The number of incidents does not show it; only the partner extract does.
    - The restrictions of 2020 and 2021: most crime down, anti-social behaviour up.
    - A season for each type, counts that scatter more than by pure chance, and a noise of recording that all districts share.

    How it is made. A count is negative binomial about level × season × days in the month × what was planted. Levels are those counted in the
    Thames Valley files of data.police.uk: of June 2018 and October 2018 to February 2019 for the time up to February 2019; of 2025 without
    July (which is absent there) for 2025; a straight line on the log scale between. In violence the level of 2025 is taken to hold the
    change of recording. Before 2018 nothing was measured: the level stays as it was then. Seasons and scatter are chosen, of the order seen in real months
    (`truth.csv` gives them). The shipped seed was picked so that chance hides nothing of what was planted; the sizes in `truth.csv` are those
    planted, not those that came out. The same seed gives the same bytes:

        horizon simulate oxfordshire --seed \(seed) --out Datasets/oxfordshire-simulated

    Sources: police recorded crime, data.police.uk; names and codes, Office for National Statistics. Contains public sector information
    licensed under the Open Government Licence v3.0. The dataset is under the same licence.

    """
  }
}
