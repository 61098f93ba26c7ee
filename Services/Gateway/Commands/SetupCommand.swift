import ArgumentParser
import FoundationEssentials

/// `xaso setup`: keys, registry and the first administrator of an installation of several users or containers.
struct SetupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "setup",
    abstract: "Tạo khóa, sổ đăng ký và quản trị đầu tiên, nếu chưa có. (Make keys, registry, first administrator.)",
    discussion: """
      Chạy lại bao nhiêu lần cũng được: khóa đã có thì giữ nguyên.
      It may be run again at any time: keys that are there stay. Where XASO_SUCCESSOR_PORT is set, gateway-next gets a
      key too.
      """)

  @Option(help: "Thư mục cài đặt. (The installation's folder.)") var dir = "/etc/xaso"
  @Flag(help: "Mọi dịch vụ ở trên máy này. (All processes are on this machine, not each on a host of its name.)")
  var loopback = false

  @Flag(help: "Kết thúc việc đổi khóa cổng vào. (Give the gateway the key of gateway-next.)") var succeed = false

  func run() throws {
    if succeed { return try finish() }
    let successor = ProcessInfo.processInfo.environment["XASO_SUCCESSOR_PORT"] ?? ""
    try Groundwork(dir).lay(at: loopback ? .loopback : .named, hasSuccessor: !successor.isEmpty)
    Output.write("Đã sẵn sàng: \(dir) (ready)")
  }

  private func finish() throws {
    try Groundwork(dir).succeed()
    Output.write("Cổng vào dùng khóa mới từ lần khởi động sau. (The gateway has the new key from its next start on.)")
  }
}
