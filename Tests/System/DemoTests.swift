import FoundationEssentials
import Glibc
import Schema
import Testing

@testable import xaso

extension SystemTests {
  /// The demo, run as people run it. What it has to show was added up by hand from `deploy/plans`.
  @Suite("The demo")
  struct DemoTests {
    /// Province → commune: of each plan its year, number, tasks, targets, those with a number, money.
    static let plans = [
      "19", "19/05716 2025 119/KH-UBND 16 66 62 0",
      // 21 rows; those with money: 50+20+40+20+300+30+297+50+10+20+50+32+20+70 = 1 009 million.
      "20", "20/06607 2027 62/KH-UBND 21 0 0 1009000000",
      "37", "37/14494 2026 05/KH-BCĐ 0 0 0 0",
      // 40+300+10+17+50+300+10+10+30+77 = 844 million. 31 targets, two of them to be reported on.
      "38", "38/15034 -", "38/15043 2026 31/KH-UBND 10 31 29 844000000",
      // 250+150+100+250+220+950+50+20+80+120+80 = 2 270 million. 25 targets, three of them to be reported on.
      "42", "42/18328 2026 25/KH-UBND 14 25 22 2270000000",
    ]

    /// By plan year: met, behind, no data, report only.
    static let indicators = [
      // 66 targets are 22 indicators: 15 of 2025, 4 that begin in 2030, one each in 2035, 2040 and 2045; one is reported.
      // Met: 31/50 is 62 of 62; 38/38; 640/900 is 71,1 of 70; 833/1190 is 70 of 70.
      // Behind: 45/50 is 90 of 95; 30/38 of 100; 18/140 is 12,9 of 15; 96/125 is 76,8 of 80; 812/1190 is 68,2 of 70.
      // Two of four villages were counted in December: eID and signatures have no data.
      "19 2025: 4 5 12 1", "19/05716 2025: 4 5 12 1",
      // Met: 1140/1200 is 95 of 90; 84/84; 900/1100 is 81,8 of 80; 471/480 is 98,1 of 90; 5/5; 3/3; 3105/5175 is 60 of 60.
      // Behind: 1/2 of 100; 312/350 is 89,1 of 90; 640/1000 is 64 of 80; 1380/4600 is 30, not above 30; 2 of 0.
      // Thôn 4 was not counted in March: signatures have no data.
      "38 2026: 7 5 17 2", "38/15043 2026: 7 5 17 2",
      // Met: 5250/7000 is 75 of 70; 588/600 is 98 of 98; 1204/1204; 512/640 is 80 of 80; 137/160 is 85,6 of 85.
      // Behind: 46/52 of 100; 420/600 is 70 of 75; 455/600 is 75,8 of 80; 118/120 of 100; 497/640 is 77,7 of 80.
      // Met by the counts of March: 1700/2000 eID is 85 of 75; 110/2000 signatures is 5,5 of 5.
      "42 2026: 7 5 10 3", "42/18328 2026: 7 5 10 3",
    ]

    /// By fiscal year: estimated, allocated, disbursed.
    static let money = [
      "20 2027: 1009000000 0 0", "20/06607 2027: 1009000000 0 0",
      // A year that is closed: see `year`.
      "38 2025: 100000000 92000000 92000000", "38/15043 2025: 100000000 92000000 92000000",
      // Allocated 40+200+10+17+30+10+42 = 349 million; disbursed 10+12,5+21+10+4,25+2,5 = 60,25 million.
      "38 2026: 844000000 349000000 60250000", "38/15043 2026: 844000000 349000000 60250000",
      // Allocated 150+60+250+400+50+30 = 940 million; disbursed 130+12+112,75+95,5+45+5 = 400,25 million.
      "42 2026: 2270000000 940000000 400250000", "42/18328 2026: 2270000000 940000000 400250000",
    ]

