import AssayChannel

/// Which arenas of a run are free. An arena belongs to one reader, or to one batch that is being decoded, at a time:
/// a reader that comes later gets one only when the last batch of an earlier source has let go of it.
final class ArenaPool {
  private var free: Set<Int>
  private weak var reader: ContainerSource?

  init(count: Int) { free = Set(0..<count) }

  /// Makes `reader` the one that gets arenas, and gives it all that are free.
  func serve(_ reader: ContainerSource) {
    self.reader = reader
    let ready = free.sorted()
    free = []
    for arena in ready { reader.grant(arena) }
  }

  /// Takes back an arena that a batch, or a reader at its end, does not need any more.
  func release(_ arena: Int) {
    if let reader, reader.isReading { reader.grant(arena) } else { free.insert(arena) }
  }
}
