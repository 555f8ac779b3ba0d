import AssayCore
import AssayTestSupport
import Testing

struct JSONWriterTests {
  private static let compactTexts: [(JSONValue, String)] = [
    (JSONValue.null, "null"), (true, "true"), (.integer(.min), "-9223372036854775808"), (1.0, "1.0"),
    (-0.0, "-0.0"), (0.1, "0.1"), (1e16, "1e+16"), (1e-5, "1e-05"),
    ("a\"\\\u{1}\n/é\u{7F}", "\"a\\\"\\\\\\u0001\\n/é\u{7F}\""),
    ([1, [], .object(JSONObject()), ["b": 2.5, "a": "x"]], "[1,[],{},{\"b\":2.5,\"a\":\"x\"}]"),
  ]

  @Test(arguments: compactTexts)
  func valuesWriteCompactly(value: JSONValue, text: String) {
    #expect(value.text == text)
  }

  @Test func everyDoubleReadsBackAsItself() throws {
    var random = SplitMix64(seed: 20_261_121)
    for _ in 0..<20_000 {
      let real = Double(bitPattern: random.next())
      guard real.isFinite else { continue }
      let back = try JSONValue(parsing: Array(JSONValue.real(real).text.utf8))
      #expect(back.number?.bitPattern == real.bitPattern)
    }
  }

  @Test func shortDecimalsReadAsTheNearestDouble() throws {
    var random = SplitMix64(seed: 7)
    for _ in 0..<20_000 {
      let text =
        "\(random.next() % 100_000_000).\(random.next() % 1_000_000)e\(Int.random(in: -20...20, using: &random))"
      #expect(try JSONValue(parsing: Array(text.utf8)).number == Double(text))
    }
  }

  @Test(arguments: [
    (Int64(9_007_199_254_740_991), "9007199254740991"), (9_007_199_254_740_992, "\"9007199254740992\""),
    (-9_007_199_254_740_991, "-9007199254740991"), (.min, "\"-9223372036854775808\""),
  ]) func integersBeyondDoublesAreStrings(value: Int64, text: String) {
    var writer = JSONWriter()
    writer.exactInteger(value)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == text)
  }

  @Test func indentedTextReadsBackAsTheSameValue() throws {
    let value: JSONValue = ["a": [1, ["b": []], .object(JSONObject())], "c": "d"]
    var writer = JSONWriter(indentation: 2)
    writer.value(value)
    #expect(try JSONValue(parsing: writer.bytes) == value)
  }

  @Test func indentedTextPutsEveryElementOnItsOwnLine() {
    var writer = JSONWriter(indentation: 2)
    writer.value(["a": [1, 2], "b": []])
    #expect(
      String(decoding: writer.bytes, as: UTF8.self) == "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": []\n}")
  }

  @Test func mutatedTextNeverCrashesTheReader() {
    var random = SplitMix64(seed: 99)
    let seedText = Array("{\"a\":[1,-2.5e3,\"x\\u00e9\\ud83d\\ude00\"],\"b\":{\"c\":null,\"d\":true}}".utf8)
    var readable = 0
    for _ in 0..<20_000 {
      var text = seedText
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        text[Int.random(in: 0..<text.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
      }
      guard let value = try? JSONValue(parsing: text) else { continue }
      readable += 1
      #expect((try? JSONValue(parsing: Array(value.text.utf8))) == value)
    }
    #expect(readable > 100)
  }
}
