/// How a profile's set is cut into sub-profiles that do not overlap.
package enum Partition: Sendable, Hashable {
  /// Not at all.
  case none
  /// By the value of a field, at most 128 groups: those whose values have the smallest keyed hashes.
  case groups(by: String)
  /// By time, at most 128 windows; their width in seconds is this one times the power of two that is needed.
  case windows(seconds: Int64)
}

/// The sub-profiles of a set, at most 128.
///
/// *Merge law*: a group that has to go is added to `other`, where it would have been counted, record by record, had
/// it never been kept. Windows begin at multiples of their width since 1970-01-01T00:00:00Z, so two neighbours
/// make one of twice the width; the width is the smallest at which there are at most 128.
package struct PartitionedPopulations: Sendable {
  /// The most groups or windows.
  package static let limit = 128

  package let partition: Partition
  private var groups = SmallestKeys<Population>(limit: limit)
  /// By the window's index in units of the current width.
  private var windows: [Int64: Population] = [:]
  /// Windows are 2^level times as wide as they began.
  private var level = 0
  /// Records without a group or a time, and of groups that are not kept.
  package private(set) var other: Population
  private let features: [ProfiledFeature]

  package init(_ partition: Partition, features: [ProfiledFeature]) {
    if case .windows(let seconds) = partition { precondition(seconds > 0, "a window of \(seconds) seconds") }
    self.partition = partition
    self.features = features
    other = Population(features: features, scale: .part)
  }

  /// Groups by value, ascending.
  package var byGroup: [(name: String, population: Population)] {
    groups.sorted.map { ($0.name, $0.element) }
  }

  /// Windows by their first second since 1970-01-01T00:00:00Z, ascending.
  package var byStart: [(start: Int64, population: Population)] {
    windows.sorted { $0.key < $1.key }.map { ($0.key * windowSeconds, $0.value) }
  }

  /// The width of a window in seconds; 0 without windows.
  package var windowSeconds: Int64 {
    if case .windows(let seconds) = partition { seconds << Int64(level) } else { 0 }
  }

  package mutating func observe(_ observation: Observation, hasher: SipHash) {
    switch partition {
    case .none: return
    case .groups: observeGroup(observation, hasher)
    case .windows: observeWindow(observation, hasher)
    }
  }

  package mutating func merge(_ theirs: PartitionedPopulations, hasher: SipHash) {
    other.merge(theirs.other, hasher: hasher)
    let features = features
    var evicted: [Population] = []
    groups.merge(
      theirs.groups, hasher: hasher, make: { Population(features: features, scale: .part) },
      evict: { evicted.append($0) }
    ) { $0.merge($1, hasher: hasher) }
    for population in evicted { other.merge(population, hasher: hasher) }
    if theirs.level > level { raiseLevel(to: theirs.level, hasher) }
    let drop = Int64(level - theirs.level)
    for (index, population) in theirs.windows { add(population, toWindow: index >> drop, hasher) }
    settle(hasher)
  }

  private mutating func observeGroup(_ observation: Observation, _ hasher: SipHash) {
    let features = features
    var evicted: Population?
    let isKept =
      observation.group.map { name in
        groups.update(
          name, hasher: hasher, make: { Population(features: features, scale: .part) },
          evict: { evicted = $0 }
        ) { $0.observe(observation, hasher: hasher) }
      } ?? false
    if let evicted { other.merge(evicted, hasher: hasher) }
    if !isKept { other.observe(observation, hasher: hasher) }
  }

  private mutating func observeWindow(_ observation: Observation, _ hasher: SipHash) {
    guard let time = observation.time else { return other.observe(observation, hasher: hasher) }
    let bounded = min(max(time, TimestampSketch.range.lowerBound), TimestampSketch.range.upperBound)
    let width = windowSeconds
    let index = bounded >= 0 ? bounded / width : -((width - 1 - bounded) / width)
    windows[index, default: Population(features: features, scale: .part)].observe(observation, hasher: hasher)
    settle(hasher)
  }

  private mutating func add(_ population: Population, toWindow index: Int64, _ hasher: SipHash) {
    windows[index, default: Population(features: features, scale: .part)].merge(population, hasher: hasher)
  }

  private mutating func settle(_ hasher: SipHash) {
    while windows.count > Self.limit { raiseLevel(to: level + 1, hasher) }
  }

  private mutating func raiseLevel(to target: Int, _ hasher: SipHash) {
    let old = windows
    let drop = Int64(target - level)
    windows = [:]
    level = target
    for (index, population) in old { add(population, toWindow: index >> drop, hasher) }
  }
}

extension PartitionedPopulations {
  /// Writes how the set is cut, and the parts; nothing but that for a set that is not cut.
  func encode(to writer: inout JSONWriter) {
    writer.beginObject()
    switch partition {
    case .none: break
    case .groups(let name):
      writer.name("group_by")
      writer.string(name)
      writer.name("groups", onNewLine: true)
      groups.encode(to: &writer) { $1.encode(to: &$0) }
    case .windows(let seconds):
      writer.count("window_seconds", seconds)
      writer.count("level", Int64(level))
      writer.name("windows", onNewLine: true)
      writer.beginArray()
      for window in windows.sorted(by: { $0.key < $1.key }) {
        writer.beginObject()
        writer.name("index", onNewLine: true)
        writer.exactInteger(window.key)
        writer.name("population")
        window.value.encode(to: &writer)
        writer.endObject()
      }
      writer.endArray()
    }
    if partition != .none {
      writer.name("other", onNewLine: true)
      other.encode(to: &writer)
    }
    writer.endObject()
  }

  init(from reader: inout JSONReader, features: [ProfiledFeature], hasher: SipHash) throws(JSONError) {
    func readPopulation(_ reader: inout JSONReader) throws(JSONError) -> Population {
      try Population(from: &reader, features: features, scale: .part, hasher: hasher)
    }
    var members = try JSONMembers(&reader)
    if try members.has("group_by", &reader) {
      self.init(.groups(by: try reader.string()), features: features)
      try members.require("groups", &reader)
      groups = try SmallestKeys(from: &reader, limit: Self.limit, hasher: hasher, readPopulation)
    } else if try members.has("window_seconds", &reader) {
      let seconds = try reader.exactInteger(in: 1...TimestampSketch.range.upperBound)
      self.init(.windows(seconds: seconds), features: features)
      try readWindows(&members, &reader, readPopulation)
    } else {
      self.init(.none, features: features)
    }
    if partition != .none {
      try members.require("other", &reader)
      other = try readPopulation(&reader)
    }
    try members.end(&reader)
  }

  private mutating func readWindows(
    _ members: inout JSONMembers, _ reader: inout JSONReader,
    _ readPopulation: (inout JSONReader) throws(JSONError) -> Population
  ) throws(JSONError) {
    level = Int(try members.count("level", &reader, upTo: 41))
    guard case .windows(let seconds) = partition, seconds <= (1 << 42) >> Int64(level) else {
      throw reader.error("windows wider than all time")
    }
    try members.require("windows", &reader)
    try reader.beginArray()
    var previous = Int64.min
    while try reader.nextElement() {
      var window = try JSONMembers(&reader)
      try window.require("index", &reader)
      let index = try reader.exactInteger(in: TimestampSketch.range)
      guard index > previous, windows.count < Self.limit else {
        throw reader.error("unsorted or too many windows")
      }
      try window.require("population", &reader)
      windows[index] = try readPopulation(&reader)
      try window.end(&reader)
      previous = index
    }
  }
}