    /// The year 2025 of Giao An, in million đồng: day, line, phase, amount; then approved, allocated, advanced, disbursed,
    /// settled and left. A line for the office's network, 3 million a month and 4 from July on, and one for the loudspeakers.
    static let year = [
      "20/12/2024 N.1 giao dự toán 40: 40 0 0 0 0 0", "20/12/2024 N.2 giao dự toán 60: 60 0 0 0 0 0",
      "06/01/2025 N.1 phân bổ 36: 40 36 0 0 0 36", "06/01/2025 N.2 phân bổ 60: 60 60 0 0 0 60",
      "31/01/2025 N.1 giải ngân 3: 40 36 0 3 0 33", "28/02/2025 N.1 giải ngân 3: 40 36 0 6 0 30",
      "31/03/2025 N.1 giải ngân 3: 40 36 0 9 0 27", "10/04/2025 N.2 tạm ứng 20: 60 60 20 0 0 40",
      "29/04/2025 N.1 giải ngân 3: 40 36 0 12 0 24", "30/05/2025 N.1 giải ngân 3: 40 36 0 15 0 21",
      // Six months at a million more than was thought: the other line gives them.
      "16/06/2025 N.2 điều chỉnh -6: 54 54 20 0 0 34", "16/06/2025 N.1 điều chỉnh 6: 46 42 0 15 0 27",
      "30/06/2025 N.1 giải ngân 3: 46 42 0 18 0 24", "31/07/2025 N.1 giải ngân 4: 46 42 0 22 0 20",
      "29/08/2025 N.1 giải ngân 4: 46 42 0 26 0 16", "12/09/2025 N.2 thu hồi tạm ứng 20: 54 54 0 0 0 54",
      "12/09/2025 N.2 giải ngân 50: 54 54 0 50 0 4", "30/09/2025 N.1 giải ngân 4: 46 42 0 30 0 12",
      "31/10/2025 N.1 giải ngân 4: 46 42 0 34 0 8", "28/11/2025 N.1 giải ngân 4: 46 42 0 38 0 4",
      "31/12/2025 N.1 giải ngân 4: 46 42 0 42 0 0", "15/01/2026 N.1 quyết toán 42: 46 42 0 42 42 0",
      "15/01/2026 N.2 quyết toán 50: 54 54 0 50 50 4", "20/01/2026 N.2 điều chỉnh -4: 50 50 0 50 50 0",
    ]

    /// Đề án 06 in the quarter's last month: villages that reported of those there are; adults, issued, activated,
    /// signatures.
    static let enrolment = [
      // 730+480, 715+470, 690+451, 44+20; xóm 3 stopped in November, xóm 4 says nothing.
      "19 2025-M12: 2/4 1210 1185 1141 64", "19/05716 2025-M12: 2/4 1210 1185 1141 64",
      "20 2026-M03: 0/2 -", "20/06607 2026-M03: 0/2 -",
      // 1020+760, 980+722, 910+655, 133+87.
      "37 2026-M03: 2/3 1780 1702 1565 220", "37/14494 2026-M03: 2/3 1780 1702 1565 220",
      // 1350+1870, 1280+1782, 1132+1605, 284+596: 2737/3220 is 85,0; the mean of 83,8 and 85,8 would be 84,8.
      "38 2026-M03: 5/7 3220 3062 2737 880",
      // 900+450, 850+430, 760+372, 180+104.
      "38/15034 2026-M03: 2/3 1350 1280 1132 284",
      // 640+520+710, 610+500+672, 560+455+590, 210+150+236; thôn 4 is silent in March.
      "38/15043 2026-M03: 3/4 1870 1782 1605 596",
      // 800+650+550, 760+610+505, 702+548+450, 52+31+27.
      "42 2026-M03: 3/3 2000 1875 1700 110", "42/18328 2026-M03: 3/3 2000 1875 1700 110",
    ]

    /// Tasks that have begun or were given money: progress, estimated, allocated, disbursed.
    static let tasks = [
      "19/05716 II.3 90%", "19/05716 III.1 80%", "19/05716 IV.5 100%",
      "38/15043 1.1 25% 40000000 40000000 10000000", "38/15043 1.2 0% 300000000 200000000 0",
      "38/15043 1.3 100% 10000000 10000000 10000000", "38/15043 1.4 0% 17000000 17000000 4250000",
      "38/15043 1.5 40% 50000000 30000000 12500000", "38/15043 1.7 0% 10000000 10000000 2500000",
      "38/15043 2.1 10% 10000000 0 0", "38/15043 3.1 55% 77000000 42000000 21000000",
      "42/18328 1 30% 250000000 150000000 45000000", "42/18328 4 0% 100000000 60000000 0",
      "42/18328 5 50% 250000000 250000000 112750000",
      // 130 + 95,5 million, in two payments.
      "42/18328 7 20% 950000000 400000000 225500000", "42/18328 8 25% 50000000 50000000 12000000",
      "42/18328 14 25% 80000000 30000000 5000000",
    ]

