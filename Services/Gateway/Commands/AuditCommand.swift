import ArgumentParser
import Bus
import Schema
import Storage

/// `xaso audit`: who wanted what, and what became of it, in every service and at the front door.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Nhật ký: ai đã làm gì, kết quả ra sao. (The audit.)",
    subcommands: [List.self, Verify.self, Export.self], defaultSubcommand: List.self, aliases: ["nhat-ky", "kiem-toan"])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Các dòng mới nhất. (The newest rows.)", aliases: ["liet-ke"])

    @Option(help: "Dịch vụ, như plans (mặc định: tất cả). (The service; all unless one is named.)")
    var service: String?
    @Option(help: "Của tài khoản này. (Of this account.)") var account: Caller.Account?
    @Option(help: "Yêu cầu này, như plans.issue. (This method.)") var method: String?
    @Option(help: "Số dòng của mỗi dịch vụ. (Rows of each service.)") var limit = 20
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolveIfNamed(session)
        var rows: [ServiceRow] = []
        for contract in try AuditCommand.services(service) {
          rows += try await session.audit(
            of: contract, in: unit, account: account, called: method, limit: limit)
        }
        rows.sort { $0.row.time > $1.row.time }
        options.show(AuditTable.of(rows, options.lang), json: rows)
      }
    }
  }

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Kiểm tra nhật ký còn nguyên vẹn; nêu dòng bị sửa, xóa, chèn. (Whether the audit is whole.)",
      discussion: """
        Của hệ thống đang chạy, hoặc của một bản sao lưu. Ghi lại mã băm cuối ở nơi khác: lần kiểm tra sau sẽ cho biết có
        dòng cuối nào bị cắt bỏ hay không.
        Of the running services, or of a backup. Keep the last hashes elsewhere: by them a later look shows whether rows were
        cut off at the end.
        """, aliases: ["kiem-tra"])

    @Argument(
      help: "Thư mục của một bản sao lưu; không nêu thì hỏi hệ thống đang chạy. (A backup's folder.)",
      completion: .directory)
    var folder: String?
    @Option(help: "Dịch vụ (mặc định: tất cả). (The service; all unless one is named.)") var service: String?
    @OptionGroup var options: Options

    func run() async throws {
      var verdicts: [AuditVerdict] = []
      let services = try AuditCommand.services(service)
      if let folder {
        verdicts = try await copies(in: folder).filter { verdict in services.contains { $0.name == verdict.service } }
      } else {
        try await options.session { session in
          for contract in services { verdicts.append(try await session.verdict(on: contract)) }
        }
      }
      options.show(VerdictTable.of(verdicts, options.lang), json: verdicts)
      if verdicts.contains(where: { $0.firstBad != nil }) { throw ExitCode(1) }
    }

    private func copies(in folder: String) async throws -> [AuditVerdict] {
      do {
        var verdicts: [AuditVerdict] = []
        for copy in try Manifest.load(from: folder).stores {
          var verdict = AuditVerdict(
            of: copy.service, try await StoreFile("\(folder)/\(copy.service).sqlite").verifyAudit())
          // A chain that ends early fits too: how long it was, the manifest says.
          if verdict.firstBad == nil, verdict.rows < copy.audits { verdict.firstBad = verdict.rows + 1 }
          verdicts.append(verdict)
        }
        return verdicts
      } catch let complaint as Complaint {
        Failure.complain(complaint.text(options.lang))
        throw complaint.code
      } catch let error as StorageError {
        Failure.complain(error.message)
        throw ExitCode(65)
      }
    }
  }

  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Xuất toàn bộ, mỗi dòng một JSON, mới nhất trước. (All of it, a line of JSON each.)",
      aliases: ["xuat"])

    @Option(help: "Dịch vụ (mặc định: tất cả). (The service; all unless one is named.)") var service: String?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolveIfNamed(session)
        for contract in try AuditCommand.services(service) {
          try await session.eachAudit(of: contract, in: unit) { row in
            Output.json(row)
            return true
          }
        }
      }
    }
  }

  static func services(_ name: String?) throws -> [any Contract.Type] {
    guard let name else { return Catalogue.contracts }
    let found = Catalogue.contracts.filter { $0.name.description == name }
    guard !found.isEmpty else {
      let names = Catalogue.contracts.map { $0.name.description }.joined(separator: ", ")
      throw Complaint(
        vi: "Không có dịch vụ «\(name)»: \(names).", en: "No service “\(name)”: \(names).", code: ExitCode(64))
    }
    return found
  }
}

/// A row, and the service whose audit it is in.
struct ServiceRow: Encodable {
  let service: ServiceName
  let row: AuditRow
}

extension Session {
  fileprivate func audit<S: Contract>(
    of contract: S.Type, in unit: Unit?, account: Caller.Account?, called: String?, limit: Int
  ) async throws(Refusal) -> [ServiceRow] {
    var rows: [ServiceRow] = []
    try await eachAudit(of: contract, in: unit, account: account, called: called) { row in
      rows.append(row)
      return rows.count < limit
    }
    return rows
  }

  /// Newest first, until the body returns false.
  fileprivate func eachAudit<S: Contract>(
    of contract: S.Type, in unit: Unit?, account: Caller.Account? = nil, called: String? = nil,
    _ body: (ServiceRow) -> Bool
  ) async throws(Refusal) {
    var after: String?
    repeat {
      let request = ListAudit<S>(account: account, called: called, after: after)
      let page = try await ask(request, in: unit).value
      for row in page.items { guard body(ServiceRow(service: S.name, row: row)) else { return } }
      after = page.next
    } while after != nil
  }

  fileprivate func verdict<S: Contract>(on contract: S.Type) async throws(Refusal) -> AuditVerdict {
    try await ask(VerifyAudit<S>(), in: nil, ttl: .seconds(30)).value
  }
}

enum AuditTable {
  static func of(_ rows: [ServiceRow], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Dịch vụ", en: "Service")), .init(title: Text(vi: "Dòng", en: "Row"), isNumber: true),
      .init(title: Text(vi: "Lúc", en: "Time")), .init(title: Text(vi: "Tài khoản", en: "Account")),
      .init(title: Text(vi: "Đơn vị", en: "Unit")), .init(title: Text(vi: "Yêu cầu", en: "Method")),
      .init(title: Text(vi: "Kết quả", en: "Code"), isNumber: true),
      .init(title: Text(vi: "Ghi chú", en: "Note"), isLong: true),
    ])
    for entry in rows {
      let row = entry.row
      table.add(
        "\(entry.service)", Table.Cell(row.sequence), "\(row.time)", "\(row.account?.description ?? "—")",
        "\(row.unit?.description ?? "")", "\(row.called)", Table.Cell(row.code), "\(row.note ?? "")")
    }
    return table
  }
}

enum VerdictTable {
  static func of(_ verdicts: [AuditVerdict], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Dịch vụ", en: "Service")),
      .init(title: Text(vi: "Số dòng đúng", en: "Good rows"), isNumber: true),
      .init(title: Text(vi: "Kết luận", en: "Verdict")),
      .init(title: Text(vi: "Mã băm dòng cuối", en: "Last hash"), isLong: true),
    ])
    for verdict in verdicts {
      let said =
        verdict.firstBad.map {
          Text(vi: "dòng \($0) bị sửa, xóa hoặc chèn", en: "row \($0) was changed, removed or put in")
        } ?? Text(vi: "nguyên vẹn", en: "whole")
      table.add("\(verdict.service)", Table.Cell(verdict.rows), "\(said(lang))", "\(verdict.hash)")
    }
    return table
  }
}
