import Schema

/// Why values of a period cannot be changed.
struct Lock {
  /// A regime's names of indicators; nil for all.
  var names: Set<String>?
  /// A submission's; nil for all.
  var indicators: Set<Indicator.ID>?
  var period: Period
  /// Of a commune's regime that some offices are asked for: what they lead; nil for all.
  var leads: Set<Office.Code>?
  /// Of a commune's regime: offices that were given more time.
  var exempt: Set<Office.Code> = []
  /// What the receiver asked to look at again.
  var opened: Set<Indicator.ID> = []
  /// What happened, the earliest first.
  var causes: [LockExplained.Cause]
  /// What can be done about it.
  var remedy: Text

  /// While a quarter is locked, the months are that its value rests on: its last one, or all of them.
  func covers(_ subject: EntryGround.Subject, _ period: Period, by leads: [Office.Code]) -> Bool {
    let isMeant = subject.overTime.periods(restingOn: period).contains(self.period)
    let isNamed = names?.contains(subject.key.folded) != false && indicators?.contains(subject.id) != false
    return isMeant && isNamed && !opened.contains(subject.id) && self.leads?.isDisjoint(with: leads) != true
      && exempt.isDisjoint(with: leads)
  }

  var refusal: Refusal {
    let last = causes.last?.text ?? Text(vi: "", en: "")
    return Refusal(
      .conflict, vi: "Kỳ \(period.text.vi) đã khóa: \(last.vi) \(remedy.vi)",
      en: "\(period.text.en) is locked: \(last.en) \(remedy.en)", at: "period")
  }
}

extension Period {
  /// It, and the longer ones that end with it.
  var standingFor: [Period] { Array(endingTogether.drop { $0 != self }) }
}
