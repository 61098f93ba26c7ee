import ArgumentParser
import FoundationEssentials
import Schema
import Storage

/// `xaso audit`: the record of who did what.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Nhật ký kiểm toán. (The audit.)", subcommands: [Verify.self],
    aliases: ["kiem-toan"])

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Kiểm tra chuỗi băm trong một bản sao lưu. (Walk the hash chains of a backup.)",
      discussion: """
        Ghi lại mã băm cuối ở nơi khác: lần kiểm tra sau sẽ cho biết có dòng cuối nào bị cắt bỏ hay không.
        Keep the last hashes elsewhere: by them a later look shows whether rows were cut off at the end.
        """)

    @Argument(help: "Thư mục của bản sao lưu. (The backup's folder.)", completion: .directory) var folder: String
    @Option(help: "Ngôn ngữ: vi hoặc en. (The language.)") var lang: Language = .vietnamese
    @Flag(help: "In JSON cho chương trình khác. (Print JSON.)") var json = false

    /// What the walk along one store's chain found.
    struct Chain: Encodable {
      var service: ServiceName
      /// That fit, up to the first that does not.
      var rows: Int64
      /// Nil when the chain is whole.
      var firstBad: Int64?
      /// Of the last good row, in hexadecimal.
      var hash: String
    }

    func run() async throws {
      do {
        var chains: [Chain] = []
        for copy in try Manifest.load(from: folder).stores {
          let report = try await StoreFile("\(folder)/\(copy.service).sqlite").verifyAudit()
          // A chain that ends early fits too: how long it was, the manifest says.
          let missing = report.firstBad == nil && report.rows < copy.audits ? report.rows + 1 : nil
          chains.append(
            Chain(
              service: copy.service, rows: report.rows, firstBad: report.firstBad ?? missing,
              hash: report.hashInHexadecimal))
        }
        show(chains)
        if chains.contains(where: { $0.firstBad != nil }) { throw ExitCode(1) }
      } catch let complaint as Complaint {
        Failure.complain(complaint.text(lang))
        throw complaint.code
      } catch let error as StorageError {
        Failure.complain(error.message)
        throw ExitCode(65)
      }
    }

    private func show(_ chains: [Chain]) {
      guard !json else { return Output.json(chains) }
      var table = Table([
        .init(title: Text(vi: "Kho", en: "Store")),
        .init(title: Text(vi: "Dòng", en: "Rows"), isNumber: true),
        .init(title: Text(vi: "Chuỗi", en: "Chain")),
        .init(title: Text(vi: "Mã băm cuối", en: "Last hash")),
      ])
      for chain in chains {
        let whole = Text(vi: "nguyên vẹn", en: "whole")
        let verdict = chain.firstBad.map { Text(vi: "sai từ dòng \($0)", en: "broken at row \($0)") } ?? whole
        table.add("\(chain.service)", Table.Cell(chain.rows), "\(verdict(lang))", "\(chain.hash)")
      }
      for line in table.lines(lang) { Output.write(line) }
    }
  }
}
