import Glibc
import Testing
import ZeroMQ

@Suite("A socket", .timeLimit(.minutes(60)))
struct SocketTests {
  @Test("sending to nobody fails at once")
  func nobody() throws {
    let context = Context()
    let router = try Socket.open(.router, in: context)
    try router.bind("inproc://nobody")
    let isRouted = try router.send([Frame("nobody"), Frame("hello")])
    #expect(!isRouted)
    let dealer = try Socket.open(.dealer, in: context, security: .strangerInTests)
    try dealer.connect("tcp://127.0.0.1:1")
    let isQueued = try dealer.send([Frame("one"), Frame("two")])
    #expect(!isQueued)
    let nothing = try dealer.receive()
    #expect(nothing == nil)
    dealer.close()
    router.close()
    #expect(context.terminate())
  }

  @Test("sending to a full queue fails, and the message before it is whole")
  func full() throws {
    let context = Context()
    var options = SocketOptions()
    options.sendHighWater = 5
    options.receiveHighWater = 5
    let sender = try Socket.open(.dealer, in: context, options: options)
    let receiver = try Socket.open(.dealer, in: context, options: options)
    try receiver.bind("inproc://full")
    try sender.connect("inproc://full")
    var sent = 0
    while try sender.send([Frame("a"), Frame("\(sent)")]) { sent += 1 }
    #expect(sent == 10)
    for number in 0..<sent {
      let message = try receiver.receive()
      #expect(message == [Frame("a"), Frame("\(number)")])
    }
    sender.close()
    receiver.close()
    #expect(context.terminate())
  }

  @Test("a message of no frames, or with a frame too large, is an error and sends nothing")
  func refused() throws {
    let context = Context()
    let sender = try Socket.open(.dealer, in: context)
    let receiver = try Socket.open(.dealer, in: context)
    try receiver.bind("inproc://refused")
    try sender.connect("inproc://refused")
    let tooLarge = Frame([UInt8](repeating: 0, count: 262_145))
    #expect(code { () throws(ZeroMQError) in _ = try sender.send([]) } == EINVAL)
    #expect(code { () throws(ZeroMQError) in _ = try sender.send([.empty, tooLarge]) } == EMSGSIZE)
    let nothing = try receiver.receive()
    #expect(nothing == nil)
    sender.close()
    receiver.close()
    #expect(context.terminate())
  }

  @Test("without CURVE there is no tcp, and other transports there are not at all")
  func transports() throws {
    let context = Context()
    let open = try Socket.open(.router, in: context)
    #expect(code { () throws(ZeroMQError) in _ = try open.bind("tcp://127.0.0.1:*") } == EACCES)
    #expect(code { () throws(ZeroMQError) in try open.connect("tcp://127.0.0.1:1") } == EACCES)
    #expect(code { () throws(ZeroMQError) in try open.connect("udp://127.0.0.1:1") } == EPROTONOSUPPORT)
    let server = Security.server(keys: .generate(), domain: "")
    #expect(throws: ZeroMQError.self) { try Socket.open(.router, in: context, security: server).close() }
    open.close()
    #expect(context.terminate())
  }

  @Test("a publisher's topics are prefixes")
  func topics() throws {
    let context = Context()
    let publisher = try Socket.open(.publisher, in: context)
    let subscriber = try Socket.open(.subscriber, in: context)
    try publisher.bind("inproc://topics")
    try subscriber.connect("inproc://topics")
    try subscriber.subscribe("plans/38/")
    try subscriber.subscribe("budget/")
    try subscriber.unsubscribe("budget/")
    for topic in ["plans/38/15043/", "plans/01/00004/", "budget/38/15043/", "plans/38/00000/"] {
      let isSent = try publisher.send([Frame(topic), Frame("body")])
      #expect(isSent)
    }
    for topic in ["plans/38/15043/", "plans/38/00000/"] {
      let message = try subscriber.receive()
      #expect(message?.first?.text == topic)
    }
    let nothing = try subscriber.receive()
    #expect(nothing == nil)
    publisher.close()
    subscriber.close()
    #expect(context.terminate())
  }

  @Test("an open socket keeps the context from ending, and its deinit lets it")
  func context() throws {
    let context = Context()
    let socket = try Socket.open(.dealer, in: context)
    #expect(!context.terminate(within: .milliseconds(20)))
    #expect(code { () throws(ZeroMQError) in _ = try socket.receive() } != nil)
    socket.close()
  }

  /// `#expect(throws:)` takes an escaping closure, which cannot hold a noncopyable socket.
  private func code(_ body: () throws(ZeroMQError) -> Void) -> Int32? {
    do throws(ZeroMQError) {
      try body()
      return nil
    } catch {
      return error.code
    }
  }
}
