import Assessment
import ControlCharts
import Evaluation
import ExceptionDetection
import Ingest
import Tables
import Testing
import TimeSeries

@testable import Reporting

/// Columns are a contract: names may be added at the end of a line here, never changed or moved.
@Suite struct HeaderTests {
  private func header(_ sheet: Sheet) throws -> String {
    let text = String(decoding: try sheet.rendered(as: .csv), as: UTF8.self)
    return String(text.prefix { $0 != "\n" })
  }

  private let style = PeriodStyle.yearMonth
  private let area =
    "code,district,csp,force,population,households,lsoas,share_most_deprived_decile,share_most_deprived_quintile,median_deprivation_decile"

  @Test func ofForecastsAndSeries() throws {
    let panel = Panel(frequency: .monthly, style: style, series: [])
    #expect(
      try header(.series(panel, areas: [:], breaks: Interventions()))
        == "unique_id,area,measure,level,kind,from,to,periods,observed,missing,zeros,mean,last,breaks," + area)
    #expect(
      try header(.forecasts([], levels: [80, 99.5], style: style))
        == "unique_id,ds,model,mean,median,lo-80,hi-80,lo-99.5,hi-99.5")
    #expect(try header(.components([], style: style)) == "unique_id,ds,component,value")
    #expect(
      try header(.areas([])) == "area,level," + area + ",crimes_last_year,crimes_per_1000,asb_last_year,asb_per_1000")
  }

  @Test func ofExceptionsAndChanges() throws {
    let verdict = "unique_id,ds,observed,expected,lower,upper,p_value,q_value,kind,flagged"
    var columns = ExceptionColumns()
    #expect(try header(.exceptions([], style: style)) == verdict)
    columns.filters = true
    columns.explains = true
    #expect(try header(.exceptions([], style: style, columns: columns)) == verdict + ",fdr,exception,explanation")
    let event =
      "unique_id,onset,opened,last,closed,state,direction,shape,periods,flags,observed,expected,excess,excess_percent,p_value,q_value,fdr,contributions"
    #expect(try header(.stories([], style: style)) == event)
    #expect(try header(.stories([], style: style, explain: true)) == event + ",explanation")
    #expect(
      try header(.changes([], style: style))
        == "unique_id,start,end,periods,level,change_percent,change_lower,change_upper,onset_from,onset_to,known_reason,reason,shape,trend_percent,wander_percent"
    )
    #expect(
      try header(.detectability([], style: style)) == "unique_id,ds,within,expected,rise,rise_percent,reason")
    #expect(
      try header(.controlCharts([], style: style))
        == "unique_id,ds,value,mean,lower,upper,chart,variation,rules,began,assurance,target,rebased,points,provisional,false_alarm_rate,"
        + "false_alarm_outside_limits,false_alarm_trend,false_alarm_one_side,false_alarm_two_of_three,rebase_reason,"
        + "proposed_rebase,proposed_change_percent,warning"
    )
  }

  @Test func ofRisks() throws {
    #expect(
      try header(.risks([], frequency: .monthly))
        == "rank,area,measure,score,probability,expected_change,harm,confidence,level,kind,recommendation,probability_of_fall,last_12,next_12_mean,next_12_median,next_12_lo-80,next_12_hi-80,matched_periods,recorded_last_12,recorded_year_before,recorded_two_years_before,exceptions,harm_rank,model,priority,confidence_reasons,caveats,measure_kind,polarity,event,event_probability,recorded_last_12_numerator,recorded_last_12_denominator,next_12_lo-95,next_12_hi-95,shared_loading,year_before_matched_periods,year_before_change,year_before_change_like_for_like,two_years_before_matched_periods,two_years_before_change,two_years_before_change_like_for_like,usual_level,usual_years,growth_ratio,growth_lo-95,growth_hi-95,growth_p_value,share_of_periods,probability_above_last_12,target,probability_above_target,threshold,probability_above_threshold"
    )
    #expect(
      try header(.priorities([], frequency: .monthly))
        == "rank,problem,place,recommendation,recorded_last_12,last_12_comparable,forecast_12,forecast_lo-80,forecast_hi-80,forecast_12_mean,matched_periods,expected_change,chance_of_10pct_rise_percent,chance_of_10pct_rise_term,harm_per_offence,harm_rank,confidence,confidence_reasons,current_priority,exceptions,doubts,owner,response,review_date,measure_kind,polarity,event,event_probability,current_priority_note,forecast_lo-95,forecast_hi-95,top_5_share,top_10_share,place_top_5_share,rank_lo-80,rank_hi-80,harm_top_5_share,harm_top_10_share,scoring_profile,impact,impact_basis,likelihood,profile_score,profile_band"
    )
  }

  @Test func ofTheAccount() throws {
    let data = IngestedData(
      kind: .table, panel: Panel(frequency: .monthly, style: style, series: []), areas: [:],
      completeness: CompletenessCalendar(cells: []), accounting: RowAccounting(), sources: [], notes: [])
    #expect(
      try header(.completeness(data))
        == "source,period,status,rows,rows_without_location,median_rows,read,counted,residual,set_aside,reasons,archive,recorded_crime_held,recorded_crime_share"
    )
    #expect(try header(.accounting(RowAccounting())) == "fate,reason,rows")
  }

  @Test(arguments: [
    (BacktestGrouping.model, "model"), (.horizon, "model,horizon"), (.band, "model,band"), (.measure, "model,measure"),
    (.origin, "model,origin"),
  ])
  func ofBacktests(grouping: BacktestGrouping, first: String) async throws {
    let series = Series(
      key: SeriesKey(area: "x", measure: nil), start: .month(2015, 1), values: (0..<72).map { Double($0 % 12) })
    let report = try await Backtest(
      models: [.seasonalNaive], origins: RollingOrigins(count: 1, step: 12, horizon: 12)
    ).run(Panel(frequency: .monthly, style: style, series: [series]))
    #expect(
      try header(.backtest(report, by: grouping, style: style))
        == first
        + ",forecasts,observations,without_scale,mase,rmsse,smape,owa,bias,coverage_80,coverage_95,msis_80,msis_95,scaled_pinball,wql,scaled_crps,log_score,exact_densities,mae,mae_last_year,pit_1,pit_2,pit_3,pit_4,pit_5,pit_6,pit_7,pit_8,pit_9,pit_10"
    )
    #expect(
      try header(.backtest(report, by: grouping, style: style, isBrief: true))
        == first + ",forecasts,mase,rmsse,smape,owa,coverage_80,coverage_95,msis_95,scaled_pinball,log_score")
  }
}
