import ArgumentParser
import Bus
import FoundationEssentials
import PlanDocuments
import Schema

extension PlanCommand {
  struct Diff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "So với kế hoạch trước, theo văn phong quyết định. (What changed, in the words of a decision.)",
      aliases: ["so-sanh"])

    @Argument(help: "Số hoặc mã kế hoạch sau. (The later plan.)") var plan: PlanReference
    @Option(help: "Kế hoạch trước; mặc định là bản được thay thế. (The earlier plan.)") var with: PlanReference?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let later = try await plan.resolve(session, in: unit)
        let earlier = try await with?.resolve(session, in: unit)
        let changes: [PlanChange] = try await session.all(in: unit) {
          ComparePlans(plan: later, with: earlier, after: $0)
        }
        if options.json || options.csv {
          var table = Table([.init(title: Text(vi: "Nội dung điều chỉnh", en: "Change"), isLong: true)])
          for change in changes { table.add("\(change.text(options.lang))") }
          options.show(table, json: changes)
        } else if changes.isEmpty {
          Output.write(Text(vi: "Không có gì thay đổi.", en: "Nothing has changed.")(options.lang))
        } else {
          for (index, change) in changes.enumerated() { Output.write("\(index + 1). \(change.text(options.lang)).") }
        }
      }
    }
  }

  struct PlanRow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "row",
      abstract: "Sửa, thêm, bỏ dòng của bản dự thảo. (Change, add or remove rows of a draft.)", aliases: ["dong"])

    @OptionGroup var step: PlanOptions
    @Option(help: "Tệp kế hoạch; chỉ các dòng được nêu là được gửi. (The plan's file; only the rows named are sent.)")
    var file: String?
    @Option(help: "Số nhiệm vụ lấy từ tệp, cách nhau bằng dấu phẩy. (Tasks to take from the file.)") var tasks: String?
    @Option(help: "Số chỉ tiêu lấy từ tệp. (Targets to take from the file.)") var targets: String?
    @Option(help: "Số nhiệm vụ bỏ đi. (Tasks to remove.)") var removeTasks: String?
    @Option(help: "Số chỉ tiêu bỏ đi. (Targets to remove.)") var removeTargets: String?

    func validate() throws {
      guard (file != nil) == (tasks != nil || targets != nil) else {
        throw ValidationError(
          "--tasks và --targets là các dòng của --file. (--tasks and --targets name rows of --file.)")
      }
    }

    func run() async throws {
      let lang = step.change.options.lang
      let document = try file.map { try PlanFile.read($0, lang) }
      let tasks = try pick(numbers(tasks), from: document?.tasks ?? [], \.number, lang)
      let targets = try pick(numbers(targets), from: document?.targets ?? [], \.number, lang)
      try await step.take {
        ChangeRows(
          plan: $0, tasks: tasks, targets: targets, removedTasks: numbers(removeTasks),
          removedTargets: numbers(removeTargets))
      }
    }

    private func numbers(_ list: String?) -> [String] {
      (list ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
    }

    private func pick<Row>(
      _ numbers: [String], from rows: [Row], _ number: (Row) -> String, _ lang: Language
    ) throws -> [Row] {
      try numbers.map { wanted in
        guard let row = rows.first(where: { number($0) == wanted }) else {
          Failure.complain(
            Text(vi: "Tệp không có dòng số \(wanted).", en: "The file has no row \(wanted).")(lang))
          throw ExitCode(65)
        }
        return row
      }
    }
  }
}
