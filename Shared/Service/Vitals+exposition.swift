import Bus
import Schema
import Storage

extension Vitals {
  /// All of it, for Prometheus. Several processes' files may stand in one folder: `service` tells them apart.
  func exposition() async throws -> String {
    let health = try await health()
    let own = [("service", "\(health.service)")]
    let streams = health.streams.map { (own + [("stream", "\($0.stream)")], $0) }
    let methods = meter.methods.sorted { $0.key.description < $1.key.description }
      .map { (own + [("method", $0.key.description)], $0.value) }
    let queue = database.queue
    var file = Exposition()
    file.add("xaso_info", .gauge, "The version that runs.", [(own + [("version", health.version)], "1")])
    file.add("xaso_uptime_seconds", .gauge, "Since the process started.", [(own, "\(health.uptimeSeconds)")])
    file.add("xaso_store_bytes", .gauge, "What the store takes on the disk.", [(own, "\(health.storeBytes)")])
    file.add("xaso_stream_head", .gauge, "The last sequence of the service's own stream.", [(own, "\(health.head)")])
    file.add(
      "xaso_stream_lag", .gauge, "Events heard of and not read yet.",
      streams.map { ($0.0, "\(max(0, $0.1.head - $0.1.cursor))") })
    file.add(
      "xaso_events_parked", .gauge, "Events that wait for a failed one, that one included.",
      streams.map { ($0.0, "\($0.1.parked)") })
    file.add(
      "xaso_write_queue_length", .gauge, "Writes that are not on the disk yet.", [(own, "\(queue.length)")])
    file.add(
      "xaso_write_queue_seconds", .gauge, "How long the oldest of them has waited.",
      [(own, Exposition.seconds(Int64(queue.age / .microseconds(1))))])
    file.add(
      "xaso_requests_total", .counter, "Requests by the code that they were answered with.",
      (methods + [(own + [("method", "")], meter.unknown)]).flatMap { labels, figures in
        figures.answers.sorted { $0.key.rawValue < $1.key.rawValue }
          .map { (labels + [("code", "\($0.key.rawValue)")], "\($0.value)") }
      })
    file.add(
      "xaso_messages_dropped_total", .counter, "Messages that were none of the protocol's.", [(own, "\(meter.dropped)")]
    )
    file.add(
      "xaso_request_seconds", "From taking a request on to its answer; long polls are left out.",
      methods.filter { $0.1.took.count > 0 }.map { ($0.0, $0.1.took) })
    file.add("xaso_commit_seconds", "Making a group of writes durable.", [(own, database.commits)])
    return file.text
  }
}
