import ArgumentParser
import PlanDocuments
import Schema

extension PlanCommand {
  struct Read: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Đọc một văn bản kế hoạch thành tệp YAML. (Read a plan's document into the YAML form.)",
      discussion: """
        Nhận .docx, .xlsx, .pdf, Markdown, HTML, bảng dán từ Excel hoặc chữ thường. In kế hoạch đã hiểu, và sau dấu # mọi
        điều còn thiếu, được giả định hoặc bỏ lại. (Prints the plan as understood and, after #, all that was missing,
        assumed or left out.)
        """)

    @Argument(help: "Tệp văn bản. (The document.)") var file: String
    @Option(help: "Đơn vị của kế hoạch, khi văn bản không nói rõ. (The plan's unit, where the document does not tell.)")
    var unit: String?
    @Option(help: "Ngôn ngữ: vi hoặc en. (The language.)") var lang: Language = .vietnamese
    @Flag(help: "In JSON cho chương trình khác. (Print JSON.)") var json = false

    func run() async throws {
      do {
        let paper = try PlanPaper.read(file, unit: unit)
        if json {
          Output.json(ReadingInFull(paper), .inClear)
        } else {
          for line in paper.findings(lang) { Output.write("# " + line) }
          if let yaml = paper.reading.yaml(of: paper.unit) { Output.data(yaml, .inClear) }
        }
      } catch let complaint as Complaint {
        Failure.complain(complaint.text(lang))
        throw complaint.code
      }
    }
  }
}
