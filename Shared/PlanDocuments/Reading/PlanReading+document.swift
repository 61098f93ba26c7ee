public import Schema

extension PlanReading {
  /// The structured plan. What the document does not say and a plan must have is filled in; a finding told it.
  public func document(of unit: Unit) -> PlanDocument? {
    guard let year, let focal = focal ?? offices.first?.code else { return nil }
    let head = PlanHead(
      year: year, title: title?.value ?? "Kế hoạch năm \(year)", issuer: issuer ?? "UBND", signer: signer, focal: focal,
      offices: offices, legalBases: legalBases, recipients: recipients.map(\.value),
      reporting: reporting.map(\.value), assumed: assumed)
    return PlanDocument(
      unit: unit, head: head, tasks: tasks.map(\.value), targets: targets.map(\.value), number: number?.value,
      issuedOn: issuedOn?.value, body: body)
  }

  /// The parent plan first, as the form has it.
  private var legalBases: [LegalBasis] {
    let all = bases.map(\.value)
    return all.filter(\.parent) + all.filter { !$0.parent }
  }

  /// What is checked and never sent.
  private var body: PlanBody {
    var body = PlanBody()
    body.objectives = objectives.filter { $0.value.comparator.known != .report }.map { found in
      var row = found.value
      (row.number, row.group) = (found.spot.place, nil)
      return Objective(place: found.spot.place, row: row)
    }
    body.results = results.map(\.value)
    body.citations = citedBesideBases
    body.measures = counting
    body.budget = printedBudget
    body.layout = layout
    return body
  }

  /// Each document once for each date that it is cited with. A basis only where another number has its date and series: whether
  /// they are one document, their subjects tell.
  private var citedBesideBases: [CitedDocument] {
    struct Key: Hashable {
      let number: String
      let date: Day?

      init(_ basis: LegalBasis) {
        number = basis.number?.key ?? "\(basis.kind) \(basis.issuer ?? "")".folded
        date = basis.date
      }
    }
    let listed = Set(bases.map { Key($0.value) })
    let undated = Set(listed.map(\.number))
    let all = citations.map(\.value).grouped { Key($0.basis) }.compactMap { key, same in
      (same.first { $0.title != nil } ?? same.first).map { (key: key, cited: $0) }
    }
    let byDate = Dictionary(grouping: all.filter { $0.key.date != nil }) { $0.key.date }
    return all.filter { key, cited in
      guard listed.contains(key) || key.date == nil && undated.contains(key.number) else { return true }
      return byDate[key.date].map { $0.contains { $0.key.number != key.number } } ?? false
    }.map(\.cited)
  }

  /// Nil where nothing is printed beside the rows.
  private var printedBudget: PrintedBudget? {
    guard !budgets.isEmpty else { return nil }
    let tables = budgets.map(\.value)
    var budget = PrintedBudget()
    for unit in tables.compactMap(\.unit) where !budget.units.contains(unit) { budget.units.append(unit) }
    let totals = tables.compactMap(\.declared)
    budget.total = totals.isEmpty ? nil : totals.reduce(Money(dong: 0)) { sum, total in sum?.adding(total) }
    budget.groups = tables.flatMap(\.groups).compactMap { group in
      group.rows.map { PrintedBudget.Group(rows: $0, total: group.total) }
    }
    return budget == PrintedBudget() ? nil : budget
  }
}
