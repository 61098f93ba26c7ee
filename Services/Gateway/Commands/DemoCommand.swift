import ArgumentParser
import FoundationEssentials
import Glibc
import PlanDocuments
import Schema
import UnixSignals

/// `xaso demo`: the five plans through a stack of its own, which is gone afterwards.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Chạy thử với năm kế hoạch thật. (Five real plans, from the office to a subscriber.)"
  )

  @Option(help: "Thư mục các kế hoạch. (The plans' folder.)") var plans = "deploy/plans"
  @Option(help: "Ngôn ngữ: vi hoặc en. (The language.)") var lang: Language = .vietnamese
  @Flag(help: "In JSON. (Print JSON.)") var json = false

  func run() async throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: plans).filter { $0.hasSuffix(".yaml") }.sorted()
    guard !files.isEmpty else { throw ValidationError("no plans in \(plans); name their folder with --plans") }
    let documents = try files.map { try PlanFile.read("\(plans)/\($0)", lang) }

    var template = Array("/tmp/xaso-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw ValidationError("no temporary folder: \(String(cString: strerror(errno)))")
    }
    let directory = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    let stack = Stack(in: Installation(directory))
    let outcome: Demonstration.Outcome
    do {
      outcome = try await unlessInterrupted { try await Demonstration(documents, on: stack, lang).run() }
    } catch {
      try? await stack.stop()
      try? FileManager.default.removeItem(atPath: directory)
      throw error
    }
    try await stack.stop()
    try FileManager.default.removeItem(atPath: directory)

    if json {
      print(String(decoding: Codec.encode(outcome), as: UTF8.self))
    } else {
      for line in outcome.lines(lang) { print(line) }
    }
  }
}

/// Ends with exit code 130 at Ctrl-C and SIGTERM, so that what was started is stopped all the same.
private func unlessInterrupted<Result: Sendable>(
  _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
  try await withThrowingTaskGroup(of: Result.self) { group in
    group.addTask { try await body() }
    group.addTask {
      for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { throw ExitCode(130) }
      throw CancellationError()
    }
    defer { group.cancelAll() }
    guard let result = try await group.next() else { throw CancellationError() }
    return result
  }
}

extension Demonstration.Outcome {
  fileprivate func lines(_ lang: Language) -> [String] {
    var lines = [Text(vi: "Tỉnh → xã", en: "Province → commune")(lang)]
    lines += communeTable.lines(lang, width: nil)
    lines.append("")
    for (year, money) in planned.sorted(by: { $0.key < $1.key }) where money > 0 {
      lines.append(
        Text(
          vi: "Kinh phí kế hoạch năm \(year): \(money.written) đồng", en: "Planned for \(year): \(money.written) đồng")(
            lang))
    }
    lines += ["", Text(vi: "Thông báo đầu tiên của mỗi cơ quan", en: "The first notice of each office")(lang)]
    lines += noticeTable(lang).lines(lang)
    lines += ["", Text(vi: "Dịch vụ và luồng sự kiện", en: "Services and streams")(lang)]
    return lines + HealthTable.of(services.map { Checkup(service: $0.service, health: $0) }, lang).lines(lang)
  }

  private var communeTable: Table {
    var table = Table([
      .init(title: Text(vi: "Đơn vị", en: "Unit")),
      .init(title: Text(vi: "Năm", en: "Year"), isNumber: true),
      .init(title: Text(vi: "Số, ký hiệu", en: "Number")),
      .init(title: Text(vi: "Nhiệm vụ", en: "Tasks"), isNumber: true),
      .init(title: Text(vi: "Chỉ tiêu", en: "Targets"), isNumber: true),
      .init(title: Text(vi: "có số", en: "numeric"), isNumber: true),
      .init(title: Text(vi: "báo cáo", en: "report"), isNumber: true),
      .init(title: Text(vi: "Kinh phí (đồng)", en: "Money (đồng)"), isNumber: true),
    ])
    for province in provinces {
      table.add("\(province.unit) \(province.name)", "", "", "", "", "", "", "")
      for commune in province.communes {
        let plan = commune.plan
        table.add(
          "  \(commune.unit) \(commune.name)", Table.Cell(plan.year), "\(plan.number?.description ?? "")",
          Table.Cell(plan.rows.tasks), Table.Cell(plan.rows.targets), Table.Cell(plan.numericTargets),
          Table.Cell(plan.rows.targets - plan.numericTargets),
          plan.lines == 0 ? "—" : Table.Cell(plan.planned))
      }
    }
    return table
  }

  private func noticeTable(_ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Xã", en: "Commune")),
      .init(title: Text(vi: "Cơ quan", en: "Office")),
      .init(title: Text(vi: "Số lượng", en: "Count"), isNumber: true),
      .init(title: Text(vi: "Thông báo", en: "Notice"), isLong: true),
    ])
    for notice in notices {
      let commune = provinces.flatMap(\.communes).first { $0.unit == notice.unit }
      table.add(
        "\(commune?.name ?? notice.unit.description)", "\(notice.office.name)", Table.Cell(notice.count),
        "\(notice.first.text(lang))")
    }
    return table
  }
}
