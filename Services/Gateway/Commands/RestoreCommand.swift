import ArgumentParser
import FoundationEssentials
import Schema
import Storage

/// `xaso restore`: a backup in the place of all stores, or of none.
struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Khôi phục mọi kho từ bản sao lưu. (Put a backup in the place of all stores.)",
    discussion: """
      Hệ thống phải dừng. Không nêu DIR: làm xong, hoặc hoàn lại, một lần khôi phục bị dở dang.
      The stack must be stopped. Without DIR: finishes, or takes back, a restore that was interrupted.
      """, aliases: ["khoi-phuc"])

  @Argument(help: "Thư mục của bản sao lưu. (The backup's folder.)", completion: .directory) var folder: String?
  @Option(help: "Nơi đặt kho, có {service} (mặc định: XASO_STORES). (Where the stores are.)") var stores: String?
  @Flag(help: "Không hỏi lại. (Do not ask.)") var yes = false
  @Option(help: "Ngôn ngữ: vi hoặc en. (The language.)") var lang: Language = .vietnamese
  @Flag(help: "In JSON cho chương trình khác. (Print JSON.)") var json = false
  @OptionGroup var directory: DirectoryOption

  /// What was done, for scripts.
  struct Report: Encodable {
    var stores: [StoreCopy]
    /// Nil when the present store of identity cannot be read.
    var revived: [Restore.Revived]?
  }

  func run() async throws {
    do {
      try await restore()
    } catch {
      throw Failure.tell(error, lang)
    }
  }

  private func restore() async throws {
    let named = stores ?? ProcessInfo.processInfo.environment["XASO_STORES"]
    let pattern = named.flatMap { $0.isEmpty ? nil : $0 } ?? directory.installation.path("stores", "{service}.sqlite")
    let restore = try Restore(of: StorePlaces(pattern))
    defer { restore.release() }
    tell(of: try restore.settle())
    guard let folder else { return }
    let manifest = try Manifest.load(from: folder)
    try await restore.check(manifest, in: folder)
    let revived = try await restore.revived(by: folder)
    warn(of: revived, manifest)
    guard yes || isConfirmed() else {
      throw Complaint(vi: "Chưa có gì thay đổi.", en: "Nothing was changed.", code: ExitCode(1))
    }
    try restore.run(manifest, from: folder)
    if json {
      Output.json(Report(stores: manifest.stores, revived: revived))
    } else {
      for line in ManifestTable.of(manifest).lines(lang) { Output.write(line) }
      Output.write(Text(vi: "Đã khôi phục; hãy khởi động hệ thống.", en: "Restored; start the stack.")(lang))
    }
  }

  private func tell(of settlement: StoreReplacement.Settlement) {
    switch settlement {
    case .nothing:
      guard folder == nil else { return }
      Failure.complain(
        Text(vi: "Không có lần khôi phục nào bị dở dang.", en: "No restore was interrupted.")(lang))
    case .finished:
      Failure.complain(
        Text(
          vi: "Lần khôi phục bị dở dang đã được làm xong.", en: "The restore that was interrupted is finished now.")(
            lang))
    case .takenBack:
      Failure.complain(
        Text(
          vi: "Lần khôi phục bị dở dang đã được hoàn lại: các kho vẫn như trước.",
          en: "The restore that was interrupted was taken back: the stores are as before.")(lang))
    }
  }

  private func warn(of revived: [Restore.Revived]?, _ manifest: Manifest) {
    let moment = manifest.taken.map { "\($0)" } ?? "?"
    var lines = [
      Text(
        vi: "Mọi kho trở về lúc \(moment). Những gì ghi nhận sau đó không còn nữa.",
        en: "All stores go back to \(moment). What was recorded since is gone.")(lang)
    ]
    switch revived {
    case nil:
      lines.append(
        Text(
          vi: "Không so sánh được với kho định danh hiện tại: khóa thu hồi sau lúc đó sẽ dùng lại được.",
          en: "The present identity store cannot be read: keys revoked since then would work again.")(lang))
    case let revived? where revived.isEmpty: break
    case let revived?:
      lines.append(
        Text(
          vi: "Các khóa sau đã bị thu hồi và sẽ dùng lại được; hãy thu hồi lại ngay sau khi khởi động:",
          en: "These keys were revoked and would work again; revoke them again as soon as the stack runs:")(lang))
      lines += revived.map { "  \($0.name(lang))  \($0.key)" }
    }
    Failure.complain(lines.joined(separator: "\n"))
  }

  private func isConfirmed() -> Bool {
    let question = Text(vi: "Khôi phục? Gõ \"có\" để tiếp tục:", en: "Restore? Type \"yes\" to go on:")
    Failure.complain(question(lang))
    let answer = readLine()?.split(whereSeparator: \.isWhitespace).first.map { $0.lowercased() } ?? ""
    return ["yes", "y", "có", "co"].contains(answer)
  }
}

extension Restore.Revived {
  /// An invitation has a number and no name.
  fileprivate func name(_ lang: Language) -> String {
    guard isInvitation else { return account.description }
    let place = unit?.description ?? Text(vi: "toàn hệ thống", en: "the system")(lang)
    return Text(vi: "lời mời (\(place))", en: "an invitation (\(place))")(lang)
  }
}
