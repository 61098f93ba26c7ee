import ArgumentParser
import Bus
import Schema

/// Rights for a time: an account's last day, and roles that are lent.
extension AccountCommand {
  struct Limit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Đặt ngày cuối cùng của một tài khoản. (Set an account's last day.)",
      discussion: "Bỏ --last để không hạn định. (Without --last it has none.)", aliases: ["han"])

    @Argument(help: "Tên tài khoản. (The account.)") var account: Caller.Account
    @Option(help: "Ngày cuối cùng còn dùng được. (The last day.)") var last: Day?
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let request = LimitAccount(account: account, last: last)
          return try await session.ask(request, in: try unit.resolveIfNamed(session), key: key).value
        }, show: { AccountTable.of([$0], change.options.lang) })
    }
  }

  struct Lend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "lend",
      abstract: "Ủy quyền vai trò của mình cho người khác trong đơn vị. (Lend roles of one's own for a time.)",
      discussion: "xaso account lend giao-an.pct --role approver --through 30/11/2026 --document 15/QĐ-UBND",
      aliases: ["uy-quyen"])

    @Argument(help: "Tài khoản được ủy quyền. (The account.)") var account: Caller.Account
    @Option(help: "Vai trò; có thể nhiều lần. (A role; several may be given.)") var role: [Role]
    @Option(help: "Từ ngày (mặc định: hôm nay). (The first day; today unless given.)") var from: Day?
    @Option(help: "Đến hết ngày. (The last day.)") var through: Day
    @Option(help: "Số, ký hiệu văn bản ủy quyền. (The document.)") var document: DocumentNumber
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let request = Delegate(
            to: account, roles: role.map { Open($0) }, from: from ?? Timestamp.now.day, through: through,
            document: document)
          return try await session.ask(request, in: try unit.resolve(session), key: key).value
        },
        show: { (loan: Delegation) in
          let lang = change.options.lang
          var table = Table([
            .init(title: Text(vi: "Ủy quyền", en: "Delegation")), .init(title: Text(vi: "Cho", en: "To")),
            .init(title: Text(vi: "Vai trò", en: "Roles")), .init(title: Text(vi: "Từ", en: "From")),
            .init(title: Text(vi: "Đến hết", en: "Through")), .init(title: Text(vi: "Văn bản", en: "Document")),
          ])
          table.add(
            "\(loan.id)", "\(loan.to)", "\(loan.roles.map { $0.text(lang) }.joined(separator: ", "))",
            "\(loan.from.written)", "\(loan.through.written)", "\(loan.document)")
          return table
        })
    }
  }

  struct TakeBack: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "take-back", abstract: "Thôi ủy quyền trước hạn. (Take back what one lent.)",
      aliases: ["thoi-uy-quyen"])

    @Argument(help: "Mã ủy quyền. (The delegation.)") var delegation: Delegation.ID
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let request = EndDelegation(delegation: delegation)
          return try await session.ask(request, in: try unit.resolve(session), key: key).value
        },
        show: { (_: Done) in
          var table = Table([.init(title: Text(vi: "Kết quả", en: "Result"))])
          table.add("\(Text(vi: "đã thôi ủy quyền", en: "taken back")(change.options.lang))")
          return table
        })
    }
  }
}
