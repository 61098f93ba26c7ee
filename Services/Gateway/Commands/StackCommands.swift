import ArgumentParser
import Bus
import Schema

/// Where a stack on this machine lives.
struct DirectoryOption: ParsableArguments {
  @Option(help: "Thư mục của hệ thống trên máy này (mặc định: XASO_DIR). (The stack's folder.)")
  var dir: String = Installation.defaultPath

  var installation: Installation { Installation(dir) }
}

/// `xaso up`: the whole stack on this machine.
struct UpCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "up",
    abstract: "Chạy toàn bộ hệ thống trên máy này, không cần container. (Run the whole stack on this machine.)")

  @OptionGroup var directory: DirectoryOption
  @Option(help: "Cổng trên 127.0.0.1; 0 là cổng bất kỳ. (The port; 0 for any.)") var port = 7400
  @Option(help: "Diễn tập: đặt lịch vào ngày này. (A rehearsal: set the calendar to this day.)") var today: Day?

  func run() async throws {
    let installation = directory.installation
    let stack = Stack(in: installation)
    if let today {
      try await stack.start(port: port, on: today)
      Output.write("export \(Rehearsal.variable)=\(today)")
    } else {
      try await stack.start(port: port)
    }
    Output.write("export XASO_PROFILE=\(installation.profilePath("operator"))")
  }
}

/// `xaso down`: stops what `up` started.
struct DownCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "down", abstract: "Dừng hệ thống trên máy này. (Stop the stack on this machine.)")

  @OptionGroup var directory: DirectoryOption

  func run() async throws {
    try await Stack(in: directory.installation).stop()
    Output.write("Đã dừng. (Stopped.)")
  }
}
