import Schema

/// What looks wrong with a unit's money on a day. Pure: nothing is stored, the same question has another answer tomorrow.
struct BudgetChecks {
  /// How far, in points of a hundred, spending may lag behind the year.
  static let lag = 25
  /// Paid to this share while no more than that share is done.
  static let paidAhead = (paid: 90, done: 20)

  let fiscalYear: Int
  let today: Day
  var lines: [LineRecord]
  var plans: [PlanMoney] = []
  var year: YearSummary?

  /// Errors first; the order of the lines within.
  var findings: [BudgetFinding] {
    let all = plans.compactMap(sum) + lines.flatMap(findings) + [measure] + share + open
    return all.filter { $0.severity == .error } + all.filter { !($0.severity == .error) }
  }

  /// Percent of the fiscal year that is over: 0 before it, 100 after it.
  var elapsed: Int {
    Day.days(ofYear: fiscalYear)?.elapsed(on: today) ?? 0
  }

  /// Money was allocated, and less of it is spent than the year would have it; or nothing after the third quarter.
  func lags(_ line: LineSummary) -> Bool {
    guard line.allocated > 0 else { return false }
    let spent = Self.percent(line.disbursed, of: line.allocated)
    let isLate = Day(fiscalYear, 9, 30).map { today > $0 } ?? false
    return spent < elapsed - Self.lag || line.disbursed == 0 && isLate
  }

  /// What is said of the lines that lag.
  var lagging: [LineLagging] {
    lines.map(\.summary).filter(lags).map { line in
      LineLagging(
        unit: line.unit, line: line.id, number: line.number, name: line.name, fiscalYear: line.fiscalYear,
        leads: line.leads, allocated: line.allocated, disbursed: line.disbursed, elapsed: elapsed)
    }
  }

  static func percent(_ part: Money, of whole: Money) -> Int {
    whole > 0 ? Int(Int128(part.dong) * 100 / Int128(whole.dong)) : 0
  }

  // MARK: The whole year

  private func sum(_ plan: PlanMoney) -> BudgetFinding? {
    guard plan.declared != plan.estimated else { return nil }
    return BudgetFinding(
      check: Open(.sum), severity: Open(.error),
      text: Text(
        vi: "Kế hoạch \(plan.number) ghi tổng \(plan.declared.written) đồng, các dòng cộng lại "
          + "\(plan.estimated.written) đồng.",
        en: "The plan \(plan.number) declares \(plan.declared.written) đồng, its lines come to "
          + "\(plan.estimated.written) đồng."))
  }

  /// The paper is read before it becomes a plan; here all money is in đồng.
  private var measure: BudgetFinding {
    BudgetFinding(
      check: Open(.measure), severity: Open(.unchecked),
      text: Text(
        vi: "Không kiểm được đơn vị tiền in trên văn bản: ở đây mọi số đã là đồng; xem kết quả kiểm tra văn bản.",
        en: "Which unit of money the paper prints cannot be checked here, where all is in đồng; see the plan's check."))
  }

  private var share: [BudgetFinding] {
    guard let spending = year?.spending, let promised = year?.promised else {
      return [
        BudgetFinding(
          check: Open(.share), severity: Open(.unchecked),
          text: Text(
            vi: "Không kiểm được tỷ lệ chi: chưa nhập tổng chi ngân sách năm \(fiscalYear).",
            en: "The share of all spending cannot be checked: the total of \(fiscalYear) was not entered."))
      ]
    }
    let estimated = lines.reduce(Int128(0)) { $0 + Int128($1.summary.estimated.dong) }
    let needed = Int128(spending.dong) * Int128(promised.numerator)
    guard estimated * Int128(promised.denominator) < needed else { return [] }
    return [
      BudgetFinding(
        check: Open(.share), severity: Open(.warning),
        text: Text(
          vi:
            "Dự toán các dòng chưa đạt \(promised.percentWritten) tổng chi \(spending.written) đồng như kế hoạch nêu.",
          en: "The lines' estimates are less than \(promised.percentWritten) of all spending, \(spending.written) đồng."
        ))
    ]
  }

