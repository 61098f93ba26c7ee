import Schema

/// Checks of money: whether what is printed adds up.
enum Amounts {
  /// B1: a printed total is the sum of its rows; where money is planned, there is a total. Arithmetic.
  @Sendable static func wrongTotal(_ plan: Examination) -> [Finding] {
    let tasks = plan.document.tasks
    guard tasks.contains(where: \.hasMoney) else { return [] }
    let budget = plan.document.body.budget ?? PrintedBudget()
    var findings: [Finding] = []
    if let total = budget.total {
      findings += [wrong(total, of: tasks, at: Text(vi: "tổng cộng", en: "total"))].compactMap(\.self)
    } else {
      findings.append(
        Finding(
          .wrongTotal, .warning, [],
          Text(vi: "Không in tổng kinh phí.", en: "No total of the money is printed."),
          do: Text(
            vi: "Ghi tổng cộng, hiện là \(sum(tasks)?.written ?? "quá lớn") đồng.",
            en: "Print the total, \(sum(tasks)?.written ?? "too large") đồng at present.")))
    }
    return findings
      + budget.groups.compactMap { group in
        let rows = tasks.filter { $0.number == group.rows || $0.number.hasPrefix(group.rows + ".") }
        return wrong(group.total, of: rows, at: Text(vi: "nhóm \(group.rows)", en: "group \(group.rows)"))
      }
  }

  private static func wrong(_ printed: Money, of tasks: [TaskRow], at place: Text) -> Finding? {
    let sum = sum(tasks)
    guard sum != printed else { return nil }
    let written = sum?.written ?? "–"
    return Finding(
      .wrongTotal, .error, [Place(.budget, place.vi)],
      Text(
        vi: "Cộng các dòng được \(written) đồng, nhưng in \(printed.written) đồng.",
        en: "The rows of the \(place.en) add up to \(written) đồng, but \(printed.written) đồng is printed."),
      do: Text(vi: "Sửa tổng hoặc sửa dòng.", en: "Correct the total or a row."))
  }

  /// Nil when it does not fit.
  private static func sum(_ tasks: [TaskRow]) -> Money? {
    tasks.compactMap(\.cost).reduce(Money(dong: 0)) { sum, cost in sum?.adding(cost) }
  }

  /// B2: `09 thôn x 33.000.000` makes the amount of its row. Arithmetic.
  @Sendable static func wrongProduct(_ plan: Examination) -> [Finding] {
    plan.document.tasks.compactMap { task in
      guard let cost = task.cost else { return nil }
      let products = [task.name, task.output ?? ""].flatMap(Product.all)
      guard !products.isEmpty else { return nil }
      let sum = products.reduce(Money(dong: 0) as Money?) { sum, product in product.amount.flatMap { sum?.adding($0) } }
      guard sum != cost else { return nil }
      let written = products.map { "\($0.count) × \($0.price.written)" }.joined(separator: " + ")
      return Finding(
        .wrongProduct, .error, [task.place],
        Text(
          vi: "\(written) = \(sum?.written ?? "–") đồng, nhưng kinh phí ghi \(cost.written) đồng.",
          en: "\(written) = \(sum?.written ?? "–") đồng, but the amount is \(cost.written) đồng."),
        do: Text(vi: "Sửa số lượng, đơn giá hoặc thành tiền.", en: "Correct quantity, price or amount."))
    }
  }

  /// B3: an amount means nothing without its unit. From experience: a column headed `Kinh phí` alone.
  @Sendable static func unit(_ plan: Examination) -> [Finding] {
    guard plan.document.tasks.contains(where: \.hasMoney) else { return [] }
    let units = plan.document.body.budget?.units ?? []
    if plan.document.head.assumed.contains("money unit") {
      return [
        Finding(
          .moneyUnit, .error, [],
          Text(
            vi: "Văn bản không ghi đơn vị tiền, người nhập đã giả định.",
            en: "The paper prints no unit of money; one was assumed."),
          do: Text(
            vi: "Ghi “Đơn vị tính: triệu đồng” hoặc “đồng” trên bảng.",
            en: "Print “đồng” or “triệu đồng” above the table."))
      ]
    }
    guard Set(units.map(\.folded)).count > 1 else { return [] }
    let written = units.joined(separator: ", ")
    return [
      Finding(
        .moneyUnit, .error, [],
        Text(
          vi: "Văn bản dùng nhiều đơn vị tiền: \(written).", en: "The paper uses several units of money: \(written)."),
        do: Text(vi: "Dùng một đơn vị tiền.", en: "Use one unit of money."))
    ]
  }

