import TimeSeries

/// Brings a series to what a model should learn from: windows become missing; steps are reported, not yet estimated.
///
/// - Returns: the series to fit, and what was done about each intervention, in the order given.
func adjustForInterventions(
  _ series: Series, _ interventions: [Intervention]
) -> (series: Series, adjustments: [InterventionAdjustment]) {
  guard !interventions.isEmpty else { return (series, []) }
  var values = series.values
  for intervention in interventions {
    guard case .window(let end) = intervention.effect, intervention.start.frequency == series.start.frequency,
      end.frequency == series.start.frequency
    else { continue }
    let first = max(0, intervention.start.ordinal - series.start.ordinal)
    let last = min(values.count - 1, end.ordinal - series.start.ordinal)
    if first <= last { for t in first...last { values[t] = .nan } }
  }
  return (
    series.replacing(values: values),
    interventions.map { InterventionAdjustment(intervention: $0, factor: nil, logStandardError: nil) }
  )
}
