import CZeroMQ
import Foundation
import ZeroMQ

/// The measure of all round trips: DEALER, a ROUTER–DEALER proxy in another process, and an echoing ROUTER, with blocking
/// calls and nothing else.
///
/// It lets everybody in: a proxy that checks keys costs at the handshake alone.
struct RawProxy {
  private static let front = "ipc:///tmp/xaso-bench-\(getppid()).front"
  private static let back = "ipc:///tmp/xaso-bench-\(getppid()).back"

  private let process: Process
  private let context = zmq_ctx_new()
  private let endpoints: (front: String, back: String)
  private let keys: (proxy: CurveKeys, service: CurveKeys)

  init() throws {
    keys = (.generate(), .generate())
    endpoints = ("ipc:///tmp/xaso-bench-\(getpid()).front", "ipc:///tmp/xaso-bench-\(getpid()).back")
    process = Process()
    process.executableURL = URL(filePath: "/proc/self/exe")
    process.arguments = ["proxy"]
    let input = Pipe()
    process.standardInput = input
    try process.run()
    let lines = [keys.proxy.secretKey.revealed(), keys.service.publicKey.z85, ""]
    input.fileHandleForWriting.write(Data(lines.joined(separator: "\n").utf8))

    let (context, back, secret) = (UInt(bitPattern: context), endpoints.back, keys.service.secretKey.revealed())
    Thread.detachNewThread { Self.echo(UnsafeMutableRawPointer(bitPattern: context), back, secret) }
  }

  func stop() {
    process.terminate()
    process.waitUntilExit()
    for endpoint in [endpoints.front, endpoints.back] { unlink(String(endpoint.dropFirst("ipc://".count))) }
  }

  func microseconds(inFlight: Int, count: Int = 20_000) throws -> Double {
    let socket = zmq_socket(context, ZMQ_DEALER)
    defer { zmq_close(socket) }
    let own = CurveKeys.generate()
    Self.set(socket, ZMQ_CURVE_SERVERKEY, keys.proxy.publicKey.z85)
    Self.set(socket, ZMQ_CURVE_PUBLICKEY, own.publicKey.z85)
    Self.set(socket, ZMQ_CURVE_SECRETKEY, own.secretKey.revealed())
    zmq_connect(socket, endpoints.front)
    let body = [UInt8](repeating: 7, count: 1024)
    var reply = [UInt8](repeating: 0, count: 2048)
    for _ in 0..<500 {
      zmq_send(socket, body, body.count, 0)
      zmq_recv(socket, &reply, reply.count, 0)
    }
    let start = PollLoop.now()
    var (sent, done) = (0, 0)
    while done < count {
      while sent < count, sent - done < inFlight {
        zmq_send(socket, body, body.count, 0)
        sent += 1
      }
      zmq_recv(socket, &reply, reply.count, 0)
      done += 1
    }
    return Double(PollLoop.now() - start) / 1000 / Double(count)
  }

  /// The proxy's own process: its keys come by standard input.
  static func serve() {
    guard let secret = readLine(), let service = readLine(), let key = SecretKey(z85: secret) else { return }
    let context = zmq_ctx_new()
    let clients = server(context, ZMQ_ROUTER, front, key.revealed())
    let services = zmq_socket(context, ZMQ_DEALER)
    let own = CurveKeys.generate()
    set(services, ZMQ_CURVE_SERVERKEY, service)
    set(services, ZMQ_CURVE_PUBLICKEY, own.publicKey.z85)
    set(services, ZMQ_CURVE_SECRETKEY, own.secretKey.revealed())
    zmq_connect(services, back)
    zmq_proxy(clients, services, nil)
  }

  private static func echo(_ context: UnsafeMutableRawPointer?, _ endpoint: String, _ secret: String) {
    let socket = server(context, ZMQ_ROUTER, endpoint, secret)
    var message = zmq_msg_t()
    zmq_msg_init(&message)
    while zmq_msg_recv(&message, socket, 0) >= 0 {
      zmq_msg_send(&message, socket, zmq_msg_more(&message) == 0 ? 0 : ZMQ_SNDMORE)
    }
  }

  private static func server(
    _ context: UnsafeMutableRawPointer?, _ kind: Int32, _ endpoint: String, _ secret: String
  ) -> UnsafeMutableRawPointer? {
    let socket = zmq_socket(context, kind)
    var yes: Int32 = 1
    zmq_setsockopt(socket, ZMQ_CURVE_SERVER, &yes, MemoryLayout<Int32>.size)
    set(socket, ZMQ_CURVE_SECRETKEY, secret)
    zmq_bind(socket, endpoint)
    return socket
  }

  private static func set(_ socket: UnsafeMutableRawPointer?, _ option: Int32, _ text: String) {
    zmq_setsockopt(socket, option, text, 41)
  }
}
