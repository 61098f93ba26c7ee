import ArgumentParser
import Logging
import Schema
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

/// `xaso health`: asks the front door of this machine how it is.
struct HealthCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "health", abstract: "Hỏi cổng vào trên máy này còn chạy không. (Ask this machine's front door.)",
    discussion: "With the settings of `xaso serve`: for a healthcheck. Exit code 0 when it serves, else 1.")

  func run() async throws { throw ExitCode(await HealthCheck.run(of: Gateways.self)) }
}
