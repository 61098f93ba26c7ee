import ArgumentParser
import Bus
import Schema
import Units

extension IdentityCommand {
  struct Merge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Sáp nhập xã: tài khoản, thôn, số liệu, sổ định danh chuyển sang xã mới. (Merge a commune into another.)",
      discussion: """
        Ghi nhận từ ngày sáp nhập trở đi; không quay lại được. Chuỗi số liệu chỉ tiêu được cộng theo.
        (From the day of the merger on, for good. The indicators' series follow.)
        """, aliases: ["sap-nhap"])

    @Argument(help: "Xã thôi tồn tại. (The commune that ends.)") var from: String
    @Argument(help: "Xã tiếp nhận. (The commune that it goes on in.)") var into: String
    @Option(help: "Ngày đầu tiên của đơn vị mới. (The first day of the merged unit.)") var on: Day
    @Option(help: "Nghị quyết. (The resolution.)") var document: DocumentNumber
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      let merger = Merger(
        from: try UnitOption.find(from), into: try UnitOption.find(into), day: on, document: document)
      try await change.make(
        { session, key in
          try await session.ask(MergeUnits(merger: merger), in: merger.into.provinceUnit, key: key).value
        }, show: { MergerTable.of($0) })
    }
  }
}

/// Which commune goes on in which.
enum MergerTable {
  static func of(_ merger: Merger) -> Table {
    var table = Table([
      .init(title: Text(vi: "Xã", en: "Commune")), .init(title: Text(vi: "Sáp nhập vào", en: "Merged into")),
      .init(title: Text(vi: "Từ ngày", en: "From")), .init(title: Text(vi: "Nghị quyết", en: "By")),
    ])
    table.add(
      "\(Units[merger.from]?.name ?? "\(merger.from)")", "\(Units[merger.into]?.name ?? "\(merger.into)")",
      "\(merger.day.written)", "\(merger.document)")
    return table
  }
}
