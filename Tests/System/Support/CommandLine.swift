import FoundationEssentials
import Schema

@testable import xaso

extension House {
  typealias Saying = (status: Int32, said: String)

  /// `xaso`, with a line on its standard input; without a profile for what needs no server.
  func run(_ arguments: String..., profile: String? = nil, input: String = "") async throws -> Saying {
    let script = #"printf '%s\n' "$0" | "$@" 2>&1"#
    let command =
      [try House.executable("xaso")] + arguments + (profile.map { ["--profile", $0] } ?? []) + ["--lang", "en"]
    let (status, output) = try await Child.run(["/bin/sh", "-c", script, input] + command)
    return (status, output.joined(separator: "\n"))
  }
}
