import ArgumentParser
import Schema

/// `xaso join`: comes in by an invitation, with a key pair that never leaves this machine.
struct JoinCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "join",
    abstract: "Vào hệ thống bằng lời mời. (Come in by an invitation.)",
    discussion: """
      Dán dòng lời mời khi được hỏi, hoặc đưa qua đầu vào chuẩn. Khóa bí mật được tạo trên máy này và không rời máy.
      Paste the invitation when asked, or pipe it in. The secret key is made on this machine and never leaves it.
      """, aliases: ["tham-gia"])

  @OptionGroup var options: Options

  func run() async throws {
    do {
      let joined = try await join()
      options.show(AccountTable.of([joined], options.lang), json: joined)
    } catch {
      throw Failure.tell(error, options.lang)
    }
  }

  private func join() async throws -> AccountSummary {
    let prompt = Text(
      vi: "Dán dòng lời mời (không hiện ra) rồi Enter:", en: "Paste the invitation (not shown), then Enter:")
    return try await InvitationLine(SecretPrompt.read(prompt(options.lang)) ?? "").join(profile: options.profile)
  }
}
