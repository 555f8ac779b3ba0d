import AssayCore
import CAssayPlugin

extension PreparedPlugin {
  /// The most bytes of text that one answer may have.
  private static let textCapacity = 16 << 10

  /// Lends a plugin guarded room for `count` slots, for texts and for a message, and takes what `call` read of them, if
  /// nothing was written beyond the room. What is in the room has to be read by `call`: texts point into it.
  func answer<Slot: BitwiseCopyable>(
    to record: LentRecord, slots count: Int, of empty: Slot,
    _ call: (
      UnsafePointer<assay_record_t>, UnsafeMutableBufferPointer<Slot>, UnsafeMutableBufferPointer<CChar>,
      UnsafeMutablePointer<assay_message_t>
    ) -> (status: assay_status_t, answer: PluginAnswer)
  ) -> PluginAnswer {
    var slots = GuardedRoom(count: count, filler: empty, guardValue: empty)
    var texts = GuardedRoom(count: Self.textCapacity, filler: CChar(0), guardValue: 0x5A)
    var message = MessageRoom()
    let (status, answer) = message.lend { message in
      record.withRecord { record in
        slots.withRoom { slots in texts.withRoom { texts in call(record, slots, texts, message) } }
      }
    }
    guard slots.isIntact, texts.isIntact, message.isIntact else {
      return .failed("wrote beyond the room it was given")
    }
    return message.answer(status, answer)
  }
}

extension MessageRoom {
  /// What a status makes of an answer.
  fileprivate func answer(_ status: assay_status_t, _ answer: PluginAnswer) -> PluginAnswer {
    switch Int(status) {
    case Int(ASSAY_STATUS_OK): answer
    case Int(ASSAY_STATUS_NOT_APPLICABLE): .notApplicable(text)
    default: .failed(text.isEmpty ? "failed with status \(status)" : text)
    }
  }
}