    /// How many notices each office has: a plan that gives it work, accounts, progress of shared tasks, allocations, a
    /// payment refused, figures that others entered (the focal office), targets met, counts (the focal office).
    static let notices = [
      // The focal office: 3 accounts, 3 counts. The others: their own account.
      "37/14494 vh-xh 6", "37/14494 vp 1", "37/14494 ca 1",
      // vp: plan, account, 6 allocations and 1 of 2025, refusal, 2 met. vh-xh: plan, 5 accounts, 4 of progress, 1
      // allocation and 1 of 2025, refusal,
      // 8 figures, 7 met, 8 counts (3.4 is not announced: no month has all villages).
      "38/15043 vp 12", "38/15043 vh-xh 36",
      // Plan and account; kt 1 met, pvhcc 2 met. Without an account: plan; tyt and schools 1 met each.
      "38/15043 kt 3", "38/15043 pvhcc 4", "38/15043 ca 2", "38/15043 tyt 2", "38/15043 bhxh 1",
      "38/15043 nha-truong 2",
      // vp: plan, account, 2 of progress, 3 allocations. vh-xh: plan, 5 accounts, 1 of progress, 4 allocations, 7 figures,
      // 5 met, 2 met by counts, 6 counts. kt: plan, account, 1 of progress. pvhcc: plan, account, 3 met. ca: plan,
      // account, 1 met by counts.
      "42/18328 vp 7", "42/18328 vh-xh 31", "42/18328 kt 3", "42/18328 pvhcc 5", "42/18328 ca 3", "42/18328 tyt 1",
      // Plan, 2 of progress, 1 met; the others: plan.
      "42/18328 vp-du 1", "42/18328 phong-ban 4", "42/18328 cac-co-quan 4", "42/18328 thon 1", "42/18328 to-cds 1",
      "42/18328 mttq 1", "42/18328 truong-hoc 1", "42/18328 vien-thong 1",
      // vh-xh: plan, 5 accounts, 3 of progress, 5 figures, 1 met (until 2030 the one of that year: 38/38), 4 counts.
      // pvhcc and cac-co-quan: 1 of progress besides.
      "19/05716 vh-xh 19", "19/05716 kt 2", "19/05716 vp 2", "19/05716 pvhcc 3", "19/05716 ca 2",
      "19/05716 cac-co-quan 2", "19/05716 vp-ubnd-tinh 1", "19/05716 so-khcn 1", "19/05716 so-vhttdl 1",
      // Plan; vh-xh 4 accounts, kt and ca their own.
      "20/06607 vh-xh 5", "20/06607 kt 2", "20/06607 pvhcc 1", "20/06607 ca 2", "20/06607 cac-co-quan 1",
      "20/06607 thon 1", "20/06607 htx 1",
    ]

