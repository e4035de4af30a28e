import NumericCore
import TimeSeries
struct AutoETS: Forecaster {
  let name = ModelName.autoETS.rawValue
  func fit(_ series: Series) throws(FitFailure) -> any FittedModel { throw FitFailure("not yet") }
}
