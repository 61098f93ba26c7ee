import ArgumentParser
import Bus
import Glibc
import Schema
import ZeroMQ

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
    } catch let refusal as Refusal {
      throw Failure.report(refusal, key: nil, options.lang)
    } catch let complaint as Complaint {
      Failure.complain(complaint.text(options.lang))
      throw complaint.code
    }
  }

  private func join() async throws -> AccountSummary {
    guard access(options.profile, F_OK) != 0 else {
      throw Complaint(
        vi: "Đã có hồ sơ kết nối ở \(options.profile); hãy nêu tệp khác bằng --profile.",
        en: "There is a connection profile at \(options.profile); name another file with --profile.")
    }
    let prompt = Text(
      vi: "Dán dòng lời mời (không hiện ra) rồi Enter:", en: "Paste the invitation (not shown), then Enter:")
    let line = try InvitationLine(SecretPrompt.read(prompt(options.lang)) ?? "")
    let place = try ProfilePlace(options.profile)
    let (keys, isNew) = try place.keys()
    var profile = Profile(server: line.server, serverKey: line.serverKey, keyFile: place.keyFile, unit: nil)
    do {
      let joined = try await Session.with(profile, line.keys) { session in
        try await session.ask(Join(key: try keys.publicKey.asIdentityKey), in: nil).value
      }
      profile.unit = joined.unit
      try profile.save(to: options.profile)
      return joined
    } catch let refusal as Refusal where !refusal.status.isTransient {
      // Nothing came of this key. Where that is not sure it stays: joining again takes it up.
      if isNew { place.removeKeys() }
      throw refusal
    }
  }
}

/// Where a profile and its key are written: beside each other.
private struct ProfilePlace {
  let keyFile: String
  private let keyPath: String

  init(_ profile: String) throws {
    let parts = profile.split(separator: "/", omittingEmptySubsequences: false)
    let name = parts.last.map { $0.hasSuffix(".yaml") ? String($0.dropLast(5)) : String($0) } ?? "profile"
    keyFile = "\(name).key"
    keyPath = (parts.dropLast() + [keyFile[...]]).joined(separator: "/")
    var folder = profile.hasPrefix("/") ? "" : "."
    for part in parts.dropLast() where !part.isEmpty {
      folder += "/\(part)"
      mkdir(folder, 0o700)
    }
  }

  /// Of an earlier try whose outcome was not known, or new ones.
  func keys() throws -> (CurveKeys, isNew: Bool) {
    do throws(KeyFileError) {
      let isNew = access(keyPath, F_OK) != 0
      return (try CurveKeys.loadOrMake(at: keyPath), isNew)
    } catch {
      throw Complaint(vi: "Không dùng được khóa: \(error)", en: "The key cannot be used: \(error)")
    }
  }

  func removeKeys() { unlink(keyPath) }
}
