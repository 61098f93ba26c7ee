import Schema

/// What a sheet may change: it may be old, or be sent twice, and somebody else may have corrected a value since.
extension IndicatorsRules {
  /// What a row comes to: nothing where its value stands already, even in a period that is locked.
  static func sheetEntry(
    of row: ObserveIndicator, on ground: EntryGround, by caller: Caller, at time: Timestamp
  ) throws(Refusal) -> SheetEntry {
    if let subject = ground.subjects[row.indicator], let standing = ground.stated[row.place], standing.says(row) {
      _ = try office(entering: subject, by: caller)
      return .unchanged(standing.revision)
    }
    let entry = try entry(of: row, on: ground, by: caller, at: time)
    try checkSeen(row, on: ground)
    try checkCorrected(row, on: ground)
    return .entry(entry)
  }

  /// Throws where a value was changed since the caller saw it.
  static func checkSeen(_ row: ObserveIndicator, on ground: EntryGround) throws(Refusal) {
    guard let seen = row.seen, let standing = ground.stated[row.place], seen != standing.revision else { return }
    let stands = standing.text
    throw Refusal(
      .conflict,
      vi: "Số liệu đã được sửa sau khi xuất biểu (bản \(seen)): \(stands.vi). Hãy xuất lại biểu rồi nhập.",
      en: "It was changed after the sheet was given out (revision \(seen)): \(stands.en). Get the sheet again.",
      at: "figure")
  }

  /// Throws where a row that does not say what it saw would undo a correction.
  private static func checkCorrected(_ row: ObserveIndicator, on ground: EntryGround) throws(Refusal) {
    guard row.seen == nil, row.reason == nil, let standing = ground.stated[row.place],
      ground.corrected[row.place]?.contains(row.figure) == true
    else { return }
    let stands = standing.text
    throw Refusal(
      .conflict,
      vi: "\(row.figure.written) là số cũ, đã được sửa: \(stands.vi). Nếu đúng là nhập lại số cũ, hãy nêu lý do.",
      en: "\(row.figure.written) stood before and was corrected: \(stands.en). To enter it again, say why.",
      at: "reason")
  }
}

extension EntryGround.Stated {
  /// What stands, by whom and since when.
  fileprivate var text: Text {
    Text(
      vi: "đang dùng \(figure.written) (bản \(revision), \(office) nhập ngày \(time.day.written))",
      en: "\(figure.written) stands (revision \(revision), entered by \(office) on \(time.day.written))")
  }

  /// Whether a row says nothing else. What it leaves out it does not change.
  fileprivate func says(_ row: ObserveIndicator) -> Bool {
    func isSame(_ said: String?, _ kept: String?) -> Bool { said == nil || said == kept }
    return figure == row.figure && estimatedAsOf == row.estimatedAsOf && isSame(row.note, note)
      && isSame(row.evidence, evidence) && isSame(row.reason, reason)
  }
}
