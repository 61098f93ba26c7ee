import Schema

/// Rows of targets: one cell may promise several, one row may have a column for each milestone.
extension TableReader {
  mutating func readTargets(_ row: Manuscript.Row, number: String, name: Manuscript.Cell) {
    let (leads, coordinating) = parties(row)
    let (title, unit) = column(.measure) == nil ? Self.unit(behind: name.text) : (name.text, text(row, .measure))
    let time = time(row)
    let due = time.due
    if !time.isWhole { log.add(.timeUnread, time.printed, at: spot(row)) }
    let columns = header.columns.indices.filter { if case .target = header.columns[$0] { true } else { false } }
    let counting = Measure(
      numerator: printed(row, .numerator), denominator: printed(row, .denominator), source: printed(row, .data))
    if leads.isEmpty { log.add(.noLead, name.text, at: spot(row)) }

    // Rows of several milestones are told apart by their number, also where the table has none.
    let number = number.isEmpty && columns.count > 1 ? "\(Set(targets.map(\.spot.line)).count + 1)" : number

    func add(_ pledge: Pledge, item: String?, due: Day?) {
      var spot = spot(row)
      spot.item = item
      let row = TargetRow(
        number: Self.number(number, item), group: group, indicator: fit(pledge.name, spot), unit: pledge.unit,
        comparator: Open(pledge.comparator), value: pledge.value, upper: pledge.upper, due: due,
        leads: leads.map(\.code),
        coordinating: coordinating.map(\.code))
      targets.append(Found(row, at: spot))
      measures.append(counting)
    }

    if columns.isEmpty {
      let items = name.items
      for (index, item) in items.enumerated() {
        let pledges = Pledge.all(in: item.text)
        let place = items.count > 1 || item.isMarked ? "\(index + 1)" : ""
        for (part, pledge) in pledges.enumerated() {
          let label = place + (pledges.count > 1 ? Self.letter(part) : "")
          add(pledge, item: label.isEmpty ? nil : label, due: due ?? milestone)
        }
      }
      return
    }
    for column in columns {
      guard case .target(let year) = header.columns[column] else { continue }
      let cell = row.cells[column].text
      if columns.count > 1, cell.isEmpty { continue }
      let pledge = target(cell, measure: unit, name: title, at: spot(row))
      let day = columns.count > 1 || due == nil ? year.flatMap { Day($0, 12, 31) } : nil
      add(pledge, item: columns.count > 1 ? year.map(String.init) : nil, due: due ?? day ?? milestone)
    }
    readResults(row, indicator: title, unit: unit)
  }

  private mutating func readResults(_ row: Manuscript.Row, indicator: String, unit: String) {
    for (index, column) in header.columns.enumerated() {
      guard case .result(let year) = column, !row.cells[index].isEmpty else { continue }
      let cell = row.cells[index].text
      guard let reached = try? Promise(written: Self.spaced(cell)), let value = reached.value, reached.upper == nil
      else {
        log.add(.columnUnread(header.headings[index]), cell, at: spot(row))
        continue
      }
      let unit = reached.unit ?? (unit.isEmpty ? nil : unit)
      let result = YearResult(
        indicator: fit(indicator.trimming("-–+•;. "), spot(row)), value: value, unit: unit, year: year,
        place: spot(row).place)
      results.append(Found(result, at: spot(row)))
    }
  }

  /// `Hộ có Internet cáp quang (%)`: the unit behind a name, where the table has no column for it.
  private static func unit(behind name: String) -> (name: String, unit: String) {
    guard name.hasSuffix(")"), let open = name.lastIndex(of: "("), open > name.startIndex else { return (name, "") }
    let unit = name[open...].trimming("()").squeezed
    guard unit == "%" || unit.split(separator: " ").count <= 2 && unit.allSatisfy({ $0.isLowercase || $0 == " " })
    else { return (name, "") }
    return (name[..<open].trimming(" "), unit)
  }

  /// The target as a column of its own says it.
  private func target(_ cell: String, measure: String, name: String, at spot: Spot) -> Pledge {
    let unit = measure.isEmpty ? nil : measure
    let name = name.trimming("-–+•;. ")
    if cell.isEmpty || cell.folded == "bao cao" {
      if cell.isEmpty, unit?.folded != "bao cao" {
        let inName = Pledge.all(in: name)
        if inName.count == 1, inName[0].value != nil { return inName[0] }
        log.add(.targetUnread, name, at: spot)
      }
      return Pledge(name: name, comparator: .report, value: nil, unit: unit)
    }
    if let promise = try? Promise(written: Self.spaced(cell)) {
      if let own = promise.unit, let unit, own.folded != unit.folded { log.add(.noteUnread, unit, at: spot) }
      return Pledge(
        name: name, comparator: promise.comparator, value: promise.value, upper: promise.upper,
        unit: promise.unit ?? unit)
    }
    if let percent = Percent(in: cell) {
      log.add(.targetInPart, cell, at: spot)
      return Pledge(
        name: name, comparator: percent.comparator, value: percent.value, upper: percent.upper, unit: "%")
    }
    log.add(.targetUnread, cell, at: spot)
    return Pledge(name: name, comparator: .report, value: nil, unit: unit)
  }

  private static func spaced(_ text: String) -> String {
    var words = text.trimming(".;, ").split(separator: " ")
    if words.first?.folded == "dat" { words.removeFirst() }
    return words.joined(separator: " ")
  }
}