  private var open: [BudgetFinding] {
    guard let end = LedgerRules.correctionEnds(of: fiscalYear), today > end, !lines.isEmpty, year?.closed != true
    else { return [] }
    return [
      BudgetFinding(
        check: Open(.open), severity: Open(.warning),
        text: Text(
          vi: "Hết thời gian chỉnh lý quyết toán (\(end.written)) mà năm \(fiscalYear) chưa khóa sổ.",
          en: "The correction period is over (\(end)) and the year \(fiscalYear) is not closed."))
    ]
  }

  // MARK: One line

  private func findings(of record: LineRecord) -> [BudgetFinding] {
    let line = record.summary
    func finding(_ check: BudgetFinding.Check, _ severity: BudgetFinding.Severity, _ text: Text) -> BudgetFinding {
      BudgetFinding(check: Open(check), severity: Open(severity), line: line.id, text: text)
    }
    var found: [BudgetFinding] = []
    if line.detail.quantity != nil || line.detail.price != nil, line.detail.product != line.estimated {
      let product = line.detail.product?.written ?? "—"
      found.append(
        finding(
          .product, .error,
          Text(
            vi: "\(line.number): số lượng × đơn giá = \(product) đồng, dự toán \(line.estimated.written) đồng.",
            en: "\(line.number): quantity × price is \(product) đồng, the estimate \(line.estimated.written) đồng.")))
    }
    if let violation = record.ledger.violation {
      found.append(
        finding(
          .ledger, .error,
          Text(
            vi: "\(line.number): sổ không cân (\(violation)); hãy báo người vận hành.",
            en: "\(line.number): the ledger broke its rules (\(violation)); tell the operator.")))
    }
    if line.estimated < 0 {
      found.append(
        finding(
          .sum, .error,
          Text(
            vi: "\(line.number): các phần đã tách nhiều hơn dự toán \((-line.estimated).written) đồng.",
            en: "\(line.number): its parts come to \((-line.estimated).written) đồng more than its estimate.")))
    }
    if lags(line) {
      let spent = Self.percent(line.disbursed, of: line.allocated)
      found.append(
        finding(
          .lag, .warning,
          Text(
            vi: "\(line.number): đã giải ngân \(spent)%, năm đã qua \(elapsed)%.",
            en: "\(line.number): \(spent)% is disbursed, \(elapsed)% of the year is over.")))
    }
    if let codes = line.detail.codes, !codes.isOfCommune {
      found.append(
        finding(
          .codes, .warning,
          Text(
            vi: "\(line.number): chương \(codes.chapter ?? "") không phải chương của cấp xã.",
            en: "\(line.number): chapter \(codes.chapter ?? "") is none of a commune's.")))
    }
    return found + work(on: line, finding)
  }

  /// Money beside work.
  private func work(
    on line: LineSummary,
    _ finding: (BudgetFinding.Check, BudgetFinding.Severity, Text) -> BudgetFinding
  ) -> [BudgetFinding] {
    guard let work = line.work, line.allocated > 0 else { return [] }
    let spent = Self.percent(line.disbursed, of: line.allocated)
    if spent >= Self.paidAhead.paid, work.percent <= Self.paidAhead.done {
      let text = Text(
        vi: "\(line.number): đã chi \(spent)%, công việc mới \(work.percent)%.",
        en: "\(line.number): \(spent)% is paid, \(work.percent)% is done.")
      return [finding(.paidAhead, .warning, text)]
    }
    if work.percent == 100, line.disbursed == 0, line.advanced == 0 {
      let text = Text(
        vi: "\(line.number): công việc đã xong, chưa chi đồng nào.",
        en: "\(line.number): the work is done and nothing is paid.")
      return [finding(.unpaid, .warning, text)]
    }
    return []
  }
}

extension Money {
  fileprivate static prefix func - (money: Money) -> Money { Money(dong: 0 - money.dong) }
}
