import AssayChannel
import AssayCore

/// The shared memory in which a decoder leaves the pixels of one record for the plugin worker beside it.
final class FrameSlot {
  private let arena: SharedArena
  /// The most bytes that the frames of one record may take together.
  private let limit: Int
  private var used = 0
  private var frames: [ShownImage] = []
  /// Why not all pixels of the record can be shown; nil if they can.
  private(set) var shortage: String?

  /// What stays mapped between records.
  private static let keptBytes = 64 << 20
  /// Every frame begins at a multiple of this.
  private static let alignment = 64

  /// Adopts the descriptor of the slot.
  init(descriptor: Int32, limit: Int) {
    arena = SharedArena(descriptor: descriptor, writable: true)
    self.limit = limit
  }

  /// Forgets the frames of the record before.
  func begin() {
    arena.shrink(to: Self.keptBytes)
    used = 0
    frames = []
    shortage = nil
  }

  /// Copies the upright frame of the image of that name.
  func keep(_ frame: borrowing PixelFrame, of name: String) {
    let count = frame.samples.count
    guard let room = arena.room(at: used, count: count, within: limit) else {
      return lack("\(frame.width)x\(frame.height) pixels of \(name) do not fit in \(limit) bytes")
    }
    room.copyMemory(from: frame.samples)
    frames.append(
      ShownImage(
        name: name, width: frame.width, height: frame.height, channels: frame.channels,
        sampleBytes: frame.sampleBits / 8, offset: used))
    used = (used + count + Self.alignment - 1) / Self.alignment * Self.alignment
  }

  /// Notes why an image has no frame here.
  func lack(_ reason: String) { shortage = shortage ?? reason }

  /// The frame of the image of that name.
  func frame(of name: String) -> ShownImage? { frames.first { $0.name == name } }
}
