import AssayChannel
import AssayCore
import Glibc

/// The plugin worker beside a decoder, asked one question at a time. One that is lost is replaced by the coordinator, which
/// also is the clock: this side only notices a socket that closed.
final class PluginCompanion {
  /// What came of a question.
  enum Reply {
    case answer(PluginAnswer)
    /// The worker was lost over the question.
    case lost(PluginLoss)
  }

  private let inbox: CoordinatorInbox
  private var channel: ControlChannel?
  /// Answers of the worker that is there now.
  private var answers = 0

  init(_ inbox: CoordinatorInbox) { self.inbox = inbox }

  /// Takes the socket of a fresh worker.
  func adopt(socket: Int32) {
    channel = ControlChannel(descriptor: socket, takesDescriptors: false)
    answers = 0
  }

  /// Asks, and once more of a fresh worker where one that had answered other records died: what an earlier record left
  /// behind in it must not decide about this one.
  func ask(_ question: PluginQuestion, at position: ProgressWord.Position) throws -> Reply {
    var isLastTry = false
    while true {
      if let answer = exchange(question) {
        answers += 1
        return .answer(answer)
      }
      let wasFresh = answers == 0
      let loss = try replacement(at: position)
      switch loss.kind {
      case .replaced: continue
      case .crashed where !wasFresh && !isLastTry: isLastTry = true
      case .crashed, .timeout: return .lost(loss)
      }
    }
  }

  /// The answer; nil where the worker is gone or talks nonsense.
  private func exchange(_ question: PluginQuestion) -> PluginAnswer? {
    guard let channel else { return nil }
    var writer = ByteWriter()
    question.encode(to: &writer)
    do {
      try channel.send(kind: PluginQuestion.frameKind, payload: writer.bytes)
      guard let frame = try channel.receive(), frame.kind == PluginAnswer.frameKind else { return nil }
      return try ByteReader.read(frame.payload) { (reader) throws(WireError) in
        try PluginAnswer(from: &reader)
      }
    } catch {
      return nil
    }
  }

  /// Tells the coordinator and waits for another worker.
  private func replacement(at position: ProgressWord.Position) throws -> PluginLoss {
    channel = nil
    try inbox.channel.send(.companionLost(position))
    let (loss, descriptors) = try inbox.nextCompanion()
    guard let loss, let socket = descriptors.first else {
      throw WorkerError("a decoder got no plugin worker for the one it lost")
    }
    adopt(socket: socket)
    // The slot is the one that is mapped already.
    for descriptor in descriptors.dropFirst() { close(descriptor) }
    return loss
  }
}
