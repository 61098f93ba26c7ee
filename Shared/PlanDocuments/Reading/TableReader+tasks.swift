import Schema

/// Rows of tasks, and what they promise in their own words.
extension TableReader {
  mutating func readTask(_ row: Manuscript.Row, number: String, name: Manuscript.Cell) {
    let spot = spot(row)
    let (leads, coordinating) = parties(row)
    let time = time(row)
    let title = name.text.trimming("-–+•;. ")
    if leads.isEmpty { log.add(.noLead, title, at: spot) }
    if !time.isWhole { log.add(.timeUnread, time.printed, at: spot) }
    let output = text(row, .output)
    readPromises(of: title, output, leads: leads.map(\.code), due: time.due ?? milestone, at: spot)
    let source = text(row, .source)
    let task = TaskRow(
      number: number, name: fit(title, spot), output: output.isEmpty ? nil : fit(output, spot),
      pillar: pillar(row).map(Open.init), leads: leads.map(\.code), coordinating: coordinating.map(\.code),
      time: time.printed.isEmpty ? nil : time.printed,
      start: time.start, due: time.due, recurrence: time.recurrence.map(Open.init), cost: money(row),
      source: source.isEmpty ? nil : Open(FundSource(printed: source)), sourceText: source.isEmpty ? nil : source,
      reference: reference(row))
    tasks.append(Found(task, at: spot))
    groupNumbers.append(groupNumber)
  }

  /// Of its own column, or of the group that it stands in.
  private func pillar(_ row: Manuscript.Row) -> Pillar? {
    guard let column = column(.pillar), !row.cells[column].isEmpty else { return group.flatMap(Pillar.init(printed:)) }
    let printed = row.cells[column].text
    let pillar = Pillar(printed: printed)
    if pillar == nil { log.add(.columnUnread(header.headings[column]), printed, at: spot(row)) }
    return pillar
  }

  /// `… đạt 80% hồ sơ` within a task is a promise too, and may contradict the appendix of targets.
  private mutating func readPromises(
    of title: String, _ output: String, leads: [Office.Code], due: Day?, at spot: Spot
  ) {
    let pledges = [title, output].flatMap { text in
      text.split(whereSeparator: { $0 == ";" }).flatMap { Pledge.all(in: String($0)) }
    }.filter { $0.value != nil }
    guard let first = pledges.first else { return }
    log.add(.pledgeInTask, first.name, at: spot)
    for (index, pledge) in pledges.enumerated() {
      var spot = spot
      if pledges.count > 1 { spot.item = "\(index + 1)" }
      let row = TargetRow(
        number: spot.place, indicator: fit(pledge.name, spot), unit: pledge.unit,
        comparator: Open(pledge.comparator), value: pledge.value, upper: pledge.upper, due: due, leads: leads)
      objectives.append(Found(row, at: spot))
    }
  }

  private func reference(_ row: Manuscript.Row) -> String? {
    let note = text(row, .reference)
    if !note.isEmpty {
      if !Citation.all(in: note).isEmpty { return note }
      log.add(.noteUnread, note, at: spot(row))
    }
    let cited = Citation.all(in: caption)
    guard cited.count == 1, let number = cited[0].basis.number else { return nil }
    return number.description + (cited[0].basis.date.map { " ngày \($0.printed)" } ?? "")
  }
}

extension Day {
  /// As Decree 30/2020/NĐ-CP has it printed: a nought before days below 10 and before January and February.
  fileprivate var printed: String {
    let (year, month, day) = components
    return "\(day < 10 ? "0" : "")\(day)/\(month < 3 ? "0" : "")\(month)/\(year)"
  }
}
