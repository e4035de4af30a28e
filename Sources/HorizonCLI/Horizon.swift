import ArgumentParser

struct Horizon: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "horizon",
    abstract: "Forecasts, exceptions and emerging risks for community safety.",
    discussion: """
      INPUT is a police.uk archive (.zip), its unpacked folder or single files; a table, long (area,measure,period,count or \
      unique_id,ds,y) or wide with a column a period, as CSV, NDJSON, workbook (.xlsx, .ods) or Parquet; or a store made by \
      `horizon ingest`. "-" reads standard input.

      Exit codes: 0 done; 10 exceptions found (with --exit-code); 64 usage; 65 the data is wrong; \
      66 no such input; 69 a channel of alerts took no messages, which wait; 73 cannot write; 75 try later.

      Example: horizon sia counts.csv --out pack
      """,
    version: BuildFacts.text,
    subcommands: [
      SIACommand.self, SeriesCommand.self, ForecastCommand.self, BacktestCommand.self, ExceptionsCommand.self,
      SPCCommand.self, ScorecardCommand.self, AnnualCommand.self, EvaluateCommand.self, ChangesCommand.self,
      RisksCommand.self, WorkshopCommand.self, AlertCommand.self, IngestCommand.self, SimulateCommand.self,
      ProfileCommand.self, WorkerCommand.self,
    ])
}
