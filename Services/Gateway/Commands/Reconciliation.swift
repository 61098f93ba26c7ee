import ArgumentParser
import Schema

/// Đối chiếu: payments as the ledger has them beside the treasury's, each by its line and reference.
enum Reconciliation {
  struct Payment: Hashable {
    var number: String
    var reference: String
    var amount: Money
  }

  struct Row: Codable, Hashable {
    var number: String
    var reference: String
    var ours: Money
    var theirs: Money
    var difference: Money
  }

  /// What left the treasury for a line: advances and disbursements, less what came back. An advance that was accounted
  /// for left it once.
  static func payments(_ entries: [BudgetEntry], of number: String) -> [Payment] {
    entries.compactMap { entry in
      guard let reference = entry.reference, [.advance, .disburse, .recover].contains(entry.phase.known) else {
        return nil
      }
      let leaves = entry.credit == .available
      return Payment(
        number: number, reference: reference, amount: leaves ? entry.amount : Money(dong: -entry.amount.dong))
    }
  }

  /// A row for each reference of a line, then one for all of them. Throws a complaint for sums beyond all money.
  static func rows(ours: [Payment], theirs: [Payment]) throws -> [Row] {
    struct Place: Hashable { var number, paper: String }
    var sums: [Place: (ours: Money, theirs: Money)] = [:]
    var places: [(place: Place, reference: String)] = []
    var total: (ours: Money, theirs: Money) = (0, 0)
    func add(_ payment: Payment, _ side: WritableKeyPath<(ours: Money, theirs: Money), Money>) throws {
      let place = Place(number: payment.number, paper: BudgetEntry.paper(payment.reference))
      if sums[place] == nil { places.append((place, payment.reference)) }
      var sum = sums[place] ?? (0, 0)
      guard let more = sum[keyPath: side].adding(payment.amount), let all = total[keyPath: side].adding(payment.amount)
      else {
        throw Complaint(vi: "Tổng số tiền quá lớn.", en: "The sum is too large.", code: ExitCode(65))
      }
      sum[keyPath: side] = more
      total[keyPath: side] = all
      sums[place] = sum
    }
    for payment in ours { try add(payment, \.ours) }
    for payment in theirs { try add(payment, \.theirs) }
    func row(_ number: String, _ reference: String, _ sum: (ours: Money, theirs: Money)) throws -> Row {
      guard let difference = sum.ours.subtracting(sum.theirs) else {
        throw Complaint(vi: "Chênh lệch quá lớn.", en: "The difference is too large.", code: ExitCode(65))
      }
      return Row(number: number, reference: reference, ours: sum.ours, theirs: sum.theirs, difference: difference)
    }
    let rows = try places.compactMap { place, reference in
      try sums[place].map { try row(place.number, reference, $0) }
    }
    return rows.filter { $0.ours != 0 || $0.theirs != 0 } + [try row("", "", total)]
  }

  static func table(_ rows: [Row], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "TT", en: "No"), isNumber: true),
      .init(title: Text(vi: "Chứng từ", en: "Reference"), isLong: true),
      .init(title: Text(vi: "Của ta (đồng)", en: "Ours (đồng)"), isNumber: true),
      .init(title: Text(vi: "Kho bạc", en: "Treasury"), isNumber: true),
      .init(title: Text(vi: "Chênh lệch", en: "Difference"), isNumber: true),
    ])
    for row in rows {
      let name = row.number.isEmpty ? Text(vi: "Cộng", en: "Total")(lang) : row.reference
      table.add(
        "\(row.number)", "\(name)", Table.Cell(row.ours), Table.Cell(row.theirs), Table.Cell(row.difference))
    }
    return table
  }
}

/// The treasury's payments from a file.
enum PaymentFile {
  /// - Parameter numbers: Those of the budget's lines.
  static func payments(
    _ rows: [Spreadsheet.Row], among numbers: Set<String>
  ) throws -> [Reconciliation.Payment] {
    try rows.map { row in
      Reconciliation.Payment(
        number: try row.number(among: numbers), reference: try row.needs("Chứng từ"), amount: try row.money("Số tiền"))
    }
  }
}

/// Entries from a file: each row is one, as `xaso budget book` takes it.
enum EntryFile {
  struct Row {
    let row: Spreadsheet.Row
    let phase: BudgetEntry.Phase
    let amount: Money
    let day: Day
    let document: DocumentNumber?
    let issuer: BudgetEntry.Issuer?
    let reference: String?

    func request(on lines: [LineSummary]) throws -> BookMoney {
      let number = try row.number(among: Set(lines.map(\.number)))
      do throws(Refusal) {
        return BookMoney(
          line: try LineReference(number).find(in: lines).id, phase: Open(phase), amount: amount, day: day,
          document: document,
          issuer: issuer.map { Open($0) }, reference: reference)
      } catch {
        throw row.complaint(vi: error.text.vi, en: error.text.en)
      }
    }
  }

  static func read(_ path: String) throws -> [Row] { try rows(try Spreadsheet.read(path)) }

  static func rows(_ rows: [Spreadsheet.Row]) throws -> [Row] {
    try rows.map { row in
      Row(
        row: row,
        phase: try row.word("Nghiệp vụ", PhaseWord.init).word,
        amount: try row.money("Số tiền"), day: try row.word("Ngày", Day.init(argument:)),
        document: try row.optional("Văn bản", DocumentNumber.init),
        issuer: try row.optional("Cơ quan", IssuerWord.init)?.word, reference: row["Chứng từ"])
    }
  }

  /// Which of them the ledger has already: each entry answers for one.
  static func known(_ requests: [BookMoney], in entries: [BudgetLine.ID: [BudgetEntry]]) -> Set<Int> {
    let back = Set(entries.values.joined().compactMap(\.reverses))
    var left = entries.mapValues { $0.filter { $0.reverses == nil && !back.contains($0.id) } }
    var known: Set<Int> = []
    for (index, request) in requests.enumerated() {
      let same = left[request.line]?.firstIndex { entry in
        entry.phase == request.phase && entry.amount == request.amount && entry.day == request.day
          && entry.document?.key == request.document?.key
          && entry.reference.map(BudgetEntry.paper) == request.reference.map(BudgetEntry.paper)
      }
      guard let same else { continue }
      left[request.line]?.remove(at: same)
      known.insert(index)
    }
    return known
  }

  static func preview(
    _ requests: [BookMoney], _ known: Set<Int>, of lines: [LineSummary], _ lang: Language
  ) -> Table {
    var table = Table([
      .init(title: Text(vi: "TT", en: "No"), isNumber: true),
      .init(title: Text(vi: "Nhiệm vụ", en: "Task"), isLong: true),
      .init(title: Text(vi: "Nghiệp vụ", en: "Phase")),
      .init(title: Text(vi: "Số tiền (đồng)", en: "Amount (đồng)"), isNumber: true),
      .init(title: Text(vi: "Ngày", en: "Day")),
      .init(title: Text(vi: "Chứng từ", en: "Papers")),
      .init(title: Text(vi: "Đã ghi", en: "Booked")),
    ])
    for (index, request) in requests.enumerated() {
      let line = lines.first { $0.id == request.line }
      table.add(
        "\(line?.number ?? "")", "\(line?.name ?? "")", "\(request.phase.text(lang))", Table.Cell(request.amount),
        "\(request.day.written)", "\(request.document?.description ?? request.reference ?? "")",
        known.contains(index) ? "\(Text(vi: "rồi", en: "yes")(lang))" : "")
    }
    return table
  }
}
