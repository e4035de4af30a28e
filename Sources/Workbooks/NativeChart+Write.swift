import CXlsxWriter
import Diagnostics
import Foundation

extension NativeChart {
  /// Draws the chart on its sheet.
  func write(to sheet: UnsafeMutablePointer<lxw_worksheet>, of book: UnsafeMutablePointer<lxw_workbook>) throws {
    let type = kind == .bars ? LXW_CHART_BAR : LXW_CHART_LINE
    guard let chart = workbook_add_chart(book, UInt8(type.rawValue)) else {
      throw HorizonError(.cannotWrite, "the workbook cannot be made: a chart cannot be added")
    }
    for one in series { add(one, to: chart) }
    switch kind {
    case .sparkline: strip(chart)
    case .line, .bars: label(chart)
    }
    // A month without a figure is a gap.
    chart_show_blanks_as(chart, UInt8(LXW_CHART_BLANKS_AS_GAP.rawValue))
    let text = strdup(SheetText.clean(description, most: 2000))
    defer { free(text) }
    var options = lxw_chart_options()
    // The size without a scale is 480 by 288 pixels.
    (options.x_scale, options.y_scale) = (Double(width) / 480, Double(height) / 288)
    if kind == .sparkline { (options.x_offset, options.y_offset) = (2, 2) }
    options.description = text
    guard worksheet_insert_chart_opt(sheet, UInt32(row), UInt16(column), chart, &options) == LXW_NO_ERROR else {
      throw HorizonError(.cannotWrite, "the workbook cannot be made: the chart \"\(title)\" has no place")
    }
  }

  private func add(_ one: Series, to chart: UnsafeMutablePointer<lxw_chart>) {
    guard let made = chart_add_series(chart, nil, nil) else { return }
    chart_series_set_categories(
      made, categories.sheet, UInt32(categories.rows.lowerBound), UInt16(categories.columns.lowerBound),
      UInt32(categories.rows.upperBound), UInt16(categories.columns.upperBound))
    let values = one.values
    chart_series_set_values(
      made, values.sheet, UInt32(values.rows.lowerBound), UInt16(values.columns.lowerBound),
      UInt32(values.rows.upperBound), UInt16(values.columns.upperBound))
    chart_series_set_name(made, SheetText.clean(one.name, most: 255))
    if kind == .bars {
      var fill = lxw_chart_fill()
      fill.color = UInt32(one.colour)
      chart_series_set_fill(made, &fill)
    } else {
      var line = lxw_chart_line()
      line.color = UInt32(one.colour)
      line.width = kind == .sparkline ? 1.5 : 2.25
      if one.isDashed { line.dash_type = UInt8(LXW_CHART_LINE_DASH_DASH.rawValue) }
      chart_series_set_line(made, &line)
      chart_series_set_marker_type(made, UInt8(LXW_CHART_MARKER_NONE.rawValue))
    }
  }

  private func strip(_ chart: UnsafeMutablePointer<lxw_chart>) {
    chart_title_off(chart)
    chart_legend_set_position(chart, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
    for axis in [chart.pointee.x_axis, chart.pointee.y_axis] {
      chart_axis_major_gridlines_set_visible(axis, 0)
      chart_axis_off(axis)
    }
    chart_axis_set_min(chart.pointee.y_axis, 0)
    var line = lxw_chart_line()
    line.none = 1
    chart_chartarea_set_line(chart, &line)
  }

  private func label(_ chart: UnsafeMutablePointer<lxw_chart>) {
    var font = lxw_chart_font()
    (font.size, font.bold) = (12, 1)
    chart_title_set_name(chart, SheetText.clean(title, most: 250))
    chart_title_set_name_font(chart, &font)
    chart_legend_set_position(
      chart, UInt8((series.count > 1 ? LXW_CHART_LEGEND_BOTTOM : LXW_CHART_LEGEND_NONE).rawValue))
    let (x, y) = (chart.pointee.x_axis, chart.pointee.y_axis)
    // The library has the two of a bar chart the other way round.
    let (category, value) = kind == .bars ? (y, x) : (x, y)
    chart_axis_set_num_format(value, format)
    if hasNegatives {
      chart_axis_set_label_position(category, UInt8(LXW_CHART_AXIS_LABEL_POSITION_LOW.rawValue))
    } else {
      chart_axis_set_min(value, 0)
    }
    if let unit { chart_axis_set_name(value, SheetText.clean(unit, most: 250)) }
    if let categoryFormat { chart_axis_set_num_format(category, categoryFormat) }
    if kind == .bars {
      chart_axis_set_reverse(category)
      chart_set_series_gap(chart, 60)
    } else {
      chart_axis_set_interval_unit(category, 12)
      chart_axis_set_interval_tick(category, 12)
    }
  }
}
