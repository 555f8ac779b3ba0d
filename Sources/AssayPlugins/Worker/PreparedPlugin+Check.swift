import AssayCore
import CAssayPlugin

extension PreparedPlugin {
  /// The most findings that one invariant may give of one record.
  private static let mostFindings = 32

  /// Calls an invariant.
  func check(_ record: LentRecord) -> PluginAnswer {
    guard let check = table.check else { return .failed("does not check") }
    return answer(to: record, slots: Self.mostFindings, of: assay_finding_t()) {
      record, slots, texts, message in
      var findings = assay_findings_t(
        struct_size: MemoryLayout<assay_findings_t>.size, capacity: slots.count, count: 0,
        findings: slots.baseAddress, text_room: texts.baseAddress, text_capacity: texts.count, text_used: 0)
      let status = check(state, parameters, record, &findings, message)
      return (status, Self.findings(slots, findings.count, TextRoom(UnsafeBufferPointer(texts))))
    }
  }

  private static func findings(
    _ slots: UnsafeMutableBufferPointer<assay_finding_t>, _ count: Int, _ room: TextRoom
  ) -> PluginAnswer {
    guard (0...slots.count).contains(count) else {
      return .failed("\(count) findings, expected at most \(slots.count)")
    }
    var findings: [PluginFinding] = []
    for slot in slots[..<count] {
      guard let code = room.text(slot.code), let found = room.text(slot.found),
        let expected = room.text(slot.expected)
      else { return .failed("a text that is not in the room for it") }
      guard isCode(code) else {
        return .failed("a code is lower-case letters, digits and hyphens, found \"\(code.prefix(40))\"")
      }
      findings.append(PluginFinding(code: code, expected: expected, found: found))
    }
    return .findings(findings)
  }

  private static func isCode(_ code: String) -> Bool {
    !code.isEmpty && code.utf8.count <= 100
      && code.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
  }
}
