import Schema

/// One version of a plan: who made it, and what it was.
struct PlanEdit {
  var version: Int
  var account: Caller.Account
  var what: Text

  /// Why a change to an older version is refused: what came since, so that nobody has to look for it.
  static func conflict(seen: Int, now: Int, since edits: [PlanEdit]) -> Refusal {
    func list(_ word: String, _ what: (Text) -> String) -> String {
      edits.map { "\(word) \($0.version), \($0.account): \(what($0.what))" }.joined(separator: "; ")
    }
    return Refusal(
      .conflict,
      vi: "Đã có thay đổi mới hơn (bản \(now), không phải bản \(seen)). \(list("Bản") { $0.vi }). "
        + "Hãy xem lại rồi làm lại.",
      en: "It has changed since (version \(now), not \(seen)). \(list("Version") { $0.en }). Look again, then repeat.")
  }

  static func rows(_ request: DraftRows) -> Text {
    Text(
      vi: "thêm \(request.tasks.count) nhiệm vụ, \(request.targets.count) chỉ tiêu",
      en: "added \(request.tasks.count) tasks, \(request.targets.count) targets")
  }

  static func rows(_ request: ChangeRows) -> Text {
    func list(_ vi: String, _ en: String, _ numbers: [String]) -> Text? {
      guard !numbers.isEmpty else { return nil }
      let shown = numbers.prefix(10).joined(separator: ", ") + (numbers.count > 10 ? ", …" : "")
      return Text(vi: "\(vi) \(shown)", en: "\(en) \(shown)")
    }
    let parts = [
      list("sửa nhiệm vụ", "changed tasks", request.tasks.map(\.number)),
      list("sửa chỉ tiêu", "changed targets", request.targets.map(\.number)),
      list("bỏ nhiệm vụ", "removed tasks", request.removedTasks),
      list("bỏ chỉ tiêu", "removed targets", request.removedTargets),
    ].compactMap(\.self)
    return Text(vi: parts.map(\.vi).joined(separator: ", "), en: parts.map(\.en).joined(separator: ", "))
  }
}
