import ArgumentParser
import Service

/// `xaso`: the front door and everything that people ask of it.
@main struct Xaso: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xaso",
    abstract: "Kế hoạch khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số, từ tỉnh đến xã.",
    discussion: "Plans for science, technology, innovation and digital transformation, from province to commune.",
    version: version,
    subcommands: [
      PlanCommand.self, TaskCommand.self, NotifyCommand.self, EventCommand.self, UnitCommand.self, KeyCommand.self,
      StatusCommand.self, UpCommand.self, DownCommand.self, DemoCommand.self, ServeCommand.self,
    ])
}
