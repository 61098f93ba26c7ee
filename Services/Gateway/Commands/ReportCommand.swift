import ArgumentParser
import Bus
import FoundationEssentials
import PlanDocuments
import Schema

/// `xaso report`: what was submitted, as a document; the progress of a plan as the table of Resolution 57.
struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "In báo cáo. (Print reports.)", subcommands: [Print.self, Progress.self],
    aliases: ["bao-cao"])

  /// The forms of a report.
  enum Form: String, ExpressibleByArgument, CaseIterable { case docx, md, csv }

  struct Print: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Báo cáo theo thể thức NĐ 30/2020: docx, md hoặc csv. (A submission as a document.)", aliases: ["in"])

    @Argument(help: "Mã báo cáo. (The submission's id.)") var submission: Submission.ID
    @Option(help: "docx, md, csv.") var form: Form = .docx
    @Option(help: "Ghi vào tệp (docx: bắt buộc). (Into this file.)") var out: String?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func validate() throws {
      guard form != .docx || out != nil else {
        throw ValidationError("docx cần --out TỆP. (--out names the file of a docx.)")
      }
    }

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let material = try await ReportMaterial.gather(submission, in: unit, session)
        let report = material.report
        switch form {
        case .docx:
          do {
            try write(Data(report.word()))
          } catch is UnwritablePackage {
            throw Complaint(vi: "Không tạo được tệp docx.", en: "The docx cannot be made.", code: ExitCode(70))
          }
        case .md: try write(Data(report.markdown.utf8))
        case .csv:
          let lines = CellTable.of(material.submission, options.lang).csv(options.lang)
          try write(Data(PersonalData.masked(lines.joined(separator: "\r\n") + "\r\n").utf8))
        }
      }
    }

    private func write(_ data: Data) throws {
      guard let out else {
        return Output.data(String(decoding: data, as: UTF8.self))
      }
      do {
        try data.write(to: URL(filePath: out), options: .atomic)
      } catch {
        throw Complaint(vi: "Không ghi được \(out).", en: "\(out) cannot be written.", code: ExitCode(73))
      }
    }
  }

  struct Progress: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Bảng tiến độ 17 cột thực hiện NQ 57; thêm --csv để dán vào hệ thống. (The 17 columns of NQ 57.)",
      aliases: ["tien-do"])

    @Option(help: "Của kế hoạch này. (Of this plan only.)") var plan: PlanReference?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let plan = try await plan?.resolve(session, in: unit)
        let tasks: [TaskSummary] = try await session.all(in: unit) { ListTasks(plan: plan, after: $0) }
        let indicators: [IndicatorSummary] = try await session.all(in: unit) { ListIndicators(plan: plan, after: $0) }
        let offices = await session.offices(of: tasks.map { ($0.plan, $0.unit) })
        let courses = options.json ? [:] : try await ProgressTable.courses(of: tasks, session)
        options.show(ProgressTable.of(tasks, courses, indicators, offices, options.lang), json: tasks)
      }
    }
  }
}
