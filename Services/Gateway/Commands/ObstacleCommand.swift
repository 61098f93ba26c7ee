import ArgumentParser
import Bus
import Schema
import Units

/// `xaso obstacle`: what is in the way, and what is decided about it.
struct ObstacleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "obstacle", abstract: "Khó khăn, vướng mắc. (What is in the way.)",
    subcommands: [Raise.self, Answer.self, List.self], aliases: ["vuong-mac"])

  struct Raise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Nêu vướng mắc với đầu mối. (Tell the focal office.)", aliases: ["neu"])

    @Argument(help: "Nội dung. (What it is.)") var text: String
    @Option(help: "Người nêu: Trưởng thôn 3. (Who said so, if not the office.)") var raiser: String?
    @Option(help: "Nhiệm vụ bị vướng. (The task that is held up.)") var task: TaskReference?
    @OptionGroup var place: PlaceOptions
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let (unit, plan) = try await place.resolve(session)
          let task = try await task?.resolve(session, in: unit, of: plan)
          return try await session.ask(RaiseObstacle(text: text, raiser: raiser, task: task), in: unit, key: key).value
        }, show: { ObstacleTable.of([$0], change.options.lang) })
    }
  }

  struct Answer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Quyết định: giải quyết xong hoặc kiến nghị cấp trên. (Resolved, or referred to those above.)",
      aliases: ["giai-quyet"])

    @Argument(help: "Mã vướng mắc, hoặc số dòng trong danh sách. (Its id, or its line in the list.)")
    var obstacle: ObstacleReference
    @Argument(help: "Nội dung trả lời. (The answer.)") var answer: String
    @Flag(help: "Kiến nghị cấp trên. (Referred to those above.)") var refer = false
    @Option(help: "Số văn bản, nếu có. (The document's number, if any.)") var number: DocumentNumber?
    @Option(help: "Ngày văn bản. (Its date.)") var on: Day?
    @OptionGroup var unit: UnitOption
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions

    func validate() throws {
      guard (number == nil) == (on == nil) else {
        throw ValidationError("--number và --on đi cùng nhau. (--number and --on go together.)")
      }
    }

    func run() async throws {
      var decision: Decision?
      if let number, let on { decision = Decision(number: number, day: on) }
      try await change.make(
        { [decision] session, key in
          let unit = try unit.resolve(session)
          let request = AnswerObstacle(
            obstacle: try await obstacle.resolve(session, in: unit), outcome: refer ? .referred : .resolved,
            answer: answer, decision: decision)
          return try await session.ask(request, in: unit, key: key, expecting: version.expecting).value
        }, show: { ObstacleTable.of([$0], change.options.lang) })
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Các vướng mắc của đơn vị và cấp dưới. (Those of a unit and below it.)")

    @Option(help: "raised, referred, resolved.") var status: Obstacle.Status?
    @Option(help: "Do cơ quan này nêu. (Raised by this office.)") var office: Office.Code?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let obstacles: [ObstacleSummary] = try await session.all(in: unit) {
          ListObstacles(status: status, office: office, after: $0)
        }
        options.show(ObstacleTable.of(obstacles, options.lang), json: obstacles)
      }
    }
  }
}

/// An obstacle as people name it: by its id, or by its line in the list of the unit's.
struct ObstacleReference: ExpressibleByArgument {
  private let text: String

  init?(argument: String) { text = argument }

  func resolve(_ session: Session, in unit: Unit) async throws(Refusal) -> Obstacle.ID {
    if let id = Obstacle.ID(text) { return id }
    let all: [ObstacleSummary] = try await session.all(in: unit) { ListObstacles(after: $0) }
    guard let line = Int(text), all.indices.contains(line - 1) else {
      throw Refusal.notFound("vướng mắc", "obstacle", text)
    }
    return all[line - 1].id
  }
}

/// Obstacles, a line each.
enum ObstacleTable {
  static func of(_ obstacles: [ObstacleSummary], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Ngày", en: "Date")), .init(title: Text(vi: "Đơn vị", en: "Unit")),
      .init(title: Text(vi: "Người nêu", en: "Raised by")),
      .init(title: Text(vi: "Vướng mắc", en: "Obstacle"), isLong: true),
      .init(title: Text(vi: "Tình trạng", en: "State")), .init(title: Text(vi: "Trả lời", en: "Answer"), isLong: true),
    ])
    for obstacle in obstacles {
      let document = obstacle.decision.map { " (\($0.number))" } ?? ""
      table.add(
        "\(obstacle.raisedOn.written)", "\(Units[obstacle.unit]?.name ?? obstacle.unit.description)",
        "\(obstacle.raiser ?? obstacle.office.description)", "\(obstacle.text)",
        "\(obstacle.status.known?.text(lang) ?? "")", "\(obstacle.answer.map { $0 + document } ?? "")")
    }
    return table
  }
}

extension Obstacle.Status {
  fileprivate func text(_ lang: Language) -> String {
    switch self {
    case .raised: Text(vi: "mới nêu", en: "raised")(lang)
    case .referred: Text(vi: "kiến nghị cấp trên", en: "referred")(lang)
    case .resolved: Text(vi: "đã giải quyết", en: "resolved")(lang)
    }
  }
}
