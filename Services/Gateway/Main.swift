import ArgumentParser
import Service

/// `xaso`: the front door and everything that people ask of it.
@main struct Xaso: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xaso",
    abstract: "Kế hoạch KHCN, ĐMST và CĐS của xã: từ tỉnh đến xã. (Plans of Viet Nam's communes, from province to commune.)",
    version: version,
    subcommands: [
      PlanCommand.self, TaskCommand.self, NotifyCommand.self, EventCommand.self, UnitCommand.self, KeyCommand.self,
      StatusCommand.self, UpCommand.self, DownCommand.self, DemoCommand.self, ServeCommand.self,
    ])
}
