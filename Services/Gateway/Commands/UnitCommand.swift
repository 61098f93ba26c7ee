import ArgumentParser
import Schema
import Units

/// `xaso unit`: the official units, without a server.
struct UnitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unit", abstract: "Tra cứu đơn vị hành chính. (The official units.)",
    subcommands: [Find.self, List.self], defaultSubcommand: Find.self, aliases: ["don-vi"])

  struct Find: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tìm theo mã hoặc tên không dấu. (Find by code or name.)")

    @Argument(help: "Mã hoặc tên: 15043, \"giao an\". (Code or name.)")
    var name: String

    @Option(help: "Ngôn ngữ: vi hoặc en. (The language.)")
    var lang: Language = .vietnamese

    func run() throws {
      do throws(UnitNotFound) {
        let found = try Units.find(name)
        Output.write("\(found.unit)  \(found.fullName)")
      } catch {
        throw ValidationError(error.text(lang))
      }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Các tỉnh, hoặc các xã của một tỉnh. (Provinces, or a province's communes.)")

    @Argument(help: "Tỉnh. (The province.)")
    var province: String?

    @Option(help: "Ngôn ngữ: vi hoặc en. (The language.)")
    var lang: Language = .vietnamese

    func run() throws {
      var units = Units.all.filter { $0.unit.commune == nil }
      if let province {
        do throws(UnitNotFound) {
          let parent = try Units.find(province).unit
          units = Units.all.filter { $0.unit.commune != nil && parent.contains($0.unit) }
        } catch {
          throw ValidationError(error.text(lang))
        }
      }
      for unit in units { Output.write("\(unit.unit)  \(unit.kind.rawValue) \(unit.name)") }
    }
  }
}
