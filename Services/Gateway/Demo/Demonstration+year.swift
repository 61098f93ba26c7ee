import ArgumentParser
import Bus
import Schema

/// A fiscal year that is over, played by the office that keeps the money.
extension Demonstration {
  func play(_ year: Quarter.Year, in commune: Commune) async throws -> Outcome.PlayedYear {
    var played = Outcome.PlayedYear(fiscalYear: year.fiscal)
    try await session(commune.account(of: try commune.office(with: .finance))) { session in
      var lines: [String: BudgetLine.ID] = [:]
      for line in year.lines {
        let request = AddLine(
          fiscalYear: year.fiscal, number: line.number, name: line.name, source: Open(line.source.word),
          sourceText: line.source.printed, leads: [line.lead], amount: try line.amount.resolve(),
          document: line.document, issuer: Open(line.issuer.word), day: line.day)
        lines[line.number] = try await session.ask(request, in: commune.unit).value.id
      }
      for entry in year.entries {
        played.steps += try await book(entry, on: lines, in: commune, session)
      }
      let closing = CloseYear(fiscalYear: year.fiscal, document: year.closing.document, day: year.closing.day)
      _ = try await session.ask(closing, in: commune.unit)
    }
    return played
  }

  private func book(
    _ entry: Quarter.Year.Entry, on lines: [String: BudgetLine.ID], in commune: Commune, _ session: Session
  ) async throws -> [Outcome.PlayedYear.Step] {
    func line(_ number: String) throws -> BudgetLine.ID {
      guard let line = lines[number] else {
        throw Complaint(
          vi: "\(commune.name): năm đã qua không có dòng «\(number)».",
          en: "\(commune.name): the year that is over has no line “\(number)”.", code: ExitCode(65))
      }
      return line
    }
    let amount = try entry.amount.resolve()
    if let number = entry.line, let phase = entry.phase?.wrappedValue.word {
      let request = BookMoney(
        line: try line(number), phase: Open(phase), amount: amount, day: entry.day, document: entry.document,
        issuer: (entry.issuer?.wrappedValue.word).map { Open($0) }, reference: entry.reference)
      let line = try await session.ask(request, in: commune.unit).value
      return [.init(day: entry.day, phase: Open(phase), amount: amount, line: line)]
    }
    guard let document = entry.document, let issuer = entry.issuer?.wrappedValue.word else {
      throw Complaint(
        vi: "\(commune.name): điều chỉnh phải có văn bản và cơ quan ban hành.",
        en: "\(commune.name): an adjustment has a document and its issuer.", code: ExitCode(65))
    }
    let request = MoveMoney(
      from: try entry.from.map(line), to: try entry.to.map(line), stage: Open(.allocated), amount: amount,
      day: entry.day, document: document, issuer: Open(issuer))
    return try await session.ask(request, in: commune.unit).value.lines.map { line in
      let sum = line.id == request.from ? Money(dong: -amount.dong) : amount
      return .init(day: entry.day, phase: Open(.adjust), amount: sum, line: line)
    }
  }
}
