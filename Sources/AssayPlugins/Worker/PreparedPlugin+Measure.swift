import AssayCore
import CAssayPlugin

extension PreparedPlugin {
  /// Calls a measurement.
  func measure(_ record: LentRecord) -> PluginAnswer {
    guard let measure = table.measure, let outputs = plugin.description.recordPlugin?.outputs else {
      return .failed("does not measure")
    }
    return answer(to: record, slots: outputs.count, of: assay_value_t()) { record, slots, texts, message in
      var room = assay_outputs_t(
        struct_size: MemoryLayout<assay_outputs_t>.size, output_count: slots.count,
        outputs: slots.baseAddress, text_room: texts.baseAddress, text_capacity: texts.count, text_used: 0)
      let status = measure(state, parameters, record, &room, message)
      return (status, Self.values(slots, outputs, TextRoom(UnsafeBufferPointer(texts))))
    }
  }

  private static func values(
    _ slots: UnsafeMutableBufferPointer<assay_value_t>, _ outputs: [PluginOutput], _ room: TextRoom
  ) -> PluginAnswer {
    var values: [Value] = []
    for (slot, output) in zip(slots, outputs) {
      switch value(slot, output, room) {
      case .success(let value): values.append(value)
      case .failure(let error): return .failed(error.description)
      }
    }
    return .values(values)
  }

  private static func value(_ slot: assay_value_t, _ output: PluginOutput, _ room: TextRoom) -> Result<
    Value, PluginError
  > {
    func failure(_ reason: String) -> Result<Value, PluginError> {
      .failure(PluginError("\(output.name): \(reason)"))
    }
    switch (Int(slot.kind), output.kind) {
    case (Int(ASSAY_VALUE_MISSING), _): return .success(.missing)
    case (Int(ASSAY_VALUE_BOOLEAN), .boolean): return .success(.boolean(slot.number != 0))
    case (Int(ASSAY_VALUE_INTEGER), .integer): return .success(.integer(slot.integer))
    case (Int(ASSAY_VALUE_REAL), .real):
      return slot.number.isFinite
        ? .success(.real(slot.number))
        : failure("answered \(slot.number.isNaN ? "NaN" : "an infinite number")")
    case (Int(ASSAY_VALUE_TEXT), .text):
      return room.text(slot.text).map { .success(.text($0)) }
        ?? failure("a text that is not in the room for it")
    default: return failure("a value of kind \(slot.kind), declared \(output.kind.rawValue)")
    }
  }
}
