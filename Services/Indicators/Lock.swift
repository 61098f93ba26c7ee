import Schema

/// Why values of a period cannot be changed.
struct Lock {
  /// A regime's names of indicators; nil for all.
  var names: Set<String>?
  var period: Period
  /// Of a commune's regime: offices that were given more time.
  var exempt: Set<Office.Code> = []
  /// What happened, the earliest first.
  var causes: [LockExplained.Cause]
  /// What can be done about it.
  var remedy: Text

  func covers(_ subject: EntryGround.Subject, _ period: Period, by leads: [Office.Code]) -> Bool {
    self.period == period && names?.contains(subject.key.folded) != false && exempt.isDisjoint(with: leads)
  }

  var refusal: Refusal {
    let last = causes.last?.text ?? Text(vi: "", en: "")
    return Refusal(
      .conflict, vi: "Kỳ \(period.text.vi) đã khóa: \(last.vi) \(remedy.vi)",
      en: "\(period.text.en) is locked: \(last.en) \(remedy.en)", at: "period")
  }
}
