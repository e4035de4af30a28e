import CommunitySafety
import Wording
import Workshop

/// The fields of a problem's form: what was typed, and what of it cannot be taken.
struct ScoreEntry {
  /// By field, as it was typed: to be shown again.
  let typed: [String: String]
  let score: Score
  /// By field.
  let faults: [(field: String, text: String)]

  init(_ form: FormText) {
    var score = Score()
    var faults: [(String, String)] = []
    var typed: [String: String] = [:]
    func step(_ field: String, _ allowed: [Int]) -> Int? {
      let text = form[field]
      typed[field] = text
      guard !text.isEmpty else { return nil }
      // Exactly as the page offers it: no sign, no leading nought.
      if let number = allowed.first(where: { String($0) == text }) { return number }
      faults.append((field, "Choose \(ListText.choice(allowed.map(String.init))), or leave it blank."))
      return nil
    }
    for dimension in HarmScale.Dimension.allCases {
      score.scores[dimension] = step(dimension.rawValue, HarmScale.ladder)
    }
    score.capacity = step("capacity", HarmScale.capacity)
    let reason = form["reason"]
    typed["reason"] = reason
    if let plain = FormText.oneLine(reason) {
      score.reason = reason
      if plain.count > ScoringForm.textLimit {
        faults.append(
          ("reason", "Shorten it to \(ScoringForm.textLimit) characters: it has \(plain.count)."))
      }
    }
    (self.score, self.faults, self.typed) = (score, faults, typed)
  }
}

/// The fields of a risk that somebody brings.
struct RiskEntry {
  let risk: TypedRisk
  /// Whether it is taken back.
  let takesBack: Bool
  let faults: [(field: String, text: String)]

  init(_ form: FormText, places: [String]) {
    var faults: [(String, String)] = []
    var risk = TypedRisk()
    func choice<Value: CaseIterable & RawRepresentable<String>>(_ field: String) -> Value? {
      let text = form[field]
      guard !text.isEmpty else { return nil }
      if let value = Value(rawValue: text) { return value }
      faults.append((field, "Choose one of the list, or leave it blank."))
      return nil
    }
    risk.title = FormText.oneLine(form["title"]) ?? ""
    if risk.title.isEmpty { faults.append(("title", "Say in a few words what the risk is.")) }
    if risk.title.count > ScoringForm.titleLimit {
      faults.append(("title", "Shorten it to \(ScoringForm.titleLimit) characters."))
    }
    if FormText.turnsDirection(risk.title) {
      faults.append(("title", "Leave out the characters that turn the direction of text."))
    }
    risk.area = form["area"]
    if !risk.area.isEmpty, !places.contains(risk.area) { faults.append(("area", "Choose a place of the list.")) }
    risk.tag = choice("tag")
    risk.horizon = choice("horizon")
    risk.likelihood = choice("likelihood")
    let impact = form["impact"]
    risk.impact = HarmScale.ladder.first { String($0) == impact }
    if !impact.isEmpty, risk.impact == nil {
      faults.append(("impact", "Choose \(ListText.choice(HarmScale.ladder.map(String.init))), or leave it blank."))
    }
    let basis = form["basis"]
    if let plain = FormText.oneLine(basis) {
      risk.basis = basis
      if plain.count > ScoringForm.textLimit {
        faults.append(("basis", "Shorten it to \(ScoringForm.textLimit) characters: it has \(plain.count)."))
      }
    }
    (self.risk, self.faults, takesBack) = (risk, faults, form["back"] == "yes")
  }
}
