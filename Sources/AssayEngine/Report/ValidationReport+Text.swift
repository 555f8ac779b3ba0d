package import AssayChannel
package import AssayCore
import AssayIngest

extension ValidationReport {
  /// The report for people: the verdict first, then what to do about it, then the accounts.
  package func text() -> String {
    var page = TextPage()
    page.line(sentence)
    if schemaPath == nil { page.line("No schema was given: only the integrity of the images was checked.") }
    for line in accounts.incomplete { page.line("  \(line)") }
    addRules(&page)
    addMetrics(&page)
    addRemarks(&page)
    addAccounts(&page)
    return page.text
  }

  private func addRules(_ page: inout TextPage) {
    for result in failedRules + warningRules {
      page.line("")
      for line in result.headLines { page.line("  " + line) }
      for example in result.examples.prefix(3) {
        page.line("         - \(example.locator.text)\(example.found.isEmpty ? "" : ": \(example.found)")")
      }
    }
  }

  private func addRemarks(_ page: inout TextPage) {
    let ruleCodes = Set(rules.map(\.code.rawValue))
    let remarks = notices + counts.remarks.filter { !ruleCodes.contains($0.kind.code) }
    guard !remarks.isEmpty else { return }
    page.line("")
    page.line("  what was found in the records")
    for remark in remarks.sorted(by: { $0.textRank > $1.textRank }).prefix(20) {
      let name = remark.kind.code.padded(to: 28)
      page.line("  \(String(remark.count).leftPadded(to: 7))  \(name) \(remark.examples.first?.text ?? "")")
    }
  }

  private func addAccounts(_ page: inout TextPage) {
    page.line("")
    for line in accounts.lines { page.line("  \(line)") }
    if let count = acceptedWithoutRow, count > 0 {
      page.line(
        "  left out \(counted(count, "accepted record")) without a row: the file of accepted rows has none for them"
      )
    }
    let outcomes = DecodeOutcome.allCases.filter { counts.count(of: $0) > 0 }
    if !outcomes.isEmpty {
      page.line("  images   " + outcomes.map { "\(counts.count(of: $0)) \($0.name)" }.joined(separator: ", "))
    }
    page.line("  workers  \(isolation.text)")
  }
}

extension RuleResult {
  /// The rule, what it expects and what was found.
  var headLines: [String] {
    var lines = [
      "\(verdict == .fail ? "error" : "warn ")  \(rule)  [\(code.rawValue)]",
      "       expected \(expected)",
      "       found    \(found)\(allowed.map { ", allowed \($0)" } ?? "")",
    ]
    if let because { lines.append("       because  \(because)") }
    if let owner { lines.append("       owner    \(owner)") }
    if let expiredOn { lines.append("       this rule was to hold until \(expiredOn)") }
    return lines
  }
}

extension Locator {
  /// The place in one line: `photos/a/b.jpg`, `photos/a/b.jpg (row 17)`, `rows.csv:17`.
  package var text: String {
    var text = source
    if let member { text += (source.hasSuffix("/") ? "" : "/") + member }
    if let row { text += member == nil ? ":\(row)" : " (row \(row))" }
    return text
  }
}

extension RemarkCount {
  /// What comes first: what is frequent, and before the columns of a table whatever is wrong in it.
  fileprivate var textRank: (Int, Int) {
    (kind.code == ReadingCode.undeclaredField.rawValue ? 0 : 1, count)
  }
}

extension RemarkCount.Example {
  fileprivate var text: String { found.isEmpty ? locator.text : "\(locator.text): \(found)" }
}

extension IsolationReport {
  /// What is in force, in words; what the kernel lacks is said.
  package var text: String { text(files: "no file access") }

  /// The same, with what is denied of files in other words.
  func text(files: String) -> String {
    guard isProcess else { return "no isolation: untrusted bytes were read in this process" }
    let parts = [
      ("no new privileges", noNewPrivileges), ("system call filter", systemCallFilter),
      (files, noFiles),
      ("memory limit \(dataLimit >> 20) MiB", dataLimit > 0),
    ]
    let missing = parts.filter { !$0.1 }.map(\.0)
    let inForce = parts.filter(\.1).map(\.0).joined(separator: ", ")
    return "isolated processes: \(inForce)"
      + (missing.isEmpty ? "" : "; NOT in force: \(missing.joined(separator: ", "))")
  }
}

/// Lines of a text report.
struct TextPage {
  private(set) var text = ""

  /// Adds a line. Names of members are the data's: what would move a terminal's cursor, start a line or turn the
  /// direction of writing is written as its code point.
  mutating func line(_ line: String) {
    for scalar in line.unicodeScalars {
      if Self.isUnprintable(scalar) {
        text += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    text += "\n"
  }

  private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}

extension String {
  /// The text with spaces behind it.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

  /// The text with spaces before it.
  func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
