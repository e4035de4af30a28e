extension CompletenessCalendar.Cell {
  /// The source as people name it: "Thames Valley" for the slug `thames-valley`, "the table" for a long table.
  public var sourceName: String { source == "table" ? "the table" : ForceName.display(slug: source) }
}
