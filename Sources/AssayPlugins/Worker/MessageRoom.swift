import CAssayPlugin

/// Room for what a plugin says to people, with a guard behind it.
struct MessageRoom {
  private var room = GuardedRoom(count: 256, filler: CChar(0), guardValue: 0x5A)
  private var length = 0

  /// Calls `body` with the room.
  mutating func lend<Result>(_ body: (UnsafeMutablePointer<assay_message_t>) -> Result) -> Result {
    var length = 0
    defer { self.length = length }
    return room.withRoom { room in
      var message = assay_message_t(bytes: room.baseAddress, capacity: room.count, length: 0)
      defer { length = message.length }
      return body(&message)
    }
  }

  /// Whether nothing was written behind the room.
  var isIntact: Bool { room.isIntact }

  /// What was said, fit to be printed.
  var text: String {
    let said = room.elements.prefix(min(max(length, 0), room.elements.count))
    return PluginText.printable(String(decoding: said.map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }
}
