import Schema

/// Whether tasks and targets belong together: what is promised must be worked for, and work must serve a promise.
enum Links {
  /// P10: by the words that names share, so only what has nothing in common is told. From experience.
  @Sendable static func unlinked(_ plan: Examination) -> [Finding] {
    let tasks = plan.document.tasks
    guard !tasks.isEmpty, !plan.pledges.isEmpty else {
      return tasks.isEmpty && plan.pledges.isEmpty
        ? [
          Finding(
            .unlinked, .notCheckable, [],
            Text(vi: "Không có nhiệm vụ và chỉ tiêu nào.", en: "There are neither tasks nor targets."),
            do: Text(vi: "Bổ sung các phụ lục.", en: "Add the appendices."))
        ]
        : [
          Finding(
            .unlinked, .warning, [],
            tasks.isEmpty
              ? Text(vi: "Có chỉ tiêu nhưng không có nhiệm vụ nào.", en: "There are targets, but no task.")
              : Text(vi: "Có nhiệm vụ nhưng không có chỉ tiêu nào.", en: "There are tasks, but no target."),
            do: Text(vi: "Bổ sung phụ lục còn thiếu.", en: "Add the missing appendix."))
        ]
    }
    let work = WordLinks(tasks.map { "\($0.name) \($0.output ?? "")" })
    let promises = WordLinks(plan.pledges.map(\.row.indicator))
    let unserved = plan.pledges.filter { $0.place.kind == .target && !work.touches($0.row.indicator) }
    let idle = tasks.filter { !promises.touches("\($0.name) \($0.output ?? "")") }
    return [
      Finding.ifAny(
        .unlinked, .warning, unserved.map(\.place),
        Text(vi: "Chỉ tiêu không thấy nhiệm vụ nào thực hiện.", en: "A target that no task seems to serve."),
        do: Text(
          vi: "Thêm nhiệm vụ, hoặc nêu chỉ tiêu ở kết quả của nhiệm vụ.",
          en: "Add a task, or name the target in a task's output.")),
      Finding.ifAny(
        .unlinked, .warning, idle.map { Place(.task, $0.number) },
        Text(vi: "Nhiệm vụ không thấy phục vụ chỉ tiêu nào.", en: "A task that seems to serve no target."),
        do: Text(
          vi: "Nêu chỉ tiêu mà nhiệm vụ phục vụ ở cột kết quả.", en: "Name the target that it serves in its output.")),
    ].compactMap(\.self)
  }
}

/// Texts by their words, to find those that another text has something in common with.
private struct WordLinks {
  private var byWord: [String: [Int]] = [:]
  private var sizes: [Int] = []

  /// What more texts than this share links nothing; it also keeps the work in step with the number of texts.
  private static let common = 64
  /// Words to share, and their part of the shorter text.
  private static let (least, part) = (2, 0.34)

  init(_ texts: [String]) {
    for text in Set(texts).sorted() {
      let words = Wording(text).words
      for word in words { byWord[word, default: []].append(sizes.count) }
      sizes.append(words.count)
    }
  }

  func touches(_ text: String) -> Bool {
    let words = Wording(text).words
    var shared: [Int: Int] = [:]
    for word in words {
      guard let texts = byWord[word], texts.count <= Self.common else { continue }
      for index in texts { shared[index, default: 0] += 1 }
    }
    return shared.contains { index, count in
      count >= Self.least && Double(count) >= Self.part * Double(min(words.count, sizes[index]))
    }
  }
}
