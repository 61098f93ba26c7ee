import ArgumentParser
import Schema

/// `xaso notify`: what concerns one's office.
struct NotifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notify", abstract: "Thông báo. (Notices.)", subcommands: [Inbox.self], defaultSubcommand: Inbox.self,
    aliases: ["thong-bao"])

  struct Inbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Hộp thông báo của cơ quan mình, mới nhất trước. (The office's inbox, newest first.)")

    @Option(help: "Cơ quan khác trong đơn vị. (Another office of the unit.)") var office: Office.Code?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let notices: [NoticeSummary] = try await session.all(in: unit) { ReadInbox(office: office, after: $0) }
        options.show(NoticeTable.of(notices, options.lang), json: notices)
      }
    }
  }
}

/// Notices, a line each.
enum NoticeTable {
  static func of(_ notices: [NoticeSummary], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Ngày", en: "Day")),
      .init(title: Text(vi: "Cơ quan", en: "Office")),
      .init(title: Text(vi: "Thông báo", en: "Notice"), isLong: true),
    ])
    for notice in notices { table.add("\(notice.time.day.written)", "\(notice.office)", "\(notice.text(lang))") }
    return table
  }
}
