import Foundation
import SampleMessages
import Schema
import Testing

/// What a request may not look like, and what an event or a reply may.
@Suite(.timeLimit(.minutes(60))) struct StrictnessTests {
  static let plan = #""plan":"019aa0e1-e8c0-700a-8000-00000000000a""#

  static func refusal(_ json: some Sequence<UInt8>) throws -> Refusal {
    let refusal = try #require(throws: Refusal.self) { try Codec.decodeStrictly(ListTasks.self, from: Data(json)) }
    #expect(refusal.status == .malformed)
    #expect(Codec.encode(RefusalBody(refusal)).count <= 2048)
    return refusal
  }

  // MARK: Fields and words

  @Test(arguments: Samples.requests)
  func unknownFieldsAreRefusedWhereverTheyAre(_ sample: SampleRequest) throws {
    let variants = try JSON(sample.json).changingEachObject { $0["zebra"] = .object(["a": .integer(1)]) }
    for (place, json) in variants {
      let refusal = try #require(throws: Refusal.self) { try sample.reread(json.data) }
      #expect(refusal.status == .malformed)
      #expect(refusal.place == (place.isEmpty ? "zebra" : "\(place).zebra"))
    }
  }

  @Test(arguments: Samples.requests)
  func anUnknownFieldThatIsNullSaysNothing(_ sample: SampleRequest) throws {
    for (_, json) in try JSON(sample.json).changingEachObject({ $0["zebra"] = .null }) {
      #expect(try sample.reread(json.data) == sample.json)
    }
  }

  @Test(arguments: Samples.replies.filter { !$0.name.hasSuffix(".events.reply") })
  func repliesTolerateUnknownFields(_ sample: SampleReply) throws {
    for (_, json) in try JSON(sample.json).changingEachObject({ $0["zebra"] = .array([.bool(true), .object([:])]) }) {
      #expect(try sample.reread(json.data) == sample.json)
    }
  }

  @Test(arguments: Samples.events)
  func eventsTolerateUnknownFields(_ sample: SampleEvent) throws {
    for (_, json) in try JSON(sample.json).changingEachObject({ $0["zebra"] = .array([.bool(true), .object([:])]) }) {
      #expect(try sample.reread(json.data) == sample.json)
    }
  }

  @Test(arguments: [
    ("plans.draft", #""purpose":"report""#, "head.recipients[0].purpose"),
    ("plans.draft.rows", #""recurrence":"quarterly""#, "tasks[0].recurrence"),
    ("plans.draft.rows", #""source":"commune""#, "tasks[0].source"),
    ("plans.draft.rows", #""comparator":">=""#, "targets[0].comparator"),
  ])
  func unknownWordsAreRefusedInRequests(name: String, word: String, place: String) throws {
    let sample = try #require(Samples.requests.first { $0.method.description == name })
    let json = String(decoding: sample.json, as: UTF8.self)
    try #require(json.contains(word))
    let field = try #require(word.split(separator: ":").first)
    let refusal = try #require(throws: Refusal.self) {
      try sample.reread(Data(json.replacing(word, with: "\(field):\"zebra\"", maxReplacements: 1).utf8))
    }
    #expect(refusal.place == place)
    #expect(refusal.text.en.contains("zebra"))
  }

  @Test(arguments: [
    ("plans.task.assigned.v1.event", #""recurrence":"quarterly""#),
    ("plans.task.assigned.v1.event", #""source":"commune""#),
    ("plans.target.promised.v1.event", #""comparator":">=""#),
    ("plans.line.estimated.v1.event", #""source":"commune""#),
    ("plans.task.progressed.v1.event", #""status":"in-progress""#), ("plans.issue.reply", #""status":"issued""#),
    ("plans.show.reply", #""purpose":"report""#), ("plans.progress.reply", #""status":"in-progress""#),
    ("plans.targets.reply", #""comparator":"report""#),
  ])
  func unknownWordsAreKeptInEventsAndReplies(name: String, word: String) throws {
    let sample = try #require(Samples.all.first { $0.name == name })
    let json = String(decoding: sample.json, as: UTF8.self)
    try #require(json.contains(word))
    let field = try #require(word.split(separator: ":").first)
    let newer = Data(json.replacing(word, with: "\(field):\"zebra\"").utf8)
    #expect(try sample.reread(newer) == newer)
  }

  @Test(arguments: Samples.requests)
  func nothingButAnObject(_ sample: SampleRequest) {
    for json in ["5", "true", "null", "\"text\"", "[]", "[{}]", #"[{"zebra":1}]"#] {
      #expect(throws: Refusal.self, "\(json)") { try sample.reread(Data(json.utf8)) }
    }
  }

  @Test func anEmptyBodyIsAnEmptyObject() throws {
    #expect(try Codec.decodeStrictly(ListPlans.self, from: Data()) == ListPlans())
    #expect(try Codec.decodeStrictly(Health<Plans>.self, from: Data()) == Health<Plans>())
    let refusal = try #require(throws: Refusal.self) { try Codec.decodeStrictly(ShowPlan.self, from: Data()) }
    #expect(refusal.place == "plan")
    #expect(throws: Refusal.self) { try Codec.decodeStrictly(ListPlans.self, from: Data(" ".utf8)) }
  }

  // MARK: JSON

  @Test(arguments: [
    #"{"office":"a","office":"b"}"#, #"{"office":"a","office":null}"#, #"{"office":"a","\u006fffice":"b"}"#,
    #"{"\u006Fffice":"a","\u006fffice":"b"}"#, #"{"office":null,"office":null}"#, #"{"x":{"y":1,"y":1}}"#,
    #"{"a\/b":null,"a/b":null}"#, #"{"\ud83d\ude00":null,"😀":null}"#, #"{"\n":null,"\u000a":null}"#,
  ])
  func noKeyTwice(_ json: String) throws {
    #expect(try Self.refusal(json.utf8).text.en.contains("twice"))
  }

  @Test func anEscapedKeyIsTheKey() throws {
    let json = Data(#"{"\u006ff\u0066ice":"vh-xh"}"#.utf8)
    #expect(try Codec.decodeStrictly(ListTasks.self, from: json) == ListTasks(office: "vh-xh"))
  }

  @Test(arguments: [32, 33, 34, 511, 512, 513, 10_000, 100_000])
  func depth(_ depth: Int) throws {
    let arrays = String(repeating: "[", count: depth - 1) + String(repeating: "]", count: depth - 1)
    let objects = String(repeating: #"{"a":"#, count: depth - 1) + "1" + String(repeating: "}", count: depth - 1)
    for json in [#"{"zebra":\#(arrays)}"#, #"{"zebra":\#(objects)}"#, #"{"after":\#(arrays)}"#, arrays] {
      let refusal = try Self.refusal(json.utf8)
      if depth > 33 { #expect(refusal.text.en.contains("nested deeper than 32")) }
      // Never a crash, whatever the size of the stack.
      _ = try? Codec.decode(ListTasks.self, from: Data(json.utf8))
      _ = try? EventBatch(json: Data(json.utf8))
    }
    let halfOpen = String(repeating: "[", count: depth)
    _ = try Self.refusal(halfOpen.utf8)
  }

  @Test func otherEncodings() throws {
    let json = "{\(Self.plan)}"
    for encoding in [String.Encoding.utf16, .utf16LittleEndian, .utf16BigEndian, .utf32, .utf32LittleEndian] {
      _ = try Self.refusal(try #require(json.data(using: encoding)))
    }
    _ = try Self.refusal([0xEF, 0xBB, 0xBF] + json.utf8)
    #expect(try Codec.decodeStrictly(ListTasks.self, from: Data(json.utf8)).plan != nil)
  }

  @Test(
    arguments: [
      [0x80], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xE2, 0x82], [0xF8, 0x88],
    ] as [[UInt8]])
  func notUTF8(_ bytes: [UInt8]) throws {
    let refusal = try Self.refusal(Array(#"{"after":""#.utf8) + bytes + Array(#""}"#.utf8))
    #expect(refusal.text.en.contains("UTF-8"))
  }

  @Test(arguments: [
    #"{"after":"\ud800"}"#, #"{"after":"\udc00"}"#, #"{"after":"\ud800\u0041"}"#, #"{"after":"\ud800x"}"#,
    #"{"\ud800":null}"#, #"{"\udc00\ud800":null}"#, #"{"after":"\u12"}"#, #"{"after":"\x41"}"#, #"{"after":"\"#,
    #"{"\u00zz":1}"#,
  ])
  func brokenEscapes(_ json: String) throws {
    _ = try Self.refusal(json.utf8)
  }

  @Test(
    arguments: [
      "", " ", "{", "}", "{}{}", "{} x", "{},", "[", "{\"a\"", "{\"a\":", "{\"a\":}", "{\"a\":null,}", "{,}", "{a:1}",
      "{'a':1}",
      "{\"after\":nul}", "{\"after\":NULL}", "{\"after\":undefined}", "{\"after\":\"a\nb\"}", "{\"after\":\"a\tb\"}",
      "// c\n{}",
      "{}/**/", "{\"after\":null}\0", "\u{FEFF}{}", "{\u{A0}}", "{\"after\" \"a\"}",
      "{\"after\":\"a\" \"office\":\"b\"}",
      "{\"plan\":[1,]}", "{\"plan\":[,1]}", "{\"zebra\":01}", "{\"zebra\":1-2}", "{\"zebra\":+}", "{\"zebra\":aaa}",
    ].filter { !$0.isEmpty })
  func notJSON(_ json: String) throws {
    _ = try Self.refusal(json.utf8)
  }

  @Test(arguments: [
    "NaN", "Infinity", "-Infinity", "nan", "inf", "1e999", "1e20", "-1e20", "0x10", "1.5", "--1", "1e", "01", ".5",
    "5.", "-", "+1",
    "9223372036854775808", "-9223372036854775809", "\"50\"", "true", "null", "[50]", "{}",
  ])
  func percentIsAWholeNumber(_ number: String) throws {
    let json = Data(#"{"percent":\#(number),"task":"019aa0e1-e8c0-700a-8000-00000000000a"}"#.utf8)
    let refusal = try #require(throws: Refusal.self) { try Codec.decodeStrictly(RecordProgress.self, from: json) }
    #expect(refusal.status == .malformed)
  }

  @Test func everyPrefixIsRefused() throws {
    let sample = try #require(Samples.requests.first { $0.method == IssuePlan.method })
    for length in 1..<sample.json.count {
      #expect(throws: Refusal.self) { try sample.reread(sample.json.prefix(length)) }
    }
  }

  // MARK: Size

  @Test func aMillionDigits() throws {
    let digits = String(repeating: "7", count: 1_000_000)
    for number in [digits, "-\(digits)", "0.\(digits)", "1e\(digits)", "1\(String(repeating: "0", count: 1_000_000))"] {
      _ = try Self.refusal(#"{"zebra":\#(number)}"#.utf8)
      _ = try Self.refusal(#"{"after":\#(number)}"#.utf8)
      let refusal = try #require(throws: Refusal.self) {
        try Codec.decodeStrictly(ListPlans.self, from: Data(#"{"year":\#(number)}"#.utf8))
      }
      #expect(Codec.encode(RefusalBody(refusal)).count <= 2048)
    }
  }

  @Test func whatWasSentIsNotSentBackAtLength() throws {
    let long = String(repeating: "x", count: 200_000)
    let accents = "x" + String(repeating: "\u{301}", count: 100_000)
    for text in [long, accents] {
      _ = try Self.refusal(#"{"\#(text)":1}"#.utf8)
      _ = try Self.refusal(#"{"\#(text)":1,"\#(text)":1}"#.utf8)
      _ = try Self.refusal(#"{"plan":"\#(text)"}"#.utf8)
      _ = try Self.refusal(#"{"office":"\#(text)"}"#.utf8)
    }
    let word =
      #"{"plan":"019aa0e1-e8c0-700a-8000-00000000000a","tasks":[{"coordinating":[],"leads":[],"name":"","number":"","source":"\#(accents)"}],"targets":[]}"#
    let refusal = try #require(throws: Refusal.self) {
      try Codec.decodeStrictly(DraftRows.self, from: Data(word.utf8))
    }
    #expect(refusal.place == "tasks[0].source")
    #expect(Codec.encode(RefusalBody(refusal)).count <= 2048)
  }

  @Test func theLargestBody() throws {
    let rows = DraftRows(
      plan: try #require(Plan.ID("019aa0e1-e8c0-700a-8000-00000000000a")),
      tasks: (1...100).map {
        TaskRow(number: "\($0)", name: String(repeating: "ế", count: 785), leads: ["vh-xh"])
      })
    let json = Codec.encode(rows)
    #expect((235 * 1024...240 * 1024).contains(json.count))
    #expect(try Codec.decodeStrictly(DraftRows.self, from: json) == rows)
  }

  /// The largest body of the kind that costs most to look at must not cost much more than an honest one.
  @Test(arguments: [
    ("escaped values", #""\n","#, ""), ("escaped keys", "", #""\u0061%":1,"#), ("empty arrays", "[],", ""),
    ("numbers", "1,", ""), ("keys", "", #""%":1,"#), ("quotes", #""","#, ""),
  ])
  func noBodyIsCostly(name: String, element: String, field: String) throws {
    let count = 240 * 1024 / max(element.utf8.count, field.utf8.count + 4)
    let json =
      element.isEmpty
      ? "{" + (0..<count).map { field.replacing("%", with: String($0)) }.joined() + #""end":1}"#
      : #"{"zebra":["# + String(repeating: element, count: count) + "1]}"
    let start = ContinuousClock.now
    _ = try Self.refusal(json.utf8)
    print("\(name), refused after \(ContinuousClock.now - start)")
  }
}