    @Test("its JSON has the figures that were worked out by hand; task show has progress and money of the same stack")
    func figures() async throws {
      try await Self.inFolder { folder in
        let demo = try await Self.xaso("demo", "--plans", Self.plansFolder, "--keep", folder, "--json")
        #expect(demo.status == 0)
        let json = Data(demo.output.joined(separator: "\n").utf8)
        let outcome = try Codec.decode(Demonstration.Outcome.self, from: json)
        #expect(outcome.plans == Self.plans)
        #expect(outcome.indicators == Self.indicators)
        #expect(outcome.money == Self.money)
        #expect(outcome.year == Self.year)
        #expect(outcome.enrolment == Self.enrolment)
        #expect(outcome.tasks == Self.tasks)
        #expect(outcome.notices.map { "\($0.unit) \($0.office.code) \($0.count)" } == Self.notices)

        // 30 million allocated less 12,5 million spent.
        let refusal = try #require(outcome.refusals.first)
        #expect(outcome.refusals.count == 1)
        #expect(refusal.line.unit == "38/15043" && refusal.line.number == "1.5")
        #expect(refusal.asked == 20_000_000 && refusal.code == 409)
        #expect(refusal.text.vi.contains("20.000.000") && refusal.text.vi.contains("17.500.000"))
        #expect(refusal.told.map(\.office.code) == ["vp", "vh-xh"])
        #expect(refusal.told.allSatisfy { $0.notice.text.vi.contains("17.500.000") })

        #expect(outcome.services.map(\.service) == Catalogue.contracts.map { $0.name })
        for service in outcome.services {
          for stream in service.streams {
            #expect(stream.parked == 0 && stream.cursor == outcome.services.first { $0.service == stream.stream }?.head)
          }
        }

        let profile = Installation(folder).profilePath("giao-an.kt")
        let task = try await Self.xaso("task", "show", "1.5", "--profile", profile)
        let shown = task.output.joined(separator: "\n")
        #expect(task.status == 0)
        for figure in ["40%", "50.000.000 đồng", "30.000.000 đồng", "12.500.000 đồng (41%)"] {
          #expect(shown.contains(figure), "\(figure) in:\n\(shown)")
        }
      }
    }

    @Test("the tables that it prints have the same figures, within a page's width")
    func printed() async throws {
      let demo = try await Self.xaso("demo", "--plans", Self.plansFolder)
      #expect(demo.status == 0)
      let lines = Set(demo.output.map { $0.split(separator: " ").joined(separator: " ") })
      let rows = [
        "19/05716 Võ Nhai 2025 119/KH-UBND 16 66 62 4 —", "20/06607 Xuân Dương 2027 62/KH-UBND 21 0 0 0 1.009.000.000",
        "37/14494 Gia Trấn 2026 05/KH-BCĐ 0 0 0 0 —", "38/15043 Giao An 2026 31/KH-UBND 10 31 29 2 844.000.000",
        "42/18328 Thượng Đức 2026 25/KH-UBND 14 25 22 3 2.270.000.000",
        "19 Thái Nguyên 2025 4 5 12 1 22", "38/15043 Giao An 2026 7 5 17 2 31", "42 Hà Tĩnh 2026 7 5 10 3 25",
        "20 Lạng Sơn 2027 1.009.000.000 0 0 —", "38 Thanh Hóa 2026 844.000.000 349.000.000 60.250.000 17,2 %",
        "42/18328 Thượng Đức 2026 2.270.000.000 940.000.000 400.250.000 42,5 %",
        "19 Thái Nguyên 2025-M12 2/4 1.210 1.141 94,2 % 64 5,2 %", "20/06607 Xuân Dương 2026-M03 0/2 — — — — —",
        "37 Ninh Bình 2026-M03 2/3 1.780 1.565 87,9 % 220 12,3 %",
        "38 Thanh Hóa 2026-M03 5/7 3.220 2.737 85,0 % 880 27,3 %",
        "38/15034 Yên Thắng 2026-M03 2/3 1.350 1.132 83,8 % 284 21,0 %",
        "38/15043 Giao An 2026-M03 3/4 1.870 1.605 85,8 % 596 31,8 %",
        "42 Hà Tĩnh 2026-M03 3/3 2.000 1.700 85,0 % 110 5,5 %",
        "Võ Nhai II.3 Thực hiện dự toán ngân sách được giao 90% — — —",
        "Giao An 1.1 Duy trì đường truyền internet 25% 40.000.000 40.000.000 10.000.000",
        "Thượng Đức 7 Phân loại và số hóa hồ sơ, tài liệu lịch sử 20% 950.000.000 400.000.000 225.500.000",
        "Giao An: chi 20.000.000 đồng cho nhiệm vụ 1.5", "38 Thanh Hóa 2025 100.000.000 92.000.000 92.000.000 100,0 %",
        "16/06/2025 N.1 điều chỉnh 6.000.000 46.000.000 42.000.000 0 15.000.000 0 27.000.000",
        "15/01/2026 N.2 quyết toán 50.000.000 54.000.000 54.000.000 0 50.000.000 50.000.000 4.000.000",
      ]
      for row in rows { #expect(lines.contains(row), "\(row)") }
      let text = demo.output.flatMap { $0.split(separator: " ") }.joined(separator: " ")
      #expect(text.contains("409: Chi 20.000.000 đồng vượt kinh phí còn lại của nhiệm vụ 1.5: 17.500.000 đồng"))
      for office in ["Văn phòng HĐND và UBND xã", "Phòng Văn hóa - Xã hội"] {
        #expect(text.contains("→ \(office): Từ chối chi 20.000.000 đồng cho nhiệm vụ 1.5: chỉ còn 17.500.000 đồng"))
      }
      #expect(demo.output.allSatisfy { $0.count <= 120 })
    }

    private static let plansFolder =
      URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "deploy/plans").path

