import FoundationEssentials
public import Schema
public import Storage

/// What a service does with each of its requests, by message type.
public struct Handlers<Service: Contract>: Sendable {
  typealias Handler = @Sendable (Data, Call) async -> Answer

  private var table: [Method: Handler] = [:]
  public let database: Database

  public init(for service: Service.Type = Service.self, on database: Database) {
    self.database = database
  }

  /// A command runs once under its key, in a transaction with its events, its audit row and its reply.
  ///
  /// - Parameter afterwards: Runs when all that is on disk.
  public mutating func on<Message: Command>(
    _ type: Message.Type,
    do handle: @escaping @Sendable (Message, Call, borrowing Transaction) throws -> Outcome<Message.Reply>,
    then afterwards: @escaping @Sendable () -> Void = {}
  ) {
    on(type, preparing: { $0 }, do: handle, then: afterwards)
  }

  /// The same for a command of which much can be worked out before the store is asked: that is done beside the one thread
  /// that writes.
  public mutating func on<Message: Command, Prepared: Sendable>(
    _ type: Message.Type, preparing prepare: @escaping @Sendable (Message) throws(Refusal) -> Prepared,
    do handle: @escaping @Sendable (Prepared, Call, borrowing Transaction) throws -> Outcome<Message.Reply>,
    then afterwards: @escaping @Sendable () -> Void = {}
  ) {
    table[Message.method] = { [database] body, call in
      // Here, not on the one thread that writes; a key that was used before is answered all the same.
      let message = Result { () throws(Refusal) in
        let message = try Codec.decodeStrictly(Message.self, from: body)
        if !(message is any ConfidentialCommand) { try PersonalData.refuse(in: body) }
        return message
      }
      let ticket = Ticket(
        caller: call.caller, key: call.key, method: Message.method, unit: call.unit,
        expected: UInt32(call.expected ?? 0), body: body, trace: call.trace,
        about: (try? message.get())?.about.map(PersonalData.masked))
      let decoded = Result { () throws(Refusal) in try prepare(message.get()) }
      return await Answer.of {
        let answer = try await database.perform(ticket) { transaction in
          try call.inTime()
          return try handle(decoded.get(), call, transaction).map(\.json)
        }
        afterwards()
        return answer
      }
    }
  }

  /// A query reads a snapshot, beside the writer.
  public mutating func on<Message: Query>(
    _ type: Message.Type,
    read handle: @escaping @Sendable (Message, Call, borrowing Transaction) throws -> Message.Reply
  ) {
    table[Message.method] = { [database] body, call in
      await Answer.of {
        let message = try Codec.decodeStrictly(Message.self, from: body)
        try call.inTime()
        let reply = try await database.read { transaction in try handle(message, call, transaction) }
        return Answer(status: .ok, body: reply.json)
      }
    }
  }

  /// A query that waits for something, or that asks more than the store.
  public mutating func on<Message: Query>(
    _ type: Message.Type, answer handle: @escaping @Sendable (Message, Call) async throws -> Message.Reply
  ) {
    table[Message.method] = { body, call in
      await Answer.of {
        let message = try Codec.decodeStrictly(Message.self, from: body)
        return Answer(status: .ok, body: try await handle(message, call).json)
      }
    }
  }

  subscript(method: Method) -> Handler? { table[method] }

  /// The requests of the service that nothing handles: empty, or the service does not start.
  public var missing: [Method] { Service.all.map { $0.method }.filter { table[$0] == nil } }
}

extension Answer {
  /// What the body answers, or what its error is answered with.
  public static func of(_ body: () async throws -> Answer) async -> Answer {
    do {
      return try await body()
    } catch let refusal as Refusal {
      return Answer(refusal)
    } catch let error as StorageError {
      return Answer(error.refusal, fault: error)
    } catch {
      return Answer(Refusal(.failed), fault: error)
    }
  }
}
