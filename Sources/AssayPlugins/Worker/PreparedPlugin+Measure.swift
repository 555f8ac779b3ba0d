import AssayCore
import CAssayPlugin

extension PreparedPlugin {
  /// The most bytes of text that one measurement may give of one record.
  private static let textCapacity = 16 << 10

  /// Calls a measurement.
  func measure(_ record: LentRecord) -> PluginAnswer {
    guard let measure = table.measure, let description = plugin.description.recordPlugin else {
      return .failed("does not measure")
    }
    var slots = GuardedRoom(
      count: description.outputs.count, filler: assay_value_t(), guardValue: assay_value_t())
    var texts = GuardedRoom(count: Self.textCapacity, filler: CChar(0), guardValue: 0x5A)
    var message = MessageRoom()
    var answer = PluginAnswer.failed("gave no answer")
    let status = message.lend { message in
      record.withRecord { record in
        slots.withRoom { slots in
          texts.withRoom { texts in
            var outputs = assay_outputs_t(
              struct_size: MemoryLayout<assay_outputs_t>.size, output_count: slots.count,
              outputs: slots.baseAddress, text_room: texts.baseAddress, text_capacity: texts.count,
              text_used: 0)
            let status = measure(state, parameters, record, &outputs, message)
            // Read while the room is there: texts point into it.
            answer = Self.values(slots, description.outputs, TextRoom(UnsafeBufferPointer(texts)))
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

extension MessageRoom {
  /// What a status makes of an answer.
  func answer(_ status: assay_status_t, _ answer: PluginAnswer) -> PluginAnswer {
    switch Int(status) {
    case Int(ASSAY_STATUS_OK): answer
    case Int(ASSAY_STATUS_NOT_APPLICABLE): .notApplicable(text)
    default: .failed(text.isEmpty ? "failed with status \(status)" : text)
    }
  }
}