    private static func xaso(_ arguments: String...) async throws -> (status: Int32, output: [String]) {
      try await Child.run([House.executable("xaso")] + arguments)
    }

    /// A folder that is not there yet; its stack and itself are gone afterwards, however the body ends.
    private static func inFolder(_ body: (String) async throws -> Void) async throws {
      let folder = "/tmp/demo-\(UUIDv7())"
      do {
        try await body(folder)
      } catch {
        try? await clear(folder)
        throw error
      }
      try await clear(folder)
    }

    private static func clear(_ folder: String) async throws {
      guard access(folder, F_OK) == 0 else { return }
      try await Stack(in: Installation(folder)).stop()
      try FileManager.default.removeItem(atPath: folder)
    }
  }
}

/// The outcome in lines, as the tables above are written.
extension Demonstration.Outcome {
  fileprivate var plans: [String] {
    provinces.flatMap { province in
      [province.unit.description]
        + province.communes.map { commune in
          guard let plan = commune.plan else { return "\(commune.unit) -" }
          let number = plan.number?.description ?? "-"
          return "\(commune.unit) \(plan.year) \(number) \(plan.rows.tasks) \(plan.rows.targets) "
            + "\(plan.numericTargets) \(plan.planned.dong)"
        }
    }
  }

  fileprivate var indicators: [String] {
    provinces.flatMap(\.indicators).flatMap { standings in
      (standings.units.isEmpty ? [] : [standings.total] + standings.units).map { item in
        "\(item.unit) \(standings.year): \(item.met) \(item.notMet) \(item.noData) \(item.reportOnly)"
      }
    }
  }

  fileprivate var money: [String] {
    provinces.flatMap(\.money).flatMap { totals in
      ([.init(unit: totals.unit, sums: totals.sums)] + totals.units).map { item in
        "\(item.unit) \(totals.fiscalYear): \(item.sums.estimated.dong) \(item.sums.allocated.dong) "
          + "\(item.sums.disbursed.dong)"
      }
    }
  }

  fileprivate var year: [String] {
    years.flatMap(\.steps).map { step in
      let line = step.line
      let left = Money(dong: line.allocated.dong - line.advanced.dong - line.disbursed.dong)
      let figures = [line.approved, line.allocated, line.advanced, line.disbursed, line.settled, left]
        .map { "\($0.dong / 1_000_000)" }
      return "\(step.day.written) \(line.number) \(step.phase.text(.vietnamese)) \(step.amount.dong / 1_000_000): "
        + figures.joined(separator: " ")
    }
  }

  fileprivate var enrolment: [String] {
    provinces.compactMap(\.enrolment).flatMap { table in
      ([table.total] + table.rows).map { row in
        let counts = row.counts.map { "\($0.adults) \($0.issued) \($0.activated) \($0.signatures)" } ?? "-"
        return "\(row.unit) \(table.month): \(row.reported)/\(row.expected) \(counts)"
      }
    }
  }

  fileprivate var tasks: [String] {
    provinces.flatMap(\.communes).flatMap(\.moving).map { whole in
      let money = whole.lines.map { " \($0.estimated.dong) \($0.allocated.dong) \($0.disbursed.dong)" }.joined()
      return "\(whole.task.unit) \(whole.task.row.number) \(whole.task.percent)%" + money
    }
  }
}
