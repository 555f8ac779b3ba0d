import CAssayPlugin

/// One prepared measurement or invariant behind the `state` of the C interface.
final class Instance {
  private var plugin: any RecordPlugin

  init(_ plugin: any RecordPlugin) { self.plugin = plugin }

  private static func of(_ state: UnsafeMutableRawPointer?) -> Instance? {
    // `state` is the pointer that `create` retained; `end` releases it, and nothing is called after.
    state.map { Unmanaged<Instance>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Releases what `create` made.
  static func end(_ state: UnsafeMutableRawPointer?) {
    if let state { Unmanaged<Instance>.fromOpaque(state).release() }
  }

  static func measure(
    _ state: UnsafeMutableRawPointer?, _ record: UnsafePointer<assay_record_t>?,
    _ outputs: UnsafeMutablePointer<assay_outputs_t>?, _ message: UnsafeMutablePointer<assay_message_t>?
  ) -> assay_status_t {
    guard let instance = of(state), let record = record?.pointee, let outputs,
      var measurement = instance.plugin as? any Measurement
    else { return assay_status_t(ASSAY_STATUS_FAILED) }
    return Status.of(message) {
      defer { instance.plugin = measurement }
      let values = try measurement.measure(Record(record))
      try store(values, &outputs.pointee)
    }
  }

  private static func store(_ values: [FieldValue], _ outputs: inout assay_outputs_t) throws {
    guard values.count == outputs.output_count, let slots = outputs.outputs else {
      throw Refusal.failed("measured \(values.count) values, declared \(outputs.output_count)")
    }
    for (index, value) in values.enumerated() { try store(value, &slots[index], &outputs) }
  }

  private static func store(
    _ value: FieldValue, _ slot: inout assay_value_t, _ outputs: inout assay_outputs_t
  )
    throws
  {
    switch value {
    case .missing: slot.kind = assay_value_kind_t(ASSAY_VALUE_MISSING)
    case .boolean(let flag):
      slot.kind = assay_value_kind_t(ASSAY_VALUE_BOOLEAN)
      slot.number = flag ? 1 : 0
    case .integer(let integer):
      slot.kind = assay_value_kind_t(ASSAY_VALUE_INTEGER)
      slot.integer = integer
    case .real(let number):
      slot.kind = assay_value_kind_t(ASSAY_VALUE_REAL)
      slot.number = number
    case .text(let text):
      let stored = CText.store(text, outputs.text_room, outputs.text_capacity, &outputs.text_used)
      guard let stored else { throw Refusal.failed("more text than there is room for") }
      slot.kind = assay_value_kind_t(ASSAY_VALUE_TEXT)
      slot.text = stored
    }
  }

  static func check(
    _ state: UnsafeMutableRawPointer?, _ record: UnsafePointer<assay_record_t>?,
    _ findings: UnsafeMutablePointer<assay_findings_t>?, _ message: UnsafeMutablePointer<assay_message_t>?
  ) -> assay_status_t {
    guard let instance = of(state), let record = record?.pointee, let findings,
      var invariant = instance.plugin as? any Invariant
    else { return assay_status_t(ASSAY_STATUS_FAILED) }
    return Status.of(message) {
      defer { instance.plugin = invariant }
      for finding in try invariant.check(Record(record)) { try store(finding, &findings.pointee) }
    }
  }

  private static func store(_ finding: RecordFinding, _ findings: inout assay_findings_t) throws {
    func text(_ text: String) throws -> assay_text_t {
      let stored = CText.store(text, findings.text_room, findings.text_capacity, &findings.text_used)
      guard let stored else { throw Refusal.failed("more text than there is room for") }
      return stored
    }
    guard findings.count < findings.capacity, let slots = findings.findings else {
      throw Refusal.failed("more than \(findings.capacity) findings")
    }
    slots[findings.count] = assay_finding_t(
      code: try text(finding.code), found: try text(finding.found), expected: try text(finding.expected))
    findings.count += 1
  }
}
