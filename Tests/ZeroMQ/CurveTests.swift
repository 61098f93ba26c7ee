import Glibc
import Testing
import ZeroMQ

@Suite("CURVE", .timeLimit(.minutes(60)))
struct CurveTests {
  private let server = CurveKeys.generate()
  private let client = CurveKeys.generate()

  private func security(of keys: CurveKeys) -> Security { .client(keys: keys, server: server.publicKey) }

  /// A server that admits `client` alone.
  private func withServer(
    admit: (@Sendable (PublicKey) -> Admission)? = nil,
    _ body: (Context, PollLoop, Answerer) async throws -> Void
  ) async throws {
    try await withBench { [known = client.publicKey] context, loop in
      let authenticator = try await Authenticator.start(
        in: context, on: loop, admit: admit ?? { $0 == known ? .admit : .deny })
      let answerer = try await Answerer.bind(
        "tcp://127.0.0.1:*", in: context, on: loop, security: .server(keys: server, domain: "bus"))
      try await body(context, loop, answerer)
      await answerer.close()
      await authenticator.close()
    }
  }

  @Test("a known key is served, and the server reads it as User-Id")
  func known() async throws {
    try await withServer { context, loop, answerer in
      let asker = try await Asker.connect(
        await answerer.endpoint, in: context, on: loop, security: security(of: client))
      let answer = try await asker.ask([Frame("hello")])
      #expect(answer.map(\.text) == [client.publicKey.z85, "hello"])
      #expect(asker.events.elements.contains(.handshakeSucceeded))
      await asker.close()
    }
  }

  @Test("an unknown key is refused with 400")
  func unknown() async throws {
    try await withServer { context, loop, answerer in
      let asker = try await Asker.connect(
        await answerer.endpoint, in: context, on: loop, security: security(of: .generate()))
      await asker.tell([Frame("1"), Frame("hello")])
      await asker.events.wait(for: .handshakeFailed(.refused(code: 400)))
      #expect(await answerer.served == 0)
      await asker.close()
    }
  }

  @Test("while the keys are loading a client is told to come again, and then served")
  func later() async throws {
    let asked = Record<PublicKey>()
    try await withServer {
      asked.add($0)
      return asked.elements.count == 1 ? .later : .admit
    } _: { context, loop, answerer in
      let asker = try await Asker.connect(
        await answerer.endpoint, in: context, on: loop, security: security(of: client))
      let answer = try await asker.ask([Frame("hello")])
      #expect(answer.last?.text == "hello")
      #expect(asked.elements.count >= 2)
      await asker.close()
    }
  }

  @Test("a client without CURVE is refused")
  func stranger() async throws {
    try await withServer { context, loop, answerer in
      let asker = try await Asker.connect(
        await answerer.endpoint, in: context, on: loop, security: .strangerInTests)
      await asker.tell([Frame("1"), Frame("hello")])
      await answerer.events.wait { $0.contains { if case .handshakeFailed = $0 { true } else { false } } }
      #expect(!asker.events.elements.contains(.handshakeSucceeded))
      #expect(await answerer.served == 0)
      await asker.close()
    }
  }

  @Test("a client with another server's key is never served, and both sides are told")
  func wrongServer() async throws {
    try await withServer { context, loop, answerer in
      let wrong = Security.client(keys: client, server: CurveKeys.generate().publicKey)
      let asker = try await Asker.connect(await answerer.endpoint, in: context, on: loop, security: wrong)
      await asker.tell([Frame("1"), Frame("hello")])
      await asker.events.wait { $0.contains { if case .handshakeFailed(.noDetail) = $0 { true } else { false } } }
      await answerer.events.wait {
        $0.contains { if case .handshakeFailed(.protocolBroken) = $0 { true } else { false } }
      }
      #expect(await answerer.served == 0)
      await asker.close()
    }
  }

  @Test("without an Authenticator nobody gets in, since the domain is enforced")
  func noAuthenticator() async throws {
    try await withBench { context, loop in
      let answerer = try await Answerer.bind(
        "tcp://127.0.0.1:*", in: context, on: loop, security: .server(keys: server, domain: "bus"))
      let asker = try await Asker.connect(
        await answerer.endpoint, in: context, on: loop, security: security(of: client))
      await asker.tell([Frame("1"), Frame("hello")])
      await asker.events.wait { $0.contains { if case .handshakeFailed = $0 { true } else { false } } }
      #expect(!asker.events.elements.contains(.handshakeSucceeded))
      #expect(await answerer.served == 0)
      await asker.close()
      await answerer.close()
    }
  }

  @Test("a context has one Authenticator, and another at once after it")
  func second() async throws {
    try await withBench { context, loop in
      let first = try await Authenticator.start(in: context, on: loop) { _ in .admit }
      await #expect(throws: ZeroMQError.self) {
        _ = try await Authenticator.start(in: context, on: loop) { _ in .admit }
      }
      await first.close()
      let second = try await Authenticator.start(in: context, on: loop) { _ in .admit }
      await second.close()
    }
  }

  @Test("the largest body passes; a frame too large closes the connection of its sender alone")
  func oversize() async throws {
    try await withServer { context, loop, answerer in
      let endpoint = await answerer.endpoint
      let honest = try await Asker.connect(endpoint, in: context, on: loop, security: security(of: client))
      let largest = Frame([UInt8](repeating: 1, count: 262_144))
      let answer = try await honest.ask([largest])
      #expect(answer.last == largest)

      var options = SocketOptions()
      options.maxFrameSize = 10_000_000
      let rude = try await Asker.connect(
        endpoint, in: context, on: loop, security: security(of: client), options: options)
      await rude.tell([Frame("1"), Frame([UInt8](repeating: 1, count: 262_145 + 64))])
      await rude.events.wait(for: .disconnected)

      let again = try await honest.ask([Frame("still here")])
      #expect(again.last?.text == "still here")
      #expect(!honest.events.elements.contains(.disconnected))
      #expect(await answerer.served == 2)
      await rude.close()
      await honest.close()
    }
  }

  @Test("a monitor ends with its socket, closed by hand or not")
  func monitor() async throws {
    try await withBench { context, loop in
      let ended = Record<Bool>()
      loop.perform {
        do {
          let socket = try Socket.open(.router, in: context)
          try Monitor.open(on: socket, in: context, loop: loop) { _ in }
          try socket.bind("ipc://@xaso-monitor-\(getpid())")
        } catch {
          Issue.record(error)
        }
        _ = loop.after(.milliseconds(1)) { ended.add(true) }
      }
      await ended.wait(for: true)
    }
  }
}
