public import Schema

extension Transaction {
  /// The key of the command that this works for; nil for what no command is.
  public var key: UUIDv7? { cause.key }

  /// Takes the answer of an earlier command out of memory, where it tells of somebody who is to be forgotten. The command
  /// stays done: asked again under its key it is answered 404, and does nothing.
  public func forget(answerTo key: UUIDv7, of account: Caller.Account) throws(StorageError) {
    let gone = Answer(
      Refusal(
        .notFound, vi: "Yêu cầu này đã làm xong; câu trả lời đã được xóa cùng dữ liệu của người đó.",
        en: "This was done before; its answer was erased with the person that it told of."))
    try execute(
      "UPDATE command_record SET status = ?, reply = ? WHERE account = ? AND key = ? AND status = ?", gone.status,
      gone.body, account, key, Status.ok)
  }
}
