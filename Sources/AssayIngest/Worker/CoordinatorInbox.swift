import AssayChannel

/// What the coordinator sends to a decoder, in order; a companion that is waited for may overtake the rest.
final class CoordinatorInbox {
  let channel: ControlChannel
  private var waiting: [Frame] = []

  init(_ channel: ControlChannel) { self.channel = channel }

  /// The next frame; nil when the coordinator closed the socket.
  func next() throws -> Frame? { waiting.isEmpty ? try channel.receive() : waiting.removeFirst() }

  /// The next companion, with its descriptors. What comes before it keeps its turn. Throws when none comes any more.
  func nextCompanion() throws -> (loss: PluginLoss?, descriptors: [Int32]) {
    while let frame = try channel.receive() {
      if case .companion(let loss) = try CoordinatorMessage(frame) { return (loss, frame.descriptors) }
      waiting.append(frame)
    }
    throw WorkerError("the coordinator left a decoder without its plugins")
  }
}
