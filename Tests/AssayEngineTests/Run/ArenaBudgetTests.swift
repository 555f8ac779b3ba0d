import AssayChannel
import AssayCore
import AssayIngest
import AssayTestSupport
import Testing

@testable import AssayEngine

/// The bytes in flight have one bound for the whole run.
struct ArenaBudgetTests {
  private final class Reader: ArenaUser {
    var isReading = true
    var granted: [Int] = []
    var allowed: [Int] = []
    func grant(_ arena: Int) { granted.append(arena) }
    func allow(_ arena: Int) { allowed.append(arena) }
  }

  private let reader = Reader()
  private let pool: ArenaPool
  private let standing = ArenaBudget.standing

  /// Three arenas and a reserve of 100 bytes.
  init() throws {
    pool = ArenaPool(try (0..<3).map { _ in try SharedArena.create() }, reserve: 100)
    pool.serve(reader)
  }

  @Test func arenasShareTheReserve() {
    pool.ask(0, toHold: standing + 60)
    pool.ask(1, toHold: standing + 60)
    #expect(reader.allowed == [0])
    #expect((0..<3).map { pool.allowance(of: $0) - standing } == [60, 0, 0])
  }

  @Test func whoWaitsForTheReserveGetsItWhenItIsGivenBack() {
    pool.ask(0, toHold: standing + 60)
    pool.ask(1, toHold: standing + 60)
    pool.release(0)
    #expect(reader.allowed == [0, 1])
    #expect(pool.allowance(of: 0) == standing)
  }

  @Test func anArenaCanGrowAgain() {
    pool.ask(0, toHold: standing + 60)
    pool.ask(0, toHold: standing + 100)
    #expect(reader.allowed == [0, 0])
  }

  @Test func whatAnArenaGivesBackIsGivenBackToTheSystem() throws {
    let arena = try SharedArena.create()
    let pool = ArenaPool([arena], reserve: 1 << 20)
    pool.serve(reader)
    pool.ask(0, toHold: standing + 1 << 20)
    _ = arena.room(at: 0, count: standing + 1 << 20, within: pool.allowance(of: 0))
    #expect(arena.byteCount == standing + 1 << 20)
    pool.release(0)
    #expect(arena.byteCount == standing)
  }

  /// Eighteen arenas, and room for one member beyond what each may hold anyway.
  @Test func largeMembersWaitForEachOther() throws {
    let folder = try TemporaryFolder()
    let image = SmallSet.image(1, seed: 1)
    let members = (0..<24).map { index in
      ArchiveForge.Member("\(index).jpg", image + [UInt8](repeating: 0, count: 5 << 20))
    }
    let path = try folder.write(ArchiveForge.archive(.tarGzip, members), to: "large.tar.gz")
    var options = IngestOptions(sources: try SourceArgument.parse([path]))
    options.workers = 8
    options.limits.memberBytes = 6 << 20
    options.arenaReserve = 0
    let summary = try IngestRun(options, consumers: []).run()
    #expect(summary.sources[0].records == 24)
    #expect(summary.sources[0].failure == nil)
  }
}
