public import ArgumentParser
import Bus
import FoundationEssentials
public import Schema
import Service
import Units
import ZeroMQ

extension Language: ExpressibleByArgument {}
extension UUIDv7: ExpressibleByArgument {}
extension Day: ExpressibleByArgument {}
extension DocumentNumber: ExpressibleByArgument {}
extension Slug: ExpressibleByArgument {}
extension Identifier: ExpressibleByArgument {}

/// What every command that asks the front door takes.
struct Options: ParsableArguments {
  @Option(help: "Hồ sơ kết nối (mặc định: XASO_PROFILE). (The connection profile.)")
  var profile: String = Profile.defaultPath

  @Option(help: "Ngôn ngữ: vi hoặc en. (The language.)")
  var lang: Language = .vietnamese

  @Flag(help: "In JSON cho chương trình khác. (Print JSON.)")
  var json = false

  @Flag(help: "In CSV cho bảng tính. (Print CSV.)")
  var csv = false

  func validate() throws {
    guard !(json && csv) else { throw ValidationError("--json and --csv exclude each other") }
  }

  /// Opens a session, runs the body, and turns a refusal into a sentence and an exit code.
  func session(_ body: (Session) async throws -> Void) async throws {
    let (profile, keys) = try Profile.load(from: profile)
    let context = Context()
    let loop = PollLoop(name: "client")
    let session = Session(profile, keys, in: context, on: loop)
    do {
      try await body(session)
    } catch let refusal as Refusal {
      await session.close()
      throw Failure.report(refusal, key: nil, lang)
    } catch {
      await session.close()
      throw error
    }
    await session.close()
  }

  /// Prints a table in the form that was asked for; `value` is what JSON shows.
  func show(_ table: Table, json value: some Encodable) {
    if json {
      print(String(decoding: Codec.encode(value), as: UTF8.self))
    } else {
      for line in csv ? table.csv(lang) : table.lines(lang) { print(line) }
    }
  }

}

/// Which unit a command is about.
struct UnitOption: ParsableArguments {
  @Option(help: "Đơn vị: mã hoặc tên không dấu (mặc định: của hồ sơ). (The unit: code or name.)")
  var unit: String?

  /// By code, or by name without accents; the profile's own where none is named.
  func resolve(_ session: Session, _ lang: Language) throws -> Unit {
    guard let unit else {
      guard let home = session.home else {
        throw ValidationError(
          Text(vi: "Hãy nêu đơn vị bằng --unit.", en: "Name the unit with --unit.")(lang))
      }
      return home
    }
    do throws(UnitNotFound) {
      return try Units.find(unit).unit
    } catch {
      throw ValidationError(error.text(lang))
    }
  }
}

/// The idempotency key of a command that changes something.
struct KeyOption: ParsableArguments {
  @Option(help: "Hỏi lại yêu cầu trước bằng đúng khóa của nó. (Ask again about an earlier request under its key.)")
  var key: UUIDv7?

  /// Runs the command under the given key or a new one, and says which when the outcome is not known.
  func under(_ lang: Language, _ body: (UUIDv7) async throws -> Void) async throws {
    let key = key ?? UUIDv7()
    do {
      try await body(key)
    } catch let refusal as Refusal {
      throw Failure.report(refusal, key: key, lang)
    }
  }
}
