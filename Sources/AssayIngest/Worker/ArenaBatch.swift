import AssayChannel
import AssayCore

/// Records on their way into one arena.
struct ArenaBatch {
  let index: Int
  var used = 0
  var items: [WorkItem] = []

  init(index: Int) { self.index = index }

  /// Enough to be worth a message, and little enough to keep several decoders busy.
  var isFull: Bool {
    items.count >= WorkBatch.mostItems || bytes >= WorkBatch.enoughBytes
      || nameBytes >= WorkBatch.mostNameBytes
  }

  private var nameBytes: Int {
    items.reduce(0) { sum, item in
      sum + item.key.bytes.count + item.parts.reduce(0) { $0 + 2 * $1.member.count }
    }
  }

  private var bytes: Int {
    items.reduce(0) { sum, item in sum + item.parts.reduce(0) { $0 + $1.place.byteCount } }
  }
}

/// How much goes into one assignment.
package enum WorkBatch {
  /// The most items of an assignment, below what `ProgressWord` and a message's descriptors can number.
  package static let mostItems = 64
  /// Bytes that are enough for an assignment, whatever the number of items.
  package static let enoughBytes = 1 << 20
  /// The most bytes of names in an assignment, so that a message always fits the socket's buffer.
  package static let mostNameBytes = 32 << 10
}

extension BytePlace {
  /// Encoded bytes, as far as known here.
  package var byteCount: Int {
    switch self {
    case .span(_, _, let count), .arena(_, _, let count): count
    case .file, .missing: 0
    }
  }
}

/// Where a reader gets arenas from and leaves them.
protocol ArenaSupply: AnyObject {
  /// The next arena that may be filled; waits for it.
  func next() throws -> Int
  /// Room for writing `count` bytes at `offset` of an arena; waits for it where that is more than there is in flight.
  /// Nil if no record may need so much.
  func room(in arena: Int, at offset: Int, count: Int) throws -> UnsafeMutableRawBufferPointer?
  /// Hands over records whose bytes are in that arena.
  func send(_ arena: Int, _ items: [WorkItem]) throws
}
