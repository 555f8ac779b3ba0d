/// How often each text occurs: by name while names are few, then by a bin of the name's hash.
///
/// Names are counted while there are at most `scale.categoryLimit` of them with at most
/// `scale.categoryByteLimit` bytes together; from then on 2^`scale.hashedBinBits` bins count hashes, and for a whole
/// set a Count-Min sketch answers for single names. A divergence between hashed bins is a lower bound of the
/// divergence between names (data processing inequality).
///
/// *Merge law*: both limits bound functions that grow with the set of names, so the form is a function of the
/// set; counts by name hold the multiset, and adding them to bins gives the bins of the multiset.
package struct CategoryCounts: Sendable {
  private let scale: SketchScale
  private var names: [String] = []
  private var hashes: [UInt64] = []
  private var counts: [Int64] = []
  private var byteCount = 0
  /// One more than an index into `names`, 0 where empty; open addressed by hash.
  private var slots: [Int32] = []
  /// The index that was counted last: most columns repeat themselves.
  private var lastIndex = 0
  /// Counts by the top bits of the hash; empty while names are counted.
  package private(set) var bins: [Int64] = []
  /// Answers for single names; nil while names are counted, and for a part of a set.
  package private(set) var countMin: CountMin?

  package init(scale: SketchScale) { self.scale = scale }

  /// Whether counts are by name.
  package var isExact: Bool { bins.isEmpty }

  /// The number of names that are counted; 0 once they are bins.
  package var nameCount: Int { names.count }

  /// Counts `text` again if it is the one counted last; whether it was.
  mutating func observeRepeated(_ text: String) -> Bool {
    guard lastIndex < names.count, ExactText.areEqual(names[lastIndex], text) else { return false }
    counts[lastIndex] &+= 1
    return true
  }

  /// Counts `text`, whose hash is `hash`, `count` times.
  package mutating func observe(_ text: String, hash: UInt64, count: Int64 = 1) {
    guard isExact else { return observe(hash: hash, count: count) }
    if 2 * names.count >= slots.count { growSlots() }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if hashes[index] == hash, ExactText.areEqual(names[index], text) {
        counts[index] &+= count
        lastIndex = index
        return
      }
      slot = (slot + 1) & mask
    }
    append(text, hash: hash, count: count, slot: slot)
    if names.count > scale.categoryLimit || byteCount > scale.categoryByteLimit { spill() }
  }

  /// Adds what `other` has observed.
  package mutating func merge(_ other: CategoryCounts) {
    if other.isExact {
      for index in other.names.indices {
        observe(other.names[index], hash: other.hashes[index], count: other.counts[index])
      }
      return
    }
    spill()
    for index in bins.indices { bins[index] &+= other.bins[index] }
    if let theirs = other.countMin { countMin?.merge(theirs) }
  }

  /// Names and their counts, ascending by the names' bytes; nil once they are bins.
  package var byName: [(name: String, count: Int64)]? {
    guard isExact else { return nil }
    let order = names.indices.sorted { ExactText(names[$0]) < ExactText(names[$1]) }
    return order.map { (names[$0], counts[$0]) }
  }

  /// Counts by the top bits of the hash, whatever form the counts have.
  package var asBins: [Int64] {
    var copy = self
    copy.spill()
    return copy.bins
  }

  /// How often a text of that hash occurs: exact or, past the limits, an upper bound; nil where nothing can tell.
  package func count(of text: String, hash: UInt64) -> Int64? {
    guard isExact else { return countMin?.upperBound(hash: hash) }
    let index = hashes.indices.first { hashes[$0] == hash && ExactText.areEqual(names[$0], text) }
    return index.map { counts[$0] } ?? 0
  }

  private mutating func observe(hash: UInt64, count: Int64) {
    bins[Int(truncatingIfNeeded: hash >> UInt64(64 - scale.hashedBinBits))] &+= count
    countMin?.observe(hash: hash, count: count)
  }

  private mutating func append(_ text: String, hash: UInt64, count: Int64, slot: Int) {
    var text = text
    text.makeContiguousUTF8()
    lastIndex = names.count
    names.append(text)
    hashes.append(hash)
    counts.append(count)
    byteCount += text.utf8.count
    slots[slot] = Int32(names.count)
  }

  private mutating func growSlots() {
    slots = Array(repeating: 0, count: max(8, 2 * slots.count))
    let mask = slots.count - 1
    for (index, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(index + 1)
    }
  }

  /// Replaces the counts by name by bins.
  private mutating func spill() {
    guard isExact else { return }
    bins = Array(repeating: 0, count: 1 << scale.hashedBinBits)
    if scale.keepsCountMin { countMin = CountMin() }
    for (hash, count) in zip(hashes, counts) { observe(hash: hash, count: count) }
    names = []
    hashes = []
    counts = []
    slots = []
    byteCount = 0
  }
}

extension CategoryCounts {
  /// Writes names and counts, or bins and the Count-Min sketch.
  package func encode(to writer: inout JSONWriter) {
    writer.beginObject()
    if let byName {
      writer.name("names")
      writer.beginObject()
      for entry in byName {
        writer.name(entry.name)
        writer.exactInteger(entry.count)
      }
      writer.endObject()
    } else {
      writer.dense("bins", bins)
      if let countMin { writer.dense("count_min", countMin.counts) }
    }
    writer.endObject()
  }

  /// Reads what `encode` wrote; names are hashed again, with `hasher`.
  package init(from reader: inout JSONReader, scale: SketchScale, hasher: SipHash) throws(JSONError) {
    self.init(scale: scale)
    var members = try JSONMembers(&reader)
    if try members.has("bins", &reader) {
      bins = try reader.dense(count: 1 << scale.hashedBinBits)
      if scale.keepsCountMin {
        countMin = CountMin(counts: try members.dense("count_min", &reader, count: CountMin.count))
      }
    } else {
      try members.require("names", &reader)
      try readNames(&reader, hasher: hasher)
    }
    try members.end(&reader)
  }

  private mutating func readNames(_ reader: inout JSONReader, hasher: SipHash) throws(JSONError) {
    try reader.beginObject()
    var previous: String?
    while let name = try reader.nextName() {
      if let previous, !(ExactText(previous) < ExactText(name)) {
        throw reader.error("the names are not in ascending order")
      }
      observe(
        name, hash: hasher.hash(text: name), count: try reader.exactInteger(in: 1...JSONMembers.maximumCount))
      guard isExact else { throw reader.error("more names than are counted one by one") }
      previous = name
    }
  }
}
