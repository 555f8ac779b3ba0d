/// All that a profile keeps of a private field: how many values there were, the shapes of their masks and the
/// classes of their lengths. No value, hash, extreme or sum.
///
/// *Merge law*: addition.
package struct PrivateCounts: Sendable {
  package private(set) var presentCount: Int64 = 0
  package private(set) var missingCount: Int64 = 0
  /// Present values by the shape of their mask (`sha256`, `clear`, ...).
  package private(set) var masks = SmallestKeys<Int64>(limit: 64)
  /// Present values by the number of bits of their byte length, 0...64.
  package private(set) var lengthClasses = [Int64](repeating: 0, count: 65)

  package init() {}

  package mutating func observe(_ facts: PrivateFacts, hasher: SipHash) {
    guard facts.isPresent else {
      missingCount &+= 1
      return
    }
    presentCount &+= 1
    masks.count(facts.maskKind, hasher: hasher)
    lengthClasses[min(max(facts.lengthClass, 0), 64)] &+= 1
  }

  package mutating func merge(_ other: PrivateCounts, hasher: SipHash) {
    presentCount &+= other.presentCount
    missingCount &+= other.missingCount
    masks.merge(other.masks, hasher: hasher)
    for index in lengthClasses.indices { lengthClasses[index] &+= other.lengthClasses[index] }
  }

  func encode(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.count("present", presentCount)
    writer.count("missing", missingCount)
    writer.name("masks")
    masks.encode(to: &writer)
    writer.dense("length_classes", lengthClasses)
    writer.endObject()
  }

  init(from reader: inout JSONReader, hasher: SipHash) throws(JSONError) {
    var members = try JSONMembers(&reader)
    presentCount = try members.count("present", &reader)
    missingCount = try members.count("missing", &reader)
    try members.require("masks", &reader)
    masks = try SmallestKeys(from: &reader, limit: 64, hasher: hasher)
    lengthClasses = try members.dense("length_classes", &reader, count: 65)
    try members.end(&reader)
  }
}
