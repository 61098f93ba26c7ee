import FoundationEssentials
import Glibc
import Schema
import Service

@testable import xaso

extension House {
  /// A folder for another process of the stack; it ends with the house.
  func folder(_ name: String) throws -> Installation {
    let folder = Installation(path(name))
    for name in ["run", "logs", "stores"] {
      try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: true)
    }
    return folder
  }

  /// Another process of one that the stack has, with a store and endpoints of its own.
  func start(_ name: String, in folder: Installation, _ environment: [String: String]) throws -> Daemon {
    let daemon = Daemon(name, in: folder)
    try daemon.start(environment: try installation.environment(of: name).merging(environment) { _, new in new })
    return daemon
  }

  /// SIGKILL.
  func end(_ daemon: Daemon) {
    guard let pid = daemon.pid else { return }
    Glibc.kill(pid, SIGKILL)
    waitpid(pid, nil, 0)
  }
}
