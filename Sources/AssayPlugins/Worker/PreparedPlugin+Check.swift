import AssayCore
import CAssayPlugin

extension PreparedPlugin {
  /// The most findings, and bytes of text, that one invariant may give of one record.
  private static let mostFindings = 32
  private static let textCapacity = 16 << 10

  /// Calls an invariant.
  func check(_ record: LentRecord) -> PluginAnswer {
    guard let check = table.check else { return .failed("does not check") }
    var slots = GuardedRoom(
      count: Self.mostFindings, filler: assay_finding_t(), guardValue: assay_finding_t())
    var texts = GuardedRoom(count: Self.textCapacity, filler: CChar(0), guardValue: 0x5A)
    var message = MessageRoom()
    var answer = PluginAnswer.failed("gave no answer")
    let status = message.lend { message in
      record.withRecord { record in
        slots.withRoom { slots in
          texts.withRoom { texts in
            var findings = assay_findings_t(
              struct_size: MemoryLayout<assay_findings_t>.size, capacity: slots.count, count: 0,
              findings: slots.baseAddress, text_room: texts.baseAddress, text_capacity: texts.count,
              text_used: 0)
            let status = check(state, parameters, record, &findings, message)
            // Read while the room is there: texts point into it.
            answer = Self.findings(slots, findings.count, TextRoom(UnsafeBufferPointer(texts)))
            return status
          }
        }
      }
    }
    guard slots.isIntact, texts.isIntact, message.isIntact else {
      return .failed("wrote beyond the room it was given")
    }
    return message.answer(status, answer)
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
