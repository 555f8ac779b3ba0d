/// Random integers that are the same on every machine: SplitMix64, and Lemire's way to a range.
///
/// *Source*: Steele, Lea and Flood 2014, DOI 10.1145/2660193.2660195; Lemire 2019, DOI 10.1145/3230636.
package struct ResampleGenerator: Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number in `0..<bound`, each as likely as any other.
  package mutating func next(below bound: UInt64) -> UInt64 {
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let least = (0 &- bound) % bound
      while product.low < least { product = next().multipliedFullWidth(by: bound) }
    }
    return product.high
  }
}

extension ResampleGenerator {
  /// The generator of one question about two sets: it depends on their records and on the question, on nothing else.
  package init(_ reference: Fingerprint, _ current: Fingerprint, question: String) {
    self.init(seed: SipHash().hash(Array("\(reference.text)\(current.text)\(question)".utf8)))
  }
}
