import AssayChannel
import AssayIngest

/// Which arenas of a run are free, and how much each may hold.
///
/// An arena belongs to one reader, or to one batch that is being decoded, at a time: a reader that comes later gets one
/// only when the last batch of an earlier source has let go of it.
final class ArenaPool {
  private let arenas: [SharedArena]
  private var free: Set<Int>
  private weak var reader: (any ArenaUser)?
  /// What is left of the reserve, and what each arena has of it.
  private var reserve: Int
  private var extra: [Int: Int] = [:]
  /// What the reader waits for.
  private var wish: (arena: Int, bytes: Int)?

  init(_ arenas: [SharedArena] = [], reserve: Int = 0) {
    self.arenas = arenas
    self.reserve = reserve
    free = Set(arenas.indices)
  }

  /// Makes `reader` the one that gets arenas, and gives it all that are free.
  func serve(_ reader: any ArenaUser) {
    self.reader = reader
    wish = nil
    let ready = free.sorted()
    free = []
    for arena in ready { reader.grant(arena) }
  }

  /// Takes back an arena that a batch, or a reader at its end, does not need any more.
  func release(_ arena: Int) {
    arenas[arena].shrink(to: ArenaBudget.standing)
    reserve += extra.removeValue(forKey: arena) ?? 0
    if let reader, reader.isReading { reader.grant(arena) } else { free.insert(arena) }
    fulfil()
  }

  /// Lets the reader's arena hold so many bytes as soon as the reserve has them.
  func ask(_ arena: Int, toHold bytes: Int) {
    wish = (arena, bytes)
    fulfil()
  }

  /// Bytes that an arena may hold.
  func allowance(of arena: Int) -> Int { ArenaBudget.standing + extra[arena, default: 0] }

  /// Whether an arena holds no more than it may. Only a reader that breaks the rules makes it hold more.
  func isWithinAllowance(_ arena: Int) -> Bool { arenas[arena].byteCount <= allowance(of: arena) }

  private func fulfil() {
    guard let (arena, bytes) = wish, let reader, reader.isReading else { return }
    let more = max(0, bytes - allowance(of: arena))
    guard more <= reserve else { return }
    reserve -= more
    extra[arena, default: 0] += more
    wish = nil
    reader.allow(arena)
  }
}

/// A reader, as far as arenas go.
protocol ArenaUser: AnyObject {
  /// Whether it can still use arenas.
  var isReading: Bool { get }
  /// Lets it fill an arena.
  func grant(_ arena: Int)
  /// Tells it that an arena may hold what it asked for.
  func allow(_ arena: Int)
}
