/// The number of distinct hashes: exact up to `scale.exactDistinctLimit`, then HyperLogLog.
///
/// *Accuracy*: the relative standard error is about 1.04 / sqrt(2^p): 1.6 % for a whole set (p = 12).
///
/// *Merge law*: union of sets, maximum of registers; which of the two it is depends only on the number of
/// distinct hashes, which a union has at least as many of as its parts.
///
/// *Source*: Flajolet et al. 2007; the estimator is Ertl 2017, "New cardinality estimation algorithms for
/// HyperLogLog sketches", arXiv:1702.01284, section 4 (no bias tables).
package struct DistinctCounter: Sendable {
  private let scale: SketchScale
  /// The hashes themselves, open addressed, 0 where a slot is empty; empty once there are registers.
  private var slots: [UInt64] = []
  private var slotCount = 0
  /// The registers, 2^p of them; empty while the hashes are kept.
  private var registers: [UInt8] = []

  package init(scale: SketchScale) { self.scale = scale }

  /// Counts a value by its hash. Hash 0 counts as hash 1.
  package mutating func observe(_ hash: UInt64) {
    if registers.isEmpty { insert(hash == 0 ? 1 : hash) } else { raise(hash == 0 ? 1 : hash) }
  }

  /// Adds what `other` has observed.
  package mutating func merge(_ other: DistinctCounter) {
    if other.registers.isEmpty {
      for hash in other.slots where hash != 0 { observe(hash) }
      return
    }
    promote()
    for index in registers.indices { registers[index] = max(registers[index], other.registers[index]) }
  }

  /// Whether `estimate` is exact (but for equal hashes of different values).
  package var isExact: Bool { registers.isEmpty }

  /// The number of distinct values.
  package var estimate: Double {
    registers.isEmpty
      ? Double(slotCount) : HyperLogLog.estimate(registers, precision: scale.distinctPrecision)
  }

  private mutating func insert(_ hash: UInt64) {
    if 2 * slotCount >= slots.count { growSlots() }
    guard Self.place(hash, in: &slots) else { return }
    slotCount += 1
    if slotCount > scale.exactDistinctLimit { promote() }
  }

  private mutating func raise(_ hash: UInt64) {
    let precision = UInt64(scale.distinctPrecision)
    let index = Int(truncatingIfNeeded: hash >> (64 - precision))
    let rest = hash << precision | 1 << (precision - 1)
    let rank = UInt8(truncatingIfNeeded: rest.leadingZeroBitCount + 1)
    registers.withUnsafeMutableBufferPointer { if $0[index] < rank { $0[index] = rank } }
  }

  private mutating func promote() {
    guard registers.isEmpty else { return }
    registers = Array(repeating: 0, count: 1 << scale.distinctPrecision)
    for hash in slots where hash != 0 { raise(hash) }
    slots = []
    slotCount = 0
  }

  private mutating func growSlots() {
    var grown = [UInt64](repeating: 0, count: max(8, 2 * slots.count))
    for hash in slots where hash != 0 { _ = Self.place(hash, in: &grown) }
    slots = grown
  }

  /// Puts `hash` into its slot; false if it is there already.
  private static func place(_ hash: UInt64, in slots: inout [UInt64]) -> Bool {
    slots.withUnsafeMutableBufferPointer { slots in
      let mask = slots.count - 1
      var index = Int(truncatingIfNeeded: hash) & mask
      while slots[index] != 0 {
        if slots[index] == hash { return false }
        index = (index + 1) & mask
      }
      slots[index] = hash
      return true
    }
  }
}

extension DistinctCounter: JSONSketch {
  /// Writes the hashes, ascending, or the registers, each as the base64 digit of its six bits.
  package func encode(to writer: inout JSONWriter) {
    writer.beginObject()
    if registers.isEmpty {
      var bytes = ByteWriter()
      for hash in slots.filter({ $0 != 0 }).sorted() { bytes.fixed(hash) }
      writer.base64("hashes", bytes.bytes)
    } else {
      writer.base64("registers", Self.packed(registers))
    }
    writer.endObject()
  }

  package init(from reader: inout JSONReader, scale: SketchScale) throws(JSONError) {
    self.init(scale: scale)
    var members = try JSONMembers(&reader)
    if try members.has("registers", &reader) {
      let bytes = try reader.base64()
      guard bytes.count == 3 << (scale.distinctPrecision - 2) else { throw reader.error("odd registers") }
      registers = Self.unpacked(bytes)
      guard registers.allSatisfy({ $0 <= 65 - scale.distinctPrecision }) else {
        throw reader.error("a register too large")
      }
    } else {
      try members.require("hashes", &reader)
      let limit = scale.exactDistinctLimit
      let hashes = try reader.packed { (bytes) throws(WireError) in
        var hashes: [UInt64] = []
        while bytes.remainingCount > 0, hashes.count <= limit { hashes.append(try bytes.fixed()) }
        guard hashes.count <= limit, hashes.first != 0,
          zip(hashes, hashes.dropFirst()).allSatisfy({ $0 < $1 })
        else { throw bytes.error("expected at most \(limit) ascending hashes") }
        return hashes
      }
      for hash in hashes { insert(hash) }
    }
    try members.end(&reader)
  }

  /// Four six-bit registers in three bytes, so that base64 gives each its own character.
  private static func packed(_ registers: [UInt8]) -> [UInt8] {
    stride(from: 0, to: registers.count, by: 4).flatMap { start -> [UInt8] in
      let word = registers[start..<start + 4].reduce(UInt32(0)) { $0 << 6 | UInt32($1) }
      return [UInt8(word >> 16), UInt8(word >> 8 & 255), UInt8(word & 255)]
    }
  }

  private static func unpacked(_ bytes: [UInt8]) -> [UInt8] {
    stride(from: 0, to: bytes.count, by: 3).flatMap { start -> [UInt8] in
      let word = bytes[start..<start + 3].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      return [18, 12, 6, 0].map { UInt8(word >> UInt32($0) & 63) }
    }
  }
}

/// Ertl's estimator over HyperLogLog registers.
private enum HyperLogLog {
  /// The estimated number of distinct hashes of 64 bits behind registers of `precision` index bits.
  static func estimate(_ registers: [UInt8], precision: Int) -> Double {
    let rankLimit = 64 - precision
    var multiplicity = [Int](repeating: 0, count: rankLimit + 2)
    for register in registers { multiplicity[Int(register)] += 1 }
    let size = Double(registers.count)
    var sum = size * tau(1 - Double(multiplicity[rankLimit + 1]) / size)
    for rank in stride(from: rankLimit, through: 1, by: -1) { sum = 0.5 * (sum + Double(multiplicity[rank])) }
    sum += size * sigma(Double(multiplicity[0]) / size)
    // 1 / (2 ln 2)
    return 0.721_347_520_444_481_7 * size * size / sum
  }

  private static func sigma(_ start: Double) -> Double {
    if start == 1 { return .infinity }
    var (power, step, sum) = (start, 1.0, start)
    while true {
      power *= power
      let next = sum + power * step
      if next == sum { return sum }
      sum = next
      step += step
    }
  }

  private static func tau(_ start: Double) -> Double {
    if start == 0 || start == 1 { return 0 }
    var (root, step, sum) = (start, 1.0, 1 - start)
    while true {
      root = root.squareRoot()
      step *= 0.5
      let next = sum - (1 - root) * (1 - root) * step
      if next == sum { return sum / 3 }
      sum = next
    }
  }
}
