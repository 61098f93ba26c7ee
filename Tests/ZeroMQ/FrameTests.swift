import Testing
import ZeroMQ

@Suite("Frames", .timeLimit(.minutes(60)))
struct FrameTests {
  @Test("keep their bytes", arguments: [0, 1, 33, 34, 1000, 245_760])
  func bytes(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    let frame = Frame(bytes)
    #expect(frame.count == count)
    #expect(frame.bytes == bytes)
    #expect(frame == Frame(bytes.lazy.map { $0 }))
    #expect(frame != Frame(bytes + [0]))
    #expect("\(frame)" == "Frame(\(count) bytes)")
  }

  @Test("are text only when they are UTF-8")
  func text() {
    #expect(Frame("xã Đông Anh").text == "xã Đông Anh")
    #expect(Frame.empty.text == "")
    #expect(Frame([0xC3]).text == nil)
    #expect(Frame([0xFF, 0xFE, 0x41, 0x00]).text == nil)
    #expect(Frame("x").property("User-Id") == nil)
  }

  @Test("cross a socket whole, from none of bytes to 300 of frames", arguments: [1, 2, 300])
  func crossing(count: Int) async throws {
    try await withBench { context, loop in
      let answerer = try await Answerer.bind("inproc://frames", in: context, on: loop)
      let asker = try await Asker.connect("inproc://frames", in: context, on: loop)
      let question = (0..<count).map { Frame([UInt8](repeating: 7, count: $0)) }
      let answer = try await asker.ask(question)
      #expect(Array(answer.dropFirst()) == question)
      await asker.close()
      await answerer.close()
    }
  }

  @Test("share their bytes with every socket they are sent to")
  func sharing() throws {
    let context = Context()
    let big = Frame([UInt8](repeating: 1, count: 250_000))
    let address = big.withUnsafeBytes { $0.baseAddress }
    for number in 0..<50 {
      let sender = try Socket.open(.dealer, in: context)
      let receiver = try Socket.open(.dealer, in: context)
      try receiver.bind("inproc://share-\(number)")
      try sender.connect("inproc://share-\(number)")
      let isSent = try sender.send([.empty, big])
      #expect(isSent)
      let received = try receiver.receive()
      #expect(received?.count == 2)
      #expect(received?.last?.withUnsafeBytes { $0.baseAddress } == address)
    }
    #expect(big.count == 250_000)
    #expect(context.terminate())
  }

  @Test("can be sent from several threads at once")
  func threads() async throws {
    let big = Frame([UInt8](repeating: 1, count: 100_000))
    let context = Context()
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask {
          do {
            let sender = try Socket.open(.dealer, in: context)
            let receiver = try Socket.open(.dealer, in: context)
            try receiver.bind("inproc://threads-\(number)")
            try sender.connect("inproc://threads-\(number)")
            for _ in 0..<500 {
              let isSent = try sender.send([big, big])
              #expect(isSent)
              let received = try receiver.receive()
              #expect(received?.map(\.count) == [100_000, 100_000])
            }
          } catch {
            Issue.record(error)
          }
        }
      }
    }
    #expect(big.bytes.allSatisfy { $0 == 1 })
    #expect(context.terminate())
  }
}
