import AssayPlugins
import Testing

@Suite("The index of a folder")
struct PluginIndexTests {
  static let digest = String(repeating: "0123456789abcdef", count: 4)

  static func entry(_ file: String, _ id: String, sha256: String = digest) -> String {
    #"{"file": "\#(file)", "sha256": "\#(sha256)", "ids": ["\#(id)"]}"#
  }

  static func index(_ entries: String...) -> String {
    #"{"assay-plugins": 1, "plugins": [\#(entries.joined(separator: ", "))]}"#
  }

  static func refusal(_ text: String) -> String? {
    do throws(PluginError) {
      _ = try PluginIndex(Array(text.utf8), path: "f/assay-plugins.json")
      return nil
    } catch {
      return error.description
    }
  }

  @Test func whatIsWrittenReadsBack() throws {
    let index = PluginIndex(entries: [
      PluginIndex.Entry(file: "a.so", sha256: Self.digest, ids: ["com.example.a/1", "com.example.b/2"])
    ])
    #expect(try PluginIndex(index.bytes, path: "f") == index)
  }

  @Test func aDigestMayBeInCapitals() throws {
    let text = Self.index(Self.entry("a.so", "com.example.a/1", sha256: Self.digest.uppercased()))
    #expect(try PluginIndex(Array(text.utf8), path: "f").entries.map(\.sha256) == [Self.digest])
  }

  @Test(arguments: ["../a.so", "/tmp/a.so", "b/a.so", "..", ".", "", "a\\u0000.so"])
  func aFileOutOfTheFolderIsRefused(file: String) {
    let refusal = Self.refusal(Self.index(Self.entry(file, "com.example.a/1")))
    #expect(refusal?.hasPrefix("f/assay-plugins.json: ") == true)
    #expect(refusal?.contains("is not a file of this folder") == true)
  }

  @Test func aFileThatIsListedTwiceIsRefused() {
    let text = Self.index(Self.entry("a.so", "com.example.a/1"), Self.entry("a.so", "com.example.b/1"))
    #expect(Self.refusal(text)?.contains("\"a.so\" is listed twice") == true)
  }

  @Test func anIDThatIsListedTwiceIsRefused() {
    let text = Self.index(Self.entry("a.so", "com.example.a/1"), Self.entry("b.so", "com.example.a/1"))
    #expect(Self.refusal(text)?.contains("\"com.example.a/1\" is listed twice") == true)
  }

  @Test(arguments: ["", "12", String(repeating: "g", count: 64)])
  func aDigestOfOtherThan64HexadecimalDigitsIsRefused(sha256: String) {
    let refusal = Self.refusal(Self.index(Self.entry("a.so", "com.example.a/1", sha256: sha256)))
    #expect(refusal?.contains("64 hexadecimal digits") == true)
  }

  @Test(arguments: [
    "", "{", "[]", #"{"assay-plugins": 2, "plugins": []}"#, #"{"assay-plugins": 1}"#,
    #"{"assay-plugins": 1, "plugins": [{"file": "a.so"}]}"#,
    #"{"assay-plugins": 1, "plugins": [{"file": "a.so", "sha256": "00", "ids": [1]}]}"#,
  ])
  func whatIsNoIndexIsRefusedWithItsPath(text: String) {
    #expect(Self.refusal(text)?.hasPrefix("f/assay-plugins.json:") == true)
  }
}
