import ArgumentParser
import Schema
import ZeroMQ

/// `xaso key`: CURVE key pairs in files.
struct KeyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "Cặp khóa của tài khoản và dịch vụ. (Key pairs.)",
    subcommands: [New.self, Show.self, Rotate.self], aliases: ["khoa"])

  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tạo cặp khóa trong một tệp mới, in khóa công khai. (Make a pair; print the public key.)")

    @Argument(help: "Tệp mới; chỉ chủ sở hữu đọc được. (The new file, readable by its owner alone.)")
    var file: String

    func run() throws {
      let keys = CurveKeys.generate()
      try keys.save(to: file)
      Output.write("\(keys.publicKey)")
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "In khóa công khai của một tệp. (Print a file's public key.)")

    @Argument(help: "Tệp khóa. (The key file.)")
    var file: String

    func run() throws { Output.write("\(try CurveKeys.load(from: file).publicKey)") }
  }

  struct Rotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Thay khóa của mình, hoặc của một dịch vụ. (Replace one's own key, or a service's.)",
      discussion: """
        Không nêu gì: khóa của hồ sơ kết nối được thay, khóa cũ bị thu hồi. --service: khóa của một dịch vụ do xaso up
        chạy, khi hệ thống đã dừng. Without an option the profile's key is replaced and the old one withdrawn. --service: the
        key of a service that xaso up runs, while the stack is stopped.
        """, aliases: ["doi"])

    @Option(help: "Tên dịch vụ. (The service.)") var service: String?
    @OptionGroup var directory: DirectoryOption
    @OptionGroup var options: Options

    func run() async throws {
      do {
        guard let service else {
          let account = try await KeyRotation(options.profile).run()
          return options.show(AccountTable.of([account], options.lang), json: account)
        }
        Output.write("\(try Stack(in: directory.installation).rotateKey(of: service))")
      } catch {
        throw Failure.tell(error, options.lang)
      }
    }
  }
}
