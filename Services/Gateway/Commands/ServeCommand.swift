import ArgumentParser
import Logging
import Service

/// `xaso serve`: the front door as a process.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Chạy cổng vào của hệ thống. (Run the front door.)",
    discussion: "Settings come from the environment (XASO_…) or a YAML file; see deploy/OPERATIONS.md.")

  func run() async throws {
    keepToOurselves()
    let settings = try await Settings.load()
    let log = Logger.standard("xaso-gateway", level: settings.logLevel)
    try await Gatehouse(settings, log: log).runUntilStopped(log: log)
  }
}
