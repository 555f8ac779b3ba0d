import AssayChannel
import AssayPlugins
import AssayTestSupport
import Glibc
import Testing

@testable import AssayEngine

/// What plugins write to standard error, and what is in force around them.
struct PluginErrorsTests {
  private final class Passed {
    var text = ""
  }

  /// What gets through of a text that a worker writes before it ends.
  private func passed(_ text: String) throws -> String {
    let passed = Passed()
    do {
      let errors = try PluginErrors { passed.text += $0 }
      _ = text.withCString { Glibc.write(errors.output, $0, strlen($0)) }
    }
    return passed.text
  }

  @Test func everyLineSaysWhereItComesFrom() throws {
    #expect(try passed("one\n\ntwo") == "plugin: one\nplugin: two\n")
  }

  @Test func whatMovesATerminalIsShownAsACodePoint() throws {
    #expect(try passed("\u{1B}[2Jx\n") == "plugin: \\u{1b}[2Jx\n")
  }

  @Test func longLinesAndManyAreCut() throws {
    let text = try passed(String(repeating: String(repeating: "x", count: 1000) + "\n", count: 50))
    let lines = text.split(separator: "\n")
    #expect(lines.count == PluginErrors.mostLines + 1)
    #expect(lines.allSatisfy { $0.count <= PluginErrors.mostLineBytes + 8 })
    #expect(lines.last == "plugin: (more was written and is not shown)")
  }

  @Test func whatIsInForceAroundPluginsIsKnown() throws {
    let host = try ComparatorHost(
      registry: PluginRegistry(folders: [ExecutableFolder.path]), isolation: .process)
    let comparison = try Comparison(host: host)
    #expect(host.inForce?.noNewPrivileges == true)
    #expect(comparison.isolation?.hasPrefix("isolated processes: ") == true)
  }
}
