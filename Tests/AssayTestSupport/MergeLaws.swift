/// Checks that a mergeable state is a function of the multiset of what it has observed.
///
/// Every way of putting the items together must encode to the same bytes: in order, shuffled, split into 1 to 7
/// shards of any sizes that are merged along a random tree, also after a round trip through the encoding.
public struct MergeLaws<State, Item> {
  /// The state of nothing.
  public var make: () -> State
  /// Adds one item to a state.
  public var observe: (inout State, Item) -> Void
  /// Adds a second state to a first.
  public var merge: (inout State, State) -> Void
  /// The canonical bytes of a state.
  public var encode: (State) -> [UInt8]
  /// Reads what `encode` gave; nil if it refuses.
  public var decode: ([UInt8]) -> State?

  /// A checker for states that these closures make, fill, merge, encode and decode.
  public init(
    make: @escaping () -> State, observe: @escaping (inout State, Item) -> Void,
    merge: @escaping (inout State, State) -> Void, encode: @escaping (State) -> [UInt8],
    decode: @escaping ([UInt8]) -> State?
  ) {
    self.make = make
    self.observe = observe
    self.merge = merge
    self.encode = encode
    self.decode = decode
  }

  /// One sentence for each law that `items` break; empty if they break none.
  public func violations(items: [Item], seed: UInt64, rounds: Int = 12) -> [String] {
    var random = SplitMix64(seed: seed)
    let expected = encode(state(of: items))
    var violations: [String] = []
    func check(_ state: State, _ law: String) {
      let found = encode(state)
      if found != expected { violations.append("seed \(seed): \(law): \(difference(expected, found))") }
    }
    if let back = decode(expected) {
      check(back, "round trip")
    } else {
      violations.append("refused its own bytes")
    }
    var withEmpty = state(of: items)
    merge(&withEmpty, make())
    check(withEmpty, "merge with nothing")
    var emptyWith = make()
    merge(&emptyWith, state(of: items))
    check(emptyWith, "nothing merged with all")
    for round in 0..<rounds {
      let shuffled = items.shuffled(using: &random)
      check(state(of: shuffled), "shuffle \(round)")
      let shardCount = Int.random(in: 1...7, using: &random)
      check(tree(of: shards(shuffled, shardCount, &random), &random), "\(shardCount) shards, tree \(round)")
    }
    return violations
  }

  private func state(of items: some Sequence<Item>) -> State {
    var state = make()
    for item in items { observe(&state, item) }
    return state
  }

  /// States of contiguous runs of random lengths, some of them read back from their bytes.
  private func shards(_ items: [Item], _ count: Int, _ random: inout SplitMix64) -> [State] {
    let cuts = (1..<count).map { _ in Int.random(in: 0...items.count, using: &random) }.sorted()
    return zip([0] + cuts, cuts + [items.count]).map { start, end in
      let shard = state(of: items[start..<end])
      return Bool.random(using: &random) ? shard : decode(encode(shard)) ?? shard
    }
  }

  /// Merges two random states until one is left.
  private func tree(of states: [State], _ random: inout SplitMix64) -> State {
    var states = states
    while states.count > 1 {
      let taken = states.remove(at: Int.random(in: 0..<states.count, using: &random))
      merge(&states[Int.random(in: 0..<states.count, using: &random)], taken)
    }
    return states[0]
  }

  private func difference(_ expected: [UInt8], _ found: [UInt8]) -> String {
    let offset =
      zip(expected, found).enumerated().first { $1.0 != $1.1 }?.offset ?? min(expected.count, found.count)
    func near(_ bytes: [UInt8]) -> String {
      String(decoding: bytes[max(0, offset - 30)..<min(bytes.count, offset + 30)], as: UTF8.self)
    }
    return "byte \(offset): expected \(near(expected)), found \(near(found))"
  }
}
