import CLinux
import Glibc

/// One framed message with the descriptors that came with it.
package struct Frame {
  package var kind: UInt8
  package var payload: [UInt8]
  package var descriptors: [Int32]
}

/// The small control socket between the coordinator and one worker.
///
/// A frame is a 32-bit length, a kind, a count of descriptors, two zero bytes, and the payload; all little-endian.
/// Descriptors arrive in order and are handed to the frame that announced them.
package final class ControlChannel {
  /// The most a payload may have: a bound on what a broken worker can make us hold.
  package static let mostPayload = 64 << 20
  private static let headerLength = 8

  package let descriptor: Int32
  /// A worker is given descriptors; it has none to give.
  private let takesDescriptors: Bool
  private var inbox: [UInt8] = []
  private var consumed = 0
  private var received: [Int32] = []
  private var chunk = [UInt8](repeating: 0, count: 128 * 1024)

  /// Adopts the descriptor: it is closed with the channel. `takesDescriptors` is false on the coordinator's side.
  package init(descriptor: Int32, takesDescriptors: Bool = true) {
    self.descriptor = descriptor
    self.takesDescriptors = takesDescriptors
  }

  deinit {
    for unclaimed in received { close(unclaimed) }
    close(descriptor)
  }

  /// Sends one frame, blocking until the socket took it. Throws when the other side is gone.
  package func send(kind: UInt8, payload: [UInt8], descriptors: [Int32] = []) throws(WorkerError) {
    precondition(payload.count <= Self.mostPayload && descriptors.count <= Int(ASSAY_MAX_DESCRIPTORS))
    var frame: [UInt8] = []
    frame.reserveCapacity(Self.headerLength + payload.count)
    withUnsafeBytes(of: UInt32(payload.count).littleEndian) { frame.append(contentsOf: $0) }
    frame += [kind, UInt8(descriptors.count), 0, 0]
    frame += payload
    let status = frame.withUnsafeBytes {
      assay_send(self.descriptor, $0.baseAddress, $0.count, descriptors, descriptors.count)
    }
    guard status == 0 else { throw WorkerError("cannot reach the worker: \(lastSystemError())") }
  }

  /// The next frame, waiting for it; nil when the other side closed.
  package func receive() throws(ProtocolError) -> Frame? {
    while true {
      if let frame = try buffered() { return frame }
      guard try fill() else { return nil }
    }
  }

  /// Reads once what the socket has (it must be readable) and says whether the other side is still there.
  package func fill() throws(ProtocolError) -> Bool {
    var arrived = [Int32](repeating: -1, count: Int(ASSAY_MAX_DESCRIPTORS))
    var count = 0
    let length = chunk.withUnsafeMutableBytes {
      assay_receive(descriptor, $0.baseAddress, $0.count, &arrived, &count)
    }
    received += arrived[..<count]
    if length < 0, errno == ECONNRESET { return false }
    guard length >= 0 else { throw ProtocolError("its socket cannot be read: \(lastSystemError())") }
    guard takesDescriptors || received.isEmpty else { throw ProtocolError("it sent descriptors") }
    compact()
    inbox += chunk[..<length]
    return length > 0
  }

  /// A frame that is already here in full, or nil.
  package func buffered() throws(ProtocolError) -> Frame? {
    let available = inbox.count - consumed
    guard available >= Self.headerLength else { return nil }
    let length = (0..<4).reduce(0) { $0 | Int(inbox[consumed + $1]) << (8 * $1) }
    guard length <= Self.mostPayload else {
      throw ProtocolError("it announced a message of \(length) bytes")
    }
    guard available >= Self.headerLength + length else { return nil }
    let kind = inbox[consumed + 4]
    let wanted = Int(inbox[consumed + 5])
    guard received.count >= wanted else { throw ProtocolError("a message lacks its descriptors") }
    let start = consumed + Self.headerLength
    consumed = start + length
    defer { received.removeFirst(wanted) }
    return Frame(
      kind: kind, payload: Array(inbox[start..<start + length]), descriptors: Array(received[..<wanted]))
  }

  private func compact() {
    guard consumed > 0 else { return }
    inbox.removeFirst(consumed)
    consumed = 0
  }
}
