import AssayCore
import AssayTestSupport
import Testing

struct JSONReaderTests {
  private static let validTexts: [(String, JSONValue)] = [
    ("null", JSONValue.null), (" true ", true), ("false", false), ("0", 0), ("-0", 0), ("-12", -12),
    ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
    ("9223372036854775808", .real(9_223_372_036_854_775_808)), ("1.0", 1.0), ("1e2", 100.0), ("1E-2", 0.01),
    ("0.1", 0.1), ("1.7976931348623157e308", .real(.greatestFiniteMagnitude)),
    ("5e-324", .real(.leastNonzeroMagnitude)),
    ("123456789012345678901234567890", .real(123_456_789_012_345_677_877_719_597_056)),
    ("0.30000000000000004", .real(0.1 + 0.2)), ("1e-400", 0.0),
    ("\"a\\u00e9\\n\\\"\\\\\\/\\b\\f\\r\\t\"", "aé\n\"\\/\u{8}\u{C}\r\t"), ("\"\\ud83d\\ude00\"", "😀"),
    ("\"\"", ""), ("[]", []), ("{}", .object(JSONObject())),
    ("[1, [2], {\"a\": null}]", [1, [2], ["a": .null]]),
    ("{\"b\":1,\"a\":2}", ["b": 1, "a": 2]),
  ]

  private func parse(_ text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSONValue {
    try JSONValue(parsing: Array(text.utf8), limits: limits)
  }

  @Test(arguments: validTexts)
  func validTextReads(text: String, value: JSONValue) throws {
    #expect(try parse(text) == value)
  }

  @Test(arguments: 15...22)
  func fractionsOfAnyLengthAreTheNearestDouble(digitCount: Int) throws {
    var random = SplitMix64(seed: UInt64(digitCount))
    for _ in 0..<2000 {
      let digits = (0..<digitCount).map { _ in String(random.next() % 10) }.joined()
      let places = Int(random.next() % 22)
      let text = "1\(digits)e-\(places)"
      #expect(try parse(text) == .real(#require(Double(text))), "\(text)")
    }
  }

  @Test(arguments: ["0.49623770607803036", "49044.91085880708", "0.99999999999999994", "1.0000000000000002"])
  func shortestSpellingsReadBack(text: String) throws {
    #expect(try parse(text) == .real(#require(Double(text))))
  }

  @Test func aNameIsSkippedOnlyWhereItIsTheNext() throws {
    let spelled = [",\"b\":", ",\"c\":"].map { Array($0.utf8) }
    let steps = try JSONReader.read(Array("{\"a\":1,\"b\":2, \"c\":3}".utf8)) { (reader) throws(JSONError) in
      try reader.beginObject()
      var steps = ["\(reader.skipName(spelled: spelled[0]))"]
      while let name = try reader.nextName() {
        steps.append("\(name)=\(try reader.integer())")
        for name in spelled where reader.skipName(spelled: name) {
          steps.append("skipped=\(try reader.integer())")
        }
      }
      return steps
    }
    #expect(steps == ["false", "a=1", "skipped=2", "c=3"])
  }

  @Test(arguments: [
    "", " ", "nul", "tru", "01", "-", "+1", "1.", ".5", "1e", "1e+", "0x1", "NaN", "Infinity", "1 2", "[1,]",
    "[,1]",
    "[1", "{\"a\":1,}", "{\"a\"}", "{a:1}", "{\"a\":1", "\"", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"",
    "\"a\nb\"",
    "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "1e400", "-1e309", "[1]]", "{\"a\":1,\"a\":2}", "'a'",
    "\u{FEFF}1", "1234567:", "1234567/", "12345678:1234567",
  ]) func invalidTextIsRefused(text: String) {
    #expect(throws: JSONError.self) { try parse(text) }
  }

  @Test(arguments: [
    [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xC3, 0x22],
  ])
  func textThatIsNotUTF8IsRefused(bytes: [UInt8]) {
    #expect(throws: JSONError.self) { try JSONValue(parsing: bytes) }
  }

  @Test func errorNamesLineColumnAndByte() {
    let text = bytes("[\n  1 2]")
    let expected = text.withUnsafeBytes { JSONError("expected \",\" or \"]\", found \"2\"", at: 6, of: $0) }
    #expect(throws: expected) { try JSONValue(parsing: text) }
  }

  @Test func errorPrintsItsPosition() {
    let error = bytes("ab\ncd").withUnsafeBytes { JSONError("odd", at: 4, of: $0) }
    #expect(error.description == "2:2 (byte 4): odd")
  }

  @Test func nestingIsBounded() {
    let deep = String(repeating: "[", count: 32)
    #expect(throws: JSONError.self) { try parse("[" + deep) }
    #expect(throws: Never.self) { try parse(deep + String(repeating: "]", count: 32)) }
  }

  @Test func lengthIsBounded() {
    #expect(throws: JSONError.self) { try parse("[1,2]", limits: JSONLimits(maximumByteCount: 4)) }
  }

  @Test func duplicateNamesPassWhenAllowed() throws {
    let value = try parse("{\"a\":1,\"a\":2}", limits: JSONLimits(refusesDuplicateNames: false))
    #expect(value.object?.members.count == 2)
  }

  @Test func duplicateNamesAreFoundInLongObjects() {
    let members = (0..<40).map { "\"n\($0)\":0" }.joined(separator: ",")
    #expect(throws: JSONError.self) { try parse("{\(members),\"n3\":1}") }
  }

  @Test func canonicallyEquivalentNamesAreDifferentNames() throws {
    #expect(try parse("{\"\\u00e9\":1,\"e\\u0301\":2}").object?.members.count == 2)
  }

  @Test func loneSurrogatesAreReplacedWhenAsked() throws {
    let value = try parse("\"a\\ud800b\"", limits: JSONLimits(replacesLoneSurrogates: true))
    #expect(value == "a\u{FFFD}b")
  }

  @Test func pulledTokensKeepTheirOrder() throws {
    let found = try JSONReader.read(bytes("{\"n\": 3, \"list\": [true, \"x\"], \"rest\": {\"a\": [1]}}")) {
      (reader) throws(JSONError) -> [String] in
      var found: [String] = []
      try reader.beginObject()
      while let name = try reader.nextName() {
        switch name {
        case "n": found.append("\(try reader.integer())")
        case "list":
          try reader.beginArray()
          while try reader.nextElement() { found.append("\(try reader.value())") }
        default: try reader.skipValue()
        }
      }
      return found
    }
    #expect(found == ["3", "boolean(true)", "string(\"x\")"])
  }

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
}