  /// The indicator that promises a share of the budget.
  private static let shareOfBudget: Subjects.Subject = .listed("ngan-sach.khcn")

  /// B5: the plan's own money reaches the share of the budget that the plan promises. From experience.
  @Sendable static func share(_ plan: Examination) -> [Finding] {
    let year = plan.document.head.year
    let promised = plan.pledges.first {
      $0.subject == shareOfBudget && $0.row.isPercent && $0.row.value != nil && $0.milestone.components.year == year
    }
    guard let promised, let target = promised.row.value else { return [] }
    guard let spending = plan.document.body.budget?.spending, spending.dong > 0, let sum = sum(plan.document.tasks)
    else {
      return [
        Finding(
          .shareOfBudget, .notCheckable, [promised.place],
          Text(
            vi: "Không biết tổng chi ngân sách xã nên chưa so được với mức \(promised.written).",
            en: "The commune's spending is not known, so \(promised.written) cannot be compared."),
          do: Text(
            vi: "Nêu tổng chi ngân sách xã trong năm (budget.spending).",
            en: "State what the commune spends in the year (budget.spending)."))
      ]
    }
    guard let share = Ratio(sum.dong, of: spending.dong), share.percentCompared(to: target) == .below else { return [] }
    return [
      Finding(
        .shareOfBudget, .warning, [promised.place],
        Text(
          vi: "Kinh phí các nhiệm vụ bằng \(share.percentWritten) chi ngân sách, dưới mức \(promised.written).",
          en: "The tasks' money is \(share.percentWritten) of the spending, below \(promised.written)."),
        do: Text(vi: "Bố trí thêm kinh phí, hoặc ghi lại mức phấn đấu.", en: "Plan more money, or change the target."))
    ]
  }
}

/// A number of things at a price each, as it stands in a row's words.
private struct Product {
  let count: Int64
  let price: Money

  /// Nil when it does not fit.
  var amount: Money? {
    let (amount, overflow) = count.multipliedReportingOverflow(by: price.dong)
    return overflow ? nil : Money(dong: amount)
  }

  /// `09 thôn x 33.000.000`, `9 bộ × 1,5 triệu`, `09 thôn, mỗi thôn 33.000.000 đồng`.
  static func all(in text: String) -> [Product] {
    let words = text.lowercased().split(separator: " ").map { $0.trimmingPunctuation }
    return words.indices.filter { ["x", "×", "mỗi"].contains(words[$0]) }.compactMap { sign in
      let before = words[..<sign].suffix(3).compactMap { Numeral($0) }.last
      guard let count = before.flatMap({ $0.fraction.isEmpty ? Int64($0.whole) : nil }) else { return nil }
      // Between sign and price stands the thing again: `mỗi thôn 33.000.000`.
      guard let first = words[(sign + 1)...].prefix(3).firstIndex(where: { Numeral($0) != nil }) else { return nil }
      let unit = words.indices.contains(first + 1) && scales.contains(words[first + 1]) ? words[first + 1] : ""
      guard let price = try? Money(written: "\(words[first]) \(unit)"), price.dong >= least else { return nil }
      return Product(count: count, price: price)
    }
  }

  private static let scales = ["nghìn", "ngàn", "triệu", "tỷ", "tỉ", "đồng"]
  /// A lesser number after `x` is a size, such as `2 x 4`.
  private static let least: Int64 = 1000
}

extension Substring {
  fileprivate var trimmingPunctuation: String {
    var word = self
    while let first = word.first, "(,;:".contains(first) { word.removeFirst() }
    while let last = word.last, "),;:.".contains(last) { word.removeLast() }
    return String(word)
  }
}
