import ArgumentParser
import ZeroMQ

/// `xaso key`: CURVE key pairs in files.
struct KeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "Cặp khóa của tài khoản và dịch vụ. (Key pairs.)",
    subcommands: [New.self, Show.self], aliases: ["khoa"])

  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tạo cặp khóa trong một tệp mới, in khóa công khai. (Make a pair; print the public key.)")

    @Argument(help: "Tệp mới; chỉ chủ sở hữu đọc được. (The new file, readable by its owner alone.)")
    var file: String

    func run() throws {
      let keys = CurveKeys.generate()
      try keys.save(to: file)
      print(keys.publicKey)
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "In khóa công khai của một tệp. (Print a file's public key.)")

    @Argument(help: "Tệp khóa. (The key file.)")
    var file: String

    func run() throws { print(try CurveKeys.load(from: file).publicKey) }
  }
}
